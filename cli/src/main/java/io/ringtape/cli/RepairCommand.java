package io.ringtape.cli;

import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.output.Progress;
import io.ringtape.cli.report.RepairReport;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeRepair;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Copies what can be read of a damaged tape into a new one.
 */
@CommandLine.Command(name = "repair",
    description = "Copy a tape up to the first thing that is wrong with it into a new tape.",
    footerHeading = "%nExample:%n", footer = {
        "  ringtape repair --journal tape --to repaired",
        "",
        "The tape itself is only read. The copy is there when it is whole, and not before."})
final class RepairCommand extends Command
{
    private final CommandRunner runner;

    @Mixin
    private TapeOptions options;

    @Option(names = "--to", required = true, paramLabel = "NEWDIR", converter = Counts.FileName.class,
        description = "Directory of the copy, outside the tape: missing or empty.")
    private Path to;

    RepairCommand(final CommandRunner runner)
    {
        this.runner = runner;
    }

    @Override
    ExitCode run()
    {
        final Tape tape = Tape.open(options.journal());
        return runner.work(options.json(), (progress) -> report(tape, progress));
    }

    private RepairReport report(final Tape tape, final Progress progress)
    {
        progress.start("copying", tape.sizeBytes());
        return new RepairReport(options.journal(), to, TapeRepair.repair(tape, to,
            (events) -> progress.update(events * OrderBookEvent.SIZE_BYTES, events)));
    }
}
