package io.ringtape.cli;

import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.output.Progress;
import io.ringtape.cli.report.IndexRepairReport;
import io.ringtape.cli.report.RepairReport;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeConfig;
import io.ringtape.journal.TapeCopy;
import io.ringtape.journal.TapeIndexes;
import io.ringtape.journal.TapeRepair;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Copies what can be read of a damaged tape into a new one, or makes the indexes of a tape anew.
 */
@CommandLine.Command(name = "repair",
    description = "Copy a tape up to the first thing that is wrong with it into a new tape, or make its indexes anew.",
    footerHeading = "%nExample:%n", footer = {
        "  ringtape repair --journal tape --to repaired",
        "  ringtape repair --journal tape --indexes",
        "",
        "With --to the tape itself is only read, and the copy is there when it is whole, and not before. With",
        "--indexes nothing but an index that is missing or wrong is touched; exit code 2 if one could not be made."})
final class RepairCommand extends Command
{
    private final CommandRunner runner;

    @Mixin
    private TapeOptions options;

    @Option(names = "--to", paramLabel = "NEWDIR", converter = Counts.FileName.class,
        description = "Directory of the copy, outside the tape: missing or empty.")
    private Optional<Path> to;

    @Option(names = "--indexes", description = "Make the indexes beside the files anew, in place.")
    private boolean indexes;

    @Option(names = "--any-file-system", description = "Write to a network or FUSE file system too.")
    private boolean anyFileSystem;

    RepairCommand(final CommandRunner runner)
    {
        this.runner = runner;
    }

    @Override
    ExitCode run()
    {
        if (to.isPresent() == indexes)
        {
            throw new CommandException(ExitCode.USAGE,
                "repair needs one of --to and --indexes, see ringtape repair --help");
        }
        final Tape tape = Tape.open(options.journal());
        return to.isPresent() ? runner.work(options.json(), (progress) -> copy(tape, to.get(), progress)) :
            runner.work(options.json(), (progress) -> rebuild(tape, progress));
    }

    private RepairReport copy(final Tape tape, final Path target, final Progress progress)
    {
        progress.start("copying", tape.sizeBytes());
        final TapeCopy copy = TapeRepair.repair(tape, target,
            (events) -> progress.update(events * OrderBookEvent.SIZE_BYTES, events), config());
        return new RepairReport(options.journal(), target, copy, Tape.open(target).info().keptEvents());
    }

    private TapeConfig config()
    {
        return TapeConfig.defaults().withAnyFileSystem(anyFileSystem);
    }

    private IndexRepairReport rebuild(final Tape tape, final Progress progress)
    {
        progress.start("reading", tape.sizeBytes());
        return new IndexRepairReport(options.journal(), TapeIndexes.rebuild(tape,
            (events) -> progress.update(events * OrderBookEvent.SIZE_BYTES, events), config()));
    }
}
