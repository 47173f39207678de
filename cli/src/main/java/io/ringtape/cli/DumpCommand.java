package io.ringtape.cli;

import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.tape.EventDump;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeRange;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * Prints the events of a tape.
 */
@CommandLine.Command(name = "dump", description = "Print the events of a tape as they stand there.",
    footerHeading = "%nExample:%n",
    footer = "  ringtape dump --journal tape --from-sequence 1000 --limit 20 --format csv")
final class DumpCommand extends Command
{
    private final CommandRunner runner;

    @Option(names = "--journal", required = true, paramLabel = "DIR", description = "Directory of the tape.")
    private Path journal;

    @Option(names = "--from-sequence", paramLabel = "N", converter = Counts.Sequence.class, defaultValue = "0",
        description = "First sequence; the first on tape by default.")
    private long fromSequence;

    @Option(names = "--limit", paramLabel = "N", converter = Counts.Positive.class,
        defaultValue = "9223372036854775807", description = "Most events; all by default.")
    private long limit;

    @Option(names = "--format", paramLabel = "F", converter = Counts.DumpFormat.class, defaultValue = "text",
        description = "text, csv or json, which is one object with an array; ${DEFAULT-VALUE} by default.")
    private EventDump.Format format;

    DumpCommand(final CommandRunner runner)
    {
        this.runner = runner;
    }

    @Override
    ExitCode run()
    {
        final String notice = EventDump.print(Tape.open(journal), TapeRange.sequences(fromSequence, Long.MAX_VALUE),
            limit, format, runner.console().out());
        runner.warn(notice);
        return ExitCode.FINE;
    }
}
