package io.ringtape.cli;

import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.tape.BookQuery;
import io.ringtape.journal.Tape;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Shows the books of a tape at a sequence.
 */
@CommandLine.Command(name = "book",
    description = "Show the books of a tape at a sequence, or hold one against a file of book rows.",
    footerHeading = "%nExample:%n",
    footer = "  ringtape book --journal tape --symbol AMZN --at-sequence 5000 --depth 5")
final class BookCommand extends Command
{
    private final CommandRunner runner;

    @Mixin
    private TapeOptions options;

    @Option(names = "--at-sequence", paramLabel = "N", converter = Counts.Sequence.class,
        description = "Last sequence that the books hold; the last on tape by default.")
    private Optional<Long> atSequence;

    @Option(names = "--depth", paramLabel = "N", converter = Counts.Depth.class, defaultValue = "10",
        description = "Most levels a side; ${DEFAULT-VALUE} by default.")
    private int depth;

    @Option(names = "--symbol", paramLabel = "S",
        description = "The only instrument to show, by its symbol or, where several have it, as book names it; all " +
            "by default.")
    private Optional<String> symbol;

    @Option(names = "--compare", paramLabel = "ORDERBOOK.csv", converter = Counts.FileName.class,
        description = "Hold row k of this file, plain, .gz, .zst or in a .zip, against the book at the last event " +
            "with source sequence k of the newest run.")
    private Optional<Path> compare;

    BookCommand(final CommandRunner runner)
    {
        this.runner = runner;
    }

    @Override
    ExitCode run()
    {
        if (compare.isPresent() && atSequence.isPresent())
        {
            throw new CommandException(ExitCode.USAGE,
                "--compare goes over the whole newest run and takes no --at-sequence, see ringtape book --help");
        }
        final BookQuery query = new BookQuery(Tape.open(options.journal()), symbol, depth);
        final ExitCode exitCode = runner.work(options.json(), (progress) ->
            compare.isPresent() ? query.compare(compare.get(), progress) :
                query.at(atSequence.orElse(BookQuery.END), progress));
        runner.warn(query.notice());
        return exitCode;
    }
}
