package io.ringtape.cli;

import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.report.ControlReport;
import io.ringtape.journal.ControlFile;
import io.ringtape.journal.Tape;
import io.ringtape.order.Control;
import java.nio.file.Path;
import java.util.Optional;
import org.agrona.concurrent.SystemEpochNanoClock;
import picocli.CommandLine.Option;

/**
 * Whom the kill switch stops or arms: everybody unless told.
 */
final class ScopeOptions
{
    @Option(names = "--strategy", paramLabel = "N", converter = Counts.Kept.class,
        description = "One strategy, by its source id, see ringtape info; everybody by default.")
    private Optional<Integer> strategy;

    @Option(names = "--account", paramLabel = "N", converter = Counts.Kept.class,
        description = "The strategies of one account.")
    private Optional<Integer> account;

    /** Made by picocli. */
    ScopeOptions()
    {
    }

    ControlReport change(final Path journal, final boolean isKilled)
    {
        if (strategy.isPresent() && account.isPresent())
        {
            throw new CommandException(ExitCode.USAGE, "--strategy and --account exclude each other");
        }
        final int scope = strategy.isPresent() ? Control.STRATEGY : account.isPresent() ? Control.ACCOUNT : Control.ALL;
        final int id = strategy.or(() -> account).orElse(0);
        final Tape tape = Tape.open(journal);
        try (ControlFile file = ControlFile.open(tape.directory()))
        {
            if (file.change(isKilled, scope, id, SystemEpochNanoClock.INSTANCE.nanoTime()).isEmpty())
            {
                throw new CommandException(ExitCode.BAD_INPUT,
                    "scope was never stopped: " + ControlReport.text(scope, id) + " journal=" + journal);
            }
            return new ControlReport(file.scopes(), file.takenNumber());
        }
    }
}
