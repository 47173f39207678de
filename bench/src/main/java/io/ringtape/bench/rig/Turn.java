package io.ringtape.bench.rig;

import io.ringtape.bench.peer.Peer;
import io.ringtape.bench.peer.Row;
import java.nio.file.Path;
import org.HdrHistogram.Histogram;

/**
 * A peer's turn: made, run once without a clock unless a run is so long that its beginning weighs nothing, then run
 * until the turn has its time, each run checked.
 * <p>
 * Thread safety: none.
 * Allocation: a peer a turn.
 */
public final class Turn
{
    /** 4 GiB of events: no run of its own for what the first microseconds cost. */
    static final int LONG_EVENTS = 1 << 26;

    private Turn()
    {
    }

    /**
     * Runs a turn.
     *
     * @param row       that the peer belongs to.
     * @param peer      index of the peer in the row.
     * @param directory that the peer may write to.
     * @param minimumNs least time that the timed runs add up to.
     * @param latencies gets those of the timed runs, if the peer has any.
     * @return what an event cost, in the unit of the row's {@link io.ringtape.bench.peer.Measure}.
     * @throws IllegalStateException if the checksum of a run shows that an event was lost, repeated or changed.
     */
    public static double run(
        final Row row, final int peer, final Path directory, final long minimumNs, final Histogram latencies)
    {
        try (Peer current = row.peers().get(peer).factory().open(directory))
        {
            final int count = row.eventsOf(peer);
            if (count < LONG_EVENTS)
            {
                pass(current, count);
            }
            long elapsedNs = 0;
            long cost = 0;
            long events = 0;
            do
            {
                final long passNs = pass(current, count);
                elapsedNs += passNs;
                cost += current.cost(passNs);
                current.addLatencies(latencies);
                events += count;
            }
            while (elapsedNs < minimumNs);
            return (double)cost / events;
        }
    }

    private static long pass(final Peer peer, final int count)
    {
        final long first = peer.firstSequence();
        peer.prepare(count);
        final long start = System.nanoTime();
        peer.run(count);
        final long elapsedNs = System.nanoTime() - start;
        final long checksum = peer.checksum();
        final long expected = peer.expected(first, count);
        if (checksum != expected)
        {
            throw new IllegalStateException("events lost or changed: peer=" + peer.getClass().getSimpleName() +
                " firstSequence=" + first + " count=" + count + " expected=" + expected + " checksum=" + checksum);
        }
        return elapsedNs;
    }
}
