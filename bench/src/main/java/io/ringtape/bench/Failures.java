package io.ringtape.bench;

import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
        final String message = failure.getMessage() + then(failure);
        if (failure instanceof CommandException known)
        {
            return report(known.exitCode(), message);
        }
        if (failure instanceof IOException || failure instanceof UncheckedIOException)
        {
            return report(ExitCode.IO_ERROR, "reading or writing failed: " + message);
        }
        return report(ExitCode.INTERNAL, "benchmark failed: " + message);
    }

    /** What failed on the way out. */
    private static String then(final Exception failure)
    {
        return Stream.of(failure.getSuppressed()).map((later) -> ", then " + later).collect(Collectors.joining());
    }

    private int report(final ExitCode exitCode, final String message)
    {
        err.println("ringtape: " + message.replaceAll("\\s*\\R\\s*", " "));
        return exitCode.code();
    }
}
