package io.ringtape.bench.peer;

import java.nio.file.Path;
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
    private TripThere there = new TripThere();
    private TripBack back;
    private @Nullable Carrier ping;
    private @Nullable Carrier pong;

    PingPong(final Path directory, final Carrier.Factory factory, final NanoClock clock)
    {
        this.directory = directory;
        this.factory = factory;
        this.clock = clock;
        back = new TripBack(clock, 1);
    }

    @Override
    public void prepare(final int count)
    {
        there = new TripThere();
        back = new TripBack(clock, count);
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

    static void await(final CountDownLatch latch)
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
}
