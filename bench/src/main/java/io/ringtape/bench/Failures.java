package io.ringtape.bench;

import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Turns whatever ends the rounds into one line and an exit code, as the command does.
 */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler
{
    private final PrintStream err;

    Failures(final PrintStream err)
    {
        this.err = err;
    }

    @Override
    public int handleParseException(final ParameterException failure, final String[] args)
    {
        final String message = String.valueOf(failure.getMessage()).replaceFirst("\\.$", "");
        return report(ExitCode.USAGE, message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1) +
            ", see ringtape bench --help");
    }

    @Override
    public int handleExecutionException(
        final Exception failure, final CommandLine commandLine, final ParseResult parsed)
    {
        if (failure instanceof CommandException known)
        {
            return report(known.exitCode(), String.valueOf(known.getMessage()));
        }
        if (failure instanceof IOException || failure instanceof UncheckedIOException)
        {
            return report(ExitCode.IO_ERROR, "reading or writing failed: " + failure.getMessage());
        }
        return report(ExitCode.INTERNAL, "benchmark failed: " + failure.getMessage());
    }

    private int report(final ExitCode exitCode, final String message)
    {
        err.println("ringtape: " + message.replaceAll("\\s*\\R\\s*", " "));
        return exitCode.code();
    }
}
