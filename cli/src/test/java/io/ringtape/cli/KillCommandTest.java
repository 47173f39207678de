package io.ringtape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.cli.session.LiveRecording;
import io.ringtape.journal.TapeConfig;
import io.ringtape.journal.TapeWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.agrona.IoUtil;
import org.agrona.concurrent.SystemEpochNanoClock;
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
            "{\"killed\":true,\"recording\":false,\"lastChange\":1,\"takenChange\":0,\"scopes\":[" +
                "{\"scope\":\"all\",\"killed\":true,\"reason\":\"by hand\",\"change\":1,\"time\":\""), killed.out());
        assertTrue(killed.out().contains("\"gateway\":{\"looks\":false,\"lastLook\":null,\"ageSeconds\":null," +
            "\"seenChange\":0}"), killed.out());
        assertEquals(0, stopped.exitCode(), stopped.err());
        assertTrue(stopped.out().contains("\"orders\":0,"), stopped.out());
        assertTrue(stopped.out().contains("\"matches\":true"), stopped.out());
        final List<String> controls = events.out().lines().filter((line) -> line.contains(",control,")).toList();
        assertEquals(1, controls.size(), controls.toString());
        assertTrue(controls.get(0).endsWith(",kill all reason=by hand"), controls.get(0));
        assertTrue(armed.out().startsWith("Nobody is stopped\n"), armed.out());
        assertTrue(!going.out().contains("\"orders\":0,"), going.out());
        assertTrue(run("status").out().contains("a writer has taken the last change"), "taken");
    }

    @Test
    void shouldStopAStrategyByItsNameWhateverItsSourceIs()
    {
        final CommandRun other = run("kill", "--strategy", "MarketMaker");
        final CommandRun going = run("demo", "--events", "20000", "--json");
        final CommandRun known = run("kill", "--strategy", "example");
        final CommandRun stopped = run("demo", "--events", "20000", "--json");
        run("arm", "--strategy", "example");
        run("kill", "--account", "1");
        final CommandRun account = run("demo", "--events", "20000", "--json");

        assertTrue(other.out().startsWith("New orders are stopped: strategy=MarketMaker\n"), other.out());
        assertEquals("ringtape: no strategy of the newest run has the name or account that is stopped: " +
            "strategy=MarketMaker strategies=example accounts=1\n", other.err());
        assertEquals(0, other.exitCode());
        assertEquals(other.err(), run("status").err());
        assertEquals("", known.err());
        assertTrue(stopped.out().contains("\"orders\":0,"), stopped.out());
        assertTrue(stopped.out().contains("\"matches\":true"), stopped.out());
        assertTrue(account.out().contains("\"orders\":0,"), account.out());
        assertTrue(!going.out().contains("\"orders\":0,"), going.out());
        assertTrue(going.out().contains("\"matches\":true"), going.out());
    }

    @Test
    void shouldSayAtItsStartThatARecordingIsStopped()
    {
        run("kill", "--strategy", "example");
        run("kill", "--account", "9");
        run("kill", "--strategy", "exmaple");

        final CommandRun stopped = run("demo", "--events", "2000");

        assertTrue((stopped.out() + stopped.err()).contains(
            """
            New orders are stopped: strategy=example, account=9, strategy=exmaple; see ringtape status.
            No strategy of this run has the name or account that is stopped: account=9, strategy=exmaple
            """), stopped.out());
    }

    @Test
    void shouldTellOfAnAccountThatNoStrategyHas()
    {
        final CommandRun other = run("kill", "--account", "7", "--json");
        final CommandRun known = run("kill", "--account", "1", "--json");
        final CommandRun status = run("status", "--json");
        final CommandRun armed = run("arm", "--account", "7", "--json");

        assertEquals("ringtape: no strategy of the newest run has the name or account that is stopped: account=7 " +
            "strategies=example accounts=1\n", other.err());
        assertEquals(0, other.exitCode());
        assertTrue(other.out().contains(",\"unknown\":[\"account=7\"],"), other.out());
        assertEquals("", known.err());
        assertEquals(other.err(), status.err());
        assertTrue(status.out().contains(",\"unknown\":[\"account=7\"],"), status.out());
        assertEquals("", armed.err());
        assertTrue(armed.out().contains(",\"unknown\":[],"), armed.out());
    }

    @Test
    void shouldNotTakeAStrategyForUnknownBeforeItsRunNamesIt()
    {
        try (TapeWriter begun = TapeWriter.open(TAPE, TapeConfig.defaults().withReserveBytes(0),
            TestTapes.definitions(), SystemEpochNanoClock.INSTANCE))
        {
            final CommandRun killed = run("kill", "--account", "1", "--json");

            assertTrue(killed.out().contains(",\"unknown\":null,"), killed.out());
            assertEquals("ringtape: whether a strategy has the name or account that is stopped cannot be told: the " +
                "newest run names no strategy yet\n", killed.err(), begun::toString);
        }
    }

    @Test
    void shouldSayWhetherARecordingRuns()
    {
        final CommandRun none = run("status");
        final CommandRun noneJson = run("status", "--json");
        final CommandRun runs;
        final CommandRun runsJson;
        try (LiveRecording recording = LiveRecording.start(TAPE, true))
        {
            recording.record(10);
            runs = run("status");
            runsJson = run("status", "--json");
        }

        assertTrue(none.out().contains("\n  recording  no recording runs\n"), none.out());
        assertTrue(noneJson.out().contains(",\"recording\":false,"), noneJson.out());
        assertEquals(0, none.exitCode());
        assertTrue(runs.out().contains("\n  recording  runs, pid " + ProcessHandle.current().pid() + "\n"), runs.out());
        assertTrue(runsJson.out().contains(",\"recording\":true,"), runsJson.out());
        assertEquals(0, runs.exitCode());
    }

    @Test
    void shouldRefuseAStrategyWithoutANameOrWithTooLongAOne()
    {
        final CommandRun none = run("kill", "--strategy", "");
        final String name = "x".repeat(88);
        final CommandRun tooLong = run("arm", "--strategy", name);

        assertEquals(64, none.exitCode());
        assertEquals("ringtape: --strategy must have 1 to 87 bytes: strategy= bytes=0\n", none.err());
        assertEquals(64, tooLong.exitCode());
        assertEquals("ringtape: --strategy must have 1 to 87 bytes: strategy=" + name + " bytes=88\n", tooLong.err());
        assertTrue(run("status").out().startsWith("Nobody is stopped\n"), "status");
    }

    @Test
    void shouldSayInOneLineThatTheKillSwitchCannotBeRead() throws IOException
    {
        final Path file = TAPE.resolve("control");
        Files.write(file, new byte[12]);

        for (final String command : List.of("kill", "arm", "status", "demo"))
        {
            final CommandRun run = run(command);

            assertEquals("ringtape: file is no kill switch: file=" + file + " bytes=12\n",
                run.err().substring(run.err().lastIndexOf("ringtape: ")), command);
            assertEquals(4, run.exitCode(), command);
        }
    }

    @Test
    void shouldRefuseToArmWhatWasNeverStopped()
    {
        final CommandRun run = run("arm", "--account", "5");

        assertEquals(65, run.exitCode());
        assertEquals("ringtape: scope was never stopped: account=5 journal=" + TAPE + "\n", run.err());
        assertEquals("ringtape: scope was never stopped: all journal=" + TAPE + "\n", run("arm").err());
        assertTrue(run("status", "--json").out().contains(",\"lastChange\":0,"), "nothing was written");
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
