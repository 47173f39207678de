package io.ringtape.cli.output;

/**
 * Says that whoever reads the standard output has gone, as {@code head} does; the command ends quietly.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 */
public final class ClosedOutputException extends RuntimeException
{
    private static final long serialVersionUID = 1L;

    /**
     * The reader has gone.
     *
     * @param cause of the failed write.
     */
    public ClosedOutputException(final Throwable cause)
    {
        super("standard output is closed", cause);
    }
}
