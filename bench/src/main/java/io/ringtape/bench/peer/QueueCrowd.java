package io.ringtape.bench.peer;

import java.util.concurrent.ArrayBlockingQueue;
import org.agrona.concurrent.YieldingIdleStrategy;

/**
 * {@link ArrayBlockingQueue}, polled on both sides, over slots of each publisher that are used again.
 * <p>
 * Thread safety: see {@link Crowd}. Allocation: none once sources are made.
 */
final class QueueCrowd implements Crowd
{
    private final ArrayBlockingQueue<Slot> queue = new ArrayBlockingQueue<>(Work.CAPACITY);
    private final Slot end = new Slot();
    private final CrowdTally tally = new CrowdTally();
    private final Thread thread;

    QueueCrowd()
    {
        thread = PeerThread.start("queue-reader", this::read);
    }

    @Override
    public Source source()
    {
        return new Putting();
    }

    @Override
    public CrowdTally tally()
    {
        return tally;
    }

    @Override
    public void end()
    {
        put(end);
        PeerThread.join(thread);
    }

    private void put(final Slot slot)
    {
        while (!queue.offer(slot))
        {
            YieldingIdleStrategy.INSTANCE.idle();
        }
    }

    private void read()
    {
        while (true)
        {
            final Slot slot = queue.poll();
            if (slot == null)
            {
                YieldingIdleStrategy.INSTANCE.idle();
            }
            else if (slot == end)
            {
                return;
            }
            else
            {
                tally.add(slot);
            }
        }
    }

    private final class Putting implements Source
    {
        // Two more than the queue holds: one that is being written and one that is being read.
        private final Slot[] slots = new Slot[Work.CAPACITY + 2];
        private int index;

        private Putting()
        {
            for (int i = 0; i < slots.length; i++)
            {
                slots[i] = new Slot();
            }
        }

        @Override
        public void publish(final long number)
        {
            final Slot slot = slots[index];
            slot.fill(number);
            put(slot);
            index = index + 1 == slots.length ? 0 : index + 1;
        }
    }
}
