package io.ringtape.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.output.Formats;
import io.ringtape.cli.report.PositionsReport.OpenOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class PositionsReportTest
{
    private static final PositionsTable TABLE = new PositionsTable(List.of(new PositionRow(
        1, "AMZN", "-300", "223.91", "223.95", 1_234_500_000_000L, -12_000_000_000L, 1, -7_000_000_000L, true)));
    private static final List<OpenOrder> ORDERS = List.of(
        new OpenOrder(7, "example", 1, "AMZN", "sell", "224", "100", "accepted", 1_234),
        new OpenOrder(8, "example", 1, "AMZN", "buy", Formats.NONE, "5", "new", 1_240));

    @Test
    void shouldShowWhatARunHoldsAndHasOpen()
    {
        final PositionsReport report = new PositionsReport(
            OptionalLong.of(2), 1_300, true, "2012-06-21", TABLE, ORDERS, 3, Optional.of(Path.of("out.json")));

        assertEquals("""
            Run 2 at sequence 1,300, day 2012-06-21

            Positions
              instrument  account  position  average    mark  realised  unrealised         fees  today
              AMZN              1      -300   223.91  223.95  1,234.50      -12.00  0.000000001  -7.00

            Open orders
              client order id  strategy  account  instrument  side  price  open     state  sequence
              7                 example        1        AMZN  sell    224   100  accepted     1,234
              8                 example        1        AMZN   buy      -     5       new     1,240
              file  out.json
            """, Reports.text(report));
        assertEquals("{\"run\":2,\"sequence\":1300,\"gateway\":true,\"day\":\"2012-06-21\",\"positions\":[" +
            "{\"account\":1,\"instrument\":\"AMZN\",\"position\":\"-300\",\"averagePrice\":\"223.91\"," +
            "\"mark\":\"223.95\",\"realised\":\"1234.5\",\"unrealised\":\"-12\",\"fees\":\"0.000000001\"," +
            "\"today\":\"-7\"}],\"orders\":[{\"clientOrderId\":7,\"strategy\":\"example\",\"account\":1," +
            "\"instrument\":\"AMZN\",\"side\":\"sell\",\"price\":\"224\",\"quantity\":\"100\"," +
            "\"state\":\"accepted\",\"sequence\":1234},{\"clientOrderId\":8,\"strategy\":\"example\",\"account\":1," +
            "\"instrument\":\"AMZN\",\"side\":\"buy\",\"price\":null,\"quantity\":\"5\",\"state\":\"new\"," +
            "\"sequence\":1240}],\"keptEvents\":3,\"file\":\"out.json\"}\n", Reports.json(report));
        assertEquals("the gateway kept events beside the tape that do not count here, the next record puts them on " +
            "tape: keptEvents=3", report.warning());
        assertEquals(ExitCode.FINE, report.exitCode());
    }

    @Test
    void shouldShowThatThereIsNothing()
    {
        final PositionsReport none = new PositionsReport(OptionalLong.empty(), -1, false, Formats.NONE,
            new PositionsTable(List.of()), List.of(), 0, Optional.empty());
        final PositionsReport flat = new PositionsReport(OptionalLong.of(1), 9, false, Formats.NONE,
            new PositionsTable(List.of()), List.of(), 0, Optional.empty());

        final String nothing = """

            Positions
              none

            Open orders
              none
            """;
        assertEquals("No run has an event\n" + nothing, Reports.text(none));
        assertEquals("Run 1 at sequence 9, day -, no gateway: no venue had its orders\n" + nothing,
            Reports.text(flat));
        assertEquals("{\"run\":null,\"sequence\":-1,\"gateway\":false,\"day\":null,\"positions\":[],\"orders\":[]," +
            "\"keptEvents\":0}\n", Reports.json(none));
        assertEquals("", none.warning());
    }
}
