package io.ringtape.cli.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a recording has open beside its tape. The part that was opened last is closed first.
 * <p>
 * Thread safety: none; the writer's thread.
 * Allocation: cold.
 */
final class OpenParts implements AutoCloseable
{
    private final Deque<Runnable> closes = new ArrayDeque<>();

    /** Adds a part that is open, and how it is closed. */
    <T> T add(final T part, final Consumer<T> close)
    {
        closes.push(() -> close.accept(part));
        return part;
    }

    /** Closes all, whatever one of them throws; the first that is thrown is thrown on, with the others. */
    @Override
    public void close()
    {
        @Nullable RuntimeException first = null;
        while (!closes.isEmpty())
        {
            try
            {
                closes.pop().run();
            }
            catch (final RuntimeException e)
            {
                if (first == null)
                {
                    first = e;
                }
                else
                {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null)
        {
            throw first;
        }
    }

    /** Does what is still to be done behind a failure, and keeps what that throws with it. */
    static void attempt(final Runnable work, final Throwable failure)
    {
        try
        {
            work.run();
        }
        catch (final RuntimeException e)
        {
            failure.addSuppressed(e);
        }
    }
}
