package io.ringtape.bench.peer;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * The reading side of the way back of a {@link PingPong}: it takes the time and asks again. Nothing of it is touched by
 * the other thread while the events go round.
 * <p>
 * Thread safety: the thread of the way back owns it, from the go to the last trip. Allocation: none for an event.
 */
final class TripBack implements EventReader
{
    private static final int BLOCK_TRIPS = 1024;
    private static final int SAMPLE_TRIPS = 64;

    final Tally tally = new Tally();
    final Histogram latencies = Latencies.histogram();
    final CountDownLatch go = new CountDownLatch(1);
    final CountDownLatch done = new CountDownLatch(1);
    private final NanoClock clock;
    final int count;
    private final int blockTrips;
    private final long[] blocksNs;
    @Nullable Carrier questions;
    private long blockStart;
    private long sampleStart;
    private int trips;

    TripBack(final NanoClock clock, final int count)
    {
        this.clock = clock;
        this.count = count;
        blockTrips = Math.min(count, BLOCK_TRIPS);
        blocksNs = new long[count / blockTrips];
        tally.begin(count);
    }

    @Override
    public void onStart()
    {
        PingPong.await(go);
        blockStart = clock.nanoTime();
        sampleStart = blockStart;
        questions.publish(0, 1);
    }

    @Override
    public void onEvent(final long sequence, final long fold)
    {
        tally.add(fold);
        trips++;
        if (trips % SAMPLE_TRIPS <= 1)
        {
            stamp(clock.nanoTime());
        }
        if (trips == count)
        {
            done.countDown();
        }
        else
        {
            questions.publish(sequence + 1, 1);
        }
    }

    private void stamp(final long now)
    {
        if (trips % SAMPLE_TRIPS == 1)
        {
            Latencies.record(latencies, (now - sampleStart) / 2);
            return;
        }
        sampleStart = now;
        if (trips % blockTrips == 0)
        {
            blocksNs[trips / blockTrips - 1] = now - blockStart;
            blockStart = now;
        }
    }

    double medianTripNs()
    {
        final long[] sorted = blocksNs.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2] / (double)blockTrips;
    }
}
