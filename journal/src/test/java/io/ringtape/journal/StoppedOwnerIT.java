package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ringtape.journal.TapeException.Kind;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An owner that is stopped is alive: nobody takes its tape from it, and once it goes on the tape is whole. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class StoppedOwnerIT
{
    private static final int ROUNDS = 5;
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    private final long seed = ThreadLocalRandom.current().nextLong();
    private final Path tape = Tapes.fresh("stopped");

    @BeforeEach
    void requireProc()
    {
        assumeTrue(Files.exists(Path.of("/proc/self/stat")), "skipped: whether a process is stopped is read in /proc");
    }

    @AfterEach
    void clean()
    {
        Tapes.delete(tape);
    }

    @Test
    void shouldNotStealFromAnOwnerThatIsStopped() throws IOException, InterruptedException
    {
        final Process child = RecordingChild.start(tape, seed);
        long acknowledged = -1;
        try (DataInputStream said = new DataInputStream(child.getInputStream()))
        {
            RecordingChild.go(child);
            for (int round = 0; round < ROUNDS; round++)
            {
                acknowledged = readUntil(said, acknowledged + 1_000);
                signal(child, "STOP");
                awaitStopped(child);
                final Map<String, Integer> before = content();

                requireInUse(child);

                assertEquals(before, content(), "seed=" + seed);
                assertEquals(TapeStatus.OK, TapeVerifier.verify(tape).status(), "seed=" + seed);
                signal(child, "CONT");
            }
            acknowledged = readUntil(said, acknowledged + 20_000);
        }
        finally
        {
            child.destroyForcibly().waitFor();
        }

        requireWhole(acknowledged);
    }

    @Test
    void shouldNotStealWhenTheLockFileWasTakenAway() throws IOException, InterruptedException
    {
        final Process child = RecordingChild.start(tape, seed);
        long acknowledged;
        try (DataInputStream said = new DataInputStream(child.getInputStream()))
        {
            RecordingChild.go(child);
            acknowledged = readUntil(said, 1_000);
            signal(child, "STOP");
            awaitStopped(child);
            Files.delete(tape.resolve(TapeLock.NAME));

            requireInUse(child);

            signal(child, "CONT");
            acknowledged = readUntil(said, acknowledged + 20_000);
        }
        finally
        {
            child.destroyForcibly().waitFor();
        }

        requireWhole(acknowledged);
    }

    private void requireInUse(final Process child)
    {
        final TapeOwner owner = TapeOwner.of(child.toHandle(), BootId.current());

        final TapeException e = assertTimeout(AT_ONCE,
            () -> assertThrows(TapeException.class, () -> Tapes.open(tape, TapeConfig.defaults())));

        assertEquals(Kind.IN_USE, e.kind(), e::getMessage);
        assertEquals("tape is in use: directory=" + tape + " pid=" + child.pid() + " started=" + owner.startedAt(),
            e.getMessage());
        assertEquals(owner, Tape.open(tape).owner().orElseThrow());
    }

    private void requireWhole(final long acknowledged)
    {
        final TapeReport report = TapeVerifier.verify(tape);
        assertTrue(report.status() == TapeStatus.OK || report.status() == TapeStatus.TORN_TAIL,
            () -> "seed=" + seed + " " + report);
        assertTrue(report.lastSequence() >= acknowledged, () -> "seed=" + seed + " " + report);
        assertEquals(report.lastSequence() + 1, Tapes.sequences(tape, TapeRange.ALL).size());
        try (TapeWriter writer = Tapes.open(tape, TapeConfig.defaults()))
        {
            assertEquals(report.lastSequence() + 1, writer.firstSequence());
        }
    }

    private static long readUntil(final DataInputStream said, final long sequence) throws IOException
    {
        long last = said.readLong();
        while (last < sequence)
        {
            last = said.readLong();
        }
        return last;
    }

    private static void signal(final Process child, final String name) throws IOException, InterruptedException
    {
        final Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(child.pid())).start();
        assertEquals(0, kill.waitFor());
    }

    private static void awaitStopped(final Process child) throws IOException
    {
        while (!isStopped(child))
        {
            Thread.onSpinWait();
        }
    }

    /** The system stops its threads one after the other, and one of them may end while we look. */
    private static boolean isStopped(final Process child) throws IOException
    {
        boolean stopped = true;
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(child.pid()), "task")))
        {
            for (final Path thread : threads.toList())
            {
                final String stat = Files.readString(thread.resolve("stat"));
                stopped &= stat.charAt(stat.lastIndexOf(')') + 2) == 'T';
            }
        }
        catch (final NoSuchFileException e)
        {
            return false;
        }
        return stopped;
    }

    private Map<String, Integer> content() throws IOException
    {
        final Map<String, Integer> content = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(tape.getParent()))
        {
            for (final Path path : paths.toList())
            {
                content.put(path.toString(),
                    Files.isRegularFile(path) ? Arrays.hashCode(Files.readAllBytes(path)) : 0);
            }
        }
        return content;
    }
}
