package io.ringtape.bus;

import static io.ringtape.bus.SpillFixture.spilling;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.Sequencer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The way to the history and back, step by step: every order of a small number of publishes, records and steps of the
 * lane, and publishes in the middle of a copy and of a read.
 */
@Timeout(60)
final class SpillWindowTest
{
    private static final String MOVES = "prs";
    private static final int CAPACITY = 4;

    @ParameterizedTest
    @CsvSource({"0, 5, 8, 1", "0, 6, 9, 1", "3, 7, 9, 2", "2147483645, 6, 9, 1"})
    void shouldDeliverEachEventOnceWhateverTheOrder(
        final long first, final int ahead, final int length, final int batchLimit)
    {
        int back = 0;
        int twice = 0;
        final MoveOrders orders = new MoveOrders(MOVES, length);
        for (long order = 0; order < orders.count(); order++)
        {
            final Rig rig = new Rig(first, batchLimit);
            rig.publishRecorded(ahead);
            orders.play(order, rig::move);
            back += rig.runner.spillCount() > 0 && !rig.runner.isOnTape() ? 1 : 0;

            rig.requireWhole(order);
            twice += rig.runner.evictionCount() > 1 ? 1 : 0;
        }
        // Else the orders were too short to get into the window and out of it.
        assertTrue(back > 0);
        assertTrue(twice > 0);
    }

    @Test
    void shouldThrowACopyAwayThatWasOverrunAndReadTheHistory()
    {
        final Rig rig = new Rig(0, 4);
        rig.publishRecorded(4);
        rig.during = () ->
        {
            rig.during = rig::nothing;
            rig.publishRecorded(4);
        };

        rig.move('s');

        assertTrue(rig.wasTorn);
        assertEquals(1, rig.runner.spillCount());
        assertEquals(3, rig.runner.sequence());
        rig.requireWhole(-1);
    }

    @Test
    void shouldKeepTheHistoryOpenWhereItIsEvictedOnItsWayBack()
    {
        final Rig rig = new Rig(0, 1);
        rig.publishRecorded(6);
        rig.move('s');
        while (rig.gate.isAway())
        {
            rig.move('s');
        }
        assertTrue(rig.runner.isOnTape());
        assertTrue(rig.runner.sequence() < rig.core.cursor());

        rig.publishRecorded(5);
        assertTrue(rig.gate.isAway());
        assertEquals(2, rig.runner.evictionCount());
        for (int i = 0; i < 10; i++)
        {
            rig.move('s');
        }

        assertEquals(1, rig.runner.spillCount());
        assertEquals(rig.core.cursor(), rig.runner.sequence());
        assertFalse(rig.runner.isOnTape());
        assertEquals(0, rig.history.openCount());
        rig.requireWhole(-1);
    }

    @Test
    void shouldGiveTheHistoryBackWhereverItEnds()
    {
        for (int steps = 0; steps < 12; steps++)
        {
            final Rig rig = new Rig(0, 1);
            rig.publishRecorded(6);
            for (int i = 0; i < steps; i++)
            {
                rig.move('s');
            }

            rig.lane.end();

            assertEquals(0, rig.history.openCount());
            assertFalse(rig.runner.isOnTape());
            assertEquals("", rig.seen.wrong());
        }
    }

    /** A bus without threads. */
    private static final class Rig
    {
        private final long first;
        private final int batchLimit;
        private final BusControl control = new BusControl((fault) ->
        {
        }, System::nanoTime);
        private final Sequencer sequencer;
        private final Slots slots = new Slots(CAPACITY);
        private final WriterCore core;
        private final OverflowFixture.Account seen = new OverflowFixture.Account(SpillFixture.none());
        private final ArrayHistory history;
        private final LaneRunner recorder;
        private final LaneRunner runner;
        private final PrivateGate gate;
        private final SpillLane lane;
        private Runnable during = this::nothing;
        private boolean wasTorn;

        private Rig(final long first, final int batchLimit)
        {
            this.first = first;
            this.batchLimit = batchLimit;
            sequencer = BusFixture.sequencer(CAPACITY, first);
            core = new WriterCore(control, sequencer, slots, BusFixture.yielding(), new WriterRole(control),
                new WriterTimers(TimerConfig.OFF, control, sequencer));
            history = new ArrayHistory(first, 64);
            final EventBusBuilder builder = EventBus.builder().history(history, "tape");
            recorder = new LaneRunner(SpillFixture.tape(history).build(), control, sequencer, slots);
            sequencer.addGatingSequences(recorder.ownSequence());
            recorder.start();
            final LaneSet lanes = new LaneSet();
            lanes.put("tape", recorder);
            gate = new PrivateGate(sequencer, true);
            core.evictable(new EvictableGates(new PrivateGate[]{gate}, CAPACITY, first - 1));
            final Slots own = new Slots(CAPACITY);
            runner = new LaneRunner(spilling("slow", seen).build(), control, sequencer, own,
                new Sequence(first - 1), gate);
            lane = new SpillLane(runner, new LaneBuffer(this::copyInTwo, own, gate), control,
                Recording.of(builder, lanes), batchLimit, CAPACITY);
            control.change(BusControl.NEW, BusControl.RUNNING);
            runner.start();
        }

        private void nothing()
        {
        }

        private void copyInTwo(final long from, final int count, final Slots target)
        {
            final int half = count / 2;
            slots.copyTo(from, half, target);
            during.run();
            slots.copyTo(from + half, count - half, target);
            final long last = from + count - 1;
            wasTorn |= target.sequenceAt(last) != last;
        }

        private void publishRecorded(final int events)
        {
            for (int i = 0; i < events; i++)
            {
                move('p');
                move('r');
            }
        }

        private void move(final char move)
        {
            switch (move)
            {
                case 'p' ->
                {
                    final long claimed = core.tryClaim(1);
                    if (claimed >= 0)
                    {
                        core.put(claimed, 1, OverflowFixture.batch(claimed, 1));
                    }
                }
                case 'r' ->
                {
                    final long next = recorder.sequence() + 1;
                    if (next <= core.cursor())
                    {
                        recorder.deliver(next, next);
                    }
                }
                default -> step();
            }
        }

        /** As the thread of a lane does it. */
        private void step()
        {
            final long next = runner.sequence() + 1;
            final long available = core.cursor();
            if (available >= next)
            {
                assertTrue(lane.deliver(next, Math.min(available, next + batchLimit - 1)));
            }
        }

        private void requireWhole(final long order)
        {
            final long end = core.cursor() + 2 * CAPACITY;
            while (core.cursor() < end)
            {
                move('p');
                move('r');
                move('s');
            }
            while (runner.sequence() < core.cursor())
            {
                move('r');
                move('s');
            }
            assertEquals("", seen.wrong(), () -> "order=" + order);
            assertEquals(core.cursor() - first + 1, seen.delivered(), () -> "order=" + order);
            assertFalse(runner.isOnTape(), () -> "order=" + order);
            assertEquals(0, history.openCount());
        }
    }
}
