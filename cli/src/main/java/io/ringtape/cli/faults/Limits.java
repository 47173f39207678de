package io.ringtape.cli.faults;

import org.agrona.concurrent.NanoClock;

/**
 * How long things may take.
 *
 * @param clock  to measure with.
 * @param strict whether the figures of the matrix hold; else only that nothing hangs, as on a machine that builds.
 */
record Limits(NanoClock clock, boolean strict)
{
    /** What counts as a hang. */
    static final long HANG_NS = 10_000_000_000L;
    private static final long NANOS_PER_MS = 1_000_000L;

    long start()
    {
        return clock.nanoTime();
    }

    void require(final String what, final long startNs, final long limitMs)
    {
        final long took = clock.nanoTime() - startNs;
        final long limit = strict ? limitMs * NANOS_PER_MS : Math.max(HANG_NS, limitMs * NANOS_PER_MS);
        FaultFailure.require(took < limit, what + " took too long: tookMs=" + took / NANOS_PER_MS + " limitMs=" +
            limit / NANOS_PER_MS);
    }
}
