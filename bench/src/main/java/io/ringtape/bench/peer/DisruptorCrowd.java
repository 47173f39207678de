package io.ringtape.bench.peer;

import com.lmax.disruptor.BatchEventProcessor;
import com.lmax.disruptor.BatchEventProcessorBuilder;
import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.YieldingWaitStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

/**
 * Disruptor 4 by hand: a multi-producer ring of objects and one batch processor. A full ring is waited for with a
 * yield; {@code next()} alone would park.
 * <p>
 * Thread safety: see {@link Crowd}. Allocation: none once made.
 */
final class DisruptorCrowd implements Crowd
{
    private final RingBuffer<Slot> ring =
        RingBuffer.createMultiProducer(Slot::new, Work.CAPACITY, new YieldingWaitStrategy());
    private final Reader reader = new Reader();
    private final BatchEventProcessor<Slot> processor;
    private final Thread thread;

    DisruptorCrowd()
    {
        processor = new BatchEventProcessorBuilder().setMaxBatchSize(Work.READ_EVENTS)
            .build(ring, ring.newBarrier(), reader);
        ring.addGatingSequences(processor.getSequence());
        thread = PeerThread.start("disruptor-reader", processor);
    }

    @Override
    public Source source()
    {
        return this::publish;
    }

    private void publish(final long number)
    {
        final RingBuffer<Slot> to = ring;
        while (!to.hasAvailableCapacity(1))
        {
            YieldingIdleStrategy.INSTANCE.idle();
        }
        final long sequence = to.next();
        to.get(sequence).fill(number);
        to.publish(sequence);
    }

    @Override
    public CrowdTally tally()
    {
        return reader.tally;
    }

    @Override
    public void end()
    {
        while (processor.getSequence().get() < ring.getCursor())
        {
            YieldingIdleStrategy.INSTANCE.idle();
        }
        processor.halt();
        PeerThread.join(thread);
    }

    private static final class Reader implements EventHandler<Slot>
    {
        private final CrowdTally tally = new CrowdTally();

        @Override
        public void onEvent(final Slot slot, final long sequence, final boolean endOfBatch)
        {
            tally.add(slot);
        }
    }
}
