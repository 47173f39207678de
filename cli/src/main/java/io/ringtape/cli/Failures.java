package io.ringtape.cli;

import io.ringtape.backtest.BacktestException;
import io.ringtape.cli.capture.CaptureException;
import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.output.ClosedOutputException;
import io.ringtape.journal.TapeException;
import io.ringtape.strategy.StrategyException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Turns whatever ends a command into one line on standard error and an exit code: the one place that does.
 */
final class Failures
{
    /** As the system puts it, and the JVM passes it on. */
    private static final String TOO_MANY_FILES = "Too many open files";

    private final PrintStream err;
    private boolean said;

    Failures(final PrintStream err)
    {
        this.err = err;
    }

    /**
     * A command line that cannot be understood.
     */
    ExitCode usage(final ParameterException failure)
    {
        String message = failure.getMessage().replaceFirst("\\.$", "");
        if (!message.isEmpty())
        {
            message = message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
        }
        if (failure instanceof UnmatchedArgumentException unmatched)
        {
            final List<String> suggestions = unmatched.getSuggestions();
            message += suggestions.isEmpty() ? "" : ", did you mean " + String.join(" or ", suggestions) + "?";
        }
        line(message + (message.endsWith("?") ? " See " : ", see ") +
            failure.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }

    /**
     * Anything else.
     */
    ExitCode report(final Throwable failure, final boolean debug)
    {
        if (failure instanceof ExecutionException && failure.getCause() != null)
        {
            // As picocli wraps what its own help command meets.
            return report(failure.getCause(), debug);
        }
        if (failure instanceof ClosedOutputException)
        {
            // As `| head` asks for: it has seen enough, and there is nobody to tell.
            return ExitCode.FINE;
        }
        final CommandException classified = classify(failure);
        line(classified.getMessage());
        if (debug)
        {
            failure.printStackTrace(err);
        }
        return classified.exitCode();
    }

    /**
     * Whether the user has been told already why the command ends.
     */
    boolean said()
    {
        return said;
    }

    private void line(final String message)
    {
        said = true;
        err.println("ringtape: " + message.replaceAll("\\s*\\R\\s*", " "));
    }

    private static CommandException classify(final Throwable failure)
    {
        if (failure instanceof CommandException known)
        {
            return known;
        }
        if (failure instanceof BacktestException || failure instanceof StrategyException)
        {
            // Whatever a strategy throws, also if it is a file that it may not read.
            return new CommandException(ExitCode.BAD_INPUT, String.valueOf(failure.getMessage()), failure);
        }
        final Optional<AccessDeniedException> denied = denied(failure);
        if (denied.isPresent())
        {
            return new CommandException(
                ExitCode.INPUT_MISSING, "permission denied: path=" + denied.get().getFile(), failure);
        }
        if (failure instanceof UncheckedIOException unchecked)
        {
            return classify(unchecked.getCause());
        }
        if (failure instanceof TapeException tape)
        {
            return new CommandException(exitCode(tape.kind()), String.valueOf(tape.getMessage()), failure);
        }
        if (failure instanceof CaptureException capture)
        {
            return new CommandException(capture.kind().exitCode(), String.valueOf(capture.getMessage()), failure);
        }
        if (failure instanceof IOException io)
        {
            return ofIo(io);
        }
        if (failure instanceof InternalError && String.valueOf(failure.getMessage()).contains("unsafe memory access"))
        {
            // What the JVM makes of a SIGBUS: a page of a mapped file could not be read, or found no room on the disk.
            return new CommandException(ExitCode.IO_ERROR, "a mapped file cannot be read or written", failure);
        }
        if (causes(failure).anyMatch((cause) -> String.valueOf(cause.getMessage()).contains(TOO_MANY_FILES)))
        {
            // Whichever class could not be set up for want of a file: that is all there is to it.
            return new CommandException(
                ExitCode.IO_ERROR, "too many open files: raise the limit of this process, see ulimit -n", failure);
        }
        return new CommandException(ExitCode.INTERNAL, "internal error: " + failure, failure);
    }

    /** Whatever was to be done with a tape or a file that this user may not read or write, it is the same to say. */
    private static Optional<AccessDeniedException> denied(final Throwable failure)
    {
        return causes(failure).filter(AccessDeniedException.class::isInstance).map(AccessDeniedException.class::cast)
            .findFirst();
    }

    private static Stream<Throwable> causes(final Throwable failure)
    {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }

    private static ExitCode exitCode(final TapeException.Kind kind)
    {
        return switch (kind)
        {
            case DAMAGED -> ExitCode.DAMAGED;
            case GAP -> ExitCode.GAP;
            case UNREADABLE -> ExitCode.UNREADABLE;
            case MISSING -> ExitCode.INPUT_MISSING;
            case CANNOT_CREATE -> ExitCode.CANNOT_CREATE;
            case IO -> ExitCode.IO_ERROR;
            case IN_USE -> ExitCode.IN_USE;
            case OUT_OF_RANGE -> ExitCode.BAD_INPUT;
        };
    }

    private static CommandException ofIo(final IOException failure)
    {
        if (failure instanceof NoSuchFileException missing)
        {
            return new CommandException(
                ExitCode.INPUT_MISSING, "file does not exist: file=" + missing.getFile(), failure);
        }
        if (failure instanceof FileSystemException about)
        {
            return new CommandException(ExitCode.IO_ERROR, "reading or writing failed: file=" + about.getFile() +
                " reason=" + about.getReason(), failure);
        }
        return new CommandException(
            ExitCode.IO_ERROR, "reading or writing failed: " + failure.getMessage(), failure);
    }
}
