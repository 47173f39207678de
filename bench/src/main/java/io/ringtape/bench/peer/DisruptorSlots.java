package io.ringtape.bench.peer;

import com.lmax.disruptor.BatchEventProcessor;
import com.lmax.disruptor.BatchEventProcessorBuilder;
import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.SequenceBarrier;

/**
 * Disruptor 4 by hand: a single-producer ring of objects, one batch processor, busy spin on both sides.
 * <p>
 * A full ring is waited for with a spin, as in every peer of the row; {@code next()} alone would park.
 * <p>
 * Thread safety: one thread owns it. Allocation: none once made.
 */
final class DisruptorSlots implements Peer
{
    private final RingBuffer<Slot> ring =
        RingBuffer.createSingleProducer(Slot::new, Work.CAPACITY, new BusySpinWaitStrategy());
    private final Tally tally = new Tally();
    private final BatchEventProcessor<Slot> processor;
    private final Thread thread;
    private final int packet;

    DisruptorSlots(final int packet)
    {
        this.packet = packet;
        final SequenceBarrier barrier = ring.newBarrier();
        processor = new BatchEventProcessorBuilder().build(ring, barrier, new Reader(tally));
        ring.addGatingSequences(processor.getSequence());
        thread = PeerThread.start("disruptor-reader", processor);
    }

    @Override
    public long firstSequence()
    {
        return ring.getCursor() + 1;
    }

    @Override
    public void run(final int count)
    {
        tally.begin(count);
        if (packet == 1)
        {
            publishEach(count);
        }
        else
        {
            publishPackets(count);
        }
        tally.await();
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
            final long first = last - size + 1;
            for (long sequence = first; sequence <= last; sequence++)
            {
                to.get(sequence).fill(sequence);
            }
            to.publish(first, last);
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
        processor.halt();
        PeerThread.join(thread);
    }

    private static final class Reader implements EventHandler<Slot>
    {
        private final Tally tally;

        private Reader(final Tally tally)
        {
            this.tally = tally;
        }

        @Override
        public void onEvent(final Slot slot, final long sequence, final boolean endOfBatch)
        {
            tally.add(slot.fold());
        }
    }
}
