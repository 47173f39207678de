package io.ringtape.bench.peer;

import com.lmax.disruptor.BatchEventProcessor;
import com.lmax.disruptor.BatchEventProcessorBuilder;
import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.DataProvider;
import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SingleProducerSequencer;
import java.nio.file.Path;
import java.util.List;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Disruptor 4 off heap: its sequencer and batch processor over one contiguous buffer, with a {@link DataProvider} that
 * moves one flyweight. Busy spin on both sides, a full ring is waited for with a spin.
 * <p>
 * Thread safety: see {@link Carrier}. Allocation: none once made.
 */
final class DisruptorOffHeap implements Carrier
{
    private static final int MASK = Work.CAPACITY - 1;

    private final UnsafeBuffer buffer = new UnsafeBuffer(
        BufferUtil.allocateDirectAligned(Work.CAPACITY * Work.EVENT_BYTES, BitUtil.CACHE_LINE_LENGTH));
    private final SingleProducerSequencer sequencer =
        new SingleProducerSequencer(Work.CAPACITY, new BusySpinWaitStrategy());
    private final BatchEventProcessor<Flyweight> processor;
    private final Thread thread;
    private final int packet;

    DisruptorOffHeap(final Path directory, final int packet, final List<EventReader> readers)
    {
        this.packet = packet;
        processor = new BatchEventProcessorBuilder().setMaxBatchSize(Work.READ_EVENTS)
            .build(new Flyweight(buffer), sequencer.newBarrier(), new Handler(readers.get(0)));
        final Sequence gate = processor.getSequence();
        sequencer.addGatingSequences(gate);
        thread = PeerThread.start("disruptor-reader", processor);
    }

    @Override
    public void publish(final long first, final int count)
    {
        final SingleProducerSequencer to = sequencer;
        final UnsafeBuffer slots = buffer;
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
                Work.fill(slots, offset(sequence), sequence);
            }
            to.publish(from, last);
        }
    }

    private static int offset(final long sequence)
    {
        return ((int)sequence & MASK) * Work.EVENT_BYTES;
    }

    @Override
    public void close()
    {
        processor.halt();
        PeerThread.join(thread);
    }

    /** One event of the buffer; the processor's own. */
    private static final class Flyweight implements DataProvider<Flyweight>
    {
        private final UnsafeBuffer buffer;
        private int offset;

        private Flyweight(final UnsafeBuffer buffer)
        {
            this.buffer = buffer;
        }

        @Override
        public Flyweight get(final long sequence)
        {
            offset = offset(sequence);
            return this;
        }
    }

    private static final class Handler implements EventHandler<Flyweight>
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
        public void onEvent(final Flyweight event, final long sequence, final boolean endOfBatch)
        {
            reader.onEvent(event.buffer.getLong(event.offset), Work.fold(event.buffer, event.offset));
        }
    }
}
