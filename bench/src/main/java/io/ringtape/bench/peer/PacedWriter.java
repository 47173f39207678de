package io.ringtape.bench.peer;

import io.ringtape.bus.EventBus;
import io.ringtape.bus.Lane;
import io.ringtape.bus.Writer;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What publishing costs the writer of our bus while one lane has a handler, at half the rate that our recorder reaches
 * on this machine, just before and in this JVM.
 * <p>
 * The writer publishes bursts of {@link #BURST_EVENTS} events in packets of a block, and between them waits until the
 * next burst is due. Only the bursts are timed; two readings of the clock a burst are less than a hundredth of it.
 * What counts is the middle burst of a run: as with the canary, a mean would say how long some other process had a
 * processor. A wait for a full ring, which a mean would show too, is no burst in two.
 * <p>
 * Thread safety: one thread owns it. Allocation: a bus a run.
 */
final class PacedWriter implements Peer
{
    /** A quarter of the ring: a lane that keeps up never makes the writer wait. */
    static final int BURST_EVENTS = Work.CAPACITY / 4;
    private static final int SHARE_OF_RATE = 2;

    private final LaneSink sink;
    private final long burstPaceNs;
    private @Nullable EventBus bus;
    /** An event of each burst of the run. */
    private double[] burstsNs = new double[0];
    private int events;

    PacedWriter(final Path directory, final LaneSink sink)
    {
        this.sink = sink;
        burstPaceNs = SHARE_OF_RATE * Math.round(BURST_EVENTS * RecorderRate.nsPerEvent(directory));
    }

    @Override
    public void prepare(final int count)
    {
        events = count;
        burstsNs = new double[(count + BURST_EVENTS - 1) / BURST_EVENTS];
        final EventBus made = EventBus.builder()
            .capacity(Work.CAPACITY)
            .lane(sink.begin(Lane.named("lane").batchLimit(Work.BLOCK_EVENTS), count).build())
            .build();
        made.start();
        bus = made;
    }

    @Override
    public void run(final int count)
    {
        final Writer to = bus.writer();
        final double[] ns = burstsNs;
        long due = System.nanoTime();
        for (int i = 0; i < ns.length; i++)
        {
            while (System.nanoTime() - due < 0)
            {
                Thread.onSpinWait();
            }
            due += burstPaceNs;
            final int size = Math.min(BURST_EVENTS, count - i * BURST_EVENTS);
            final long start = System.nanoTime();
            publish(to, size);
            ns[i] = (double)(System.nanoTime() - start) / size;
        }
    }

    /** Publishes events in packets of a block. */
    static void publish(final Writer to, final int count)
    {
        for (int i = 0; i < count; i += Work.BLOCK_EVENTS)
        {
            final long first = to.claim(Work.BLOCK_EVENTS);
            for (long sequence = first; sequence < first + Work.BLOCK_EVENTS; sequence++)
            {
                Work.fill(to.slot(sequence), sequence);
            }
            to.publish();
        }
    }

    @Override
    public long checksum()
    {
        endBus();
        return sink.finish();
    }

    /** A close delivers what was published, so the sink has everything afterwards. */
    private void endBus()
    {
        final EventBus ended = bus;
        bus = null;
        BusEnd.close(ended);
    }

    @Override
    public long cost(final long elapsedNs)
    {
        final double[] sorted = burstsNs.clone();
        Arrays.sort(sorted);
        return Math.round(sorted[sorted.length / 2] * events);
    }

    @Override
    public void close()
    {
        endBus();
    }
}
