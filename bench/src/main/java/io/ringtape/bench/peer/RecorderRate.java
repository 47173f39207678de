package io.ringtape.bench.peer;

import java.nio.file.Path;

/**
 * How fast our recorder is just now, with 64 events a block and nothing beside it.
 * <p>
 * Thread safety: stateless. Allocation: a tape a run.
 */
final class RecorderRate
{
    private static final int EVENTS = 1 << 18;
    private static final int RUNS = 3;

    private RecorderRate()
    {
    }

    /** The least of a few runs: a recorder that is slow for a moment must not make a pace easier. */
    static double nsPerEvent(final Path directory)
    {
        long least = Long.MAX_VALUE;
        try (Peer recorder = new RingtapeAppend(directory, Work.BLOCK_EVENTS))
        {
            for (int i = 0; i < RUNS; i++)
            {
                recorder.prepare(EVENTS);
                final long start = System.nanoTime();
                recorder.run(EVENTS);
                least = Math.min(least, System.nanoTime() - start);
                if (recorder.checksum() != Work.expected(0, EVENTS))
                {
                    throw new IllegalStateException("events lost or changed: count=" + EVENTS);
                }
            }
        }
        return (double)least / EVENTS;
    }
}
