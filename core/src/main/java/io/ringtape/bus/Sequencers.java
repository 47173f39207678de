package io.ringtape.bus;

import com.lmax.disruptor.MultiProducerSequencer;
import com.lmax.disruptor.Sequencer;
import com.lmax.disruptor.SingleProducerSequencer;

/**
 * Makes the sequencer of a bus, which stands below its first sequence.
 */
final class Sequencers
{
    private Sequencers()
    {
    }

    /**
     * Makes a sequencer; gates are to be added afterwards, since a gate is put at the cursor.
     *
     * @param config        of the bus.
     * @param multiProducer whether more than one thread publishes.
     * @return the sequencer.
     */
    static Sequencer of(final BusConfig config, final boolean multiProducer)
    {
        final int capacity = config.capacity();
        final long last = config.firstSequence() - 1;
        if (!multiProducer)
        {
            final Sequencer sequencer = new SingleProducerSequencer(capacity, new PollingWaitStrategy());
            sequencer.claim(last);
            sequencer.publish(last);
            return sequencer;
        }
        final Sequencer sequencer = new MultiProducerSequencer(capacity, new PollingWaitStrategy());
        sequencer.claim(last);
        // Each slot is marked with the low half of its round, at first with -1: that is the round of some
        // sequences too, which a lane would take for published.
        sequencer.publish(last - capacity + 1, last);
        return sequencer;
    }
}
