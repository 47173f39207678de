package io.ringtape.bench.peer;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;

/**
 * A lossless fan-out by hand: Agrona's one-to-one queue for each reader, all offered to by the writing thread and
 * drained in turn by one other, over slots that are used again.
 * <p>
 * Thread safety: see {@link Carrier}. Allocation: none once made.
 */
final class QueueFan implements Carrier
{
    private final Reader[] readers;
    /** Two more than a queue holds: one that is being written and one that is being read. */
    private final Slot[] slots = new Slot[Work.CAPACITY + 2];
    private final ReadingThread thread;
    private int index;

    QueueFan(final Path directory, final int packet, final List<EventReader> readers)
    {
        this.readers = readers.stream().map(Reader::new).toArray(Reader[]::new);
        for (int i = 0; i < slots.length; i++)
        {
            slots[i] = new Slot();
        }
        thread = new ReadingThread("fan-reader", () -> readers.forEach(EventReader::onStart), this::poll);
    }

    @Override
    public void publish(final long first, final int count)
    {
        int at = index;
        for (long sequence = first; sequence < first + count; sequence++)
        {
            final Slot slot = slots[at];
            slot.fill(sequence);
            for (final Reader reader : readers)
            {
                while (!reader.queue.offer(slot))
                {
                    Thread.onSpinWait();
                }
            }
            at = at + 1 == slots.length ? 0 : at + 1;
        }
        index = at;
    }

    private boolean poll()
    {
        int drained = 0;
        for (final Reader reader : readers)
        {
            drained += reader.drain();
        }
        return drained > 0;
    }

    @Override
    public void close()
    {
        thread.end();
    }

    /** One reader's queue, and what it does with a slot. */
    private static final class Reader
    {
        private final OneToOneConcurrentArrayQueue<Slot> queue = new OneToOneConcurrentArrayQueue<>(Work.CAPACITY);
        private final EventReader events;
        private final Consumer<Slot> onSlot = this::onSlot;

        private Reader(final EventReader events)
        {
            this.events = events;
        }

        private int drain()
        {
            return queue.drain(onSlot);
        }

        private void onSlot(final Slot slot)
        {
            events.onEvent(slot.sequence(), slot.fold());
        }
    }
}
