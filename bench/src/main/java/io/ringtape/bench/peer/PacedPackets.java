package io.ringtape.bench.peer;

import io.ringtape.bus.Writer;
import java.util.Arrays;

/**
 * Packets of a block that are published at a fixed pace, each timed by itself.
 * <p>
 * Thread safety: one thread owns it and writes. Allocation: room for the times of a run.
 */
final class PacedPackets
{
    private final long paceNs;
    private long[] packetsNs = new long[0];

    PacedPackets(final long paceNs)
    {
        this.paceNs = paceNs;
    }

    void run(final Writer to, final int packets)
    {
        final long[] ns = new long[packets];
        packetsNs = ns;
        long due = PeerClock.nanoTime();
        for (int i = 0; i < ns.length; i++)
        {
            long start = PeerClock.nanoTime();
            while (start - due < 0)
            {
                Thread.onSpinWait();
                start = PeerClock.nanoTime();
            }
            due += paceNs;
            PacedWriter.publish(to, Work.BLOCK_EVENTS);
            ns[i] = PeerClock.nanoTime() - start;
        }
    }

    /** The packet that this share of those of the run is not above. */
    long atShareNs(final double share)
    {
        final long[] sorted = packetsNs.clone();
        Arrays.sort(sorted);
        return sorted[(int)((sorted.length - 1) * share)];
    }
}
