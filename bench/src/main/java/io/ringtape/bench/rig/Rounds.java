package io.ringtape.bench.rig;

import io.ringtape.bench.peer.Row;
import io.ringtape.cli.platform.StopSignal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.agrona.CloseHelper;
import org.agrona.concurrent.NanoClock;

/**
 * Runs the rounds of a row: in each a canary, every peer once in shuffled order, a canary.
 * <p>
 * A noisy machine moves all peers of a round alike, so only ratios within a round are used. Each peer has a fresh JVM
 * several times in a row's rounds, because what the compiler makes of the same code differs from JVM to JVM.
 * <p>
 * Thread safety: none.
 * Allocation: a few objects a round.
 */
public final class Rounds
{
    private final Plan plan;
    private final Supplier<Canary.Reading> canary;
    private final Runner.Factory runners;
    private final NanoClock clock;
    private final StopSignal stop;
    private final Listener listener;

    /**
     * Rounds over a machine and its runners.
     *
     * @param plan     how much.
     * @param canary   reads the machine.
     * @param runners  makes peers ready.
     * @param clock    tells how long rounds take.
     * @param stop     ends the rounds before the next turn; what a round has so far is forgotten.
     * @param listener is told each round.
     */
    public Rounds(
        final Plan plan,
        final Supplier<Canary.Reading> canary,
        final Runner.Factory runners,
        final NanoClock clock,
        final StopSignal stop,
        final Listener listener)
    {
        this.clock = clock;
        this.stop = stop;
        this.listener = listener;
        this.plan = plan;
        this.canary = canary;
        this.runners = runners;
    }

    /**
     * Runs the rounds of a row: those of the plan, or fewer where they do not fit into the time.
     *
     * @param row     to run.
     * @param limitNs time for all rounds; the plan's least rounds are run whatever they take.
     * @param rounds  gets each round as it ends, those on an unusual machine included: they are there also where a
     *                peer fails after them.
     * @return whether all of them were run; false where somebody asked to stop before.
     */
    public boolean run(final Row row, final long limitNs, final List<Round> rounds)
    {
        try
        {
            return runAll(row, limitNs, rounds);
        }
        catch (final ForkGoneException e)
        {
            if (!stop.isRequested())
            {
                throw e;
            }
            return false;
        }
    }

    private boolean runAll(final Row row, final long limitNs, final List<Round> rounds)
    {
        final Random random = new Random(plan.seed());
        final long start = clock.nanoTime();
        int total = plan.rounds();
        long openingNs = 0;
        long roundsNs = 0;
        for (int fork = 0; fork < plan.forks(); fork++)
        {
            if (stop.isRequested())
            {
                return false;
            }
            final long opening = clock.nanoTime();
            try (Field field = new Field(row, runners, stop))
            {
                openingNs = Math.max(openingNs, clock.nanoTime() - opening);
                while (rounds.size() < until(fork, total))
                {
                    final long before = clock.nanoTime();
                    final Optional<Round> round = round(field.runners, random);
                    if (round.isEmpty())
                    {
                        return false;
                    }
                    rounds.add(round.get());
                    final long now = clock.nanoTime();
                    roundsNs += now - before;
                    final long leftNs = limitNs - (now - start) - (plan.forks() - fork - 1) * openingNs;
                    total = plan.fitting(rounds.size(), leftNs, roundsNs / rounds.size());
                    listener.onRound(round.get(), rounds.size(), total);
                }
            }
        }
        return true;
    }

    /** How many rounds are done at the end of a fork. */
    private int until(final int fork, final int total)
    {
        return (int)((fork + 1L) * total / plan.forks());
    }

    /** A round, or empty where it is not whole because somebody asked to stop. */
    private Optional<Round> round(final List<Runner> peers, final Random random)
    {
        final List<Integer> order = new ArrayList<>(peers.size());
        for (int i = 0; i < peers.size(); i++)
        {
            order.add(i);
        }
        Collections.shuffle(order, random);

        final Canary.Reading before = canary.get();
        final double[] perEvent = new double[peers.size()];
        for (final int peer : order)
        {
            if (stop.isRequested())
            {
                return Optional.empty();
            }
            perEvent[peer] = peers.get(peer).turn();
        }
        return Optional.of(new Round(before, canary.get(), perEvent));
    }

    /** Is told each round. */
    @FunctionalInterface
    public interface Listener
    {
        /**
         * A round is done.
         *
         * @param round what it gave.
         * @param done  rounds of the row so far, with this one.
         * @param total rounds of the row, as far as its time is known.
         */
        void onRound(Round round, int done, int total);
    }

    /** All runners of a row, closed together. */
    private static final class Field implements AutoCloseable
    {
        private final List<Runner> runners = new ArrayList<>();

        /** Opens them, no more where somebody asks to stop: then no turn is run. */
        private Field(final Row row, final Runner.Factory factory, final StopSignal stop)
        {
            try
            {
                for (int i = 0; i < row.peers().size() && !stop.isRequested(); i++)
                {
                    runners.add(factory.open(row, i));
                }
            }
            catch (final RuntimeException e)
            {
                CloseHelper.closeAll(e::addSuppressed, runners);
                throw e;
            }
        }

        @Override
        public void close()
        {
            CloseHelper.closeAll(runners);
        }
    }
}
