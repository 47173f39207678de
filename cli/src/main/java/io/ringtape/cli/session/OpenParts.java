package io.ringtape.cli.session;

import java.util.ArrayDeque;
import java.util.Deque;
import org.agrona.CloseHelper;

/**
 * What a recording has open beside its tape. The part that was opened last is closed first.
 * <p>
 * Thread safety: none; the writer's thread.
 * Allocation: cold.
 */
final class OpenParts implements AutoCloseable
{
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    /** Adds a part that is open. */
    <T extends AutoCloseable> T add(final T part)
    {
        parts.push(part);
        return part;
    }

    /** Closes all, whatever one of them throws; the first that is thrown is thrown on, with the others. */
    @Override
    public void close()
    {
        CloseHelper.closeAll(parts);
    }

    /** Does what is still to be done behind a failure, and keeps what that throws with it. */
    static void attempt(final Runnable work, final Throwable failure)
    {
        try
        {
            work.run();
        }
        catch (final RuntimeException | Error e)
        {
            failure.addSuppressed(e);
        }
    }
}
