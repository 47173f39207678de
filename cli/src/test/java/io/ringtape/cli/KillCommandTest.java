package io.ringtape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.IoUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class KillCommandTest
{
    private static final Path DIRECTORY = Path.of("target", "kill-command");
    private static final Path TAPE = DIRECTORY.resolve("tape");

    @BeforeEach
    void record() throws IOException
    {
        IoUtil.delete(DIRECTORY.toFile(), true);
        Files.createDirectories(DIRECTORY);
        assertEquals(0, run("demo", "--events", "20000").exitCode());
    }

    @Test
    void shouldStopTheOrdersOfTheNextRunUntilItIsArmed()
    {
        final CommandRun killed = run("kill", "--json");
        final CommandRun stopped = run("demo", "--events", "20000", "--json");
        final CommandRun events = run("dump", "--format", "csv");
        final CommandRun armed = run("arm");
        final CommandRun going = run("demo", "--events", "20000", "--json");

        assertTrue(killed.out().startsWith(
            "{\"killed\":true,\"lastChange\":1,\"takenChange\":0,\"scopes\":[{\"scope\":\"all\",\"killed\":true," +
                "\"change\":1,\"time\":\""), killed.out());
        assertEquals(0, stopped.exitCode(), stopped.err());
        assertTrue(stopped.out().contains("\"orders\":0,"), stopped.out());
        assertTrue(stopped.out().contains("\"matches\":true"), stopped.out());
        assertEquals(1, events.out().lines().filter((line) -> line.contains(",control,")).count());
        assertTrue(armed.out().startsWith("Nobody is stopped\n"), armed.out());
        assertTrue(!going.out().contains("\"orders\":0,"), going.out());
        assertTrue(run("status").out().contains("a writer has taken the last change"), "taken");
    }

    @Test
    void shouldStopTheStrategyOfASourceAlone()
    {
        final CommandRun other = run("kill", "--strategy", "77");
        final CommandRun going = run("demo", "--events", "20000", "--json");
        run("kill", "--strategy", "1");
        final CommandRun stopped = run("demo", "--events", "20000", "--json");
        run("arm", "--strategy", "1");
        run("kill", "--account", "1");
        final CommandRun account = run("demo", "--events", "20000", "--json");

        assertTrue(other.out().startsWith("New orders are stopped: strategy=77\n"), other.out());
        assertTrue(stopped.out().contains("\"orders\":0,"), stopped.out());
        assertTrue(account.out().contains("\"orders\":0,"), account.out());
        assertTrue(!going.out().contains("\"orders\":0,"), going.out());
        assertTrue(going.out().contains("\"matches\":true"), going.out());
    }

    @Test
    void shouldRefuseToArmWhatWasNeverStopped()
    {
        final CommandRun run = run("arm", "--account", "5");

        assertEquals(65, run.exitCode());
        assertEquals("ringtape: scope was never stopped: account=5 journal=" + TAPE + "\n", run.err());
    }

    @Test
    void shouldRefuseTwoScopesAtOnce()
    {
        final CommandRun run = run("kill", "--account", "5", "--strategy", "1");

        assertEquals(64, run.exitCode());
        assertEquals("ringtape: --strategy and --account exclude each other\n", run.err());
    }

    private static CommandRun run(final String command, final String... args)
    {
        return CommandRun.of(command, TAPE, args);
    }
}
