package io.ringtape.bench.peer;

import java.nio.ByteBuffer;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Where the peers that write a tape find the events: a ring in which a block of events is written in place, as a bus
 * would leave it.
 * <p>
 * Thread safety: none. Allocation: none once made.
 */
final class BlockSource
{
    private final ByteBuffer bytes =
        BufferUtil.allocateDirectAligned(Work.CAPACITY * Work.EVENT_BYTES, BitUtil.CACHE_LINE_LENGTH);
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);

    UnsafeBuffer buffer()
    {
        return buffer;
    }

    /**
     * Writes the next block.
     *
     * @param first sequence of the block, a multiple of {@link Work#BLOCK_EVENTS}.
     * @return offset of the block in the {@link #buffer()}.
     */
    int fillBlock(final long first)
    {
        final UnsafeBuffer to = buffer;
        final int start = (int)(first & (Work.CAPACITY - 1)) * Work.EVENT_BYTES;
        for (int i = 0; i < Work.BLOCK_EVENTS; i++)
        {
            Work.fill(to, start + i * Work.EVENT_BYTES, first + i);
        }
        return start;
    }
}
