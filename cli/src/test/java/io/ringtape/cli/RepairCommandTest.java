package io.ringtape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.ringtape.cli.platform.StartUpCheck;
import io.ringtape.cli.session.TapeSessions;
import io.ringtape.cli.tape.TestMarket;
import io.ringtape.journal.TapeStatus;
import io.ringtape.journal.TapeVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class RepairCommandTest
{
    private static final String FILE = "19700101-00LX.cq4";

    private final TestTapes tapes = new TestTapes(RepairCommandTest.class);
    private final TestConsole console = new TestConsole();
    private final Path to = tapes.directory().resolveSibling("repaired");

    @Test
    void shouldPrintOneObject()
    {
        tapes.record(TestTapes.definitions(), TestMarket::amzn);

        final int exitCode = run("--json");

        assertEquals("{\"events\":9,\"runs\":1,\"firstSequence\":0,\"lastSequence\":8,\"problem\":\"\"," +
            "\"journal\":\"" + tapes.directory() + "\",\"to\":\"" + to + "\"}\n", console.out());
        assertEquals("", console.err());
        assertEquals(0, exitCode);
    }

    @Test
    void shouldTellAPersonThatNothingWasWrong()
    {
        tapes.record(TestTapes.definitions(), TestMarket::amzn);

        final int exitCode = run();

        assertEquals("Copied 9 events of 1 run\n  journal    " + tapes.directory() + "\n  copy       " + to +
            "\n  sequences  0 to 8\n  problem    none, the tape is whole\n", console.out());
        assertEquals(0, exitCode);
    }

    @Test
    void shouldSayWhatIsWrongAndLeftBehind() throws IOException
    {
        tapes.record(TestTapes.definitions(), TestMarket::amzn);
        tapes.record(TestTapes.definitions(), TestMarket::amzn);
        damageTheSecondRun();
        final String wrong = TapeVerifier.verify(tapes.directory()).detail();

        final int exitCode = run("--json");

        assertEquals("{\"events\":9,\"runs\":1,\"firstSequence\":0,\"lastSequence\":8,\"problem\":\"" + wrong + "\"," +
            "\"journal\":\"" + tapes.directory() + "\",\"to\":\"" + to + "\"}\n", console.out());
        assertEquals(0, exitCode);
        assertEquals(TapeStatus.OK, TapeVerifier.verify(to).status());
        assertEquals(TapeStatus.DAMAGED, TapeVerifier.verify(tapes.directory()).status());
    }

    @Test
    void shouldNotTouchATargetThatHoldsSomething() throws IOException
    {
        tapes.record(TestTapes.definitions(), TestMarket::amzn);
        Files.writeString(Files.createDirectory(to).resolve("notes"), "mine");

        final int exitCode = run();

        assertEquals("ringtape: repaired tape needs a directory that is missing or empty: target=" +
            to.toAbsolutePath() + "\n", console.err());
        assertEquals(73, exitCode);
        assertEquals("mine", Files.readString(to.resolve("notes")));
        assertFalse(Files.exists(to.resolve("ringtape")));
    }

    private void damageTheSecondRun() throws IOException
    {
        final Path file = tapes.directory().resolve("run-000002").resolve(FILE);
        final byte[] bytes = Files.readAllBytes(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        bytes[firstEvent(bytes)] ^= 1;
        Files.write(file, bytes);
    }

    private static int firstEvent(final byte[] bytes)
    {
        int at = 0;
        // Fields of 48 bytes, template 10: the start of a block.
        while (bytes[at] != 48 || bytes[at + 1] != 0 || bytes[at + 2] != 10 || bytes[at + 3] != 0)
        {
            at++;
        }
        return at + 70;
    }

    private int run(final String... more)
    {
        final String[] args = new String[5 + more.length];
        args[0] = "repair";
        args[1] = "--journal";
        args[2] = tapes.directory().toString();
        args[3] = "--to";
        args[4] = to.toString();
        System.arraycopy(more, 0, args, 5, more.length);
        return new Main(console.console(), StartUpCheck::ofThisProcess, new TapeSessions()).run(args);
    }
}
