package io.ringtape.cli;

import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.report.RetainReport;
import io.ringtape.journal.Retention;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeConfig;
import io.ringtape.journal.TapeRetention;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Removes the oldest files of a tape.
 */
@CommandLine.Command(name = "retain",
    description = "Say which of the oldest files of a tape would go to keep its days or bytes; --run removes them.",
    footerHeading = "%nExample:%n", footer = {
        "  ringtape retain --journal tape --keep-days 30 --run",
        "",
        "Days count back from the newest receive time on tape. Files of the newest run that are not sealed, those that",
        "a mark stands in, those of a run that gateway-side counts on, and the newest one stay."})
final class RetainCommand extends Command
{
    private final CommandRunner runner;

    @Mixin
    private TapeOptions options;

    @Option(names = "--keep-days", paramLabel = "N", converter = Counts.Days.class,
        description = "Remove what is older than so many days.")
    private Optional<Integer> keepDays;

    @Option(names = "--keep-bytes", paramLabel = "B", converter = Counts.Sequence.class,
        description = "Remove until the tape has no more than so many bytes.")
    private Optional<Long> keepBytes;

    @Option(names = "--run", description = "Remove; without it nothing is touched.")
    private boolean remove;

    @Option(names = "--any-file-system", description = "Remove on a network or FUSE file system too.")
    private boolean anyFileSystem;

    RetainCommand(final CommandRunner runner)
    {
        this.runner = runner;
    }

    @Override
    ExitCode run()
    {
        if (keepDays.isPresent() == keepBytes.isPresent())
        {
            throw new CommandException(ExitCode.USAGE,
                "retain needs one of --keep-days and --keep-bytes, see ringtape retain --help");
        }
        final Tape tape = Tape.open(options.journal());
        return runner.work(options.json(),
            (progress) -> new RetainReport(options.journal(), remove, retention(tape)));
    }

    private Retention retention(final Tape tape)
    {
        final TapeConfig config = TapeConfig.defaults().withAnyFileSystem(anyFileSystem);
        return keepDays.isPresent() ? TapeRetention.keepDays(tape, keepDays.get(), remove, config) :
            TapeRetention.keepBytes(tape, keepBytes.orElse(Long.MAX_VALUE), remove, config);
    }
}
