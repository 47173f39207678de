package io.ringtape.bench.peer;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * One event in flight: a carrier takes it there, a second one of the same kind takes an event back, and so on. Each
 * way is made by the reading thread of the other way, so two threads work, and the owner's rests.
 * <p>
 * An event of the row is a round trip and costs half of it. What counts is the median over blocks of 1,024 trips with
 * one time stamp each: a mean would say how long some other process had a processor. The latencies are of one trip in
 * 64, which is timed alone.
 * <p>
 * Thread safety: one thread owns it. Allocation: two carriers a run, none for a trip but the carriers'.
 */
final class PingPong implements Peer
{
    private static final long RUN_LIMIT_SECONDS = 100;

    private final Path directory;
    private final Carrier.Factory factory;
    private final NanoClock clock;
    private There there = new There();
    private Back back;
    private @Nullable Carrier ping;
    private @Nullable Carrier pong;

    PingPong(final Path directory, final Carrier.Factory factory, final NanoClock clock)
    {
        this.directory = directory;
        this.factory = factory;
        this.clock = clock;
        back = new Back(clock, 1);
    }

    @Override
    public void prepare(final int count)
    {
        there = new There();
        back = new Back(clock, count);
        there.tally.begin(count);
        ping = factory.open(directory, 1, List.of(there));
        pong = factory.open(directory, 1, List.of(back));
        there.answers = pong;
        back.questions = ping;
    }

    @Override
    public void run(final int count)
    {
        back.go.countDown();
        await(back.done);
    }

    private static void await(final CountDownLatch latch)
    {
        try
        {
            if (!latch.await(RUN_LIMIT_SECONDS, TimeUnit.SECONDS))
            {
                throw new IllegalStateException("no end of the run: limitSeconds=" + RUN_LIMIT_SECONDS);
            }
        }
        catch (final InterruptedException e)
        {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public long checksum()
    {
        // Nothing spins from here to the next run.
        close();
        return Tally.sum(new Tally[]{there.tally, back.tally});
    }

    @Override
    public long cost(final long elapsedNs)
    {
        return Math.round(back.medianTripNs() / 2 * back.count);
    }

    @Override
    public void addLatencies(final Histogram sum)
    {
        sum.add(back.latencies);
    }

    @Override
    public void close()
    {
        final Carrier first = ping;
        final Carrier second = pong;
        ping = null;
        pong = null;
        if (first != null)
        {
            first.close();
        }
        if (second != null)
        {
            second.close();
        }
    }

    /** Reads on the way there and answers. Nothing of it is touched by the other thread. */
    private static final class There implements EventReader
    {
        private final Tally tally = new Tally();
        private @Nullable Carrier answers;

        @Override
        public void onEvent(final long sequence, final long fold)
        {
            tally.add(fold);
            answers.publish(sequence, 1);
        }
    }

    /** Reads on the way back, takes the time and asks again. Nothing of it is touched by the other thread. */
    private static final class Back implements EventReader
    {
        private static final int BLOCK_TRIPS = 1024;
        private static final int SAMPLE_TRIPS = 64;

        private final Tally tally = new Tally();
        private final Histogram latencies = Latencies.histogram();
        private final CountDownLatch go = new CountDownLatch(1);
        private final CountDownLatch done = new CountDownLatch(1);
        private final NanoClock clock;
        private final int count;
        private final int blockTrips;
        private final long[] blocksNs;
        private @Nullable Carrier questions;
        private long blockStart;
        private long sampleStart;
        private int trips;

        private Back(final NanoClock clock, final int count)
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
            await(go);
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

        private double medianTripNs()
        {
            final long[] sorted = blocksNs.clone();
            Arrays.sort(sorted);
            return sorted[sorted.length / 2] / (double)blockTrips;
        }
    }
}
