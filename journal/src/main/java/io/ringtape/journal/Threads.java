package io.ringtape.journal;

import io.ringtape.journal.TapeException.Kind;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * The threads that work behind a recorder.
 */
final class Threads
{
    private static final long END_LIMIT_S = 600;

    private Threads()
    {
    }

    /** Threads that keep no process alive. */
    static ThreadFactory daemon(final String name)
    {
        return (task) ->
        {
            final Thread made = new Thread(task, name);
            made.setDaemon(true);
            return made;
        };
    }

    /** A tape that is let go before its files are sealed might be written by two: an interrupt has to wait. */
    static void awaitEnd(final ExecutorService thread)
    {
        boolean isInterrupted = false;
        boolean isEnded = false;
        while (!isEnded)
        {
            try
            {
                isEnded = thread.awaitTermination(END_LIMIT_S, TimeUnit.SECONDS);
                if (!isEnded)
                {
                    throw new TapeException(Kind.IO, "tape cannot be sealed in time: limitSeconds=" + END_LIMIT_S);
                }
            }
            catch (final InterruptedException e)
            {
                isInterrupted = true;
            }
        }
        if (isInterrupted)
        {
            Thread.currentThread().interrupt();
        }
    }
}
