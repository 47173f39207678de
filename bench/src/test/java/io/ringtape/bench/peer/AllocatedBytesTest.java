package io.ringtape.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class AllocatedBytesTest
{
    private static final int COUNT = 10 * Work.BLOCK_EVENTS;
    /** An array of a kibibyte and its header. */
    private static final long BYTES_OF_ARRAY = 1_024 + 16;
    /** What the threads of the JVM and of its tests may allocate beside the peer's own, in either half of a run. */
    private static final long BYTES_OF_STRANGERS = 128 * 1_024;

    @Test
    void shouldCountWhatTheThreadItselfAllocates()
    {
        try (Peer peer = new AllocatedBytes(new Hungry(false), false))
        {
            peer.run(COUNT);

            assertTrue(peer.cost(1) >= COUNT * BYTES_OF_ARRAY, () -> "bytes=" + peer.cost(1));
        }
    }

    @Test
    void shouldCountWhatItsOtherThreadsAllocate()
    {
        try (Peer peer = new AllocatedBytes(new Hungry(true), true))
        {
            peer.run(COUNT);

            final long expected = COUNT * BYTES_OF_ARRAY;
            assertTrue(Math.abs(peer.cost(1) - expected) <= BYTES_OF_STRANGERS, () -> "bytes=" + peer.cost(1));
        }
    }

    @Test
    void shouldNotCountWhatARunCostsOnce()
    {
        try (Peer peer = new AllocatedBytes(new Opening(), false))
        {
            peer.run(COUNT);

            assertEquals(0, peer.cost(1));
        }
    }

    @Test
    void shouldRefuseAFirstHalfThatLosesSomething()
    {
        try (Peer peer = new AllocatedBytes(new Losing(), false))
        {
            final Exception thrown = assertThrows(IllegalStateException.class, () -> peer.run(COUNT));

            assertEquals("events lost or changed in the first half: firstSequence=7 count=320 expected=320 " +
                "checksum=319", thrown.getMessage());
        }
    }

    @Test
    void shouldHoldTheSumAgainstTheEventsOfTheWhole()
    {
        try (Peer peer = new AllocatedBytes(new Throughput(Path.of("target"), 1, 1, RingtapeBus::new), false))
        {
            peer.prepare(COUNT);
            peer.run(COUNT);

            assertEquals(Work.expected(COUNT / 2, COUNT), peer.checksum());
            assertEquals(peer.checksum(), peer.expected(0, COUNT));
        }
    }

    @Test
    void shouldFindNothingWhereNothingIsAllocated()
    {
        try (Peer peer = new AllocatedBytes(new RingtapeBook(new OrderCycle(10, 1, 5)), false))
        {
            peer.run(COUNT);
            assertEquals(peer.expected(0, COUNT), peer.checksum());
            peer.run(COUNT);

            assertEquals(0, peer.cost(1));
        }
    }

    /** Allocates an array a run, however long it is. */
    private static final class Opening implements Peer
    {
        private byte[] last = new byte[0];

        @Override
        public void run(final int count)
        {
            last = new byte[1_024];
        }

        @Override
        public long checksum()
        {
            return last.length;
        }

        @Override
        public long expected(final long first, final int count)
        {
            return last.length;
        }

        @Override
        public void close()
        {
            last = new byte[0];
        }
    }

    /** Has one event less than it was given. */
    private static final class Losing implements Peer
    {
        private int events;

        @Override
        public long firstSequence()
        {
            return 7;
        }

        @Override
        public void run(final int count)
        {
            events = count - 1;
        }

        @Override
        public long checksum()
        {
            return events;
        }

        @Override
        public long expected(final long first, final int count)
        {
            return count;
        }

        @Override
        public void close()
        {
            events = 0;
        }
    }

    /** Allocates an array an event, on this thread or on another that is there all the time. */
    private static final class Hungry implements Peer
    {
        private final Thread other;
        private final boolean isOther;
        private volatile boolean isClosed;
        private volatile int asked;
        private volatile int done;
        private byte[] last = new byte[0];

        private Hungry(final boolean isOther)
        {
            this.isOther = isOther;
            other = PeerThread.start("hungry", this::serve);
        }

        private void serve()
        {
            while (!isClosed)
            {
                if (asked != done)
                {
                    eat(asked);
                    done = asked;
                }
                Thread.onSpinWait();
            }
        }

        private void eat(final int count)
        {
            for (int i = 0; i < count; i++)
            {
                last = new byte[1_024];
            }
        }

        @Override
        public void run(final int count)
        {
            if (!isOther)
            {
                eat(count);
                return;
            }
            asked = count;
            while (done != count)
            {
                Thread.onSpinWait();
            }
        }

        @Override
        public long checksum()
        {
            return last.length;
        }

        @Override
        public long expected(final long first, final int count)
        {
            return last.length;
        }

        @Override
        public void close()
        {
            isClosed = true;
            PeerThread.join(other);
        }
    }
}
