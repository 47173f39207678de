package io.ringtape.bench.rig;

import io.ringtape.bench.peer.Host;
import io.ringtape.bench.peer.Row;
import io.ringtape.bench.peer.Scratch;
import io.ringtape.cli.platform.StopSignal;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
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
    private final StopSignal stop;

    /**
     * A matrix that is to be measured.
     *
     * @param plan      of each row.
     * @param limitNs   for all rows, or {@link #UNLIMITED}.
     * @param directory for tapes, which are removed again.
     * @param out       where the forks keep files, see {@link ForkedRunner#OUT_PROPERTY}.
     * @param progress  gets a line a row and a line a round.
     * @param clock     tells how long rows take.
     * @param stop      ends it before the next turn of a peer.
     */
    public Matrix(
        final Plan plan,
        final long limitNs,
        final Path directory,
        final Optional<Path> out,
        final PrintStream progress,
        final NanoClock clock,
        final StopSignal stop)
    {
        this.plan = plan;
        this.limitNs = limitNs;
        this.directory = directory;
        this.out = out;
        this.progress = progress;
        this.clock = clock;
        this.stop = stop;
    }

    /**
     * Measures until all rows are done, somebody asks to stop, or a peer fails.
     *
     * @param rows     to measure.
     * @param listener is told what there is, at the start and at the end of each row; that of a row which is cut too.
     * @throws IOException if no scratch directory can be made, its file system does not say how much is free, or the
     *                     listener fails.
     */
    public void measure(final List<Row> rows, final Listener listener) throws IOException
    {
        final Path scratch = Files.createTempDirectory(directory, "ringtape-bench");
        final Thread cleaner = new Thread(() -> Scratch.remove(scratch), "scratch-cleaner");
        Runtime.getRuntime().addShutdownHook(cleaner);
        final Canary canary = new Canary();
        canary.warmUp();
        measure(rows, canary::measure, (row, peer) -> ForkedRunner.open(row, peer, plan, scratch, out), listener);
        Scratch.remove(scratch);
    }

    void measure(
        final List<Row> rows,
        final Supplier<Canary.Reading> canary,
        final Runner.Factory runners,
        final Listener listener) throws IOException
    {
        final Rounds rounds = new Rounds(plan, canary, runners, clock, stop,
            (round, done, total) -> progress.println("  round " + done + " of " + total + round.text()));
        final Schedule schedule = new Schedule(rows, limitNs, Host.here(directory));
        progress.println(schedule.announcement(plan));
        final Ledger ledger = new Ledger(rows, plan.band(), listener);
        final long start = clock.nanoTime();
        for (int i = 0; i < rows.size() && !stop.isRequested(); i++)
        {
            progress.println(schedule.line(i, clock.nanoTime() - start));
            final Optional<String> unfit = schedule.unfit(rows.get(i));
            // An error of the listener comes with that of a peer and not in its place.
            try (Ledger.Entry entry = ledger.open(i))
            {
                if (unfit.isPresent())
                {
                    entry.unfit(unfit.get());
                }
                else
                {
                    entry.whole(rounds.run(
                        rows.get(i), schedule.shareNs(i, clock.nanoTime() - start), entry.rounds()));
                }
            }
        }
    }

    /** Is told what there is. */
    @FunctionalInterface
    public interface Listener
    {
        /**
         * A row has ended, or none has begun.
         *
         * @param measured of all rows so far.
         * @throws IOException if it cannot be kept, which ends the measuring.
         */
        void onRow(Measured measured) throws IOException;
    }

    /**
     * What came of the rows.
     *
     * @param outcomes   ours beside each peer, in the order of the rows; those of a row that the machine cannot run
     *                   say so.
     * @param costs      of each row.
     * @param incomplete how much of the rows this is, such as {@code 2 of 5 rows and 7 rounds of J1}; empty if all.
     */
    public record Measured(List<Outcome> outcomes, List<Costs> costs, String incomplete)
    {
    }
}
