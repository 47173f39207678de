package io.ringtape.bench.peer;

import java.util.function.Consumer;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;

/**
 * A lossless fan-out by hand: Agrona's one-to-one queue for each reader, all offered to by this thread and drained in
 * turn by one other, over slots that are used again.
 * <p>
 * Thread safety: one thread owns it. Allocation: none once made.
 */
final class QueueFan implements Peer
{
    private final Reader[] readers;
    /** Two more than a queue holds: one that is being written and one that is being read. */
    private final Slot[] slots = new Slot[Work.CAPACITY + 2];
    private final Tally[] tallies;
    private final Thread thread;
    private volatile boolean isClosed;
    private long next;
    private int index;

    QueueFan(final int count)
    {
        tallies = Tally.some(count);
        readers = new Reader[count];
        for (int i = 0; i < count; i++)
        {
            readers[i] = new Reader(tallies[i]);
        }
        for (int i = 0; i < slots.length; i++)
        {
            slots[i] = new Slot();
        }
        thread = PeerThread.start("fan-reader", this::read);
    }

    @Override
    public long firstSequence()
    {
        return next;
    }

    @Override
    public void run(final int count)
    {
        Tally.begin(tallies, count);
        for (int i = 0; i < count; i++)
        {
            final Slot slot = slots[index];
            slot.fill(next);
            for (final Reader reader : readers)
            {
                while (!reader.queue.offer(slot))
                {
                    Thread.onSpinWait();
                }
            }
            next++;
            index = index + 1 == slots.length ? 0 : index + 1;
        }
        Tally.await(tallies);
    }

    private void read()
    {
        while (!isClosed)
        {
            int drained = 0;
            for (final Reader reader : readers)
            {
                drained += reader.drain();
            }
            if (drained == 0)
            {
                Thread.onSpinWait();
            }
        }
    }

    @Override
    public long checksum()
    {
        return Tally.sum(tallies);
    }

    @Override
    public void close()
    {
        isClosed = true;
        PeerThread.join(thread);
    }

    /** One reader's queue, and what it does with a slot. */
    private static final class Reader
    {
        private final OneToOneConcurrentArrayQueue<Slot> queue = new OneToOneConcurrentArrayQueue<>(Work.CAPACITY);
        private final Tally tally;
        private final Consumer<Slot> onSlot = this::onSlot;

        private Reader(final Tally tally)
        {
            this.tally = tally;
        }

        private int drain()
        {
            return queue.drain(onSlot);
        }

        private void onSlot(final Slot slot)
        {
            tally.add(slot.fold());
        }
    }
}
