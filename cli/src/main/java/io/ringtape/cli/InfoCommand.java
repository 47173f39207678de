package io.ringtape.cli;

import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.report.InfoReport;
import io.ringtape.journal.Tape;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * Says what is on a tape without reading it.
 */
@CommandLine.Command(name = "info",
    description = "Say what is on a tape: runs, files, instruments, sizes, marks. Reads no events, see verify.",
    footerHeading = "%nExample:%n", footer = "  ringtape info --journal tape")
final class InfoCommand extends Command
{
    private final CommandRunner runner;

    @Option(names = "--json", description = "Print one JSON object on standard output.")
    private boolean json;

    @Option(names = "--journal", required = true, paramLabel = "DIR", description = "Directory of the tape.")
    private Path journal;

    InfoCommand(final CommandRunner runner)
    {
        this.runner = runner;
    }

    @Override
    ExitCode run()
    {
        final Tape tape = Tape.open(journal);
        return runner.work(json, (progress) -> new InfoReport(journal, tape.info(), tape.snapshots().list()));
    }
}
