package io.ringtape.bench.peer;

import java.nio.file.Path;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.NanoClock;

/**
 * A carrier that is given events at a fixed rate, whether it keeps up or not. The latency of an event is counted from
 * when it was due and not from when it was sent: what waits behind a slow one is late too, and shows (no coordinated
 * omission).
 * <p>
 * What counts is the median latency of a run; the tail of one run says what else the machine did in it. All latencies
 * go to the histogram.
 * <p>
 * Thread safety: one thread owns it and writes. Allocation: none once made, but the carrier's.
 */
final class OpenLoop implements Peer, EventReader
{
    private static final double MEDIAN = 50;

    private final Tally tally = new Tally();
    private final Histogram latencies = Latencies.histogram();
    private final Carrier carrier;
    private final NanoClock clock;
    private final long paceNs;
    private long startNs;
    private long first;
    private long next;

    /**
     * A carrier that runs.
     *
     * @param directory for the carrier.
     * @param paceNs    from event to event.
     * @param factory   makes the carrier.
     * @param clock     the time.
     */
    OpenLoop(final Path directory, final long paceNs, final Carrier.Factory factory, final NanoClock clock)
    {
        this.paceNs = paceNs;
        this.clock = clock;
        carrier = factory.open(directory, 1, List.of(this));
    }

    @Override
    public long firstSequence()
    {
        return next;
    }

    @Override
    public void run(final int count)
    {
        tally.begin(count);
        latencies.reset();
        first = next;
        next = first + count;
        startNs = clock.nanoTime() + paceNs;
        publish(carrier, clock, first, startNs, count);
        tally.await();
    }

    private void publish(
        final Carrier to, final NanoClock now, final long from, final long start, final int count)
    {
        final long pace = paceNs;
        long due = start;
        for (long sequence = from; sequence < from + count; sequence++)
        {
            while (now.nanoTime() - due < 0)
            {
                Thread.onSpinWait();
            }
            to.publish(sequence, 1);
            due += pace;
        }
    }

    @Override
    public void onEvent(final long sequence, final long fold)
    {
        Latencies.record(latencies, clock.nanoTime() - (startNs + (sequence - first) * paceNs));
        tally.add(fold);
    }

    @Override
    public long checksum()
    {
        return tally.sum();
    }

    @Override
    public long cost(final long elapsedNs)
    {
        return latencies.getValueAtPercentile(MEDIAN) * latencies.getTotalCount();
    }

    @Override
    public void addLatencies(final Histogram sum)
    {
        sum.add(latencies);
    }

    @Override
    public void close()
    {
        carrier.close();
    }
}
