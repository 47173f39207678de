package io.ringtape.bench.rig;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.bench.peer.Row;
import io.ringtape.cli.platform.StopSignal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class RoundsTest
{
    private static final int ROUNDS = 12;
    private static final int FORKS = 3;

    private final List<Integer> turns = new ArrayList<>();
    private final List<Round> heard = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final StopSignal stop = new StopSignal();
    private int stopAfterTurns = Integer.MAX_VALUE;
    private int stopAfterOpened = Integer.MAX_VALUE;
    private int failAfterTurns = Integer.MAX_VALUE;
    private long now;
    private int canaries;
    private int opened;
    private int closed;
    private int closeFailure;
    private boolean isWhole;

    @Test
    void shouldGiveEachPeerOneTurnARound()
    {
        final List<Round> rounds = run(Schedule.UNLIMITED);

        assertEquals(ROUNDS, rounds.size());
        assertEquals(heard, rounds);
        for (int round = 0; round < ROUNDS; round++)
        {
            assertEquals(Set.of(0, 1, 2), new HashSet<>(turns.subList(3 * round, 3 * round + 3)));
            assertArrayEquals(new double[]{1, 2, 3}, rounds.get(round).perEvent());
        }
    }

    @Test
    void shouldShuffleThePeersTheSameWayForASeed()
    {
        run(Schedule.UNLIMITED);
        final List<Integer> first = List.copyOf(turns);
        turns.clear();
        run(Schedule.UNLIMITED);

        final Set<List<Integer>> orders = new HashSet<>();
        for (int round = 0; round < ROUNDS; round++)
        {
            orders.add(first.subList(3 * round, 3 * round + 3));
        }
        assertEquals(first, turns);
        assertTrue(orders.size() > 1, orders.toString());
    }

    @Test
    void shouldReadTheCanaryBeforeAndAfterEachRound()
    {
        final List<Round> rounds = run(Schedule.UNLIMITED);

        assertEquals(2 * ROUNDS, canaries);
        assertEquals(1, rounds.get(0).before().hopNs());
        assertEquals(2, rounds.get(0).after().hopNs());
        assertEquals(3, rounds.get(1).before().hopNs());
    }

    @Test
    void shouldGiveEachPeerAFreshRunnerForEachFork()
    {
        run(Schedule.UNLIMITED);

        assertEquals(3 * FORKS, opened);
        assertEquals(3 * FORKS, closed);
    }

    @Test
    void shouldCloseTheRunnersThatWereOpenWhenOneDoesNotOpen()
    {
        final Rounds rounds = new Rounds(plan(), this::canary, (row, peer) ->
        {
            if (peer == 2)
            {
                throw new IllegalStateException("no");
            }
            return open(row, peer);
        }, () -> 0, stop, (round, done, total) -> heard.add(round));

        assertThrows(IllegalStateException.class,
            () -> rounds.run(Fixtures.row(1), Schedule.UNLIMITED, new ArrayList<>()));
        assertEquals(2, opened);
        assertEquals(2, closed);
    }

    @Test
    void shouldSayHowManyRoundsAreDone()
    {
        run(Schedule.UNLIMITED);

        assertEquals("1 of 12", told.get(0));
        assertEquals("12 of 12", told.get(ROUNDS - 1));
    }

    @Test
    void shouldRunFewerRoundsWhereTheTimeIsShort()
    {
        // A round has two canaries and takes 20; opening three peers takes 3 in each of three forks.
        final List<Round> rounds = run(3 * 3 + 10 * 20);

        assertTrue(isWhole);
        assertEquals(10, rounds.size());
        assertEquals("1 of 10", told.get(0));
        assertEquals(3 * FORKS, opened);
        assertEquals(3 * FORKS, closed);
    }

    @Test
    void shouldRunTheLeastRoundsWhereThereIsNoTime()
    {
        assertEquals(Plan.LEAST_ROUNDS, run(0).size());
    }

    @Test
    void shouldForgetTheRoundThatIsNotWholeWhereSomebodyStops()
    {
        stopAfterTurns = 3 * 5 + 1;

        final List<Round> rounds = run(Schedule.UNLIMITED);

        assertFalse(isWhole);
        assertEquals(5, rounds.size());
        assertEquals(3 * 5 + 1, turns.size());
        assertEquals(opened, closed);
    }

    @Test
    void shouldRunNoTurnWhereSomebodyStopsWhilePeersAreOpened()
    {
        stopAfterOpened = 3 + 1;

        final List<Round> rounds = run(Schedule.UNLIMITED);

        assertEquals(ROUNDS / FORKS, rounds.size());
        assertEquals(3 + 1, opened);
        assertEquals(3 + 1, closed);
    }

    @Test
    void shouldKeepTheRoundsBeforeAPeerFailed()
    {
        failAfterTurns = 3 * 7 + 2;
        final List<Round> rounds = new ArrayList<>();

        assertThrows(IllegalStateException.class,
            () -> rounds().run(Fixtures.row(1), Schedule.UNLIMITED, rounds));

        assertEquals(7, rounds.size());
        assertEquals(opened, closed);
    }

    @Test
    void shouldStopWhereAForkIsGoneThatTheSignalMetToo()
    {
        final List<Round> rounds = new ArrayList<>();
        final Rounds stopping = rounds((row, peer) ->
        {
            if (opened == 3 + 1)
            {
                stop.request();
                throw new ForkGoneException("fork failed: answer=ended");
            }
            return open(row, peer);
        });

        assertFalse(stopping.run(Fixtures.row(1), Schedule.UNLIMITED, rounds));

        assertEquals(ROUNDS / FORKS, rounds.size());
        assertEquals(3 + 1, closed);
    }

    @Test
    void shouldFailWhereAForkIsGoneOrLosesEventsAndNobodyAskedForIt()
    {
        final Rounds gone = rounds((row, peer) ->
        {
            throw new ForkGoneException("fork failed: answer=ended");
        });
        final Rounds lossy = rounds((row, peer) ->
        {
            stop.request();
            throw new IllegalStateException("events lost");
        });

        assertThrows(ForkGoneException.class, () -> gone.run(Fixtures.row(1), 0, new ArrayList<>()));
        assertEquals("events lost", assertThrows(IllegalStateException.class,
            () -> lossy.run(Fixtures.row(1), 0, new ArrayList<>())).getMessage());
    }

    @Test
    void shouldCloseAllRunnersWhereOneDoesNotClose()
    {
        closeFailure = 2;

        final Exception thrown = assertThrows(IllegalStateException.class, () -> run(Schedule.UNLIMITED));

        assertEquals("close 2", thrown.getMessage());
        assertEquals(3, closed);
    }

    @Test
    void shouldTellOfTheRunnerThatFailedBeforeTheOneThatDoesNotClose()
    {
        failAfterTurns = 1;
        closeFailure = 1;

        final Exception thrown = assertThrows(IllegalStateException.class, () -> run(Schedule.UNLIMITED));

        assertEquals("fork is gone", thrown.getMessage());
        assertEquals("close 1", thrown.getSuppressed()[0].getMessage());
        assertEquals(3, closed);
    }

    @Test
    void shouldTellOfTheRunnerThatDoesNotOpenBeforeTheOneThatDoesNotClose()
    {
        closeFailure = 1;
        final Rounds rounds = rounds((row, peer) ->
        {
            if (peer == 2)
            {
                throw new IllegalStateException("no");
            }
            return open(row, peer);
        });

        final Exception thrown = assertThrows(IllegalStateException.class,
            () -> rounds.run(Fixtures.row(1), Schedule.UNLIMITED, new ArrayList<>()));

        assertEquals("no", thrown.getMessage());
        assertEquals("close 1", thrown.getSuppressed()[0].getMessage());
        assertEquals(2, closed);
    }

    private List<Round> run(final long limitNs)
    {
        final List<Round> rounds = new ArrayList<>();
        isWhole = rounds().run(Fixtures.row(1), limitNs, rounds);
        return rounds;
    }

    private Rounds rounds()
    {
        return rounds(this::open);
    }

    private Rounds rounds(final Runner.Factory runners)
    {
        return new Rounds(plan(), this::canary, runners, () -> now, stop, (round, done, total) ->
        {
            heard.add(round);
            told.add(done + " of " + total);
        });
    }

    private static Plan plan()
    {
        return new Plan(ROUNDS, FORKS, 1, 0, 0.3, 1);
    }

    private Canary.Reading canary()
    {
        canaries++;
        now += 10;
        return new Canary.Reading(canaries, 60);
    }

    private Runner open(final Row row, final int peer)
    {
        opened++;
        now++;
        if (opened == stopAfterOpened)
        {
            stop.request();
        }
        return new Runner()
        {
            @Override
            public double turn()
            {
                if (turns.size() == failAfterTurns)
                {
                    throw new IllegalStateException("fork is gone");
                }
                turns.add(peer);
                if (turns.size() == stopAfterTurns)
                {
                    stop.request();
                }
                return peer + 1;
            }

            @Override
            public void close()
            {
                closed++;
                if (closed == closeFailure)
                {
                    throw new IllegalStateException("close " + closed);
                }
            }
        };
    }
}
