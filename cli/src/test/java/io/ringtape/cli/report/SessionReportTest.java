package io.ringtape.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.report.ReplayReport.Comparison;
import io.ringtape.journal.MissingRange;
import io.ringtape.replay.Difference;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class SessionReportTest
{
    private static final Path TAPE = Path.of("my tape");
    private static final Difference DIFFERENCE = new Difference(991, "example", "price", "5", "6");
    private static final String RUN_JSON = "\"events\":1036544,\"instruments\":2,\"firstSequence\":0," +
        "\"lastSequence\":1036543,\"orders\":4211,\"rejects\":37,\"eventHash\":\"0000000000001234\"," +
        "\"outputHash\":\"ffffffffffffffff\",\"bookHash\":\"abcdef0123456789\",\"unknownOrders\":3," +
        "\"liveOrders\":13598,\"eventEnds\":185,\"crossedEventEnds\":2,\"seconds\":0.312000000," +
        "\"eventsPerSecond\":3322256,\"journalBytes\":66338816,\"maxHeapBytes\":98000000," +
        "\"tapeBytes\":66500000,\"overReduces\":5," +
        "\"duplicateAdds\":4,\"refusedEvents\":0,\"firstRefusal\":null," +
        "\"firstEventTime\":\"2012-06-21T13:30:00.017459617Z\",\"lastEventTime\":\"2012-06-21T19:59:59.913000000Z\"," +
        "\"eventsByType\":{\"order-add\":1000000,\"trade\":32296,\"own-new\":4211,\"own-rejected\":37}," +
        "\"rejectsByCheck\":{\"price-collar\":7,\"message-rate\":30},\"books\":[" +
        "{\"symbol\":\"AMZN\",\"kind\":\"MBP\",\"bestBid\":\"220.67\",\"bestAsk\":\"220.83\",\"bidLevels\":5," +
        "\"askLevels\":5,\"liveOrders\":0,\"instrumentId\":0},{\"symbol\":\"ESM4\",\"kind\":\"MBO\",\"bestBid\":null," +
        "\"bestAsk\":\"5216.25\",\"bidLevels\":0,\"askLevels\":812,\"liveOrders\":13598,\"instrumentId\":1}]";
    private static final String RUN_TEXT = """
          journal       my tape
          sequences     0 to 1,036,543
          event times   2012-06-21T13:30:00.017459617Z to 2012-06-21T19:59:59.913000000Z
                        6 h 29 m 59.9 s
          tape          66.3 MB recorded, 66.5 MB in all
          own orders    4,211 sent, 37 rejected by risk
          rejects by    price-collar 7, message-rate 30
          venue events  185 ended, 2 of them with a crossed book
          orders        13,598 live, 3 unknown, 4 added twice, 5 reduced too far
          refused       0 events by the books
          largest heap  98.0 MB
          event hash    0000000000001234
          output hash   ffffffffffffffff
          book hash     abcdef0123456789

        Events by type
          type             events   share
          order-add     1,000,000  96.5 %
          trade            32,296   3.1 %
          own-new           4,211   0.4 %
          own-rejected         37   0.0 %

        Books at the end
          instrument  kind  best bid  best ask  bid levels  ask levels  live orders
          AMZN         MBP    220.67    220.83           5           5            0
          ESM4         MBO         -   5216.25           0         812       13,598
        """;

    private static final String POSITIONS_TEXT = """

        Positions
          instrument  account  position  average    mark  realised  unrealised         fees  today
          AMZN              1      -300   223.91  223.95  1,234.50      -12.00  0.000000001  -7.00
          ESM4              2         0        -       -         -           -            -      -
        """;

    private static final String REPLAY_TEXT = RUN_TEXT.replace(" recorded, ", " replayed, ");

    @Test
    void shouldWriteARecording()
    {
        final RecordReport report = new RecordReport(TAPE, Reports.RUN, 0, false, "", "", Unjournaled.NOTHING);

        assertEquals("{" + RUN_JSON + ",\"unjournaledEvents\":0,\"unjournaled\":[],\"unknownTicks\":[]," +
            "\"skippedRecords\":0,\"stopped\":false,\"notice\":\"\",\"damage\":\"\",\"journal\":\"my tape\"}\n",
            Reports.json(report));
        assertEquals("Recorded 1,036,544 events of 2 instruments in 312.0 ms, 3,322,256 events/s\n" + RUN_TEXT,
            Reports.text(report));
        assertEquals(ExitCode.FINE, report.exitCode());
    }

    @Test
    void shouldWriteHowFarTheOrdersOfARecordingGot()
    {
        final RecordReport report = recorded(new OrderFlow(1_004, 1_003, 1_002, 1_001, 7, 2, 5));

        assertEquals("{" + RUN_JSON + ",\"unjournaledEvents\":0,\"unjournaled\":[],\"gateway\":{\"queued\":1004," +
            "\"published\":1003,\"journaled\":1002,\"sent\":1001,\"openBeforeEnd\":7,\"openAtEnd\":2,\"kept\":5}," +
            "\"positions\":[{\"account\":1,\"instrument\":\"AMZN\",\"position\":\"-300\",\"averagePrice\":\"223.91\"," +
            "\"mark\":\"223.95\",\"realised\":\"1234.5\",\"unrealised\":\"-12\",\"fees\":\"0.000000001\"," +
            "\"today\":\"-7\"},{\"account\":2,\"instrument\":\"ESM4\",\"position\":\"0\",\"averagePrice\":null," +
            "\"mark\":null,\"realised\":null,\"unrealised\":null,\"fees\":null,\"today\":null}]," +
            "\"unknownTicks\":[],\"skippedRecords\":0,\"stopped\":false,\"notice\":\"\",\"damage\":\"\"," +
            "\"journal\":\"my tape\"}\n", Reports.json(report));
        assertEquals("""
            Recorded 1,036,544 events of 2 instruments in 312.0 ms, 3,322,256 events/s
              journal       my tape
              gateway       1,004 queued, 1,003 published, 1,002 journaled, 1,001 sent
              at the end    7 were open, 5 of them ended, 2 still open
              kept          5 events beside the tape
            """ + RUN_TEXT.substring(RUN_TEXT.indexOf('\n') + 1) + POSITIONS_TEXT, Reports.text(report));
        assertTrue(report.warning().endsWith(
            "orders are open at the venue behind the end of the recording: openOrders=2"), report.warning());
    }

    @Test
    void shouldSayNothingOfAnEndWithoutOpenOrders()
    {
        final RecordReport report = recorded(new OrderFlow(4, 4, 4, 4, 0, 0, 0));

        assertEquals("""
            Recorded 1,036,544 events of 2 instruments in 312.0 ms, 3,322,256 events/s
              journal       my tape
              gateway       4 queued, 4 published, 4 journaled, 4 sent
            """ + RUN_TEXT.substring(RUN_TEXT.indexOf('\n') + 1) + POSITIONS_TEXT, Reports.text(report));
    }

    private static RecordReport recorded(final OrderFlow orders)
    {
        return new RecordReport(TAPE, Reports.RUN, 0, false, "", "", Unjournaled.NOTHING).with(Optional.of(orders),
            new PositionsTable(List.of(
                new PositionRow(1, "AMZN", "-300", "223.91", "223.95", 1_234_500_000_000L, -12_000_000_000L, 1,
                    -7_000_000_000L, true),
                new PositionRow(2, "ESM4", "0", "-", "-", 0, 0, 0, 0, false))));
    }

    @Test
    void shouldWriteARecordingOfNothingThatASignalStopped()
    {
        final RecordReport report = new RecordReport(
            TAPE, Reports.NOTHING, 0, true, "the run before had a torn tail", "run 1 is damaged", Unjournaled.NOTHING);

        assertEquals("""
            Stopped by a signal; recorded 0 events of 0 instruments in 0 ns, 0 events/s
            the run before had a torn tail
            the tape was not whole before this run, see ringtape verify: run 1 is damaged
              journal       my tape
              sequences     -
              tape          0 B recorded, 0 B in all
              own orders    0 sent, 0 rejected by risk
              venue events  0 ended, 0 of them with a crossed book
              orders        0 live, 0 unknown, 0 added twice, 0 reduced too far
              refused       0 events by the books
              largest heap  0 B
              event hash    0000000000000000
              output hash   0000000000000000
              book hash     0000000000000000
            """, Reports.text(report));
        assertEquals("the tape was not whole before this run, see ringtape verify: run 1 is damaged",
            report.warning());
        assertTrue(Reports.json(report).endsWith(",\"notice\":\"the run before had a torn tail\"," +
            "\"damage\":\"run 1 is damaged\",\"journal\":\"my tape\"}\n"));
    }

    @Test
    void shouldBeLoudAboutARecordingThatWentOnWithoutItsTape()
    {
        final RecordReport report = new RecordReport(TAPE, Reports.NOTHING, 0, false, "", "", new Unjournaled(
            List.of(new MissingRange(17, 42), new MissingRange(50, 50)), "device is full"));

        final String warning =
            "THE TAPE IS INCOMPLETE: unjournaledEvents=27 sequences=17..42,50..50: device is full";
        assertEquals(warning, report.warning());
        assertEquals(warning, Reports.text(report).split("\n", -1)[1]);
        assertTrue(Reports.json(report).contains(",\"unjournaledEvents\":27,\"unjournaled\":[" +
            "{\"firstSequence\":17,\"lastSequence\":42},{\"firstSequence\":50,\"lastSequence\":50}],"));
        assertEquals(ExitCode.GAP, report.exitCode());
    }

    @Test
    void shouldWarnAboutBooksThatRefusedEvents()
    {
        final String warning =
            "books refused events and may be wrong: refusedEvents=2; first: event has no price: sequence=7";
        final RecordReport record =
            new RecordReport(TAPE, Reports.withRefusals(), 0, false, "", "", Unjournaled.NOTHING);
        final ReplayReport replay =
            new ReplayReport(TAPE, Reports.withRefusals(), Comparison.WITH_HASHES, List.of(), Optional.empty(), "");
        final VerifyReport verify = new VerifyReport(TAPE, VerifyReport.Status.OK, 1, 0, 0, "1 run");

        assertEquals(warning, record.warning());
        assertEquals(warning, replay.warning());
        assertEquals(warning, new DemoReport(record, replay, verify, true).warning());
        assertTrue(Reports.text(record).contains(
            "\n  refused       2 events by the books, first: event has no price: sequence=7\n"));
        assertTrue(Reports.json(replay).contains(
            ",\"refusedEvents\":2,\"firstRefusal\":\"event has no price: sequence=7\","));
        assertEquals(ExitCode.FINE, record.exitCode());
    }

    @Test
    void shouldWarnAboutRecordsThatWereSkipped()
    {
        final RecordReport skipping =
            new RecordReport(TAPE, Reports.RUN, 12, false, "", "", Unjournaled.NOTHING);
        final RecordReport both =
            new RecordReport(TAPE, Reports.withRefusals(), 12, false, "", "", Unjournaled.NOTHING);

        assertEquals("records of types that make no events were skipped: skippedRecords=12", skipping.warning());
        assertTrue(Reports.text(skipping).contains("\n  skipped       12 records of other types\n"));
        assertTrue(Reports.json(skipping).contains(",\"skippedRecords\":12,"));
        assertEquals("books refused events and may be wrong: refusedEvents=2; first: event has no price: sequence=7;" +
            " records of types that make no events were skipped: skippedRecords=12", both.warning());
    }

    @Test
    void shouldNotWarnAboutARunWhoseBooksTookEveryEvent()
    {
        final RecordReport record = new RecordReport(TAPE, Reports.RUN, 0, false, "", "", Unjournaled.NOTHING);
        final ReplayReport replay =
            new ReplayReport(TAPE, Reports.RUN, Comparison.WITH_HASHES, List.of(), Optional.empty(), "");

        assertEquals("", record.warning());
        assertEquals("", replay.warning());
    }

    @Test
    void shouldNotCallARecordingFineWhoseTapeFailedAtItsEnd()
    {
        final RecordReport report =
            new RecordReport(TAPE, Reports.NOTHING, 0, false, "", "", new Unjournaled(List.of(), "device is broken"));

        assertEquals("THE TAPE IS INCOMPLETE: unjournaledEvents=0: device is broken", report.warning());
        assertEquals(ExitCode.IO_ERROR, report.exitCode());
    }

    @Test
    void shouldWriteAReplayThatMatches()
    {
        final ReplayReport report =
            new ReplayReport(TAPE, Reports.RUN, Comparison.WITH_HASHES, List.of(), Optional.empty(), "");

        assertEquals("{" + RUN_JSON + ",\"matches\":true,\"trailer\":true,\"snapshotSequence\":null," +
            "\"firstDifference\":null,\"runsWithoutTrailer\":[],\"notice\":\"\",\"journal\":\"my tape\"}\n",
            Reports.json(report));
        assertEquals("""
            Replayed 1,036,544 events of 2 instruments in 312.0 ms, 3,322,256 events/s
            Matches: every output and every hash is the recorded one
            """ + REPLAY_TEXT, Reports.text(report));
        assertEquals(ExitCode.FINE, report.exitCode());
    }

    @Test
    void shouldSayWhatAReplayWasComparedWith()
    {
        assertEquals("Matches: every output is the recorded one; no trailer to compare hashes with: run=2, run=5",
            verdict(Comparison.NO_TRAILER));
        assertEquals("Matches: every output is the recorded one; a part of the run: outputs are compared, hashes" +
            " are not", verdict(Comparison.PART));
        assertFalse(new ReplayReport(TAPE, Reports.RUN, Comparison.PART, List.of(), Optional.empty(), "").trailer());
    }

    @Test
    void shouldSayThatARunWithoutEventsHasNothingToCompare()
    {
        final ReplayReport nothing =
            new ReplayReport(TAPE, Reports.NOTHING, Comparison.NO_TRAILER, List.of(), Optional.empty(), "");
        final ReplayReport unnamed =
            new ReplayReport(TAPE, Reports.RUN, Comparison.NO_TRAILER, List.of(), Optional.empty(), "");

        assertEquals("Matches: there is no event to compare", Reports.text(nothing).split("\n", -1)[1]);
        assertEquals("Matches: every output is the recorded one; no trailer to compare hashes with",
            Reports.text(unnamed).split("\n", -1)[1]);
    }

    @Test
    void shouldSayOfWhichRunTheBooksAre()
    {
        final RunSummary run = Reports.ofSeveralRuns(7);

        final String text =
            Reports.text(new ReplayReport(TAPE, run, Comparison.WITH_HASHES, List.of(), Optional.empty(), ""));

        assertEquals(REPLAY_TEXT.replace("Books at the end", "Books at the end of run 7"),
            text.substring(text.indexOf("  journal")));
    }

    @Test
    void shouldTellInstrumentsOfOneSymbolApart()
    {
        final RecordReport report =
            new RecordReport(TAPE, Reports.withOneSymbol(), 0, false, "", "", Unjournaled.NOTHING);

        final String text = Reports.text(report);

        assertEquals("""
            Books at the end
              instrument  kind  best bid  best ask  bid levels  ask levels  live orders
              AMZN#0       MBP    220.67    220.83           5           5            0
              AMZN#1       MBO         -   5216.25           0         812       13,598
            """, text.substring(text.indexOf("Books at the end")));
        assertTrue(Reports.json(report).contains(",\"liveOrders\":13598,\"instrumentId\":1}]"));
    }

    @Test
    void shouldWriteAReplayThatDiffers()
    {
        final ReplayReport report = new ReplayReport(
            TAPE, Reports.RUN, Comparison.NO_TRAILER, List.of(2L, 5L), Optional.of(DIFFERENCE), "torn tail");

        assertEquals("{" + RUN_JSON + ",\"matches\":false,\"trailer\":false,\"snapshotSequence\":null," +
            "\"firstDifference\":{\"sequence\":991," +
            "\"handler\":\"example\",\"field\":\"price\",\"recorded\":\"5\",\"replayed\":\"6\"}," +
            "\"runsWithoutTrailer\":[2,5],\"notice\":\"torn tail\",\"journal\":\"my tape\"}\n", Reports.json(report));
        assertEquals("""
            Replayed 1,036,544 events of 2 instruments in 312.0 ms, 3,322,256 events/s
            Differs: first at sequence=991 handler=example field=price recorded=5 replayed=6
            torn tail
            """ + REPLAY_TEXT.replace("37 rejected by risk", "37 rejected by risk (recorded)")
                .replace("message-rate 30", "message-rate 30 (recorded)")
                .replace("0000000000001234", "0000000000001234 (recorded)")
                .replace("ffffffffffffffff", "ffffffffffffffff (replayed)")
                .replace("abcdef0123456789", "abcdef0123456789 (replayed)")
                .replace("Events by type", "Events by type (recorded)"), Reports.text(report));
        assertEquals(ExitCode.OUTPUTS_DIFFER, report.exitCode());
    }

    @Test
    void shouldSayBehindWhichSnapshotAReplayStarted()
    {
        final ReplayReport report = new ReplayReport(
            TAPE, Reports.RUN, Comparison.PART, List.of(), Optional.empty(), "", OptionalLong.of(1_234_567));

        assertTrue(Reports.json(report).contains(",\"trailer\":false,\"snapshotSequence\":1234567,"));
        assertEquals("Started behind the snapshot at sequence 1,234,567", Reports.text(report).split("\n", -1)[2]);
    }

    @Test
    void shouldWriteADemoInFiveLines()
    {
        final DemoReport report = new DemoReport(
            new RecordReport(TAPE, Reports.RUN, 0, false, "", "", Unjournaled.NOTHING),
            new ReplayReport(TAPE, Reports.RUN, Comparison.WITH_HASHES, List.of(), Optional.empty(), ""),
            new VerifyReport(TAPE, VerifyReport.Status.OK, 1_036_544, 0, 1_036_543, "1 run"), true);

        assertEquals("""
              recorded  1,036,544 events in 312.0 ms, 3,322,256 events/s, 66.3 MB of tape
              replayed  1,036,544 events in 312.0 ms, 3,322,256 events/s
              matches   true, 4,211 orders and 37 rejects, output hash ffffffffffffffff
              verify    ok, 1,036,544 events, sequences 0 to 1,036,543
              next      ringtape book --journal 'my tape' --depth 5
            """, Reports.text(report));
        assertEquals(ExitCode.FINE, report.exitCode());
    }

    @Test
    void shouldSayThatASignalStoppedADemo()
    {
        final DemoReport report = new DemoReport(
            new RecordReport(TAPE, Reports.RUN, 0, true, "", "", Unjournaled.NOTHING),
            new ReplayReport(TAPE, Reports.RUN, Comparison.WITH_HASHES, List.of(), Optional.empty(), ""),
            new VerifyReport(TAPE, VerifyReport.Status.OK, 1, 0, 0, "1 run"), true);

        final String[] lines = Reports.text(report).split("\n", -1);

        assertEquals("Stopped by a signal; recorded 1,036,544 events of 2 instruments in 312.0 ms," +
            " 3,322,256 events/s", lines[0]);
        assertEquals("  verify    ok, 1 event, sequences 0 to 0", lines[4]);
    }

    @Test
    void shouldWriteADemoThatWentWrong()
    {
        final DemoReport report = new DemoReport(
            new RecordReport(Path.of("t"), Reports.RUN, 0, false, "", "", Unjournaled.NOTHING),
            new ReplayReport(Path.of("t"), Reports.RUN, Comparison.WITH_HASHES, List.of(), Optional.of(DIFFERENCE), ""),
            new VerifyReport(Path.of("t"), VerifyReport.Status.OK, 1, 0, 0, ""), false);

        final String[] lines = Reports.text(report).split("\n", -1);

        assertEquals("  matches   false, first at sequence=991 handler=example field=price recorded=5 replayed=6",
            lines[2]);
        assertEquals("  next      ringtape demo --journal DIR, which keeps the tape, then ringtape book --journal DIR" +
            " --depth 5", lines[4]);
        assertEquals(ExitCode.OUTPUTS_DIFFER, report.exitCode());
    }

    private static String verdict(final Comparison comparison)
    {
        return Reports.text(
            new ReplayReport(TAPE, Reports.RUN, comparison, List.of(2L, 5L), Optional.empty(), "")).split("\n", -1)[1];
    }
}
