package io.ringtape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.cli.output.Formats;
import io.ringtape.cli.platform.StartUpCheck;
import io.ringtape.cli.session.TapeSessions;
import io.ringtape.cli.tape.TestMarket;
import io.ringtape.journal.Tape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.agrona.IoUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class RetainCommandTest
{
    private static final String FILE = "19700101-00LX.cq4";
    private static final String REMOVED = "sequences were removed: sequences=0..8 firstSequence=9";

    private final TestTapes tapes = new TestTapes(RetainCommandTest.class);
    private final TestConsole console = new TestConsole();

    @Test
    void shouldSayWhatWouldGo() throws IOException
    {
        twoRuns();
        final long length = Files.size(file());
        final long size = tapes.record(TestTapes.definitions(), TestMarket::amzn).sizeBytes();

        final int exitCode = run("retain", "--keep-bytes", Long.toString(size - 1));

        assertEquals("Would remove 1 file, " + Formats.bytes(length) + "; --run does it\n  journal     " +
            tapes.directory() + "\n  first left  sequence 9\n  size left   " + Formats.bytes(size - length + 64) +
            "\n\nFiles\n  run/file             sequences   length\n  1/" + FILE + "     0 to 8  " +
            Formats.bytes(length) + "\n", console.out());
        assertEquals(0, exitCode);
    }

    @Test
    void shouldPrintOneObject() throws IOException
    {
        twoRuns();
        final long length = Files.size(file());

        final int exitCode = run("retain", "--keep-bytes", "0", "--run", "--json");

        assertEquals("{\"removed\":true,\"files\":[{\"runId\":1,\"name\":\"" + FILE + "\",\"firstSequence\":0," +
            "\"lastSequence\":8,\"lengthBytes\":" + length + "}],\"bytes\":" + length + ",\"firstSequence\":9," +
            "\"sizeBytes\":" + sizeLeft() + ",\"withinLimit\":false,\"journal\":\"" + tapes.directory() +
            "\"}\n", console.out());
        assertEquals("", console.err());
        assertEquals(0, exitCode);
    }

    @Test
    void shouldSayThatItsLimitIsNotReachedWithWhatMayGo() throws IOException
    {
        twoRuns();
        final long length = Files.size(file());

        final int exitCode = run("retain", "--keep-bytes", "1");

        final List<String> lines = console.out().lines().toList();
        assertEquals("Would remove 1 file, " + Formats.bytes(length) + "; --run does it", lines.get(0));
        assertEquals("The limit is not reached: the next file must stay, as a mark stands in it, it is not sealed, or" +
            " it is the newest one", lines.get(1));
        assertEquals(0, exitCode);
    }

    @Test
    void shouldNotSayItWhereAllThatIsTooOldGoes()
    {
        twoRuns();

        assertEquals(0, run("retain", "--keep-days", "1"));
        assertTrue(console.out().startsWith("Would remove 0 files, 0 B; --run does it\n  journal "), console.out());
    }

    @Test
    void shouldVerifyAndReplayWhatIsLeft()
    {
        tapes.withTimes(1, 2);
        tapes.withTimes(3, 4);

        assertEquals(0, run("retain", "--keep-bytes", "0", "--run", "--json"));
        final int from = console.out().length();
        assertEquals(0, run("verify", "--json"));
        assertEquals("{\"status\":\"ok\",\"events\":2,\"firstSequence\":2,\"lastSequence\":3,\"detail\":" +
            "\"all runs are whole: runs=1; sequences were removed: sequences=0..1 firstSequence=2\",\"journal\":\"" +
            tapes.directory() + "\"}\n", console.out().substring(from));
        assertEquals(0, run("replay", "--scan", "--json"));
        assertEquals(65, run("replay", "--from-sequence", "1"));
        assertEquals("ringtape: sequences were removed: sequences=0..1 firstSequence=2\n", console.err());
    }

    @Test
    void shouldRefuseARangeThatWasRemoved()
    {
        twoRuns();
        run("retain", "--keep-bytes", "0", "--run", "--json");

        assertEquals(65, run("dump", "--from-sequence", "3"));
        assertEquals(65, run("book", "--at-sequence", "3"));
        assertEquals(65, run("positions", "--at-sequence", "3"));
        assertEquals(("ringtape: " + REMOVED + "\n").repeat(3), console.err());
    }

    @Test
    void shouldRemoveOnAnyFileSystemWhenAskedTo()
    {
        twoRuns();

        assertEquals(0, run("retain", "--keep-bytes", "0", "--any-file-system", "--run", "--json"));
        assertEquals(9, Tape.open(tapes.directory()).verify().firstSequence());
        assertEquals(0, run("retain", "--help"));
        assertTrue(console.out().contains("--any-file-system"), console.out());
    }

    @Test
    void shouldEndAsVerifyDoesWhereNoRunIsLeft()
    {
        tapes.record(TestTapes.definitions(), TestMarket::amzn);
        IoUtil.delete(tapes.directory().resolve("run-000001").toFile(), false);

        assertEquals(3, run("verify", "--json"));
        assertEquals(3, run("retain", "--keep-bytes", "0"));
        assertEquals(3, run("retain", "--keep-days", "1", "--run"));

        assertEquals("ringtape: sequences are missing: missing run=1 sequences=0..8\n".repeat(2), console.err());
    }

    @Test
    void shouldAskForOneLimit()
    {
        assertEquals(64, run("retain"));
        assertEquals(64, run("retain", "--keep-days", "1", "--keep-bytes", "1"));
        final String usage =
            "ringtape: retain needs one of --keep-days and --keep-bytes, see ringtape retain --help\n";
        assertEquals(usage + usage, console.err());
    }

    private void twoRuns()
    {
        tapes.record(TestTapes.definitions(), TestMarket::amzn);
        tapes.record(TestTapes.definitions(), TestMarket::amzn);
    }

    private Path file()
    {
        return tapes.directory().resolve("run-000001").resolve(FILE);
    }

    /** As it is then, with the record that says so, and without the owner, who has gone. */
    private long sizeLeft() throws IOException
    {
        return Tape.open(tapes.directory()).sizeBytes();
    }

    private int run(final String command, final String... more)
    {
        final String[] args = new String[3 + more.length];
        args[0] = command;
        args[1] = "--journal";
        args[2] = tapes.directory().toString();
        System.arraycopy(more, 0, args, 3, more.length);
        return new Main(console.console(), StartUpCheck::ofThisProcess, new TapeSessions()).run(args);
    }
}
