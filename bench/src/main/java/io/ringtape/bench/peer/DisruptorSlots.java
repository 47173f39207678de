package io.ringtape.bench.peer;

import com.lmax.disruptor.BatchEventProcessor;
import com.lmax.disruptor.BatchEventProcessorBuilder;
import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.RingBuffer;
import java.nio.file.Path;
import java.util.List;

/**
 * Disruptor 4 by hand: a single-producer ring of objects, one batch processor, busy spin on both sides.
 * <p>
 * A full ring is waited for with a spin, as in every carrier; {@code next()} alone would park.
 * <p>
 * Thread safety: see {@link Carrier}. Allocation: none once made.
 */
final class DisruptorSlots implements Carrier
{
    private final RingBuffer<Slot> ring =
        RingBuffer.createSingleProducer(Slot::new, Work.CAPACITY, new BusySpinWaitStrategy());
    private final BatchEventProcessor<Slot> processor;
    private final Thread thread;
    private final int packet;

    DisruptorSlots(final Path directory, final int packet, final List<EventReader> readers)
    {
        this.packet = packet;
        processor = new BatchEventProcessorBuilder().setMaxBatchSize(Work.READ_EVENTS)
            .build(ring, ring.newBarrier(), new Handler(readers.get(0)));
        ring.addGatingSequences(processor.getSequence());
        thread = PeerThread.start("disruptor-reader", processor);
    }

    @Override
    public void publish(final long first, final int count)
    {
        if (packet == 1)
        {
            publishEach(count);
        }
        else
        {
            publishPackets(count);
        }
    }

    private void publishEach(final int count)
    {
        final RingBuffer<Slot> to = ring;
        for (int i = 0; i < count; i++)
        {
            while (!to.hasAvailableCapacity(1))
            {
                Thread.onSpinWait();
            }
            final long sequence = to.next();
            to.get(sequence).fill(sequence);
            to.publish(sequence);
        }
    }

    private void publishPackets(final int count)
    {
        final RingBuffer<Slot> to = ring;
        final int size = packet;
        for (int i = 0; i < count; i += size)
        {
            while (!to.hasAvailableCapacity(size))
            {
                Thread.onSpinWait();
            }
            final long last = to.next(size);
            final long from = last - size + 1;
            for (long sequence = from; sequence <= last; sequence++)
            {
                to.get(sequence).fill(sequence);
            }
            to.publish(from, last);
        }
    }

    @Override
    public void close()
    {
        processor.halt();
        PeerThread.join(thread);
    }

    private static final class Handler implements EventHandler<Slot>
    {
        private final EventReader reader;

        private Handler(final EventReader reader)
        {
            this.reader = reader;
        }

        @Override
        public void onStart()
        {
            reader.onStart();
        }

        @Override
        public void onEvent(final Slot slot, final long sequence, final boolean endOfBatch)
        {
            reader.onEvent(slot.sequence(), slot.fold());
        }
    }
}
