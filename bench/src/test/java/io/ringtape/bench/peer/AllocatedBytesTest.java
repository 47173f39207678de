package io.ringtape.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class AllocatedBytesTest
{
    private static final int COUNT = 10 * Work.BLOCK_EVENTS;
    /** An array of a kibibyte and its header. */
    private static final long BYTES_OF_ARRAY = 1_024 + 16;

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

            assertTrue(peer.cost(1) >= COUNT * BYTES_OF_ARRAY, () -> "bytes=" + peer.cost(1));
        }
    }

    @Test
    void shouldFindNothingWhereNothingIsAllocated()
    {
        try (Peer peer = new AllocatedBytes(new RingtapeBook(new OrderCycle(10, 1, 5)), false))
        {
            peer.prepare(COUNT);
            peer.run(COUNT);
            assertEquals(peer.expected(0, COUNT), peer.checksum());
            peer.prepare(COUNT);
            peer.run(COUNT);

            assertEquals(0, peer.cost(1));
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
        public void close()
        {
            isClosed = true;
            PeerThread.join(other);
        }
    }
}
