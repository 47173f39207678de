package io.ringtape.cli;

import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.report.ControlReport;
import io.ringtape.event.SourceDefinition;
import io.ringtape.journal.ControlFile;
import io.ringtape.journal.KillScope;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeException;
import io.ringtape.journal.TapeOwner;
import io.ringtape.order.Control;
import io.ringtape.order.KillReason;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.agrona.concurrent.SystemEpochNanoClock;
import picocli.CommandLine.Option;

/**
 * Whom the kill switch stops or arms: everybody unless told.
 */
final class ScopeOptions
{
    @Option(names = "--strategy", paramLabel = "NAME",
        description = "One strategy, by the name of its source, see ringtape info; everybody by default.")
    private Optional<String> strategy;

    @Option(names = "--account", paramLabel = "N", converter = Counts.Kept.class,
        description = "The strategies of one account.")
    private Optional<Integer> account;

    /** Made by picocli. */
    ScopeOptions()
    {
    }

    ControlReport change(final Path journal, final boolean isKilled)
    {
        final KillScope whom = whom();
        final Tape tape = Tape.open(journal);
        try (ControlFile file = ControlFile.open(tape.directory()))
        {
            final long nowNs = SystemEpochNanoClock.INSTANCE.nanoTime();
            final Optional<ControlFile.Scope> changed = file.change(isKilled, whom, KillReason.HAND, nowNs);
            if (changed.isEmpty())
            {
                throw new CommandException(ExitCode.BAD_INPUT,
                    "scope was never stopped: " + whom.text() + " journal=" + journal);
            }
            return report(tape, file.reading(), nowNs, isKilled ? List.of(changed.get()) : List.of());
        }
    }

    /**
     * What stands beside a tape, with what a user should know of scopes that he takes for stopped. A change stands
     * whatever comes of this look.
     *
     * @param tape    that it is of.
     * @param reading of its kill switch.
     * @param nowNs   when it was read.
     * @param warned  scopes that are warned of, killed and armed ones.
     */
    static ControlReport report(
        final Tape tape, final ControlFile.Reading reading, final long nowNs, final List<ControlFile.Scope> warned)
    {
        final Optional<TapeOwner> writer = tape.owner();
        if (!isAnyNamed(reading.scopes()))
        {
            return new ControlReport(reading, nowNs, writer, Optional.of(List.of()), "");
        }
        final List<SourceDefinition> sources;
        try
        {
            sources = tape.info().sources();
        }
        catch (final TapeException e)
        {
            return untold(reading, nowNs, writer, warned, String.valueOf(e.getMessage()));
        }
        if (sources.isEmpty())
        {
            // A run that has just begun says who is in it with its first event.
            return untold(reading, nowNs, writer, warned, "the newest run names no strategy yet");
        }
        return new ControlReport(reading, nowNs, writer,
            Optional.of(ControlReport.unknown(reading.scopes(), sources)),
            warning(ControlReport.unknown(warned, sources), sources));
    }

    private static ControlReport untold(
        final ControlFile.Reading reading, final long nowNs, final Optional<TapeOwner> writer,
        final List<ControlFile.Scope> warned, final String why)
    {
        return new ControlReport(reading, nowNs, writer, Optional.empty(), isAnyNamed(warned) ?
            "whether a strategy has the name or account that is stopped cannot be told: " + why : "");
    }

    private static boolean isAnyNamed(final List<ControlFile.Scope> scopes)
    {
        return scopes.stream().anyMatch((scope) -> scope.isKilled() && scope.whom().scope() != Control.ALL);
    }

    private static String warning(final List<String> unknown, final List<SourceDefinition> sources)
    {
        final List<SourceDefinition> strategies =
            sources.stream().filter((source) -> source.kind() == SourceDefinition.Kind.STRATEGY).toList();
        return unknown.isEmpty() ? "" : "no strategy of the newest run has the name or account that is stopped: " +
            String.join(", ", unknown) + " strategies=" +
            strategies.stream().map(SourceDefinition::name).collect(Collectors.joining(",")) + " accounts=" +
            strategies.stream().map((source) -> Integer.toString(source.publisher())).distinct()
                .collect(Collectors.joining(","));
    }

    private KillScope whom()
    {
        if (strategy.isPresent() && account.isPresent())
        {
            throw new CommandException(ExitCode.USAGE, "--strategy and --account exclude each other");
        }
        if (strategy.isPresent())
        {
            final int bytes = strategy.get().getBytes(StandardCharsets.UTF_8).length;
            if (bytes == 0 || bytes > KillScope.MAX_NAME_BYTES)
            {
                throw new CommandException(ExitCode.USAGE, "--strategy must have 1 to " + KillScope.MAX_NAME_BYTES +
                    " bytes: strategy=" + strategy.get() + " bytes=" + bytes);
            }
        }
        return strategy.map(KillScope::strategy).or(() -> account.map(KillScope::account)).orElse(KillScope.ALL);
    }
}
