package io.ringtape.bench.peer;

import java.util.concurrent.ArrayBlockingQueue;

/**
 * {@link ArrayBlockingQueue}, polled on both sides, over slots that are used again, so that it too allocates nothing.
 * <p>
 * Thread safety: one thread owns it. Allocation: none once made.
 */
final class ArrayQueue implements Peer
{
    private final ArrayBlockingQueue<Slot> queue = new ArrayBlockingQueue<>(Work.CAPACITY);
    /** Two more than the queue holds: one that is being written and one that is being read. */
    private final Slot[] slots = new Slot[Work.CAPACITY + 2];
    private final Slot end = new Slot();
    private final Tally tally = new Tally();
    private final Thread thread;
    private long next;
    private int index;

    ArrayQueue()
    {
        for (int i = 0; i < slots.length; i++)
        {
            slots[i] = new Slot();
        }
        thread = PeerThread.start("queue-reader", this::read);
    }

    @Override
    public long firstSequence()
    {
        return next;
    }

    @Override
    public void run(final int count)
    {
        tally.begin(count);
        for (int i = 0; i < count; i++)
        {
            final Slot slot = slots[index];
            slot.fill(next);
            put(slot);
            next++;
            index = index + 1 == slots.length ? 0 : index + 1;
        }
        tally.await();
    }

    private void put(final Slot slot)
    {
        while (!queue.offer(slot))
        {
            Thread.onSpinWait();
        }
    }

    private void read()
    {
        while (true)
        {
            final Slot slot = queue.poll();
            if (slot == null)
            {
                Thread.onSpinWait();
            }
            else if (slot == end)
            {
                return;
            }
            else
            {
                tally.add(slot.fold());
            }
        }
    }

    @Override
    public long checksum()
    {
        return tally.sum();
    }

    @Override
    public void close()
    {
        put(end);
        PeerThread.join(thread);
    }
}
