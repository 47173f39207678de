package io.ringtape.bench.rig;

import io.ringtape.bench.peer.Row;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;

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
    private final Consumer<Round> listener;

    /**
     * Rounds over a machine and its runners.
     *
     * @param plan     how much.
     * @param canary   reads the machine.
     * @param runners  makes peers ready.
     * @param listener is told each round.
     */
    public Rounds(
        final Plan plan,
        final Supplier<Canary.Reading> canary,
        final Runner.Factory runners,
        final Consumer<Round> listener)
    {
        this.listener = listener;
        this.plan = plan;
        this.canary = canary;
        this.runners = runners;
    }

    /**
     * Runs all rounds of a row.
     *
     * @param row to run.
     * @return the rounds in order, those on an unusual machine included.
     */
    public List<Round> run(final Row row)
    {
        final List<Round> rounds = new ArrayList<>(plan.rounds());
        final Random random = new Random(plan.seed());
        for (int fork = 0; fork < plan.forks(); fork++)
        {
            final int until = (int)((fork + 1L) * plan.rounds() / plan.forks());
            try (Field field = new Field(row, runners))
            {
                while (rounds.size() < until)
                {
                    final Round round = round(field.runners, random);
                    rounds.add(round);
                    listener.accept(round);
                }
            }
        }
        return List.copyOf(rounds);
    }

    private Round round(final List<Runner> peers, final Random random)
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
            perEvent[peer] = peers.get(peer).turn();
        }
        return new Round(before, canary.get(), perEvent);
    }

    /** All runners of a row, closed together. */
    private static final class Field implements AutoCloseable
    {
        private final List<Runner> runners = new ArrayList<>();

        private Field(final Row row, final Runner.Factory factory)
        {
            try
            {
                for (int i = 0; i < row.peers().size(); i++)
                {
                    runners.add(factory.open(row, i));
                }
            }
            catch (final RuntimeException e)
            {
                close();
                throw e;
            }
        }

        @Override
        public void close()
        {
            runners.forEach(Runner::close);
        }
    }
}
