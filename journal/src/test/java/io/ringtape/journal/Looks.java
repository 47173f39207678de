package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.function.LongSupplier;

/** Looks at a tape while something is done to it. */
final class Looks
{
    private Looks()
    {
    }

    /**
     * Looks again and again until it is done; no look may show less than the one before it.
     *
     * @param work  done meanwhile, on a thread of its own.
     * @param look  says how far the tape goes.
     * @param about for a message.
     */
    static void during(final Callable<?> work, final LongSupplier look, final String about) throws Exception
    {
        final FutureTask<?> working = new FutureTask<>(work);
        long seen = look.getAsLong();

        new Thread(working, "work").start();
        try
        {
            while (!working.isDone())
            {
                final long found = look.getAsLong();
                assertTrue(found >= seen, about + " found=" + found + " seen=" + seen);
                seen = found;
            }
        }
        finally
        {
            working.get();
        }
    }
}
