package io.ringtape.bench.rig;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What the machine itself does just now, with no library in the way: the hop of a bare cache line between two threads,
 * and a copy of memory that is larger than most second-level caches.
 * <p>
 * Thread safety: none.
 * Allocation: its buffers when made, one thread a measurement.
 */
public final class Canary
{
    private static final int HOPS_A_LOOK = 100;
    private static final int MAX_LOOKS = 10_000;
    private static final long HOPPING_NS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long END = -1;
    private static final int LONGS_APART = 32;
    private static final int COPY_BYTES = 4 << 20;
    private static final int COPIES = 8;
    private static final int WARM_UPS = 20;

    private final ByteBuffer from = ByteBuffer.allocateDirect(COPY_BYTES);
    private final ByteBuffer to = ByteBuffer.allocateDirect(COPY_BYTES);

    /**
     * Measures both, a few tens of milliseconds in all.
     *
     * @return what the machine does now.
     */
    public Reading measure()
    {
        return new Reading(hopNs(), copyNsPerKib());
    }

    /** Measures until the compiler is done with it. */
    void warmUp()
    {
        for (int i = 0; i < WARM_UPS; i++)
        {
            measure();
        }
    }

    private static double hopNs()
    {
        final AtomicLongArray lines = new AtomicLongArray(4 * LONGS_APART);
        final Thread answer = new Thread(() -> answer(lines), "canary-answer");
        answer.setDaemon(true);
        answer.start();
        // The first hop waits for the thread to start.
        hop(lines, 1);
        final double[] looks = new double[MAX_LOOKS];
        final long start = System.nanoTime();
        long before = start;
        long hops = 1;
        int count = 0;
        do
        {
            for (int i = 0; i < HOPS_A_LOOK; i++)
            {
                hops++;
                hop(lines, hops);
            }
            final long now = System.nanoTime();
            looks[count++] = (now - before) / (2.0 * HOPS_A_LOOK);
            before = now;
        }
        while (before - start < HOPPING_NS && count < MAX_LOOKS);
        hop(lines, END);
        // A mean would say how long some other process had the processor.
        return Statistics.median(Arrays.copyOf(looks, count));
    }

    private static void hop(final AtomicLongArray lines, final long value)
    {
        lines.setRelease(LONGS_APART, value);
        while (lines.getAcquire(2 * LONGS_APART) != value)
        {
            Thread.onSpinWait();
        }
    }

    private static void answer(final AtomicLongArray lines)
    {
        long seen = 0;
        while (seen != END)
        {
            final long value = lines.getAcquire(LONGS_APART);
            if (value == seen)
            {
                Thread.onSpinWait();
            }
            else
            {
                lines.setRelease(2 * LONGS_APART, value);
                seen = value;
            }
        }
    }

    private double copyNsPerKib()
    {
        final long start = System.nanoTime();
        for (int i = 0; i < COPIES; i++)
        {
            to.put(0, from, 0, COPY_BYTES);
        }
        return (System.nanoTime() - start) / (COPIES * (COPY_BYTES / 1024.0));
    }

    /**
     * One reading.
     *
     * @param hopNs        a hop of a bare cache line.
     * @param copyNsPerKib a copy of 1,024 bytes within a large copy.
     */
    public record Reading(double hopNs, double copyNsPerKib)
    {
    }
}
