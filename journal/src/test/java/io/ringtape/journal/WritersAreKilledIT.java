package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever looks at a tape finds what is journaled at any moment, while processes that record are killed. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class WritersAreKilledIT
{
    private static final int KILLS = 4;

    private final long seed = ThreadLocalRandom.current().nextLong();
    private final Path tape = Tapes.fresh("writers-are-killed");

    @AfterEach
    void clean()
    {
        Tapes.delete(tape);
    }

    @Test
    void shouldReadAllFromTheStart() throws Exception
    {
        look(() -> Tapes.readOn(tape, TapeRange.ALL, 0));
    }

    @Test
    void shouldVerifyIt() throws Exception
    {
        look(() ->
        {
            final TapeReport report = TapeVerifier.verify(tape);
            assertTrue(report.status() == TapeStatus.OK || report.status() == TapeStatus.TORN_TAIL,
                () -> "seed=" + seed + " " + report);
            return report.lastSequence();
        });
    }

    @Test
    void shouldTellWhatThereIs() throws Exception
    {
        look(() ->
        {
            final TapeInfo info = Tape.open(tape).info();
            assertEquals(List.of(), info.problems(), () -> "seed=" + seed);
            assertTrue(info.end().isPresent(), () -> "seed=" + seed + " " + info);
            return info.runs().isEmpty() ? 0 :
                info.runs().get(info.runs().size() - 1).firstSequence().orElseThrow();
        });
    }

    private void look(final LongSupplier look) throws Exception
    {
        Tapes.record(tape, 1, 16);
        Looks.during(this::kill, look, "seed=" + seed);
    }

    private Void kill() throws IOException, InterruptedException
    {
        final Random random = new Random(seed);
        Process waiting = RecordingChild.start(tape, random.nextLong());
        for (int i = 0; i < KILLS; i++)
        {
            final Process child = waiting;
            RecordingChild.go(child);
            waiting = RecordingChild.start(tape, random.nextLong());
            // Right behind its start, or in and around rolls.
            killBehind(child, i % 2 == 0 ? random.nextInt(3) : random.nextInt(20_000));
        }
        waiting.destroyForcibly().waitFor();
        return null;
    }

    private static void killBehind(final Process child, final int events) throws IOException, InterruptedException
    {
        try (DataInputStream acknowledgements = new DataInputStream(child.getInputStream()))
        {
            final long first = acknowledgements.readLong();
            long last = first;
            while (last < first + events)
            {
                last = acknowledgements.readLong();
            }
        }
        catch (final EOFException e)
        {
            throw new IllegalStateException("child ended by itself", e);
        }
        finally
        {
            child.destroyForcibly().waitFor();
        }
    }
}
