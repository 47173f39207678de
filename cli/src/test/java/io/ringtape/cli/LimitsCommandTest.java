package io.ringtape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.cli.output.Console;
import io.ringtape.cli.platform.StartUpCheck;
import io.ringtape.cli.session.LiveRecording;
import io.ringtape.cli.session.PacedRecording;
import io.ringtape.cli.session.TapeSessions;
import io.ringtape.journal.LimitsExchange;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeException;
import io.ringtape.journal.TapeStatus;
import io.ringtape.journal.TapeVerifier;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.IoUtil;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits change while a recording runs, and a replay finds where. */
@Timeout(120)
final class LimitsCommandTest
{
    private static final Path DIRECTORY = Path.of("target", "limits-command");
    private static final Path TAPE = DIRECTORY.resolve("tape");
    private static final int VENUE_EVENTS = 2_000;
    private static final int VERSION = 41;

    private final ExecutorService terminal = Executors.newSingleThreadExecutor();

    @BeforeEach
    void clear() throws IOException
    {
        IoUtil.delete(DIRECTORY.toFile(), true);
        Files.createDirectories(DIRECTORY);
    }

    @AfterEach
    void clean()
    {
        terminal.shutdownNow();
        IoUtil.delete(DIRECTORY.toFile(), true);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldPutLimitsInForceAtOneEventAndReplayMatches(final boolean isInline) throws IOException
    {
        final String file = write(LimitsFiles.limits(VERSION, 0, "*"));
        final CommandRun changed;
        try (LiveRecording recording = LiveRecording.start(TAPE, isInline))
        {
            recording.record(VENUE_EVENTS);
            changed = whileRecording(recording, file);
            recording.record(VENUE_EVENTS);
        }

        assertEquals("{\"version\":41,\"versionBefore\":0,\"change\":1,\"journal\":\"" + TAPE + "\"}\n",
            changed.out(), changed.err());
        assertOneChange();
        assertTrue(CommandRun.of("dump", TAPE, "--format", "csv").out().contains(",own-new,"), "orders before");
        assertTrue(CommandRun.of("info", TAPE, "--json").out().contains("\"settings\":[{\"kind\":" +
            "\"limits-change\",\"version\":41,\"bytes\":" + Files.size(Path.of(file)) + "}]"), "info");
    }

    @Test
    void shouldReplayAChangeThatCameAtAnyMomentOfAnotherProcess() throws Exception
    {
        final SplittableRandom random = new SplittableRandom(System.nanoTime());
        final int before = 1 + random.nextInt(VENUE_EVENTS);
        final String file = write(LimitsFiles.limits(VERSION, 0, "*"));
        final Process child = PacedRecording.start(TAPE);
        final YieldingIdleStrategy idle = new YieldingIdleStrategy();
        try
        {
            PacedRecording.record(child, before);
            while (!isThere())
            {
                idle.idle();
            }
            final CompletableFuture<CommandRun> command = inTerminal(file);
            while (!command.isDone())
            {
                PacedRecording.record(child, 1 + random.nextInt(100));
                idle.idle();
            }
            assertEquals("Limits of version 41 are in force, before the defaults\n  journal  " + TAPE + "\n",
                command.get().out(), command.get().err());
            PacedRecording.record(child, VENUE_EVENTS);
            child.getOutputStream().close();
            assertEquals(0, child.waitFor(), "before=" + before);
        }
        finally
        {
            child.destroyForcibly().waitFor();
        }

        assertEquals(TapeStatus.OK, Tape.open(TAPE).verify().status());
        assertOneChange();
    }

    @Test
    void shouldChangeMoreThanOnceAndReplayFromInside() throws IOException
    {
        try (LiveRecording recording = LiveRecording.start(TAPE, true))
        {
            recording.record(VENUE_EVENTS);
            for (int version = 1; version <= 4; version++)
            {
                final CommandRun changed =
                    whileRecording(recording, write(LimitsFiles.limits(version, version % 2 * 10L, "*")));
                assertEquals(0, changed.exitCode(), changed.err());
                recording.record(VENUE_EVENTS);
            }
        }

        final CommandRun whole = CommandRun.of("replay", TAPE, "--json");
        final long last = Tape.open(TAPE).verify().lastSequence();
        assertEquals(0, CommandRun.of("snapshot", TAPE, "--every", "1000").exitCode());
        final CommandRun part = CommandRun.of("replay", TAPE, "--json", "--from-sequence",
            Long.toString(last - 1_500));

        assertTrue(whole.out().contains("\"matches\":true,\"trailer\":true"), whole.out());
        assertTrue(part.out().contains("\"matches\":true"), part.out());
        assertFalse(part.out().contains("\"snapshotSequence\":null"), part.out());
        assertEquals(4, Tape.open(TAPE).info().settings().size());
    }

    @Test
    void shouldRefuseWhatDoesNotFitTheRecording() throws IOException
    {
        try (LiveRecording recording = LiveRecording.start(TAPE, true))
        {
            recording.record(VENUE_EVENTS);
            final String file = write(LimitsFiles.limits(5, 10, "*", "DEMO-STOCK-Z"));
            assertRefused(65, "limits name an instrument that the recording has not met yet: file=" + file +
                " instrument=DEMO-STOCK-Z", file);
            write(LimitsFiles.limits(5, 10, "DEMO-COIN", "DEMO-FUTURE", "DEMO-LEVELS", "DEMO-STOCK-A"));
            assertRefused(65, "instrument has no limits: file=" + file + " instrument=DEMO-STOCK-B", file);
            write(LimitsFiles.limits(5, -1, "*"));
            assertRefused(65, "check must not be negative: file=" + file + " instrument=* max-order-quantity=-1", file);
            write(LimitsFiles.limits(5, 1, "*").replace("daily-loss", "dayly-loss"));
            assertRefused(65, "unknown check: file=" + file + " instrument=* check=dayly-loss", file);
            write(LimitsFiles.limits(5, 1, "*") + " ".repeat(65_535));
            assertRefused(65, "text must be 1 to 65534 bytes of UTF-8: kind=limits-change bytes=" +
                Files.size(Path.of(file)) + " file=" + file, file);
            write(LimitsFiles.limits(5, 10, "*"));
            assertEquals(0, whileRecording(recording, file).exitCode());
            recording.record(VENUE_EVENTS);
            assertRefused(65, "version must be above the one in force: file=" + file + " version=5 inForce=5", file);
        }

        behindTheChange(5);
        assertRefused(66, "no recording runs on the tape: journal=" + TAPE, write(LimitsFiles.limits(6, 10, "*")));
    }

    @Test
    void shouldSayThatARecordingHasNotTakenThemYet() throws IOException
    {
        try (LiveRecording recording = LiveRecording.start(TAPE, true))
        {
            recording.record(VENUE_EVENTS);

            final CommandRun run = run(write(LimitsFiles.limits(2, 10, "*")), "--wait", "0");

            assertEquals("ringtape: recording has not taken the limits yet, they stay pending until it does, another " +
                "ringtape limits replaces them, or it ends: journal=" + TAPE + " change=1 waitedSeconds=0\n",
                run.err());
            assertEquals(75, run.exitCode());
        }

        assertEquals(List.of(), Tape.open(TAPE).info().settings(), "it ended before its next event");
        try (LimitsExchange exchange = LimitsExchange.open(TAPE))
        {
            final TapeException e = assertThrows(TapeException.class, () -> exchange.answer(1));
            assertEquals("recording has ended before it took the limits: directory=" + TAPE + " change=1",
                e.getMessage());
        }
        try (LiveRecording next = LiveRecording.start(TAPE, true))
        {
            next.record(VENUE_EVENTS);
        }
        assertEquals(List.of(), Tape.open(TAPE).info().settings(), "it was handed to the run before");
    }

    @Test
    void shouldTakeWhatReplacedLimitsThatItHadNotTakenInTime() throws IOException
    {
        try (LiveRecording recording = LiveRecording.start(TAPE, true);
            LimitsExchange exchange = LimitsExchange.open(recorded(recording)))
        {
            assertEquals(75, run(write(LimitsFiles.limits(2, 10, "*")), "--wait", "0").exitCode());
            final CompletableFuture<CommandRun> command = inTerminal(write(LimitsFiles.limits(3, 10, "*")));
            final YieldingIdleStrategy idle = new YieldingIdleStrategy();
            while (exchange.number() == 1)
            {
                idle.idle();
            }

            while (!command.isDone())
            {
                recording.record(10);
            }

            assertEquals(0, command.join().exitCode(), command.join().err());
        }

        assertEquals(List.of(3L), Tape.open(TAPE).info().settings().stream().map((one) -> one.version()).toList());
    }

    @Test
    void shouldSayThatTheRecordingHasEnded() throws IOException
    {
        final CompletableFuture<CommandRun> command;
        try (LiveRecording recording = LiveRecording.start(TAPE, true);
            LimitsExchange exchange = LimitsExchange.open(recorded(recording)))
        {
            command = inTerminal(write(LimitsFiles.limits(2, 10, "*")));
            final YieldingIdleStrategy idle = new YieldingIdleStrategy();
            while (exchange.number() == 0)
            {
                idle.idle();
            }
        }

        final CommandRun run = command.join();
        assertEquals("ringtape: recording has ended before it took the limits: directory=" + TAPE + " change=1\n",
            run.err());
        assertEquals(66, run.exitCode());
    }

    @Test
    void shouldSayThatARecordingThatWasKilledHasEnded() throws Exception
    {
        final YieldingIdleStrategy idle = new YieldingIdleStrategy();
        final Process child = PacedRecording.start(TAPE);
        try
        {
            // It waits for its second event then, and looks at no limits.
            PacedRecording.record(child, 1);
            while (TapeVerifier.verify(TAPE).events() == 0)
            {
                idle.idle();
            }
            final String file = write(LimitsFiles.limits(2, 10, "*"));
            final CompletableFuture<CommandRun> command =
                CompletableFuture.supplyAsync(() -> runInTime(file, "--wait", "2"), terminal);
            try (LimitsExchange exchange = LimitsExchange.open(TAPE))
            {
                while (exchange.number() == 0)
                {
                    idle.idle();
                }
            }
            child.destroyForcibly().waitFor();

            final CommandRun run = command.join();

            assertEquals("ringtape: recording has ended before it took the limits: journal=" + TAPE +
                " change=1 waitedSeconds=2\n", run.err());
            assertEquals(66, run.exitCode());
        }
        finally
        {
            child.destroyForcibly().waitFor();
        }
    }

    @Test
    void shouldSayThatLimitsAreInForceThatWereTakenInTheLastMoment() throws IOException
    {
        final String file = write(LimitsFiles.limits(2, 10, "*"));
        try (LiveRecording recording = LiveRecording.start(TAPE, true))
        {
            recording.record(VENUE_EVENTS);
            final AtomicInteger asked = new AtomicInteger();
            final CommandRun run;
            try (LimitsExchange exchange = LimitsExchange.open(TAPE))
            {
                run = runBy(() ->
                {
                    // As the wait begins, and behind the look that finds no answer: then the time is over.
                    if (exchange.number() == 0 || asked.getAndIncrement() == 0)
                    {
                        return 0;
                    }
                    exchange.answer(1, "");
                    return Long.MAX_VALUE;
                }, file);
            }

            assertEquals(2, asked.get());
            assertEquals("Limits of version 2 are in force, before the defaults\n  journal  " + TAPE + "\n", run.err());
            assertEquals(0, run.exitCode());
        }
    }

    private static Path recorded(final LiveRecording recording)
    {
        recording.record(VENUE_EVENTS);
        return TAPE;
    }

    @Test
    void shouldSayThatAnotherChangeCameInBetween() throws IOException
    {
        try (LiveRecording recording = LiveRecording.start(TAPE, true);
            LimitsExchange exchange = LimitsExchange.open(recorded(recording)))
        {
            final CompletableFuture<CommandRun> command = inTerminal(write(LimitsFiles.limits(2, 10, "*")));
            final YieldingIdleStrategy idle = new YieldingIdleStrategy();
            while (exchange.number() == 0)
            {
                idle.idle();
            }
            exchange.answer(2, "");

            final CommandRun run = command.join();

            assertEquals("ringtape: another change of limits came in between: directory=" + TAPE +
                " change=1 next=2\n", run.err());
            assertEquals(75, run.exitCode());
        }
    }

    @Test
    void shouldNameAllCodesOfTheCommandInItsHelp()
    {
        final String help = CommandRun.of("limits", TAPE, "--help").out();

        assertTrue(help.contains("another change came in between"), help);
    }

    @Test
    void shouldChangeNothingWhenTheRecordingRefuses() throws IOException
    {
        try (LiveRecording recording = LiveRecording.start(TAPE, true))
        {
            recording.record(VENUE_EVENTS);
            assertEquals("version must be a whole number above 0: change=1 version=",
                answer(recording, "{}"));
            assertEquals("file must hold one JSON object: change=2", answer(recording, "[1]"));
            assertEquals("limits name an instrument that the recording has not met yet: change=3 instrument=X",
                answer(recording, LimitsFiles.limits(1, 10, "X")));
            assertEquals("", answer(recording, LimitsFiles.limits(1, 10, "*")));
            assertEquals("version must be above the one in force: change=5 version=1 inForce=1",
                answer(recording, LimitsFiles.limits(1, 10, "*")));
        }

        behindTheChange(1);
    }

    /** Hands over what the command itself would not. */
    private static String answer(final LiveRecording recording, final String text)
    {
        try (LimitsExchange exchange = LimitsExchange.open(TAPE))
        {
            final long change = exchange.hand(text);
            Optional<String> found = exchange.answer(change);
            while (found.isEmpty())
            {
                recording.record(1);
                found = exchange.answer(change);
            }
            return found.get();
        }
    }

    /** No order is let through behind the change, and a replay says so too. */
    private static void assertOneChange()
    {
        final List<String> behind = behindTheChange(VERSION);
        final CommandRun replayed = CommandRun.of("replay", TAPE, "--json");

        assertTrue(behind.stream().noneMatch((line) -> line.contains(",own-new,")), "orders behind");
        assertTrue(behind.stream().anyMatch((line) -> line.contains(",own-rejected,")), "rejects behind");
        assertTrue(replayed.out().contains("\"matches\":true,\"trailer\":true"), replayed.out());
        assertEquals("", replayed.err());
    }

    private static List<String> behindTheChange(final int version)
    {
        final List<String> events = CommandRun.of("dump", TAPE, "--format", "csv").out().lines().toList();
        final List<String> controls = events.stream().filter((line) -> line.contains(",control,")).toList();
        assertEquals(1, controls.size(), controls.toString());
        // Order id, source, source sequence.
        assertTrue(controls.get(0).matches(".*,3,[^,]*," + version + ",.*"), controls.get(0));
        return events.subList(events.indexOf(controls.get(0)), events.size());
    }

    private static boolean isThere()
    {
        final CommandRun info = CommandRun.of("info", TAPE, "--json");
        return info.exitCode() == 0 && info.out().contains("DEMO-LEVELS");
    }

    /** Runs the command while the recording goes on. */
    private CommandRun whileRecording(final LiveRecording recording, final String file)
    {
        final CompletableFuture<CommandRun> command = inTerminal(file, "--json");
        while (!command.isDone())
        {
            recording.record(10);
        }
        return command.join();
    }

    private CompletableFuture<CommandRun> inTerminal(final String file, final String... more)
    {
        return CompletableFuture.supplyAsync(() -> run(file, more), terminal);
    }

    private static void assertRefused(final int exitCode, final String message, final String file)
    {
        final CommandRun run = run(file);

        assertEquals("ringtape: " + message + "\n", run.err());
        assertEquals(exitCode, run.exitCode());
        assertEquals("", run.out());
    }

    private static CommandRun run(final String file, final String... more)
    {
        final String[] args = new String[more.length + 1];
        System.arraycopy(more, 0, args, 0, more.length);
        args[more.length] = file;
        return CommandRun.of("limits", TAPE, args);
    }

    /** By a clock that goes on. */
    private static CommandRun runInTime(final String file, final String... more)
    {
        return runBy(SystemNanoClock.INSTANCE, file, more);
    }

    private static CommandRun runBy(final NanoClock clock, final String file, final String... more)
    {
        final ByteArrayOutputStream err = new ByteArrayOutputStream();
        final PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        final Console console = new Console(stream, stream, false, false, clock);
        final List<String> args = new ArrayList<>(List.of("limits", "--journal", TAPE.toString(), file));
        args.addAll(List.of(more));
        final int exitCode =
            new Main(console, StartUpCheck::ofThisProcess, new TapeSessions()).run(args.toArray(String[]::new));
        return new CommandRun(exitCode, "", err.toString(StandardCharsets.UTF_8));
    }

    private static String write(final String text) throws IOException
    {
        return Files.writeString(DIRECTORY.resolve("limits.json"), text).toString();
    }
}
