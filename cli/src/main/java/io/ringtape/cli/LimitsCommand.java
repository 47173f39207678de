package io.ringtape.cli;

import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.report.LimitsReport;
import io.ringtape.cli.settings.LimitsCheck;
import io.ringtape.cli.settings.LimitsFile;
import io.ringtape.cli.settings.RunSettings;
import io.ringtape.cli.settings.SettingsText;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.SettingsDefinition;
import io.ringtape.journal.LimitsExchange;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeInfo;
import io.ringtape.journal.TapeOwner;
import io.ringtape.risk.LimitSet;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SleepingIdleStrategy;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Gives a recording that runs other limits.
 */
@CommandLine.Command(name = "limits",
    description = "Give a recording that runs other limits, of a higher version, and wait until they are in force.",
    footerHeading = "%nExample:%n", footer = {
        "  ringtape limits --journal tape limits.json",
        "",
        "The file names instruments of the recording only, and leaves none of them without limits. It stands on tape",
        "ahead of the control event from which on it is in force; a file that is refused changes nothing. Code 66",
        "where no recording runs, or it ended before it took the limits; 75 where it has not taken them in time, or",
        "where another change came in between. It reads them at its next venue event and takes them before one that",
        "follows: what was not taken in time stays pending, and may come into force later. Another file replaces it;",
        "to withdraw it, hand over the limits in force with a version above both. It ends with the recording."})
final class LimitsCommand extends Command
{
    private static final long IDLE_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private final CommandRunner runner;

    @Mixin
    private TapeOptions options;

    @Option(names = "--wait", paramLabel = "SECONDS", defaultValue = "10", converter = Counts.Kept.class,
        description = "How long to wait for the recording; ${DEFAULT-VALUE} by default.")
    private int waitSeconds;

    @Parameters(paramLabel = "FILE", converter = Counts.FileName.class,
        description = "JSON file with the limits, as record --limits takes it; at most 65,534 bytes.")
    private Path file;

    LimitsCommand(final CommandRunner runner)
    {
        this.runner = runner;
    }

    @Override
    ExitCode run()
    {
        final SettingsText text = SettingsText.read(file);
        final LimitSet limits = LimitsFile.parse(text);
        // Refused here where a tape has no room for it.
        text.definition(0, SettingsDefinition.Kind.LIMITS_CHANGE, limits.version());
        final Tape tape = Tape.open(options.journal());
        return runner.work(options.json(), (progress) -> change(tape, text, limits));
    }

    private LimitsReport change(final Tape tape, final SettingsText text, final LimitSet limits)
    {
        final TapeInfo info = tape.info();
        final TapeOwner recorder = info.owner().orElseThrow(() -> new CommandException(
            ExitCode.INPUT_MISSING, "no recording runs on the tape: journal=" + options.journal()));
        final long before = RunSettings.limitsVersion(info.settings());
        LimitsCheck.require(limits, before, info.instruments().stream().map(InstrumentDefinition::symbol)
            .collect(Collectors.toSet()), text.from());
        try (LimitsExchange exchange = LimitsExchange.open(tape.directory()))
        {
            final long change = exchange.hand(text.text());
            final String refusal = answer(exchange, change).orElseGet(() -> late(exchange, tape, recorder, change));
            if (!refusal.isEmpty())
            {
                throw new CommandException(ExitCode.BAD_INPUT, "recording refused the limits: " + refusal);
            }
            return new LimitsReport(options.journal(), limits.version(), before, change);
        }
    }

    private Optional<String> answer(final LimitsExchange exchange, final long change)
    {
        final NanoClock clock = runner.console().clock();
        final IdleStrategy idle = new SleepingIdleStrategy(IDLE_NS);
        final long startNs = clock.nanoTime();
        Optional<String> found = exchange.answer(change);
        while (found.isEmpty() && clock.nanoTime() - startNs < TimeUnit.SECONDS.toNanos(waitSeconds))
        {
            idle.idle();
            found = exchange.answer(change);
        }
        return found;
    }

    /** A recording that was killed, or had its last look at the limits behind it, answers nothing; else its answer. */
    private String late(
        final LimitsExchange exchange, final Tape tape, final TapeOwner recorder, final long change)
    {
        final String where =
            ": journal=" + options.journal() + " change=" + change + " waitedSeconds=" + waitSeconds;
        final Optional<TapeOwner> now = tape.owner();
        // What has ended answers no more: this look is the last one.
        final Optional<String> answered = exchange.answer(change);
        if (answered.isPresent())
        {
            return answered.get();
        }
        if (now.isEmpty())
        {
            throw new CommandException(
                ExitCode.INPUT_MISSING, "recording has ended before it took the limits" + where);
        }
        throw new CommandException(ExitCode.IN_USE, (now.get().equals(recorder) ?
            "recording has not taken the limits yet, they stay pending until it does, another ringtape limits " +
                "replaces them, or it ends" :
            "recording has ended before it took the limits, and the one that runs now has not taken them either") +
            where);
    }
}
