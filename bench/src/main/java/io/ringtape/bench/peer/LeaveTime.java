package io.ringtape.bench.peer;

import io.ringtape.bus.EventBus;
import io.ringtape.bus.Lane;
import io.ringtape.bus.Writer;
import io.ringtape.journal.Durability;
import io.ringtape.journal.TapeConfig;
import io.ringtape.journal.TapeWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * How long an own event takes from the decision until it may leave: publishing alone, or until the recorder on the lane
 * of the bus has journaled it, or forced it to the device. One event is under way at a time, as an order is; the next
 * one waits, out of the time, until the recorder is done.
 * <p>
 * Thread safety: one thread owns it. Allocation: a bus and a tape a run.
 */
final class LeaveTime implements Peer
{
    /** What an event waits for. */
    enum WriteAhead
    {
        OFF, JOURNALED, DURABLE
    }

    private final RecorderSink sink;
    private final WriteAhead mode;
    private final double share;
    private @Nullable EventBus bus;
    private long[] leftNs = new long[0];

    /**
     * A bus that is not made yet.
     *
     * @param directory that gets the tape.
     * @param mode      what an event waits for; only {@link WriteAhead#DURABLE} makes the recorder force each batch.
     * @param share     of the events that are faster than the one that counts, 0.5 for the median.
     */
    LeaveTime(final Path directory, final WriteAhead mode, final double share)
    {
        this.mode = mode;
        this.share = share;
        sink = new RecorderSink(directory, TapeConfig.defaults()
            .withDurability(mode == WriteAhead.DURABLE ? Durability.EVERY_BATCH : Durability.PAGE_CACHE));
    }

    @Override
    public void prepare(final int count)
    {
        leftNs = new long[count];
        final EventBus made = EventBus.builder()
            .capacity(Work.CAPACITY)
            .lane(sink.begin(Lane.named("tape"), count).build())
            .build();
        made.start();
        bus = made;
    }

    @Override
    public void run(final int count)
    {
        final TapeWriter recorder = sink.writer();
        switch (mode)
        {
            case OFF -> run(count, () -> Long.MAX_VALUE);
            case JOURNALED -> run(count, recorder::journaledSequence);
            case DURABLE -> run(count, recorder::durableSequence);
            default -> throw new IllegalStateException("unknown mode: mode=" + mode);
        }
    }

    private void run(final int count, final LongSupplier frontier)
    {
        final Writer to = bus.writer();
        final LongSupplier atRest = sink.writer()::journaledSequence;
        for (int i = 0; i < count; i++)
        {
            final long start = PeerClock.nanoTime();
            final long sequence = to.claim(1);
            Work.fill(to.slot(sequence), sequence);
            to.publish();
            await(frontier, sequence);
            leftNs[i] = PeerClock.nanoTime() - start;
            await(atRest, sequence);
        }
    }

    private static void await(final LongSupplier frontier, final long sequence)
    {
        while (frontier.getAsLong() < sequence)
        {
            Thread.onSpinWait();
        }
    }

    @Override
    public long checksum()
    {
        close();
        return sink.finish();
    }

    @Override
    public long cost(final long elapsedNs)
    {
        final long[] sorted = leftNs.clone();
        Arrays.sort(sorted);
        return sorted[(int)((sorted.length - 1) * share)] * sorted.length;
    }

    @Override
    public void addLatencies(final Histogram sum)
    {
        for (final long ns : leftNs)
        {
            Latencies.record(sum, ns);
        }
    }

    @Override
    public void close()
    {
        final EventBus ended = bus;
        bus = null;
        BusEnd.close(ended);
    }
}
