package io.ringtape.cli.error;

/**
 * Ends a command with an exit code and one line for the user.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 */
public final class CommandException extends RuntimeException
{
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    /**
     * A reason to end.
     *
     * @param exitCode of the process.
     * @param message  one line: what is wrong with which file, field and position.
     */
    public CommandException(final ExitCode exitCode, final String message)
    {
        super(message);
        this.exitCode = exitCode;
    }

    /**
     * A reason to end that comes from elsewhere.
     *
     * @param exitCode of the process.
     * @param message  one line: what is wrong with which file, field and position.
     * @param cause    shown with {@code --debug} only.
     */
    public CommandException(final ExitCode exitCode, final String message, final Throwable cause)
    {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /**
     * What the process returns.
     *
     * @return the code.
     */
    public ExitCode exitCode()
    {
        return exitCode;
    }
}
