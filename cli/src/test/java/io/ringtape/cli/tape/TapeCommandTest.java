package io.ringtape.cli.tape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.cli.TestConsole;
import io.ringtape.cli.TestTapes;
import io.ringtape.cli.output.Formats;
import io.ringtape.cli.report.ScanReport;
import io.ringtape.cli.report.SessionCost;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class TapeCommandTest
{
    private final TestTapes tapes = new TestTapes(TapeCommandTest.class);
    private final TestConsole console = new TestConsole();

    @Test
    void shouldScanWithTheHashesOfTheRecording()
    {
        final Tape tape = tapes.record(TestTapes.definitions(), TestMarket::amzn);

        final ScanReport report =
            new TapeScan().run(tape, TapeRange.ALL, console.console().progress(false), () -> 0L);

        assertEquals(new ScanReport(tapes.directory(), 9, 2, 0, 8, 1, 1, 4, tapes.hashes().eventHash(),
            tapes.hashes().outputHash(),
            new SessionCost(0, endOffset(tape), tape.sizeBytes(), report.cost().maxHeapBytes()), ""), report);
        assertTrue(report.cost().maxHeapBytes() > 0, () -> "maxHeapBytes=" + report.cost().maxHeapBytes());
    }

    @Test
    void shouldScanARange()
    {
        final Tape tape = tapes.record(TestTapes.definitions(), TestMarket::amzn);

        final ScanReport report =
            new TapeScan().run(tape, TapeRange.sequences(3, 5), console.console().progress(false), () -> 0L);

        assertEquals(3, report.events());
        assertEquals(3, report.firstSequence());
        assertEquals(5, report.lastSequence());
        assertEquals(1, report.orders());
        assertEquals(0, report.rejects());
    }

    @Test
    void shouldCountAnInstrumentOfSeveralRunsOnce()
    {
        tapes.record(TestTapes.definitions(), TestMarket::amzn);
        final Tape tape = tapes.withTimes(1, 2);

        final ScanReport all =
            new TapeScan().run(tape, TapeRange.ALL, console.console().progress(false), () -> 0L);

        assertEquals(11, all.events());
        assertEquals(2, all.instruments());
    }

    @Test
    void shouldScanAnEmptyTape()
    {
        final ScanReport report =
            new TapeScan().run(tapes.empty(), TapeRange.ALL, console.console().progress(false), () -> 0L);

        assertEquals(0, report.events());
        assertEquals(-1, report.firstSequence());
        assertEquals(-1, report.lastSequence());
        assertEquals("0000000000000000", Formats.hash(report.eventHash()));
    }

    @Test
    void shouldDumpATable()
    {
        dump(TapeRange.sequences(3, 5), Long.MAX_VALUE, EventDump.Format.TEXT);

        assertEquals(
            "    sequence  event time                      type            instrument        side           price" +
            "      quantity              order id    source seq  source            flags\n" +
            "           3  2012-06-21T13:30:00.000000002Z  level-set       AMZN              ask           100.01" +
            "             7                     0             2  NASDAQ            last\n" +
            "           4  2012-06-21T13:30:00.000000002Z  own-new         AMZN              bid              100" +
            "             1            4295032833             3  example           own\n" +
            "           5                                  detail          1 2 3 4 5 0  last own\n", console.out());
    }

    @Test
    void shouldNameTheCheckThatRejectedAnOrder()
    {
        final Tape tape = tapes.record(TestTapes.definitions(), (events) ->
        {
            events.append().type(EventType.OWN_REJECTED).flags(EventFlags.OWN).sourceId(1).eventTimeNs(0);
            events.append().type(EventType.DETAIL).flags(EventFlags.OWN | EventFlags.LAST).sourceId(1)
                .detail(0, 10).detail(1, 250).detail(2, 100).detail(3, 0).detail(4, 0).detail(5, 0);
            events.append().type(EventType.DETAIL).flags(EventFlags.OWN | EventFlags.LAST).sourceId(1)
                .detail(0, 10).detail(1, 250).detail(2, 100).detail(3, 0).detail(4, 0).detail(5, 0);
        });

        EventDump.print(tape, TapeRange.ALL, 10, EventDump.Format.TEXT, console.console().out());

        final String[] lines = console.out().split("\n", -1);
        assertEquals("           1                                  detail          check=message-rate value=250" +
            " limit=100  last own", lines[2]);
        assertEquals("           2                                  detail          10 250 100 0 0 0  last own",
            lines[3]);
    }

    @Test
    void shouldDumpCommaSeparatedValues()
    {
        dump(TapeRange.sequences(3, 6), Long.MAX_VALUE, EventDump.Format.CSV);

        assertEquals("""
            sequence,type,eventTimeNs,receiveTimeNs,instrument,side,price,quantity,orderId,source,sourceSequence,flags,\
            detail0,detail1,detail2,detail3,detail4,detail5,text
            3,level-set,1340285400000000002,1340285400000000002,AMZN,ask,100.01,7,0,NASDAQ,2,last,,,,,,,
            4,own-new,1340285400000000002,1340285400000000002,AMZN,bid,100,1,4295032833,example,3,own,,,,,,,
            5,detail,,,AMZN,bid,,,,example,,last|own,1,2,3,4,5,0,
            6,own-rejected,1340285400000000002,1340285400000000002,AMZN,bid,,,4295032834,example,3,last|own,,,,,,,
            """, console.out());
    }

    @Test
    void shouldDumpOneObject()
    {
        dump(TapeRange.sequences(4, 8), 2, EventDump.Format.JSON);

        assertEquals("{\"events\":[{\"sequence\":4,\"type\":\"own-new\",\"eventTimeNs\":1340285400000000002," +
            "\"receiveTimeNs\":1340285400000000002,\"price\":\"100\",\"quantity\":\"1\",\"orderId\":4295032833," +
            "\"sourceSequence\":3,\"side\":\"bid\",\"instrument\":\"AMZN\",\"source\":\"example\",\"flags\":\"own\"}," +
            "{\"sequence\":5,\"type\":\"detail\",\"values\":[1,2,3,4,5,0],\"side\":\"bid\",\"instrument\":\"AMZN\"," +
            "\"source\":\"example\",\"flags\":\"last|own\"}],\"count\":2}\n", console.out());
    }

    @Test
    void shouldDumpVoidEventsAndWhatTheTapeDoesNotDefine()
    {
        final Tape tape = tapes.record(TestTapes.definitions(), (events) ->
            events.append().type(EventType.VOID).instrumentId(9).sourceId(7));

        EventDump.print(tape, TapeRange.ALL, 10, EventDump.Format.CSV, console.console().out());

        assertEquals("0,void,0,0,instrument 9,,,,0,source 7,0,,,,,,,,", console.out().split("\n", -1)[1]);
    }

    private static long endOffset(final Tape tape)
    {
        return tape.info().runs().get(0).files().get(0).endOffset().orElseThrow();
    }

    private void dump(final TapeRange range, final long limit, final EventDump.Format format)
    {
        final Tape tape = tapes.record(TestTapes.definitions(), TestMarket::amzn);

        final String notice = EventDump.print(tape, range, limit, format, console.console().out());

        assertEquals("", notice);
    }
}
