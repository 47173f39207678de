package io.ringtape.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.cli.output.Formats;
import io.ringtape.cli.session.PacedRecording;
import io.ringtape.journal.SnapshotInfo;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.agrona.concurrent.SleepingIdleStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The jar as a process that makes snapshots of a tape while other processes record onto it, one after the other. */
@Timeout(120)
final class SnapshotFollowIT
{
    private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final String JAR = Path.of("target", "ringtape.jar").toAbsolutePath().toString();
    private static final int EVERY = 200;
    private static final int VENUE_EVENTS = 1_000;

    private final TestTapes tapes = new TestTapes(SnapshotFollowIT.class);
    private final SleepingIdleStrategy idle = new SleepingIdleStrategy(TimeUnit.MILLISECONDS.toNanos(1));
    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void end()
    {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void shouldFollowRunsOfOtherProcessesAndEndInOrderAtATerm() throws Exception
    {
        final Process first = record();
        awaitTape();
        final Process follower = follow("out");
        awaitSnapshotBehind(follower, "out", VENUE_EVENTS - 2 * EVERY);
        first.getOutputStream().close();
        assertEquals(0, first.waitFor());
        final long end = tape().verify().lastSequence();

        final Process second = record();
        awaitSnapshotBehind(follower, "out", end + EVERY);
        second.destroyForcibly().waitFor();
        final Process third = record();
        third.getOutputStream().close();
        assertEquals(0, third.waitFor());
        final long last = tape().verify().lastSequence();
        awaitSnapshotBehind(follower, "out", last - EVERY - VENUE_EVENTS / 2);
        terminate(follower);

        final List<SnapshotInfo> made = tape().snapshots().list();
        assertEquals(made.stream().map((snapshot) -> "Made a snapshot: sequence " +
            Formats.count(snapshot.sequence()) + ", " + Formats.bytes(snapshot.lengthBytes()) + "\n")
            .collect(Collectors.joining()) + "Made " + made.size() + " snapshots\n  journal    " +
            tapes.directory() + "\n  snapshots  " + made.size() + ", " + Formats.bytes(bytes(made)) +
            "\n  newest     sequence " + Formats.count(made.get(made.size() - 1).sequence()) + "\n", read("out"));
        assertEquals("", read("out.err"));
        assertEquals(TapeStatus.OK, tape().verify().status());
        requireAsInOnePass(made);
    }

    @Test
    void shouldPrintOneObjectAtTheEnd() throws Exception
    {
        final Process recording = record();
        awaitTape();
        final Process follower = follow("json", "--json", "--keep", "1");
        awaitSnapshotBehind(follower, "json", VENUE_EVENTS - 2 * EVERY);
        recording.getOutputStream().close();
        assertEquals(0, recording.waitFor());
        terminate(follower);

        final SnapshotInfo left = tape().snapshots().list().get(0);
        final String out = read("json");
        assertTrue(out.matches("\\{\"made\":[1-9][0-9]*,\"snapshots\":1,\"firstSequence\":" + left.sequence() +
            ",\"lastSequence\":" + left.sequence() + ",\"bytes\":" + left.lengthBytes() + ",\"journal\":\"" +
            tapes.directory() + "\"}\n"), out);
        assertEquals("", read("json.err"));
        assertFalse(Files.exists(tapes.directory().resolve("snapshots").resolve("owner")));
    }

    private Process record() throws IOException
    {
        final Process recording = PacedRecording.start(tapes.directory());
        started.add(recording);
        PacedRecording.record(recording, VENUE_EVENTS);
        return recording;
    }

    private Process follow(final String name, final String... more) throws IOException
    {
        final List<String> command = Stream.concat(
            Stream.of(JAVA, "-jar", JAR, "snapshot", "--journal", tapes.directory().toString(), "--every",
                Integer.toString(EVERY), "--follow"),
            Stream.of(more)).toList();
        final Process follower = new ProcessBuilder(command)
            .redirectOutput(tapes.directory().resolveSibling(name).toFile())
            .redirectError(tapes.directory().resolveSibling(name + ".err").toFile()).start();
        started.add(follower);
        return follower;
    }

    private static void terminate(final Process follower) throws InterruptedException
    {
        // Not INT: whoever is started in the background has that ignored, and a JVM leaves it so.
        follower.destroy();
        assertEquals(0, follower.waitFor());
    }

    private void awaitTape()
    {
        while (!Files.exists(tapes.directory()))
        {
            idle.idle();
        }
    }

    private void awaitSnapshotBehind(final Process follower, final String name, final long sequence)
        throws IOException
    {
        while (tape().snapshots().list().stream().noneMatch((snapshot) -> snapshot.sequence() > sequence))
        {
            assertTrue(follower.isAlive(), "follower ended: " + read(name + ".err"));
            idle.idle();
        }
    }

    private void requireAsInOnePass(final List<SnapshotInfo> made) throws IOException
    {
        final Path directory = tapes.directory().resolve("snapshots");
        final List<byte[]> bytes = new ArrayList<>();
        for (final SnapshotInfo snapshot : made)
        {
            bytes.add(Files.readAllBytes(directory.resolve(snapshot.name())));
            Files.delete(directory.resolve(snapshot.name()));
        }
        assertEquals(0, CommandRun.of("snapshot", tapes.directory(), "--every", Integer.toString(EVERY)).exitCode());
        // What is not of an end that was not awaited.
        final List<SnapshotInfo> once = tape().snapshots().list().subList(0, made.size());
        assertEquals(made, once);
        for (int i = 0; i < bytes.size(); i++)
        {
            assertArrayEquals(bytes.get(i),
                Files.readAllBytes(directory.resolve(once.get(i).name())), once.get(i)::toString);
        }
    }

    private static long bytes(final List<SnapshotInfo> all)
    {
        return all.stream().mapToLong(SnapshotInfo::lengthBytes).sum();
    }

    private Tape tape()
    {
        return Tape.open(tapes.directory());
    }

    private String read(final String name) throws IOException
    {
        return Files.readString(tapes.directory().resolveSibling(name));
    }
}
