package io.ringtape.bus;

import static io.ringtape.bus.BusFixture.lane;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The window of a join from a snapshot, step by step: every order of a small number of publishes, records and steps of
 * the late lane ends with the state of a handler that was there from the start.
 */
@Timeout(60)
final class SnapshotWindowTest
{
    private static final String MOVES = "prj";

    @ParameterizedTest
    @CsvSource({"0, 1, 1, 8", "0, 3, 1, 8", "0, 3, 3, 8", "2, 9, 7, 8", "2147483645, 4, 2, 7"})
    void shouldHaveTheStateOfOneThatWasThereWhateverTheOrder(
        final long first, final int recorded, final int known, final int length)
    {
        int lives = 0;
        final MoveOrders orders = new MoveOrders(MOVES, length);
        for (long order = 0; order < orders.count(); order++)
        {
            final Rig rig = new Rig(first, recorded, known);
            orders.play(order, rig::move);
            lives += rig.late.isLive() ? 1 : 0;

            rig.requireWhole(order);
        }
        // Else the orders were too short to get into the window and out of it.
        assertTrue(lives > 0);
    }

    /** A late lane that has taken over a snapshot, not begun to move. */
    private static final class Rig
    {
        private final SteppedBus bus;
        private final Sum there = new Sum("sum");
        private final Sum sum = new Sum("sum");
        private final LaneRunner old;
        private final LateLane late;

        private Rig(final long first, final int recorded, final int known)
        {
            bus = new SteppedBus(first);
            old = bus.started(lane("old").handler("there", there).build());
            Sum.Stored snapshot = there.stored(first);
            for (int i = 0; i < recorded; i++)
            {
                move('p');
                move('r');
                snapshot = i == known - 1 ? there.stored(first + known) : snapshot;
            }
            final CatchUp catchUp = bus.catchUp(snapshot.nextSequence());
            final LaneRunner runner =
                bus.behind(lane("late").batchLimit(1).handler("sum", sum).build(), catchUp, snapshot);
            late = new LateLane(runner, catchUp, bus.control(), bus.sequencer(), bus.slots(), (ended) ->
            {
            }, null);
            assertTrue(late.begin());
            assertEquals(first + known, late.firstSequence());
        }

        private void move(final char move)
        {
            switch (move)
            {
                case 'p' ->
                {
                    bus.publish();
                    bus.batchOf(old);
                }
                case 'r' -> bus.record();
                default -> late.step();
            }
        }

        private void requireWhole(final long order)
        {
            final long end = bus.cursor() + 2 * SteppedBus.CAPACITY;
            while (bus.cursor() < end)
            {
                move('p');
                move('r');
                move('j');
            }
            boolean moved = true;
            while (moved)
            {
                move('r');
                moved = late.step() == LateLane.Step.MOVED;
            }
            assertEquals(there.toString(), sum.toString(), () -> "order=" + order);
            assertTrue(late.isLive(), () -> "order=" + order);
            assertEquals(0, bus.history().openCount());
        }
    }
}
