package io.ringtape.cli.platform;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;

/**
 * Tells how much heap the process used at most.
 * <p>
 * Thread safety: stateless.
 * Allocation: on each call.
 */
public final class Heap
{
    private Heap()
    {
    }

    /**
     * The sum of the peaks of all heap pools: an upper bound of the largest heap in use.
     *
     * @return bytes.
     */
    public static long maxUsedBytes()
    {
        long sum = 0;
        for (final MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans())
        {
            if (pool.getType() == MemoryType.HEAP)
            {
                sum += pool.getPeakUsage().getUsed();
            }
        }
        return sum;
    }
}
