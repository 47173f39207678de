package io.ringtape.cli.faults;

import io.ringtape.cli.platform.InjectedPause;
import java.io.IOException;
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
    static final long HANG_MS = 10_000;
    private static final long NANOS_PER_MS = 1_000_000L;
    private static final long POLL_NS = 20_000;

    /** What is waited for. */
    @FunctionalInterface
    interface Condition
    {
        boolean holds() throws IOException;
    }

    long start()
    {
        return clock.nanoTime();
    }

    void require(final String what, final long startNs, final long limitMs)
    {
        requireTook(what, clock.nanoTime() - startNs, limitMs);
    }

    void requireTook(final String what, final long took, final long limitMs)
    {
        final long limit = strict ? limitMs * NANOS_PER_MS : Math.max(HANG_MS, limitMs) * NANOS_PER_MS;
        FaultFailure.require(took < limit, what + " took too long: tookMs=" + took / NANOS_PER_MS + " limitMs=" +
            limit / NANOS_PER_MS);
    }

    /** Looks again and again until something is so. */
    void await(final String what, final long limitMs, final Condition condition) throws IOException
    {
        final long startNs = start();
        while (!condition.holds())
        {
            require(what, startNs, limitMs);
            InjectedPause.ofNs(POLL_NS);
        }
    }
}
