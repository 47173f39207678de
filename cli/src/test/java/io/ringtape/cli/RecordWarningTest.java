package io.ringtape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.cli.capture.CaptureFiles;
import io.ringtape.cli.platform.StartUpCheck;
import io.ringtape.cli.session.TapeSessions;
import io.ringtape.journal.Tape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a user hears, from the command line on, of captures that the books or the decoders do not take whole. */
@Timeout(30)
final class RecordWarningTest
{
    private static final int MBO_SCHEMA = 0;
    private static final int MIXED_SCHEMA = 0xFFFF;
    private static final int RECORD_BYTES = 56;
    private static final int SIDE_OFFSET = 39;
    // A heartbeat of the gateway: 4 words, type 0x17.
    private static final byte[] SYSTEM_RECORD = {4, 0x17, 1, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8};
    private static final String REFUSED = "ringtape: books refused events and may be wrong: refusedEvents=2; first:" +
        " event has no side: sequence=3 type=order-add instrumentId=0\n";

    private final TestTapes tapes = new TestTapes(RecordWarningTest.class);

    @Test
    void shouldSayNothingOfACaptureThatIsTakenWhole() throws IOException
    {
        final TestConsole recorded = run("record", "--journal", tape(), file(CaptureFiles.dbn(MBO_SCHEMA, 5, 1)));
        final TestConsole replayed = run("replay", "--journal", tape());

        assertEquals("", recorded.err());
        assertEquals("", replayed.err());
    }

    @Test
    void shouldWarnOnceWhenTheBooksRefuseEvents() throws IOException
    {
        final byte[] dbn = CaptureFiles.dbn(MBO_SCHEMA, 5, 1);
        dbn[dbn.length - RECORD_BYTES + SIDE_OFFSET] = 'N';
        dbn[dbn.length - 2 * RECORD_BYTES + SIDE_OFFSET] = 'N';

        final TestConsole recorded = run("record", "--json", "--journal", tape(), file(dbn));
        final TestConsole replayed = run("replay", "--json", "--journal", tape());

        assertEquals(REFUSED, recorded.err());
        assertEquals(REFUSED, replayed.err());
        assertTrue(recorded.out().contains(",\"refusedEvents\":2,\"firstRefusal\":\"event has no side: sequence=3 "));
        assertTrue(recorded.out().contains(",\"overReduces\":0,\"duplicateAdds\":0,"));
    }

    @Test
    void shouldWarnWhenRecordsWereSkipped() throws IOException
    {
        final byte[] dbn =
            CaptureFiles.join(CaptureFiles.dbn(MIXED_SCHEMA, 5, 1), SYSTEM_RECORD, SYSTEM_RECORD);

        final TestConsole recorded = run("record", "--json", "--journal", tape(), file(dbn));

        assertEquals("ringtape: records of types that make no events were skipped: skippedRecords=2\n",
            recorded.err());
        assertTrue(recorded.out().contains(",\"skippedRecords\":2,"));
    }

    @Test
    void shouldSayThatACaptureHoldsNothingButRecordsToSkip() throws IOException
    {
        final TestConsole console = new TestConsole();
        final String capture = file(CaptureFiles.join(CaptureFiles.dbn(MIXED_SCHEMA, 0, 1), SYSTEM_RECORD));

        final int exitCode = new Main(console.console(), StartUpCheck::ofThisProcess, new TapeSessions())
            .run("record", "--journal", tape(), capture);

        assertEquals(65, exitCode);
        assertEquals("ringtape: capture has no events: format=dbn skippedRecords=1\n", console.err());
    }

    @Test
    void shouldWarnOfAnEarlierRunThatLacksAFile() throws IOException
    {
        final String capture = file(CaptureFiles.dbn(MBO_SCHEMA, 5, 1));
        run("record", "--journal", tape(), capture);
        run("record", "--journal", tape(), capture);
        final long last = Tape.open(tapes.directory()).info().runs().get(0).lastSequence().orElseThrow();
        Files.delete(tapes.directory().resolve("run-000001").resolve("19700101-00LX.cq4"));

        final TestConsole recorded = run("record", "--json", "--journal", tape(), capture);

        final String damage = "first file of a run is missing: run=1 file=19700101-00LX.cq4 sequences=0.." + last +
            "; problems=2";
        assertEquals("ringtape: the tape was not whole before this run, see ringtape verify: " + damage + "\n",
            recorded.err());
        assertTrue(recorded.out().contains(",\"notice\":\"\",\"damage\":\"" + damage + "\","));
    }

    @Test
    void shouldWarnOfAMarkThatIsNotWholeOnce() throws IOException
    {
        final String capture = file(CaptureFiles.dbn(MBO_SCHEMA, 5, 1));
        run("record", "--journal", tape(), capture);
        final long last = Tape.open(tapes.directory()).info().runs().get(0).lastSequence().orElseThrow();
        final Path mark = tapes.directory().resolve("mark-journaled");
        final byte[] bytes = Files.readAllBytes(mark);
        bytes[32] ^= 1;
        Files.write(mark, bytes);

        final TestConsole recorded = run("record", "--journal", tape(), capture);
        final TestConsole again = run("record", "--journal", tape(), capture);

        assertEquals("ringtape: the tape was not whole before this run, see ringtape verify: tape is damaged, a slot " +
            "of a mark is not whole: file=mark-journaled slot=0 offset=0: one bit of it is wrong, the mark is at " +
            "run=1 lastSequence=" + last + "\n", recorded.err());
        assertEquals("", again.err());
    }

    @Test
    void shouldWarnOfACaptureThatBeginsBeforeTheEndOfOneAheadOfIt() throws IOException
    {
        final String tuesday = day("tuesday", 36_000);
        final String monday = day("monday", 34_200);

        final TestConsole inOrder = run("record", "--json", "--journal", tape(), monday, tuesday);
        final TestConsole nextRun = run("record", "--json", "--journal", tape(), monday);
        final TestConsole turned = run("record", "--json", "--journal", tape(), tuesday, monday);

        assertEquals("", inOrder.err());
        assertEquals("", nextRun.err());
        assertEquals("ringtape: capture begins before the latest event of one ahead of it, and until it is past that " +
            "no rate refills and nothing grows old in the gate: file=" + monday +
            " begins=2012-06-21T13:30:01.000000000Z ahead=" + tuesday +
            " latest=2012-06-21T14:00:03.500000000Z behind=30 m 2.5 s\n", turned.err());
    }

    /** Three seconds of trading, the first event a second after a time of the day. */
    private String day(final String name, final int fromSeconds) throws IOException
    {
        final Path folder = Files.createDirectories(Path.of(tape()).resolveSibling(name));
        return LobsterPairs.write(folder, 3, (pair) -> fromSeconds + pair + ".0", (pair) -> fromSeconds + pair + ".5");
    }

    private String tape()
    {
        return tapes.directory().toString();
    }

    private String file(final byte[] bytes) throws IOException
    {
        return Files.write(Path.of(tape()).resolveSibling("a.dbn"), bytes).toString();
    }

    private static TestConsole run(final String... args)
    {
        final TestConsole console = new TestConsole();
        final int exitCode =
            new Main(console.console(), StartUpCheck::ofThisProcess, new TapeSessions()).run(args);
        assertEquals(0, exitCode, console.err());
        return console;
    }
}
