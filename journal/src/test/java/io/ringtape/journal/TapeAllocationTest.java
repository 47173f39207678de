package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.sun.management.ThreadMXBean;
import io.ringtape.event.OrderBookEvent;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.OffsetEpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Neither a block nor an event costs an object, recorded or read. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class TapeAllocationTest
{
    private static final int BLOCK = 64;
    private static final int ROUNDS = 5;
    private static final ThreadMXBean THREADS = (ThreadMXBean)ManagementFactory.getThreadMXBean();

    private final Path tape = Tapes.fresh("allocation");

    @AfterEach
    void clean()
    {
        Tapes.delete(tape);
    }

    @Test
    void shouldRecordWithoutAllocation()
    {
        final UnsafeBuffer room = Tapes.room(BLOCK);
        final OrderBookEvent event = new OrderBookEvent();
        try (TapeWriter writer =
            TapeWriter.open(tape, TapeConfig.defaults(), Tapes.definitions(), new OffsetEpochNanoClock()))
        {
            // 12 of the 16 MiB of the first chunk; the next chunk is a new mapping.
            blocks(writer, room, event, 2000);

            final long allocated = leastAllocated(() -> blocks(writer, room, event, 200));

            assertEquals(0, allocated);
        }
    }

    @Test
    void shouldReadWithoutAllocation()
    {
        Tapes.record(tape, 6000, BLOCK);
        final OrderBookEvent event = new OrderBookEvent();
        try (TapeReader reader = Tape.open(tape).read(TapeRange.ALL, RunListener.NONE))
        {
            read(reader, event, 3000);

            final long allocated = leastAllocated(() -> assertNotEquals(0L, read(reader, event, 500)));

            assertEquals(0, allocated);
        }
    }

    // The least of some rounds: what is allocated for a block shows in each, what the JVM does once in one.
    private static long leastAllocated(final Runnable work)
    {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++)
        {
            final long before = THREADS.getCurrentThreadAllocatedBytes();
            work.run();
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }

    private static void blocks(
        final TapeWriter writer, final UnsafeBuffer room, final OrderBookEvent event, final int count)
    {
        long next = writer.journaledSequence() + 1;
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < BLOCK; j++)
            {
                Tapes.fill(event.wrap(room, j * OrderBookEvent.SIZE_BYTES), next + j);
            }
            writer.onRange(room, 0, next, BLOCK);
            next += BLOCK;
        }
    }

    private static long read(final TapeReader reader, final OrderBookEvent event, final int blocks)
    {
        long sum = 0;
        for (int i = 0; i < blocks && reader.nextBlock(); i++)
        {
            for (int j = 0; j < reader.count(); j++)
            {
                sum += reader.event(j, event).price();
            }
        }
        return sum;
    }
}
