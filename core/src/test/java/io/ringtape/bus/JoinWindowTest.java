package io.ringtape.bus;

import static io.ringtape.bus.BusFixture.lane;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The window of a join, step by step: every order of a small number of publishes, records and steps of the late lane.
 */
@Timeout(60)
final class JoinWindowTest
{
    private static final String MOVES = "prj";
    private static final int CAPACITY = SteppedBus.CAPACITY;

    @ParameterizedTest
    @CsvSource({"0, 1, 9", "0, 3, 9", "2, 3, 8", "3, 2, 8", "2147483645, 2, 7"})
    void shouldDeliverEachEventOnceWhateverTheOrder(final long first, final int recorded, final int length)
    {
        int lives = 0;
        final MoveOrders orders = new MoveOrders(MOVES, length);
        for (long order = 0; order < orders.count(); order++)
        {
            final Rig rig = new Rig(first, recorded);
            orders.play(order, rig::move);
            lives += rig.late.isLive() ? 1 : 0;

            rig.requireWhole(order);
        }
        // Else the orders were too short to get into the window and out of it.
        assertTrue(lives > 0);
    }

    @Test
    void shouldLeaveAtEachStepAndGiveTheRingBack()
    {
        for (int steps = 0; steps < 12; steps++)
        {
            final Rig rig = new Rig(0, 3);
            for (int i = 0; i < steps; i++)
            {
                rig.move('p');
                rig.move('r');
                rig.move('j');
            }
            rig.late.leave();

            assertEquals(LateLane.Step.ENDED, rig.late.step());
            rig.late.end();

            assertArrayEquals(LongStream.range(0, rig.seen.count()).toArray(), rig.seen.sequences());
            assertEquals(rig.seen.count() - 1L, rig.seen.stoppedAt());
            assertEquals(LaneState.LEFT, rig.late.runner().state());
            assertEquals(LeaveReason.ASKED, rig.late.reason());
            assertEquals(0, rig.bus.history().openCount());
            // The recorder's gate alone is left.
            rig.move('r');
            for (int i = 0; i < 2 * CAPACITY; i++)
            {
                final long before = rig.bus.cursor();
                rig.move('p');
                rig.move('r');
                assertEquals(before + 1, rig.bus.cursor());
            }
        }
    }

    @Test
    void shouldNotGoBackWhereItsHistoryIsAheadOfTheCursor()
    {
        final SteppedBus bus = new SteppedBus(0);
        bus.publish();
        bus.record();
        bus.recordAhead();
        final BusFixture.Recorder seen = new BusFixture.Recorder();
        final CatchUp catchUp = bus.slices(2);
        final LaneRunner runner = bus.behind(lane("late").batchLimit(2).handler("seen", seen).build(), catchUp);
        final LateLane late = new LateLane(runner, catchUp, bus.control(), bus.sequencer(), bus.slots(), (ended) ->
        {
        }, null);
        late.begin();

        while (!late.isLive())
        {
            late.step();
        }

        assertEquals(0, bus.cursor());
        assertEquals(1, late.runner().sequence());
        bus.publish();
        bus.publish();
        late.step();
        assertEquals(2, late.runner().sequence());
        assertArrayEquals(new long[] {0, 1, 2}, seen.sequences());
    }

    /** A late lane, not begun to move. */
    private static final class Rig
    {
        private final SteppedBus bus;
        private final BusFixture.Recorder seen = new BusFixture.Recorder();
        private final LateLane late;

        private Rig(final long first, final int recorded)
        {
            bus = new SteppedBus(first);
            for (int i = 0; i < recorded; i++)
            {
                move('p');
                move('r');
            }
            final CatchUp catchUp = bus.catchUp();
            final LaneRunner runner =
                bus.behind(lane("late").batchLimit(1).handler("seen", seen).build(), catchUp);
            late = new LateLane(runner, catchUp, bus.control(), bus.sequencer(), bus.slots(), (ended) ->
            {
            }, null);
            late.begin();
        }

        private void move(final char move)
        {
            switch (move)
            {
                case 'p' -> bus.publish();
                case 'r' -> bus.record();
                default -> late.step();
            }
        }

        private void requireWhole(final long order)
        {
            final long end = bus.cursor() + 2 * CAPACITY;
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
            final long[] all = LongStream.rangeClosed(bus.first(), bus.cursor()).toArray();
            assertArrayEquals(all, seen.sequences(), () -> "order=" + order);
            assertArrayEquals(all, seen.orderIds(), () -> "order=" + order);
            assertTrue(late.isLive(), () -> "order=" + order);
            assertEquals(0, bus.history().openCount());
        }
    }
}
