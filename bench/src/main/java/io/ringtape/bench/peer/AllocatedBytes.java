package io.ringtape.bench.peer;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * What another peer allocates on the heap in steady state: its own thread, or all others, which are there before the
 * run. What counts is the second half of a run, which is what the whole allocates more than a run of its first half. So
 * what a run costs once, as the file of a tape that is opened at its first block, is in both and does not count; what
 * comes again, as a stretch of that file that is mapped, does.
 * <p>
 * Thread safety: one thread owns it. Allocation: as the other peer, which is the point.
 */
final class AllocatedBytes implements Peer
{
    private static final ThreadMXBean THREADS = (ThreadMXBean)ManagementFactory.getThreadMXBean();

    private final Peer peer;
    private final boolean isOthers;
    private long first;
    private long bytes;

    /**
     * A peer that is looked at.
     *
     * @param peer     that works.
     * @param isOthers whether the threads count that it has beside the one that runs it, as lanes are; else that one.
     */
    AllocatedBytes(final Peer peer, final boolean isOthers)
    {
        this.peer = peer;
        this.isOthers = isOthers;
    }

    @Override
    public void run(final int count)
    {
        final int half = count / 2;
        final long once = allocated(half);
        final long sum = peer.checksum();
        final long expected = peer.expected(first, half);
        if (sum != expected)
        {
            throw new IllegalStateException("events lost or changed in the first half: firstSequence=" + first +
                " count=" + half + " expected=" + expected + " checksum=" + sum);
        }
        // Cannot be less but by what a first call made; then there is nothing that comes again.
        bytes = 2 * Math.max(0, allocated(count) - once);
    }

    private long allocated(final int count)
    {
        first = peer.firstSequence();
        peer.prepare(count);
        final long[] others = isOthers ? others() : new long[0];
        final long[] before = THREADS.getThreadAllocatedBytes(others);
        final long ownBefore = THREADS.getCurrentThreadAllocatedBytes();
        peer.run(count);
        final long own = THREADS.getCurrentThreadAllocatedBytes() - ownBefore;
        return isOthers ? difference(before, THREADS.getThreadAllocatedBytes(others)) : own;
    }

    /** A thread that has ended since then has none to tell. */
    private static long difference(final long[] before, final long[] after)
    {
        long sum = 0;
        for (int i = 0; i < before.length; i++)
        {
            sum += after[i] < 0 ? 0 : after[i] - before[i];
        }
        return sum;
    }

    private static long[] others()
    {
        final long self = Thread.currentThread().getId();
        return Arrays.stream(THREADS.getAllThreadIds()).filter((id) -> id != self).toArray();
    }

    @Override
    public long checksum()
    {
        return peer.checksum();
    }

    /** Sequences go on from the first half's, so the whole begins where that ended. */
    @Override
    public long expected(final long ofRun, final int count)
    {
        return peer.expected(first, count);
    }

    @Override
    public long cost(final long elapsedNs)
    {
        return bytes;
    }

    @Override
    public void close()
    {
        peer.close();
    }
}
