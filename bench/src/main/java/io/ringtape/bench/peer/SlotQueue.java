package io.ringtape.bench.peer;

import java.util.Queue;

/**
 * A bounded queue of the JDK's kind, offered to and polled, over slots that are used again, so that it too allocates
 * nothing.
 * <p>
 * Thread safety: see {@link Carrier}. Allocation: none once made.
 */
final class SlotQueue implements Carrier
{
    private final Queue<Slot> queue;
    /** Two more than the queue holds: one that is being written and one that is being read. */
    private final Slot[] slots = new Slot[Work.CAPACITY + 2];
    private final Slot end = new Slot();
    private final Thread thread;
    private int index;

    /**
     * A queue that is read.
     *
     * @param queue  with room for {@link Work#CAPACITY} slots.
     * @param reader of the events.
     */
    SlotQueue(final Queue<Slot> queue, final EventReader reader)
    {
        this.queue = queue;
        for (int i = 0; i < slots.length; i++)
        {
            slots[i] = new Slot();
        }
        thread = PeerThread.start("queue-reader", () -> read(queue, reader, end));
    }

    @Override
    public void publish(final long first, final int count)
    {
        int at = index;
        for (long sequence = first; sequence < first + count; sequence++)
        {
            final Slot slot = slots[at];
            slot.fill(sequence);
            put(slot);
            at = at + 1 == slots.length ? 0 : at + 1;
        }
        index = at;
    }

    private void put(final Slot slot)
    {
        while (!queue.offer(slot))
        {
            Thread.onSpinWait();
        }
    }

    /** Looks at no field: the index lies beside them, and the writer moves it with each event. */
    private static void read(final Queue<Slot> queue, final EventReader reader, final Slot end)
    {
        reader.onStart();
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
                reader.onEvent(slot.sequence(), slot.fold());
            }
        }
    }

    @Override
    public void close()
    {
        put(end);
        PeerThread.join(thread);
    }
}
