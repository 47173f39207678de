package io.ringtape.bus;

import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.WaitStrategy;

/**
 * Never waits: a barrier answers at once how far a lane may read, and each lane idles by its own strategy. A barrier
 * of the Disruptor has the wait strategy of its sequencer, so without this all lanes would wait alike.
 */
final class PollingWaitStrategy implements WaitStrategy
{
    @Override
    public long waitFor(
        final long sequence, final Sequence cursor, final Sequence dependent, final SequenceBarrier barrier)
    {
        return dependent.get();
    }

    @Override
    public void signalAllWhenBlocking()
    {
        // Nobody blocks.
    }
}
