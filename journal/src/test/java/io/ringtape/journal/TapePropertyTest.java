package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtape.event.OrderBookEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.agrona.concurrent.UnsafeBuffer;

/** Any bytes in any batches, over any number of runs and files, come back equal. */
final class TapePropertyTest
{
    @Property(tries = 40, shrinking = ShrinkingMode.OFF)
    void shouldReadBackWhateverWasWritten(
        @ForAll final long seed,
        @ForAll @Size(min = 1, max = 4) final List<@IntRange(max = 12) Integer> runs,
        @ForAll final boolean small)
    {
        final Path tape = Tapes.fresh("property");
        final TapeConfig config = TapeConfig.defaults().withReserveBytes(0)
            .withRollBytes(small ? TapeConfig.MIN_ROLL_BYTES : TapeConfig.DEFAULT_ROLL_BYTES);
        final Random random = new Random(seed);
        long events = 0;
        for (final int batches : runs)
        {
            events = write(tape, config, batches, random, events);
        }

        final long found = read(tape, new Random(seed), runs);

        assertEquals(events, found);
        assertEquals(new TapeReport(TapeStatus.OK, events, events == 0 ? -1 : 0, events - 1, runs.size(),
            TapeVerifier.verify(tape).detail()), TapeVerifier.verify(tape));
        Tapes.delete(tape);
    }

    private static long write(
        final Path tape, final TapeConfig config, final int batches, final Random random, final long first)
    {
        long next = first;
        try (TapeWriter writer = Tapes.open(tape, config))
        {
            assertEquals(next, writer.firstSequence());
            for (int i = 0; i < batches; i++)
            {
                final int count = 1 + random.nextInt(random.nextInt(10) == 0 ? 5000 : 100);
                final int skip = random.nextInt(3);
                final UnsafeBuffer room = Tapes.room(skip + count);
                for (int j = 0; j < count; j++)
                {
                    random(room, (skip + j) * OrderBookEvent.SIZE_BYTES, next + j, random);
                }
                writer.onRange(room, skip * OrderBookEvent.SIZE_BYTES, next, count);
                next += count;
                assertEquals(next - 1, writer.journaledSequence());
            }
            if (random.nextBoolean())
            {
                writer.close(Tapes.SUMMARY);
            }
        }
        return next;
    }

    private static void random(final UnsafeBuffer room, final int offset, final long sequence, final Random random)
    {
        room.putLong(offset, sequence);
        for (int i = 8; i < OrderBookEvent.SIZE_BYTES; i += 8)
        {
            room.putLong(offset + i, random.nextLong());
        }
    }

    private static long read(final Path tape, final Random random, final List<Integer> runs)
    {
        long next = 0;
        final UnsafeBuffer expected = Tapes.room(1);
        final OrderBookEvent event = new OrderBookEvent();
        try (TapeReader reader =
            Tape.open(tape).read(TapeRange.ALL, RunListener.NONE, Walker.MIN_WINDOW_BYTES))
        {
            int inBlock = 0;
            for (final int batches : runs)
            {
                for (int i = 0; i < batches; i++)
                {
                    final int count = 1 + random.nextInt(random.nextInt(10) == 0 ? 5000 : 100);
                    random.nextInt(3);
                    for (int j = 0; j < count; j++)
                    {
                        if (inBlock == reader.count())
                        {
                            assertEquals(true, reader.nextBlock());
                            inBlock = 0;
                        }
                        random(expected, 0, next++, random);
                        Tapes.requireEqual(new OrderBookEvent().wrap(expected, 0), reader.event(inBlock++, event));
                    }
                }
                random.nextBoolean();
            }
            assertEquals(false, reader.nextBlock());
        }
        return next;
    }
}
