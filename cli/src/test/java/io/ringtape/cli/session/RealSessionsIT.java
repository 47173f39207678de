package io.ringtape.cli.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.cli.TestConsole;
import io.ringtape.cli.capture.Capture;
import io.ringtape.cli.capture.CaptureException;
import io.ringtape.cli.capture.Captures;
import io.ringtape.cli.capture.RealCaptures;
import io.ringtape.cli.output.Console;
import io.ringtape.cli.platform.StopSignal;
import io.ringtape.cli.report.BookCounts;
import io.ringtape.cli.report.BookReport.Comparison;
import io.ringtape.cli.report.RecordReport;
import io.ringtape.cli.report.ReplayReport;
import io.ringtape.cli.report.RunSummary;
import io.ringtape.cli.request.RecordRequest.OnBadInput;
import io.ringtape.cli.request.SessionContext;
import io.ringtape.cli.tape.BookQuery;
import io.ringtape.event.Definitions;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeRange;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real captures from file to tape and back: the same twice, the same decisions in a replay, the venue's own books. */
@Timeout(60)
final class RealSessionsIT
{
    private final Console console = new TestConsole().console();

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"1, 57515", "5, 155935"})
    void shouldTakeADayOfAmazonOntoTapeAndBack(final int depth, final long rows) throws Exception
    {
        final Path zip = RealCaptures.find("lobster", "LOBSTER_SampleFile_AMZN_2012-06-21_" + depth + ".zip");

        final RunSummary first = record("first", zip);
        final RunSummary second = record("second", zip);
        final ReplayReport replayed = replay("first");
        final Optional<Comparison> compared =
            new BookQuery(tape("first"), Optional.empty(), depth).compare(zip, console.progress(false)).comparison();

        assertSame(first, second);
        assertTrue(first.counts().orders() > 0, "orders=" + first.counts().orders());
        assertMatches(first, replayed);
        assertEquals(Optional.of(new Comparison(rows, rows, OptionalLong.empty(), "")), compared);
        // The snapshot before row 1 is a venue event, too.
        assertEquals(new BookCounts(0, 0, 0, 0, Optional.empty(), rows + 1, 0), first.books().counts());
    }

    @Test
    void shouldTakeADayOfFuturesOntoTapeAndBack() throws Exception
    {
        final Path file = RealCaptures.find("databento", "orderbooks_mbo_2024-05-08*.dbn.zst");

        final RunSummary first = record("first", file);
        final RunSummary second = record("second", file);

        assertSame(first, second);
        assertMatches(first, replay("first"));
        assertEquals(new BookCounts(0, 0, 0, 0, Optional.empty(), 185, 0), first.books().counts());
        assertEquals(13_598, first.books().liveOrders());
    }

    private RunSummary record(final String name, final Path file) throws CaptureException
    {
        final Definitions definitions = new Definitions();
        try (Capture capture = Captures.open(List.of(file), Optional.empty(), definitions))
        {
            final RecordReport report = new RecordSession(definitions, capture, context())
                .run(directory.resolve(name), RecordLayout.INLINE, OnBadInput.DISCARD);
            assertEquals("", report.warning());
            assertEquals(0, report.skippedRecords());
            return report.run();
        }
    }

    private ReplayReport replay(final String name)
    {
        return new ReplaySession(context()).run(tape(name), TapeRange.ALL);
    }

    private Tape tape(final String name)
    {
        return Tape.open(directory.resolve(name));
    }

    private SessionContext context()
    {
        return new SessionContext(new StopSignal(), console.progress(false), (line) ->
        {
        }, console.clock());
    }

    private static void assertMatches(final RunSummary recorded, final ReplayReport replayed)
    {
        assertTrue(replayed.matches(), () -> replayed.firstDifference().toString());
        assertTrue(replayed.trailer());
        assertSame(recorded, replayed.run());
    }

    private static void assertSame(final RunSummary expected, final RunSummary actual)
    {
        assertEquals(expected.events(), actual.events());
        assertEquals(expected.counts().orders(), actual.counts().orders());
        assertEquals(expected.counts().rejects(), actual.counts().rejects());
        assertEquals(expected.hashes().events(), actual.hashes().events());
        assertEquals(expected.hashes().outputs(), actual.hashes().outputs());
        assertEquals(expected.hashes().books(), actual.hashes().books());
        assertEquals(expected.books().counts(), actual.books().counts());
    }
}
