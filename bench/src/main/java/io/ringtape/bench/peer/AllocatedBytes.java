package io.ringtape.bench.peer;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * What another peer allocates on the heap in a run: its own thread, or all others, which are there before the run.
 * <p>
 * Thread safety: one thread owns it. Allocation: as the other peer, which is the point.
 */
final class AllocatedBytes implements Peer
{
    private static final ThreadMXBean THREADS = (ThreadMXBean)ManagementFactory.getThreadMXBean();

    private final Peer peer;
    private final boolean isOthers;
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
    public long firstSequence()
    {
        return peer.firstSequence();
    }

    @Override
    public void prepare(final int count)
    {
        peer.prepare(count);
    }

    @Override
    public void run(final int count)
    {
        final long[] others = isOthers ? others() : new long[0];
        final long[] before = THREADS.getThreadAllocatedBytes(others);
        final long ownBefore = THREADS.getCurrentThreadAllocatedBytes();
        peer.run(count);
        final long own = THREADS.getCurrentThreadAllocatedBytes() - ownBefore;
        bytes = isOthers ? difference(before, THREADS.getThreadAllocatedBytes(others)) : own;
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
        final long[] all = THREADS.getAllThreadIds();
        int count = 0;
        for (final long id : all)
        {
            if (id != self)
            {
                all[count++] = id;
            }
        }
        return Arrays.copyOf(all, count);
    }

    @Override
    public long checksum()
    {
        return peer.checksum();
    }

    @Override
    public long expected(final long first, final int count)
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
