package io.ringtape.bench.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.bench.peer.Latencies;
import io.ringtape.bench.peer.Measure;
import io.ringtape.bench.peer.Peer;
import io.ringtape.bench.peer.Row;
import io.ringtape.bench.peer.Work;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class TurnTest
{
    private static final Path NOWHERE = Path.of("target");

    @Test
    void shouldTimeAPeerThatLosesNothing()
    {
        assertTrue(Turn.run(Fixtures.row(1), 0, NOWHERE, 1_000, Latencies.histogram()) > 0);
    }

    @Test
    void shouldRunOnceWithoutAClockUnlessARunIsLong()
    {
        final CountingPeer peer = new CountingPeer();

        Turn.run(row(Work.BLOCK_EVENTS, peer), 0, NOWHERE, 1, Latencies.histogram());
        assertEquals(2, peer.runs);
        Turn.run(row(Turn.LONG_EVENTS, peer), 0, NOWHERE, 1, Latencies.histogram());
        assertEquals(3, peer.runs);
    }

    @Test
    void shouldRefuseAPeerThatLosesSomething()
    {
        final Row row = Fixtures.row(1);
        final long expected = Work.expected(0, row.events());

        final Exception thrown =
            assertThrows(IllegalStateException.class, () -> Turn.run(row, 2, NOWHERE, 1_000, Latencies.histogram()));

        assertEquals("events lost or changed: peer=FixedPeer firstSequence=0 count=64 expected=" + expected +
            " checksum=" + (expected + 1), thrown.getMessage());
    }

    private static Row row(final int events, final Peer peer)
    {
        return new Row("X4", "nothing", Measure.SPEED, 1, events, List.of(
            new Row.Entrant("ours", Row.NO_GOAL, (directory) -> peer)));
    }

    /** Each run takes some time. */
    private static final class CountingPeer implements Peer
    {
        private int runs;

        @Override
        public void run(final int count)
        {
            final long start = System.nanoTime();
            while (System.nanoTime() == start)
            {
                Thread.onSpinWait();
            }
            runs++;
        }

        @Override
        public long checksum()
        {
            return 0;
        }

        @Override
        public long expected(final long first, final int count)
        {
            return 0;
        }

        @Override
        public void close()
        {
            // It is used again.
        }
    }
}
