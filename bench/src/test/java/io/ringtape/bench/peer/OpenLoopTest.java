package io.ringtape.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class OpenLoopTest
{
    private static final int COUNT = Work.BLOCK_EVENTS;
    private static final long PACE_NS = 100;
    private static final long STALL_NS = 1_000;

    private long nowNs;

    @Test
    void shouldCountFromWhenAnEventWasDueAndNotFromWhenItWasSent()
    {
        final Histogram latencies = run(3);

        assertEquals(COUNT, latencies.getTotalCount());
        // The one that stalls is 1,010 late, and each behind it catches up 80: 1,010, 930, and so on to 530.
        assertEquals(7, latencies.getCountBetweenValues(500, 1_100));
        assertEquals(1_010, latencies.getMaxValue());
    }

    @Test
    void shouldCostTheMedianOfTheLatencies()
    {
        try (OpenLoop peer = open(3))
        {
            peer.prepare(COUNT);
            peer.run(COUNT);

            assertEquals(Work.expected(0, COUNT), peer.checksum());
            // One reading of the clock: the stall and what it delays are less than half of the events.
            assertEquals(COUNT * 10L, peer.cost(1));
        }
    }

    @Test
    void shouldForgetTheLatenciesOfTheRunBefore()
    {
        final Histogram latencies = Latencies.histogram();
        try (OpenLoop peer = open(3))
        {
            peer.run(COUNT);
            peer.run(COUNT);
            peer.addLatencies(latencies);
        }

        assertEquals(COUNT, latencies.getTotalCount());
        assertEquals(0, latencies.getCountBetweenValues(500, 1_100));
    }

    private Histogram run(final long stalled)
    {
        final Histogram latencies = Latencies.histogram();
        try (OpenLoop peer = open(stalled))
        {
            peer.run(COUNT);
            peer.addLatencies(latencies);
        }
        return latencies;
    }

    /** On one thread, with a clock that goes on by 10 each time that it is read. */
    private OpenLoop open(final long stalled)
    {
        return new OpenLoop(Path.of("target"), PACE_NS, (directory, packet, readers) ->
            new Stalling(readers.get(0), stalled), () ->
            {
                nowNs += 10;
                return nowNs;
            });
    }

    private final class Stalling implements Carrier
    {
        private final EventReader reader;
        private final long stalled;
        private final Slot slot = new Slot();

        private Stalling(final EventReader reader, final long stalled)
        {
            this.reader = reader;
            this.stalled = stalled;
        }

        @Override
        public void publish(final long first, final int count)
        {
            nowNs += first == stalled ? STALL_NS : 0;
            slot.fill(first);
            reader.onEvent(first, slot.fold());
        }

        @Override
        public void close()
        {
            nowNs = 0;
        }
    }
}
