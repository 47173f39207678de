package io.ringtape.bus;

import static io.ringtape.bus.BusFixture.lane;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.event.EventHandler;
import io.ringtape.event.OrderBookEvent;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The window of a join onto a lane, step by step: every order of a small number of publishes, records, batches of the
 * lane, and steps of the joiner.
 */
@Timeout(60)
final class LaneJoinWindowTest
{
    private static final String MOVES = "prlj";
    private static final int CAPACITY = SteppedBus.CAPACITY;

    @ParameterizedTest
    @CsvSource({
        "0, 1, false, 8", "0, 3, false, 8", "2, 3, false, 7", "3, 2, false, 7", "2147483645, 2, false, 7",
        "0, 0, true, 8", "3, 2, true, 7"})
    void shouldDeliverEachEventOnceToOldAndNewWhateverTheOrder(
        final long first, final int recorded, final boolean live, final int length)
    {
        int joined = 0;
        final MoveOrders orders = new MoveOrders(MOVES, length);
        for (long order = 0; order < orders.count(); order++)
        {
            final Rig rig = new Rig(first, recorded, live);
            orders.play(order, rig::move);
            joined += rig.late.isJoined() ? 1 : 0;

            rig.requireWhole(order);
        }
        // Else the orders were too short to get into the window and out of it.
        assertTrue(joined > 0);
    }

    @Test
    void shouldLeaveAtEachStepAndGiveTheRingBack()
    {
        for (int steps = 0; steps < 16; steps++)
        {
            final Rig rig = new Rig(0, 3, false);
            for (int i = 0; i < steps; i++)
            {
                rig.moveAll();
            }
            rig.late.leave();
            rig.endJoiner();
            rig.move('l');
            rig.move('l');

            assertTrue(rig.late.hasEnded());
            assertEquals(LeaveReason.ASKED, rig.late.reason());
            assertArrayEquals(LongStream.range(0, rig.seen.count()).toArray(), rig.seen.sequences());
            assertEquals(rig.seen.count() - 1L, rig.seen.stoppedAt());
            assertEquals(0, rig.bus.history().openCount());
            assertEquals(0, rig.target.guests().all().length);
            final int count = rig.seen.count();
            for (int i = 0; i < 3 * CAPACITY; i++)
            {
                rig.move('r');
                rig.move('l');
                rig.move('l');
                final long before = rig.bus.cursor();
                rig.move('p');
                // No gate is left but those of recorder and lane.
                assertEquals(before + 1, rig.bus.cursor());
            }
            assertEquals(count, rig.seen.count());
        }
    }

    @Test
    void shouldGiveBackWhatFailsOnTheLaneThatTookIt()
    {
        final Rig rig = new Rig(0, 0, true);
        rig.move('j');
        rig.failAt = 0;
        rig.move('p');
        // The lane is in a batch while the handler is offered, so it is behind when the lane takes it.
        rig.bus.batchOf(rig.target);
        assertEquals(Handover.State.OFFERED, rig.handover.state());
        assertTrue(rig.target.atBoundary());
        assertEquals(Handover.State.RETURNED, rig.handover.state());
        rig.endJoiner();

        assertEquals(LeaveReason.FAULT, rig.late.reason());
        assertEquals(LaneState.DETACHED, rig.late.ownRunner().state());
        assertEquals(LaneState.RUNNING, rig.target.state());
        assertEquals(-1, rig.seen.stoppedAt());
        assertEquals(1, rig.old.count());
    }

    @Test
    void shouldEndWithTheLaneThatItIsToJoin()
    {
        final Rig rig = new Rig(0, 3, false);
        rig.move('j');

        rig.target.leave(true);
        rig.endJoiner();

        assertEquals(LeaveReason.LANE, rig.late.reason());
        assertEquals(LaneState.LEFT, rig.late.ownRunner().state());
        assertEquals(0, rig.bus.history().openCount());
    }

    /** A lane, and a handler that is to join it, not begun to move. */
    private static final class Rig
    {
        private final SteppedBus bus;
        private final BusFixture.Recorder old = new BusFixture.Recorder();
        private final BusFixture.Recorder seen = new BusFixture.Recorder();
        private final LaneRunner target;
        private final Handover handover;
        private final LateLane late;
        private long failAt = -1;
        private boolean done;
        private boolean atBatch;

        private Rig(final long first, final int recorded, final boolean live)
        {
            bus = new SteppedBus(first);
            target = bus.started(lane("target").handler("old", old).build());
            handover = new Handover(target, 1, 1);
            for (int i = 0; i < recorded; i++)
            {
                move('p');
                move('r');
                move('l');
                move('l');
            }
            late = live ? late(bus.live(joining()), null) : behind();
            target.guests().add(late);
            late.begin();
        }

        private LateLane behind()
        {
            final CatchUp catchUp = bus.catchUp();
            return late(bus.behind(joining(), catchUp), catchUp);
        }

        private LateLane late(final LaneRunner runner, final @Nullable CatchUp catchUp)
        {
            return new LateLane(runner, catchUp, bus.control(), bus.sequencer(), bus.slots(), (ended) ->
            {
                if (handover.state() != Handover.State.TAKEN)
                {
                    target.guests().remove(ended);
                }
            }, handover);
        }

        private Lane joining()
        {
            final EventHandler checked = new EventHandler()
            {
                @Override
                public void onEvent(final OrderBookEvent event)
                {
                    if (event.sequence() == failAt)
                    {
                        throw new IllegalStateException("drill");
                    }
                    // Never ahead of the lane; as one of its handlers, behind the one before it.
                    assertTrue(event.sequence() < bus.first() + old.count());
                    seen.onEvent(event);
                }

                @Override
                public void onStop(final long lastSequence)
                {
                    seen.onStop(lastSequence);
                }
            };
            return lane("target+seen").onFault(FaultPolicy.DETACH).batchLimit(1).handler("seen", checked).build();
        }

        private void move(final char move)
        {
            switch (move)
            {
                case 'p' -> bus.publish();
                case 'r' -> bus.record();
                case 'l' ->
                {
                    // The joiner may move between the two.
                    if (atBatch)
                    {
                        bus.batchOf(target);
                    }
                    else
                    {
                        assertTrue(target.atBoundary());
                    }
                    atBatch = !atBatch;
                }
                default -> step();
            }
        }

        private LateLane.Step step()
        {
            if (done)
            {
                return LateLane.Step.ENDED;
            }
            final LateLane.Step step = late.step();
            if (step == LateLane.Step.ENDED)
            {
                late.end();
                done = true;
            }
            return step;
        }

        private void endJoiner()
        {
            LateLane.Step step = step();
            for (int i = 0; i < 4 && step != LateLane.Step.ENDED; i++)
            {
                move('l');
                step = step();
            }
        }

        private void moveAll()
        {
            move('p');
            move('r');
            move('l');
            move('l');
            move('j');
        }

        private void requireWhole(final long order)
        {
            final long end = bus.cursor() + 2 * CAPACITY;
            while (bus.cursor() < end)
            {
                moveAll();
            }
            for (int i = 0; i < 6 * CAPACITY; i++)
            {
                move('r');
                move('l');
                move('l');
                move('j');
            }
            final long[] all = LongStream.rangeClosed(bus.first(), bus.cursor()).toArray();
            final long from = late.firstSequence();
            final long[] asked = LongStream.rangeClosed(from, bus.cursor()).toArray();
            assertArrayEquals(all, old.sequences(), () -> "order=" + order);
            assertArrayEquals(asked, seen.sequences(), () -> "order=" + order);
            assertArrayEquals(asked, seen.orderIds(), () -> "order=" + order);
            assertTrue(late.isJoined(), () -> "order=" + order);
            assertTrue(done, () -> "order=" + order);
            assertEquals(0, bus.history().openCount());
        }
    }
}
