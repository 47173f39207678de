package io.ringtape.bench.rig;

import io.ringtape.bench.peer.Host;
import io.ringtape.bench.peer.Row;
import io.ringtape.bench.peer.Scratch;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.agrona.concurrent.NanoClock;

/**
 * Measures rows one after the other, each peer in JVMs of its own, and says on the way how far it is.
 * <p>
 * Thread safety: none.
 * Allocation: not for hot paths.
 */
public final class Matrix
{
    /** In place of a limit: every row gets all rounds of the plan. */
    public static final long UNLIMITED = Schedule.UNLIMITED;

    private final Plan plan;
    private final long limitNs;
    private final Path directory;
    private final Optional<Path> out;
    private final PrintStream progress;
    private final NanoClock clock;

    /**
     * A matrix that is to be measured.
     *
     * @param plan      of each row.
     * @param limitNs   for all rows, or {@link #UNLIMITED}.
     * @param directory for tapes, which are removed again.
     * @param out       where the forks keep files, see {@link ForkedRunner#OUT_PROPERTY}.
     * @param progress  gets a line a row and a line a round.
     * @param clock     tells how long rows take.
     */
    public Matrix(
        final Plan plan,
        final long limitNs,
        final Path directory,
        final Optional<Path> out,
        final PrintStream progress,
        final NanoClock clock)
    {
        this.plan = plan;
        this.limitNs = limitNs;
        this.directory = directory;
        this.out = out;
        this.progress = progress;
        this.clock = clock;
    }

    /**
     * Measures.
     *
     * @param rows to measure.
     * @return what came of them in their order; the outcomes of a row that the machine cannot run say so.
     * @throws IOException if no scratch directory can be made, or its file system does not say how much is free.
     */
    public Measured measure(final List<Row> rows) throws IOException
    {
        final Path scratch = Files.createTempDirectory(directory, "ringtape-bench");
        final Thread cleaner = new Thread(() -> Scratch.remove(scratch), "scratch-cleaner");
        Runtime.getRuntime().addShutdownHook(cleaner);
        final Canary canary = new Canary();
        canary.warmUp();
        final Rounds rounds = new Rounds(plan, canary::measure,
            (row, peer) -> ForkedRunner.open(row, peer, plan, scratch, out), clock,
            (round, done, total) -> progress.println("  round " + done + " of " + total + round.text()));
        final Schedule schedule = new Schedule(rows, limitNs, Host.here(directory));
        final List<Outcome> outcomes = new ArrayList<>();
        final List<Costs> costs = new ArrayList<>();
        progress.println(schedule.announcement(plan));
        final long start = clock.nanoTime();
        for (int i = 0; i < rows.size(); i++)
        {
            final Row row = rows.get(i);
            progress.println(schedule.line(i, clock.nanoTime() - start));
            final Optional<String> unfit = schedule.unfit(row);
            final List<Round> done = unfit.isPresent() ? List.of() :
                rounds.run(row, schedule.shareNs(i, clock.nanoTime() - start));
            outcomes.addAll(unfit.isPresent() ? Outcome.unfit(row, unfit.get()) :
                Outcome.of(row, done, plan.band()));
            costs.add(Costs.of(row, done, plan.band()));
        }
        Scratch.remove(scratch);
        return new Measured(List.copyOf(outcomes), List.copyOf(costs));
    }

    /**
     * What came of the rows.
     *
     * @param outcomes ours beside each peer.
     * @param costs    of each row.
     */
    public record Measured(List<Outcome> outcomes, List<Costs> costs)
    {
    }
}
