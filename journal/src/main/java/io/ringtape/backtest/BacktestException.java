package io.ringtape.backtest;

import org.jspecify.annotations.Nullable;

/**
 * Says in one line why a backtest cannot go on: its handlers failed, or what fills add up to does not fit. What is
 * wrong with the tape is a {@link io.ringtape.journal.TapeException}.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 */
public final class BacktestException extends RuntimeException
{
    private static final long serialVersionUID = 1L;

    /**
     * An exception.
     *
     * @param message one line.
     * @param cause   what a handler threw, or null.
     */
    public BacktestException(final String message, final @Nullable Throwable cause)
    {
        super(message, cause);
    }
}
