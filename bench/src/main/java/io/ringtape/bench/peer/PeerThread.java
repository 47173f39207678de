package io.ringtape.bench.peer;

import java.util.concurrent.TimeUnit;

/**
 * The second thread of a peer.
 * <p>
 * Thread safety: for the thread that owns the peer.
 * Allocation: at start only.
 */
final class PeerThread
{
    private static final long JOIN_LIMIT_MS = TimeUnit.SECONDS.toMillis(10);

    private PeerThread()
    {
    }

    static Thread start(final String name, final Runnable loop)
    {
        final Thread thread = new Thread(loop, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    static void join(final Thread thread)
    {
        try
        {
            thread.join(JOIN_LIMIT_MS);
        }
        catch (final InterruptedException e)
        {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive())
        {
            throw new IllegalStateException("does not end: thread=" + thread.getName());
        }
    }
}
