package io.ringtape.bench.peer;

import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The bare hop: one cache line goes from one thread to the other, then one comes back, and each carries an event. No
 * queue, nothing in flight but one line. The first word, stored last with release, says that the line is there.
 * <p>
 * Thread safety: one thread owns it. Allocation: none once made.
 */
final class BareHop implements Peer
{
    /** Far enough apart that a prefetched neighbour is never the other line. */
    private static final int DISTANCE_BYTES = 4 * BitUtil.CACHE_LINE_LENGTH;
    private static final int THERE = DISTANCE_BYTES;
    private static final int BACK = 2 * DISTANCE_BYTES;
    private static final long NOTHING = -1;

    private final UnsafeBuffer lines = new UnsafeBuffer(
        BufferUtil.allocateDirectAligned(3 * DISTANCE_BYTES, BitUtil.CACHE_LINE_LENGTH));
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Thread thread;
    private long next;
    private long sum;
    private long first;
    private long answeringSum;

    BareHop()
    {
        lines.putLong(THERE, NOTHING);
        lines.putLongVolatile(BACK, NOTHING);
        thread = PeerThread.start("hop-answer", this::answer);
    }

    @Override
    public long firstSequence()
    {
        return next;
    }

    @Override
    public void prepare(final int count)
    {
        first = next;
        answeringSum = 0;
    }

    @Override
    public void run(final int count)
    {
        final UnsafeBuffer buffer = lines;
        final long from = next;
        long total = 0;
        for (int i = 0; i < count; i += 2)
        {
            send(buffer, THERE, from + i);
            while (buffer.getLongVolatile(BACK) != from + i + 1)
            {
                Thread.onSpinWait();
            }
            total += Tally.weighted(Work.fold(buffer, BACK), i + 1);
        }
        next = from + count;
        sum = total + answeringSum;
    }

    private void answer()
    {
        final UnsafeBuffer buffer = lines;
        long sequence = 0;
        while (true)
        {
            while (buffer.getLongVolatile(THERE) != sequence)
            {
                if (closed.get())
                {
                    return;
                }
                Thread.onSpinWait();
            }
            answeringSum += Tally.weighted(Work.fold(buffer, THERE), sequence - first);
            send(buffer, BACK, sequence + 1);
            sequence += 2;
        }
    }

    private static void send(final UnsafeBuffer buffer, final int line, final long sequence)
    {
        Work.fillTail(buffer, line, sequence);
        buffer.putLongRelease(line, sequence);
    }

    @Override
    public long checksum()
    {
        return sum;
    }

    @Override
    public void close()
    {
        closed.set(true);
        PeerThread.join(thread);
    }
}
