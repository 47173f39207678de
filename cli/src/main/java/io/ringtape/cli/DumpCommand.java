package io.ringtape.cli;

import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.tape.EventDump;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeRange;
import java.nio.file.Path;
import java.util.Optional;
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

    @Option(names = "--journal", required = true, paramLabel = "DIR", converter = Counts.FileName.class,
        description = "Directory of the tape.")
    private Path journal;

    @Option(names = "--from-sequence", paramLabel = "N", converter = Counts.Sequence.class, defaultValue = "0",
        description = "First sequence; the first on tape by default.")
    private long fromSequence;

    @Option(names = "--limit", paramLabel = "N", converter = Counts.Positive.class,
        defaultValue = "9223372036854775807", description = "Most events; all by default.")
    private long limit;

    @Option(names = "--format", paramLabel = "F", converter = Counts.DumpFormat.class,
        description = "text, csv or json, which is one object with an array; text by default.")
    private Optional<EventDump.Format> format;

    @Option(names = "--json", description = "The same as --format json.")
    private boolean json;

    DumpCommand(final CommandRunner runner)
    {
        this.runner = runner;
    }

    @Override
    ExitCode run()
    {
        final EventDump.Format wanted = format();
        final String notice = EventDump.print(Tape.open(journal), TapeRange.sequences(fromSequence, Long.MAX_VALUE),
            limit, wanted, runner.console().out());
        runner.warn(notice);
        return ExitCode.FINE;
    }

    private EventDump.Format format()
    {
        if (json && format.isPresent() && format.get() != EventDump.Format.JSON)
        {
            throw new CommandException(ExitCode.USAGE,
                "--json is the same as --format json and takes no other format, see ringtape dump --help");
        }
        return json ? EventDump.Format.JSON : format.orElse(EventDump.Format.TEXT);
    }
}
