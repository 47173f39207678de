package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A process that is killed while it records loses nothing that it said was journaled, and stops nobody else. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class TapeKillIT
{
    private static final int ROUNDS = 20;

    private final long seed = ThreadLocalRandom.current().nextLong();
    private final Path tape = Tapes.fresh("kill");

    @AfterEach
    void clean()
    {
        Tapes.delete(tape);
    }

    @Test
    void shouldKeepWhatWasJournaledOverKills() throws IOException, InterruptedException
    {
        final Random random = new Random(seed);
        long journaled = -1;
        Process waiting = RecordingChild.start(tape, random.nextLong());
        for (int round = 0; round < ROUNDS; round++)
        {
            // The first rounds die in or right behind open, the later ones in and around rolls.
            final long limit = round < 5 ? round : random.nextInt(40_000);
            final long before = journaled;
            final Process child = waiting;
            RecordingChild.go(child);
            waiting = RecordingChild.start(tape, random.nextLong());
            final long acknowledged = readAcknowledged(child, before + limit);
            final String message = "seed=" + seed + " round=" + round;

            final TapeReport report = TapeVerifier.verify(tape);

            assertTrue(acknowledged >= before, message);
            assertTrue(report.status() == TapeStatus.OK || report.status() == TapeStatus.TORN_TAIL,
                () -> message + " " + report);
            assertTrue(report.lastSequence() >= acknowledged, () -> message + " " + report);
            journaled = report.lastSequence();
        }

        waiting.destroyForcibly().waitFor();
        final List<Long> sequences = Tapes.sequences(tape, TapeRange.ALL);
        assertEquals(journaled + 1, sequences.size(), () -> "seed=" + seed);
        assertEquals(journaled, sequences.get(sequences.size() - 1));
        try (TapeWriter writer = Tapes.open(tape, TapeConfig.defaults()))
        {
            assertEquals(journaled + 1, writer.firstSequence());
        }
    }

    @Test
    void shouldReadATapeThatAnotherProcessWrites() throws IOException, InterruptedException
    {
        final Process child = RecordingChild.start(tape, seed);
        RecordingChild.go(child);
        try (DataInputStream acknowledgements = new DataInputStream(child.getInputStream()))
        {
            long acknowledged = acknowledgements.readLong();
            try (TapeReader reader = Tape.open(tape).read(TapeRange.ALL, RunListener.NONE))
            {
                long last = -1;
                while (last < 20_000)
                {
                    while (reader.nextBlock())
                    {
                        assertEquals(last + 1, reader.firstSequence());
                        last = reader.firstSequence() + reader.count() - 1;
                    }
                    assertEquals(TapeEnd.Kind.BEING_WRITTEN, reader.end().kind());
                    assertTrue(last >= acknowledged, "reader is behind what was journaled");
                    acknowledged = acknowledgements.readLong();
                }
            }
            final TapeException e = assertThrows(TapeException.class, () -> Tapes.open(tape, TapeConfig.defaults()));
            assertEquals(TapeException.Kind.IN_USE, e.kind());
            assertTrue(String.valueOf(e.getMessage()).startsWith("tape is in use: directory=" + tape + " pid=" +
                child.pid() + " started="), e.getMessage());
        }
        finally
        {
            child.destroyForcibly().waitFor();
        }
        Tapes.open(tape, TapeConfig.defaults()).close();
    }

    /** Reads what the child says until a sequence is passed, kills it, and reads what it still said. */
    private static long readAcknowledged(final Process child, final long until)
        throws IOException, InterruptedException
    {
        long last = Long.MIN_VALUE;
        try (DataInputStream acknowledgements = new DataInputStream(child.getInputStream()))
        {
            try
            {
                while (last <= until)
                {
                    last = acknowledgements.readLong();
                }
                // Through the handle: the process object would close the pipe, and what is still in it be lost.
                child.toHandle().destroyForcibly();
                while (true)
                {
                    last = acknowledgements.readLong();
                }
            }
            catch (final EOFException e)
            {
                child.waitFor();
            }
        }
        return last;
    }

    @Test
    void shouldLeaveNothingThatStopsTheNextOpen() throws IOException, InterruptedException
    {
        final Random random = new Random(seed);
        for (int round = 0; round < 5; round++)
        {
            // Killed at some moment of its start, at the latest when the header is written.
            final Process child = RecordingChild.start(tape, random.nextLong());
            RecordingChild.go(child);
            child.waitFor(random.nextInt(700), TimeUnit.MILLISECONDS);
            child.destroyForcibly().waitFor();

            final long next;
            try (TapeWriter writer = Tapes.open(tape, TapeConfig.defaults()))
            {
                next = writer.firstSequence();
                Tapes.write(writer, 1, 10);
            }

            final TapeReport report = TapeVerifier.verify(tape);
            assertEquals(next + 9, report.lastSequence(), () -> "seed=" + seed + " " + report);
            assertEquals(TapeStatus.OK, report.status(), () -> "seed=" + seed + " " + report);
        }
        assertTrue(Files.exists(tape));
    }
}
