package io.ringtape.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.report.BookReport.Book;
import io.ringtape.cli.report.BookReport.Comparison;
import io.ringtape.cli.report.BookReport.Level;
import io.ringtape.cli.report.VerifyReport.Status;
import io.ringtape.journal.TapeInfo;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(10)
final class TapeReportTest
{
    private static final Path TAPE = Path.of("tape");
    private static final String NO_FAULTS = "\"unknownOrders\":0,\"overReduces\":0,\"duplicateAdds\":0," +
        "\"refusedEvents\":0,\"firstRefusal\":null";

    @ParameterizedTest
    @CsvSource({"OK, ok, 0", "TORN_TAIL, torn-tail, 1", "DAMAGED, damaged, 2", "GAP, gap, 3",
        "UNREADABLE, unreadable, 4"})
    void shouldWriteVerdicts(final Status status, final String text, final int exitCode)
    {
        final VerifyReport report = new VerifyReport(TAPE, status, 5, 1, 5, "block=3");

        assertEquals("{\"status\":\"" + text + "\",\"events\":5,\"firstSequence\":1,\"lastSequence\":5," +
            "\"detail\":\"block=3\",\"journal\":\"tape\"}\n", Reports.json(report));
        assertEquals(exitCode, report.exitCode().code());
    }

    @Test
    void shouldWriteAVerdictForAPerson()
    {
        assertEquals("""
            OK: the tape is whole
              journal    tape
              events     0
              sequences  -
              detail     empty tape
            """, Reports.text(new VerifyReport(TAPE, Status.OK, 0, -1, -1, "empty tape")));
        assertEquals("""
            TORN-TAIL: the tape ends inside a block; what is before it is whole
              journal    tape
              events     1,200
              sequences  0 to 1,199
              detail     run=1 bytes=17
            """, Reports.text(new VerifyReport(TAPE, Status.TORN_TAIL, 1_200, 0, 1_199, "run=1 bytes=17")));
    }

    @Test
    void shouldTellWhatWasLostWithTheMachine()
    {
        final TapeInfo info = new TapeInfo(List.of(), List.of(), List.of(), List.of(), List.of(),
            List.of(new TapeInfo.Lost(2, 48, 79)), 0, Optional.empty(), Optional.empty(), Optional.empty(),
            Optional.empty(), List.of(), List.of("a slot was being written"),
            OptionalLong.of(3));
        final InfoReport report = new InfoReport(TAPE, info, List.of());

        final String json = Reports.json(report);
        final String text = Reports.text(report);

        assertTrue(json.contains(",\"unjournaled\":[],\"lost\":[{\"nextRunId\":2,\"firstSequence\":48," +
            "\"lastSequence\":79}],"), json);
        assertTrue(text.contains(
            "\nlost with the machine: sequences 48..79 before run=2, which gives them again\n"), text);
        assertTrue(json.contains(",\"problems\":[],\"notes\":[\"a slot was being written\"],"), json);
        assertTrue(text.contains("\na slot was being written\n3 events of a gateway on no tape yet: " +
            "the next record puts them on tape first\n"), text);
        assertTrue(json.contains(",\"keptEvents\":3,"), json);
        assertEquals(ExitCode.FINE, report.exitCode());
    }

    @Test
    void shouldWriteAScan()
    {
        final ScanReport report =
            new ScanReport(TAPE, 1_000_000, 3, 0, 999_999, 12, 1, 7, 0xA, 0xB,
                new SessionCost(20_000_000, 64_000_000, 65_000_000, 98_000_000), "");

        assertEquals("{\"events\":1000000,\"instruments\":3,\"firstSequence\":0,\"lastSequence\":999999," +
            "\"orders\":12,\"rejects\":1,\"eventHash\":\"000000000000000a\",\"outputHash\":\"000000000000000b\"," +
            "\"bookHash\":null,\"unknownOrders\":null,\"liveOrders\":null,\"eventEnds\":7," +
            "\"crossedEventEnds\":null," +
            "\"seconds\":0.020000000,\"eventsPerSecond\":50000000,\"journalBytes\":64000000," +
            "\"maxHeapBytes\":98000000,\"tapeBytes\":65000000,\"matches\":null,\"trailer\":null," +
            "\"firstDifference\":null,\"notice\":\"\"," +
            "\"journal\":\"tape\"}\n", Reports.json(report));
        assertEquals("""
            Scanned 1,000,000 events of 3 instruments in 20.0 ms, 50,000,000 events/s; no handler ran
              journal       tape
              sequences     0 to 999,999
              tape          64.0 MB scanned, 65.0 MB in all
              own orders    12 sent, 1 rejected by risk
              venue events  7 ended
              largest heap  98.0 MB
              event hash    000000000000000a
              output hash   000000000000000b
            """, Reports.text(report));
        assertEquals(ExitCode.FINE, report.exitCode());
    }

    @Test
    void shouldWriteBooks()
    {
        final BookReport report = new BookReport(List.of(
            new Book(0, "AMZN", "AMZN", 77, List.of(new Level("223.1", "10", OptionalLong.empty())), List.of()),
            new Book(1, "ESM4", "ESM4", 77, List.of(new Level("5216.25", "3", OptionalLong.of(2))),
                List.of(new Level("5216.5", "1", OptionalLong.of(1)), new Level("5217", "4", OptionalLong.of(1200)))),
            new Book(2, "NONE", "NONE", -1, List.of(), List.of())), BookCounts.NOTHING, Optional.empty());

        assertEquals("{\"instruments\":[{\"symbol\":\"AMZN\",\"sequence\":77,\"bids\":[[\"223.1\",\"10\",null]]," +
            "\"asks\":[],\"instrumentId\":0},{\"symbol\":\"ESM4\",\"sequence\":77,\"bids\":[[\"5216.25\",\"3\",2]]," +
            "\"asks\":[[\"5216.5\",\"1\",1],[\"5217\",\"4\",1200]],\"instrumentId\":1}," +
            "{\"symbol\":\"NONE\",\"sequence\":-1,\"bids\":[],\"asks\":[],\"instrumentId\":2}]," +
            NO_FAULTS + "}\n", Reports.json(report));
        assertEquals("""
            AMZN after sequence 77
              level  orders  bid size    bid  ask  ask size  orders
              1           -        10  223.1

            ESM4 after sequence 77
              level  orders  bid size      bid     ask  ask size  orders
              1           2         3  5216.25  5216.5         1       1
              2                                   5217         4   1,200

            NONE, no event yet
              empty
            """, Reports.text(report));
        assertEquals(ExitCode.FINE, report.exitCode());
    }

    @Test
    void shouldWriteWhatBooksCouldNotApply()
    {
        final BookReport report = new BookReport(
            List.of(new Book(0, "AMZN", "AMZN#0", 7, List.of(), List.of())),
            new BookCounts(1, 2, 3, 1, Optional.of("event has no price: sequence=7"), 0, 0), Optional.empty());

        assertEquals("""
            AMZN#0 after sequence 7
              empty

            Events of the run up to there
              orders   1 unknown, 3 added twice, 2 reduced too far
              refused  1 event by the books, first: event has no price: sequence=7
            """, Reports.text(report));
        assertEquals("books refused events and may be wrong: refusedEvents=1; first: event has no price: sequence=7",
            report.warning());
        assertEquals(ExitCode.FINE, report.exitCode());
    }

    @Test
    void shouldWriteAComparison()
    {
        final BookReport equal = new BookReport(List.of(), BookCounts.NOTHING,
            Optional.of(new Comparison(57_515, 57_515, OptionalLong.empty(), "")));
        final BookReport different = new BookReport(List.of(), BookCounts.NOTHING,
            Optional.of(new Comparison(57_515, 57_000, OptionalLong.of(1_234), "side=ask level=1")));

        assertEquals("{\"instruments\":[]," + NO_FAULTS + ",\"rows\":57515,\"equalRows\":57515," +
            "\"firstDifferentRow\":null," +
            "\"detail\":\"\"}\n", Reports.json(equal));
        assertEquals("57,515 of 57,515 rows equal\n", Reports.text(equal));
        assertEquals(ExitCode.FINE, equal.exitCode());
        assertEquals("{\"instruments\":[]," + NO_FAULTS + ",\"rows\":57515,\"equalRows\":57000," +
            "\"firstDifferentRow\":1234," +
            "\"detail\":\"side=ask level=1\"}\n", Reports.json(different));
        assertEquals("57,000 of 57,515 rows equal\nfirst different row 1,234: side=ask level=1\n",
            Reports.text(different));
        assertEquals(ExitCode.OUTPUTS_DIFFER, different.exitCode());
    }
}
