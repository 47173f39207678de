package io.ringtape.bench.rig;

import io.ringtape.bench.peer.PeerProperties;
import io.ringtape.bench.peer.Row;
import io.ringtape.bench.peer.Rows;
import io.ringtape.bench.peer.Scratch;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The command that runs rounds and prints what they say: progress on standard error, the result on standard output.
 * <p>
 * Thread safety: none.
 * Allocation: not for hot paths.
 */
@Command(
    name = "benchmarks.jar --rounds",
    description = "Sets Ringtape and its peers beside each other, round by round.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class RoundsCommand implements Callable<Integer>
{
    private static final long MINIMUM_FREE_BYTES = 2L << 30;
    private static final int PARTS_OF_FREE_SPACE = 10;

    @Option(names = "--quick", description = "Fewer and shorter rounds.")
    private boolean isQuick;

    @Option(names = "--rows", split = ",", paramLabel = "ROW",
        description = "Only these rows, such as T1,R1, those of --growth among them.")
    private List<String> rows = new ArrayList<>();

    @Option(names = "--growth",
        description = "Only the rows that write tapes of 4 GiB; a tape takes a tenth of the free space at most.")
    private boolean isGrowth;

    @Option(names = "--json", description = "Print one JSON object instead of the table.")
    private boolean isJson;

    @Option(names = "--count", paramLabel = "N", description = "Rounds of each row (21, quick 9).")
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

    private final PrintStream out;
    private final PrintStream progress;

    /**
     * A command that prints to the given streams.
     *
     * @param out      gets the result.
     * @param progress gets a line a row.
     */
    public RoundsCommand(final PrintStream out, final PrintStream progress)
    {
        this.out = out;
        this.progress = progress;
    }

    @Override
    public Integer call() throws IOException
    {
        Assertions.refuse();
        data.ifPresent(PeerProperties::data);
        final Plan plan = plan();
        final List<Row> chosen = chosen(isGrowth, rows);
        requireSpace(directory, Files.getFileStore(directory).getUsableSpace(), chosen);
        final Report report = new Report(plan, Machine.here(), measure(plan, chosen));
        if (isJson)
        {
            out.println(report.json());
        }
        else
        {
            out.print(report.heading());
            out.print(report.table());
        }
        out.flush();
        return 0;
    }

    static List<Row> chosen(final boolean isGrowth, final List<String> names)
    {
        if (!names.isEmpty())
        {
            return names.stream().map(Rows::named).toList();
        }
        return isGrowth ? Rows.growth() : Rows.all();
    }

    /** Rows that grow a tape leave nine tenths of the free space alone. */
    static void requireSpace(final Path directory, final long freeBytes, final List<Row> chosen)
    {
        final boolean grows = chosen.stream().anyMatch(Rows.growth()::contains);
        final long neededBytes = grows ? Rows.GROWTH_BYTES * PARTS_OF_FREE_SPACE : MINIMUM_FREE_BYTES;
        if (freeBytes < neededBytes)
        {
            throw new IllegalStateException("too little free space: directory=" + directory +
                " freeBytes=" + freeBytes + " neededBytes=" + neededBytes);
        }
    }

    private Plan plan()
    {
        final Plan base = isQuick ? Plan.QUICK : Plan.FULL;
        final int rounds = count == 0 ? base.rounds() : count;
        return new Plan(
            rounds,
            forks == 0 ? Math.min(base.forks(), rounds) : forks,
            turnMs == 0 ? base.turnMs() : turnMs,
            base.warmUpMs(),
            band == 0 ? base.band() : band,
            base.seed());
    }

    private List<Outcome> measure(final Plan plan, final List<Row> chosen) throws IOException
    {
        final Path scratch = Files.createTempDirectory(directory, "ringtape-bench");
        final Thread cleaner = new Thread(() -> Scratch.remove(scratch), "scratch-cleaner");
        Runtime.getRuntime().addShutdownHook(cleaner);
        final Canary canary = new Canary();
        canary.warmUp();
        final Rounds rounds = new Rounds(plan, canary::measure, (row, peer) ->
            ForkedRunner.open(row, peer, plan, scratch), (round) -> progress.println(round.text()));
        final List<Outcome> outcomes = new ArrayList<>();
        for (final Row row : chosen)
        {
            progress.println(row.id() + " " + row.what());
            final Optional<String> unfit = row.unfit(Runtime.getRuntime().availableProcessors());
            outcomes.addAll(unfit.isPresent() ? Outcome.unfit(row, unfit.get()) :
                Outcome.of(row, rounds.run(row), plan.band()));
        }
        Scratch.remove(scratch);
        return outcomes;
    }
}
