package io.ringtape.cli.faults;

import org.jspecify.annotations.Nullable;

/**
 * What must happen after a fault did not.
 */
final class FaultFailure extends RuntimeException
{
    private static final long serialVersionUID = 1L;

    FaultFailure(final String message)
    {
        this(message, null);
    }

    FaultFailure(final String message, final @Nullable Throwable cause)
    {
        super(message, cause);
    }

    static void require(final boolean holds, final String otherwise)
    {
        if (!holds)
        {
            throw new FaultFailure(otherwise);
        }
    }
}
