package io.ringtape.bench.peer;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.BooleanSupplier;

/**
 * The reading thread of a carrier that is polled: spins where there is nothing, until it is told to end.
 * <p>
 * Thread safety: for the thread that owns the carrier. Allocation: at start only.
 */
final class ReadingThread
{
    /** What tells it to end has cache lines to itself: it is looked at before each poll. */
    private static final int PADDING_LONGS = 16;

    private final AtomicLongArray ending = new AtomicLongArray(2 * PADDING_LONGS);
    private final Thread thread;

    /**
     * Starts the thread.
     *
     * @param name  of the thread.
     * @param start what it does first.
     * @param poll  reads what there is, and answers whether there was anything.
     */
    ReadingThread(final String name, final Runnable start, final BooleanSupplier poll)
    {
        thread = PeerThread.start(name, () ->
        {
            start.run();
            while (ending.getAcquire(PADDING_LONGS) == 0)
            {
                if (!poll.getAsBoolean())
                {
                    Thread.onSpinWait();
                }
            }
        });
    }

    void end()
    {
        ending.setRelease(PADDING_LONGS, 1);
        PeerThread.join(thread);
    }
}
