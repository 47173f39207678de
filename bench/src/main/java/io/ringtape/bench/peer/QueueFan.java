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
    private final OneToOneConcurrentArrayQueue<Slot>[] queues;
    /** Two more than a queue holds: one that is being written and one that is being read. */
    private final Slot[] slots = new Slot[Work.CAPACITY + 2];
    private final Tally[] tallies;
    private final Thread thread;
    private volatile boolean isClosed;
    private long next;
    private int index;

    QueueFan(final int readers)
    {
        tallies = Tally.some(readers);
        queues = queues(readers);
        for (int i = 0; i < slots.length; i++)
        {
            slots[i] = new Slot();
        }
        thread = PeerThread.start("fan-reader", this::read);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static OneToOneConcurrentArrayQueue<Slot>[] queues(final int count)
    {
        final OneToOneConcurrentArrayQueue<Slot>[] made = new OneToOneConcurrentArrayQueue[count];
        for (int i = 0; i < count; i++)
        {
            made[i] = new OneToOneConcurrentArrayQueue<>(Work.CAPACITY);
        }
        return made;
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
            for (final OneToOneConcurrentArrayQueue<Slot> queue : queues)
            {
                while (!queue.offer(slot))
                {
                    Thread.onSpinWait();
                }
            }
            next++;
            index = index + 1 == slots.length ? 0 : index + 1;
        }
        Tally.await(tallies);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private void read()
    {
        final Consumer<Slot>[] readers = new Consumer[queues.length];
        for (int i = 0; i < readers.length; i++)
        {
            final Tally tally = tallies[i];
            readers[i] = (slot) -> tally.add(slot.fold());
        }
        while (!isClosed)
        {
            int drained = 0;
            for (int i = 0; i < readers.length; i++)
            {
                drained += queues[i].drain(readers[i]);
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
}
