package io.ringtape.bench;

import io.ringtape.bench.peer.PeerProperties;
import io.ringtape.bench.peer.Row;
import io.ringtape.bench.peer.Rows;
import io.ringtape.bench.report.Comparison;
import io.ringtape.bench.report.Report;
import io.ringtape.bench.report.StoredResult;
import io.ringtape.bench.rig.Assertions;
import io.ringtape.bench.rig.Machine;
import io.ringtape.bench.rig.Matrix;
import io.ringtape.bench.rig.Plan;
import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.platform.SignalTrap;
import io.ringtape.cli.platform.StopSignal;
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
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.agrona.concurrent.NanoClock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The command that measures rows and says what came of it, or sets two results side by side: progress on standard
 * error, the result on standard output and, if asked, in files.
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
        "65:a file to compare is no result",
        "66:a file to compare does not exist",
        "70:a JVM of a peer failed, or this one has assertions on",
        "73:the output directory cannot be made or is not empty, or the one for tapes cannot be written to",
        "74:reading or writing failed, or the disk is too full"},
    footerHeading = "%nExamples:%n",
    footer = {
        "  ringtape bench --quick --out results",
        "  ringtape bench --rows T1,R1 --json",
        "  ringtape bench --compare results/result.json other/result.json"})
public final class BenchCommand implements Callable<Integer>
{
    /** R1G has three tapes of a gibibyte at once; rows that take more look for themselves whether it is there. */
    private static final long MINIMUM_FREE_BYTES = 4L << 30;
    private static final int QUICK_PEERS = 4;
    /** Within 8 minutes, with what starting and ending take. */
    private static final long QUICK_LIMIT_NS = TimeUnit.SECONDS.toNanos(450);
    /** Within an hour. */
    private static final long FULL_LIMIT_NS = TimeUnit.MINUTES.toNanos(57);

    @Option(names = "--quick", description = "Five rows, four peers at most, shorter turns: within 8 minutes.")
    private boolean isQuick;

    @Option(names = "--rows", split = ",", paramLabel = "ROW",
        description = "Only these rows, such as T1,R1, those of --growth among them.")
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

    @Option(names = "--count", paramLabel = "N",
        description = "Rounds of each row, whatever they take (9 to 21, quick 9 to 15, as the time allows).")
    private int count;

    @Option(names = "--forks", paramLabel = "N", description = "Fresh JVMs for each peer in the rounds of a row (3).")
    private int forks;

    @Option(names = "--turn-ms", paramLabel = "MS", description = "Least time of a peer's turn (200, quick 100).")
    private int turnMs;

    @Option(names = "--band", paramLabel = "B",
        description = "How far canaries may be off before a round is dropped (0.3).")
    private double band;

    @Option(names = "--dir", paramLabel = "DIR", description = "Where tapes are written and removed again (temporary).")
    private Path directory = Path.of(System.getProperty("java.io.tmpdir"));

    @Option(names = "--data", paramLabel = "DIR",
        description = "Where captures are that are no part of the project (../shared/data beside the checkout).")
    private Optional<Path> data = Optional.empty();

    private final PrintStream stdout;
    private final PrintStream progress;
    private final InstantSource wallClock;
    private final NanoClock clock;
    private final String commandLine;

    /**
     * A command that prints to the given streams.
     *
     * @param stdout      gets the result.
     * @param progress    gets a line a row and a line a round.
     * @param wallClock   dates the result.
     * @param clock       tells how long rows take.
     * @param commandLine as the result says it.
     */
    public BenchCommand(
        final PrintStream stdout,
        final PrintStream progress,
        final InstantSource wallClock,
        final NanoClock clock,
        final String commandLine)
    {
        this.commandLine = commandLine;
        this.stdout = stdout;
        this.progress = progress;
        this.wallClock = wallClock;
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException
    {
        if (compared.isEmpty())
        {
            measure();
        }
        else if (isMeasuring())
        {
            throw new CommandException(ExitCode.USAGE, "--compare measures nothing and goes with --json alone");
        }
        else
        {
            final Comparison comparison =
                new Comparison(StoredResult.read(compared.get(0)), StoredResult.read(compared.get(1)));
            print(isJson ? comparison.json() + "\n" : comparison.text());
        }
        return ExitCode.FINE.code();
    }

    private boolean isMeasuring()
    {
        return isQuick || isGrowth || out.isPresent() || count != 0 || !rows.isEmpty();
    }

    private void measure() throws IOException
    {
        final Plan plan = plan();
        data.ifPresent(PeerProperties::data);
        final List<Row> chosen = chosen(isQuick, isGrowth, rows);
        refuseAssertions();
        requireSpace(directory, usableBytes(directory));
        final Optional<OutputDirectory> files = out.map(OutputDirectory::prepare);
        final Machine machine = Machine.here();
        final Instant date = wallClock.instant().truncatedTo(ChronoUnit.SECONDS);
        final Results results = new Results(
            (measured) -> new Report(plan, machine, date, commandLine, measured), files, progress);
        try (SignalTrap trap = SignalTrap.open(new StopSignal()))
        {
            new Matrix(plan, limitNs(), directory, out, progress, clock, trap.stop()).measure(chosen, results);
            files.ifPresent((written) -> progress.println("written: " + written.page()));
        }
        finally
        {
            results.report().ifPresent(this::print);
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
        final Stream<Row> named = names.stream().distinct().map(BenchCommand::named);
        final List<Row> chosen = (names.isEmpty() ? unnamed : named).toList();
        return isQuick ? chosen.stream().map((row) -> row.firstPeers(QUICK_PEERS)).toList() : chosen;
    }

    private static Row named(final String id)
    {
        return Stream.concat(Rows.all().stream(), Rows.growth().stream())
            .filter((row) -> row.id().equals(id))
            .findFirst()
            .orElseThrow(() -> new CommandException(ExitCode.USAGE, "unknown row: row=" + id + " rows=" +
                Stream.concat(Rows.all().stream(), Rows.growth().stream())
                    .map(Row::id).collect(Collectors.joining(","))));
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
        return count > 0 ? Matrix.UNLIMITED : isQuick ? QUICK_LIMIT_NS : FULL_LIMIT_NS;
    }

    private Plan plan()
    {
        final Plan base = isQuick ? Plan.QUICK : Plan.FULL;
        final int rounds = count == 0 ? base.rounds() : count;
        try
        {
            return new Plan(
                rounds,
                forks == 0 ? Math.min(base.forks(), rounds) : forks,
                turnMs == 0 ? base.turnMs() : turnMs,
                base.warmUpMs(),
                band == 0 ? base.band() : band,
                base.seed());
        }
        catch (final IllegalArgumentException e)
        {
            throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }
}
