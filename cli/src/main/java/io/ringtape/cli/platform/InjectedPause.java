package io.ringtape.cli.platform;

import java.util.concurrent.locks.LockSupport;

/**
 * The pauses of a thread that are wanted themselves: a writer that stands still, a handler that is slow, a look now and
 * then at another process, which has nobody here to wake. The one place that parks; what waits for a state of this
 * process waits for that state.
 * <p>
 * Thread safety: any thread; it is the calling one that pauses.
 * Allocation: none.
 */
public final class InjectedPause
{
    private InjectedPause()
    {
    }

    /**
     * Pauses the calling thread: for about so long, or shorter, as where it is interrupted.
     *
     * @param ns how long at most, but for what the system adds; nothing happens with 0 or less.
     */
    public static void ofNs(final long ns)
    {
        LockSupport.parkNanos(ns);
    }
}
