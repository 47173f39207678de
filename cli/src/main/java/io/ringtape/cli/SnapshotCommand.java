package io.ringtape.cli;

import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.output.Progress;
import io.ringtape.cli.report.SnapshotReport;
import io.ringtape.cli.tape.TapeProgress;
import io.ringtape.journal.SnapshotMaker;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeConfig;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Makes snapshots of the books of a tape.
 */
@CommandLine.Command(name = "snapshot",
    description = "Make snapshots of the books of a tape, from the newest one on; book starts with them.",
    footerHeading = "%nExample:%n", footer = {
        "  ringtape snapshot --journal tape --every 1000000",
        "",
        "The tape may be written at the same time; its writer notices nothing. What is damaged or not of this tape",
        "and newer than what is of use is removed."})
final class SnapshotCommand extends Command
{
    private final CommandRunner runner;

    @Mixin
    private TapeOptions options;

    @Option(names = "--every", paramLabel = "EVENTS", converter = Counts.Positive.class, defaultValue = "1000000",
        description = "Events of a run from one snapshot to the next, at least; ${DEFAULT-VALUE} by default.")
    private long everyEvents;

    @Option(names = "--keep", paramLabel = "N", converter = Counts.Kept.class, defaultValue = "0",
        description = "How many snapshots stay, the newest; 0, the default, for all.")
    private int keep;

    @Option(names = "--any-file-system", description = "Write to a network or FUSE file system too.")
    private boolean anyFileSystem;

    SnapshotCommand(final CommandRunner runner)
    {
        this.runner = runner;
    }

    @Override
    ExitCode run()
    {
        final Tape tape = Tape.open(options.journal());
        final List<String> removed = new ArrayList<>();
        final ExitCode exitCode = runner.work(options.json(), (progress) -> make(tape, removed, progress));
        runner.warn(String.join("; ", removed));
        return exitCode;
    }

    private SnapshotReport make(final Tape tape, final List<String> removed, final Progress progress)
    {
        final TapeConfig config = TapeConfig.defaults().withAnyFileSystem(anyFileSystem);
        try (SnapshotMaker maker = SnapshotMaker.open(tape, everyEvents, keep, removed::add, config))
        {
            final int made = maker.advance(TapeProgress.ofSnapshots(progress, tape));
            return new SnapshotReport(options.journal(), made, tape.snapshots().list());
        }
    }
}
