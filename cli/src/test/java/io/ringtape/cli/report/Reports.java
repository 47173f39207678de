package io.ringtape.cli.report;

import io.ringtape.cli.TestConsole;
import io.ringtape.cli.output.JsonOutput;
import io.ringtape.cli.output.TextOutput;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import java.util.List;
import java.util.OptionalLong;

/**
 * Examples of reports, and what they write.
 * <p>
 * Thread safety: none; one test.
 * Allocation: as it needs.
 */
public final class Reports
{
    public static final RunSummary RUN = new RunSummary(
        1_036_544,
        TypeCount.of((code) -> switch (code)
        {
            case EventType.ORDER_ADD -> 1_000_000;
            case EventType.TRADE -> 32_296;
            case EventType.OWN_NEW -> 4_211;
            case EventType.OWN_REJECTED -> 37;
            default -> 0;
        }),
        List.of(
            new InstrumentSummary("AMZN", "MBP", 220_670_000_000L, 220_830_000_000L, -9, 5, 5, 0),
            new InstrumentSummary("ESM4", "MBO", OrderBookEvent.NULL_PRICE, 5_216_250_000_000L, -9, 0, 812, 13_598)),
        0, 1_036_543, OptionalLong.of(1_340_285_400_017_459_617L), OptionalLong.of(1_340_308_799_913_000_000L),
        4_211, 37, 0x1234L, -1L, 0xABCDEF0123456789L, 3, 13_598, 185, 2, 312_000_000L, 66_338_816, 98_000_000);

    public static final RunSummary NOTHING = new RunSummary(
        0, List.of(), List.of(), -1, -1, OptionalLong.empty(), OptionalLong.empty(), 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    private Reports()
    {
    }

    static String json(final Report report)
    {
        final TestConsole console = new TestConsole();
        try (JsonOutput json = new JsonOutput(console.console().out()))
        {
            report.writeJson(json);
            json.end();
        }
        return console.out();
    }

    static String text(final Report report)
    {
        final TestConsole console = new TestConsole();
        report.writeText(new TextOutput(console.console().out()));
        return console.out();
    }
}
