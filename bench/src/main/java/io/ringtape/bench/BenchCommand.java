package io.ringtape.bench;

import io.ringtape.bench.peer.Measure;
import io.ringtape.bench.peer.PeerProperties;
import io.ringtape.bench.peer.Row;
import io.ringtape.bench.peer.Rows;
import io.ringtape.bench.report.Comparison;
import io.ringtape.bench.report.Markdown;
import io.ringtape.bench.report.Report;
import io.ringtape.bench.report.StoredResult;
import io.ringtape.bench.rig.Assertions;
import io.ringtape.bench.rig.Machine;
import io.ringtape.bench.rig.Matrix;
import io.ringtape.bench.rig.Plan;
import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.platform.StopSignal;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.agrona.concurrent.NanoClock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The command that measures rows and says what came of it, sets two results side by side, or prints one for a page:
 * progress on standard error, the result on standard output and, if asked, in files.
 * <p>
 * Thread safety: none.
 * Allocation: not for hot paths.
 */
@Command(
    name = "ringtape bench",
    description = "Sets Ringtape and its peers beside each other, round by round.",
    sortOptions = false,
    usageHelpWidth = 110,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
        "0:fine, whatever the verdicts are; also where SIGTERM or Ctrl-C ended it, with what there is till then",
        "64:the command line is wrong, such as a row that there is not",
        "65:a file to compare or to print is no result",
        "66:a file to compare or to print does not exist",
        "70:a JVM of a peer failed, or this one has assertions on",
        "73:the output directory cannot be made or is not empty, or the one for tapes cannot be written to",
        "74:reading or writing failed, or the disk is too full"},
    footerHeading = "%nExamples:%n",
    footer = {
        "  ringtape bench --quick --out results",
        "  ringtape bench --rows T1,R1 --json",
        "  ringtape bench --rows STAGES",
        "  ringtape bench --compare results/result.json other/result.json",
        "  ringtape bench --markdown results/result.json"})
public final class BenchCommand implements Callable<Integer>
{
    /** R1G has three tapes of a gibibyte at once; rows that take more look for themselves whether it is there. */
    private static final long MINIMUM_FREE_BYTES = 4L << 30;
    private static final int QUICK_PEERS = 4;
    private static final Set<String> GOES_WITH_COMPARE = Set.of("--compare", "--json");
    /** Stands for all rows of stages. */
    private static final String STAGES = "STAGES";

    @Option(names = "--quick", description = "Five rows, four peers at most, shorter turns: within 8 minutes.")
    private boolean isQuick;

    // Not at the end: an empty name behind it is to be refused, and a plain split would drop it.
    @Option(names = "--rows", split = ",(?!$)", splitSynopsisLabel = ",", paramLabel = "ROW",
        description = "Only these rows, such as T1,R1, those of --growth among them; STAGES: where the time of " +
            "recording, replay, book and gate goes.")
    private List<String> rows = new ArrayList<>();

    @Option(names = "--growth",
        description = "Also the rows with tapes of 16 GiB; a row takes a tenth of the free disk at most.")
    private boolean isGrowth;

    @Option(names = "--json", description = "Print one JSON object on standard output.")
    private boolean isJson;

    @Option(names = "--out", paramLabel = "DIR",
        description = "New or empty directory for result.json, index.html and the histograms.")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--compare", arity = "2", paramLabel = "JSON",
        description = "Measure nothing: set two result.json side by side.")
    private List<Path> compared = new ArrayList<>();

    @Option(names = "--markdown", paramLabel = "JSON",
        description = "Measure nothing: print the tables of a result.json in Markdown.")
    private Optional<Path> markdown = Optional.empty();

    @Option(names = "--count", paramLabel = "N",
        description = "Rounds of each row, whatever they take (9 to 21, quick 9 to 15, as the time allows).")
    private Optional<Integer> count = Optional.empty();

    @Option(names = "--forks", paramLabel = "N", description = "Fresh JVMs for each peer in the rounds of a row (3).")
    private Optional<Integer> forks = Optional.empty();

    @Option(names = "--turn-ms", paramLabel = "MS", description = "Least time of a peer's turn (200, quick 100).")
    private Optional<Integer> turnMs = Optional.empty();

    @Option(names = "--band", paramLabel = "B",
        description = "How far canaries may be off before a round is dropped (0.3).")
    private Optional<Double> band = Optional.empty();

    @Option(names = "--dir", paramLabel = "DIR", description = "Where tapes are written and removed again (temporary).")
    private Path directory = Path.of(System.getProperty("java.io.tmpdir"));

    @Option(names = "--data", paramLabel = "DIR",
        description = "Where captures are that are no part of the project (../shared/data beside the checkout).")
    private Optional<Path> data = Optional.empty();

    /** Of the arguments at hand. */
    @Spec
    private CommandSpec spec;

    private final PrintStream stdout;
    private final PrintStream progress;
    private final InstantSource wallClock;
    private final NanoClock clock;
    private final StopSignal stop;
    private final String commandLine;

    /**
     * A command that prints to the given streams.
     *
     * @param stdout      gets the result.
     * @param progress    gets a line a row and a line a round.
     * @param wallClock   dates the result.
     * @param clock       tells how long rows take.
     * @param stop        ends the rounds before the next turn of a peer.
     * @param commandLine as the result says it.
     */
    public BenchCommand(
        final PrintStream stdout,
        final PrintStream progress,
        final InstantSource wallClock,
        final NanoClock clock,
        final StopSignal stop,
        final String commandLine)
    {
        this.stop = stop;
        this.commandLine = commandLine;
        this.stdout = stdout;
        this.progress = progress;
        this.wallClock = wallClock;
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException
    {
        if (!compared.isEmpty())
        {
            refuseOtherOptions(GOES_WITH_COMPARE, "--compare measures nothing and goes with --json alone: option=");
            final Comparison comparison =
                new Comparison(StoredResult.read(compared.get(0)), StoredResult.read(compared.get(1)));
            print(isJson ? comparison.json() + "\n" : comparison.text());
        }
        else if (markdown.isPresent())
        {
            refuseOtherOptions(Set.of("--markdown"), "--markdown measures nothing and goes alone: option=");
            print(Markdown.of(markdown.get()));
        }
        else
        {
            measure();
        }
        return ExitCode.FINE.code();
    }

    private void refuseOtherOptions(final Set<String> allowed, final String refusal)
    {
        for (final OptionSpec option : spec.commandLine().getParseResult().matchedOptions())
        {
            if (!allowed.contains(option.longestName()))
            {
                throw new CommandException(ExitCode.USAGE, refusal + option.longestName());
            }
        }
    }

    private void measure() throws IOException
    {
        final Plan plan = plan();
        data.ifPresent(PeerProperties::data);
        final List<Row> chosen = chosen(isQuick, isGrowth, rows);
        refuseAssertions();
        requireSpace(directory, usableBytes(directory));
        final Optional<OutputDirectory> files = out.map(OutputDirectory::prepare);
        final Machine machine = Machine.here(directory);
        final Instant date = wallClock.instant().truncatedTo(ChronoUnit.SECONDS);
        final Results results = new Results(
            (measured) -> new Report(plan, machine, date, commandLine, measured), files, progress);
        // Whatever ends the run; an error of the streams comes with that of a peer and not in its place.
        final Closeable end = () -> tell(results, files);
        try (end)
        {
            new Matrix(plan, limitNs(), directory, out, progress, clock, stop).measure(chosen, results);
        }
    }

    private void tell(final Results results, final Optional<OutputDirectory> files)
    {
        if (results.report().isPresent())
        {
            files.ifPresent((written) -> progress.println("written: " + written.page()));
            print(results.report().get());
        }
    }

    private void print(final Report report)
    {
        print(isJson ? report.json() + "\n" : report.heading() + report.table() + "\n" + report.summary());
    }

    private void print(final String text)
    {
        stdout.print(text);
        stdout.flush();
    }

    private static void refuseAssertions()
    {
        try
        {
            Assertions.refuse();
        }
        catch (final IllegalStateException e)
        {
            throw new CommandException(ExitCode.INTERNAL, String.valueOf(e.getMessage()), e);
        }
    }

    static List<Row> chosen(final boolean isQuick, final boolean isGrowth, final List<String> names)
    {
        final Stream<Row> unnamed = Stream.concat(
            (isQuick ? Rows.quick() : Rows.all()).stream(), (isGrowth ? Rows.growth() : List.<Row>of()).stream());
        final Stream<Row> named = names.stream().flatMap(BenchCommand::named).distinct();
        final List<Row> chosen = (names.isEmpty() ? unnamed : named).toList();
        return isQuick ? chosen.stream().map(BenchCommand::quick).toList() : chosen;
    }

    /** The last stage is the whole of the work, so stages stay as they are. */
    private static Row quick(final Row row)
    {
        return row.measure() == Measure.STEP ? row : row.firstPeers(QUICK_PEERS);
    }

    private static Stream<Row> named(final String name)
    {
        if (STAGES.equals(name))
        {
            return Rows.stages().stream();
        }
        return Stream.of(Rows.known().stream()
            .filter((row) -> row.id().equals(name))
            .findFirst()
            .orElseThrow(() -> new CommandException(ExitCode.USAGE, "unknown row: row=" + name + " rows=" +
                Rows.known().stream().map(Row::id).collect(Collectors.joining(",")) + "," + STAGES)));
    }

    static void requireSpace(final Path directory, final long freeBytes)
    {
        if (freeBytes < MINIMUM_FREE_BYTES)
        {
            throw new CommandException(ExitCode.IO_ERROR, "too little free space: directory=" + directory +
                " freeBytes=" + freeBytes + " neededBytes=" + MINIMUM_FREE_BYTES);
        }
    }

    private static long usableBytes(final Path directory) throws IOException
    {
        if (!Files.isDirectory(directory) || !Files.isWritable(directory))
        {
            throw new CommandException(ExitCode.CANNOT_CREATE,
                "tapes cannot be written, it is no directory or not writable: directory=" + directory);
        }
        return Files.getFileStore(directory).getUsableSpace();
    }

    private long limitNs()
    {
        return count.isPresent() ? Matrix.UNLIMITED : isQuick ? Plan.QUICK_LIMIT_NS : Plan.FULL_LIMIT_NS;
    }

    private Plan plan()
    {
        final Plan base = isQuick ? Plan.QUICK : Plan.FULL;
        final int rounds = count.orElse(base.rounds());
        require(rounds >= 1, "--count must be at least 1: count=" + rounds);
        final int freshJvms = forks.orElse(Math.min(base.forks(), rounds));
        require(freshJvms >= 1 && freshJvms <= rounds,
            "--forks must be from 1 to the rounds: forks=" + freshJvms + " rounds=" + rounds);
        final int leastTurnMs = turnMs.orElse(base.turnMs());
        require(leastTurnMs >= 1, "--turn-ms must be at least 1: turnMs=" + leastTurnMs);
        final double widest = band.orElse(base.band());
        require(widest > 0 && Double.isFinite(widest), "--band must be a number above 0: band=" + widest);
        return new Plan(rounds, freshJvms, leastTurnMs, base.warmUpMs(), widest, base.seed());
    }

    private static void require(final boolean isGood, final String otherwise)
    {
        if (!isGood)
        {
            throw new CommandException(ExitCode.USAGE, otherwise);
        }
    }
}
