package io.ringtape.bus;

import static io.ringtape.bus.BusFixture.batch;
import static io.ringtape.bus.BusFixture.lane;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.Sequencer;
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
    private static final char[] MOVES = {'p', 'r', 'j'};
    private static final int CAPACITY = 4;

    @ParameterizedTest
    @CsvSource({"0, 1, 9", "0, 3, 9", "2, 3, 8", "3, 2, 8", "2147483645, 2, 7"})
    void shouldDeliverEachEventOnceWhateverTheOrder(final long first, final int recorded, final int length)
    {
        int lives = 0;
        final long orders = Math.round(Math.pow(MOVES.length, length));
        for (long order = 0; order < orders; order++)
        {
            final Rig rig = new Rig(first, recorded);
            long rest = order;
            for (int i = 0; i < length; i++)
            {
                rig.move(MOVES[(int)(rest % MOVES.length)]);
                rest /= MOVES.length;
            }
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
            assertEquals(0, rig.history.openCount());
            // The recorder's gate alone is left.
            rig.move('r');
            for (int i = 0; i < 2 * CAPACITY; i++)
            {
                final long before = rig.core.cursor();
                rig.move('p');
                rig.move('r');
                assertEquals(before + 1, rig.core.cursor());
            }
        }
    }

    /** A bus without threads. */
    private static final class Rig
    {
        private final long first;
        private final BusControl control = new BusControl((fault) ->
        {
        }, System::nanoTime);
        private final Sequencer sequencer;
        private final Slots slots = new Slots(CAPACITY);
        private final WriterCore core;
        private final BusFixture.Recorder seen = new BusFixture.Recorder();
        private final ArrayHistory history;
        private final LaneRunner recorder;
        private final LateLane late;

        private Rig(final long first, final int recorded)
        {
            this.first = first;
            sequencer = BusFixture.sequencer(CAPACITY, first);
            core = new WriterCore(control, sequencer, slots, BusFixture.yielding(), new WriterRole(control),
                new WriterTimers(TimerConfig.OFF, control, sequencer));
            history = new ArrayHistory(first, 64);
            recorder = new LaneRunner(
                lane("tape").rangeHandler("recorder", history).build(), control, sequencer, slots);
            sequencer.addGatingSequences(recorder.ownSequence());
            recorder.start();
            control.change(BusControl.NEW, BusControl.RUNNING);
            for (int i = 0; i < recorded; i++)
            {
                move('p');
                move('r');
            }
            final CatchUp catchUp = new CatchUp(history.open(JoinFrom.start()), recorder, 1, CAPACITY);
            final LaneRunner runner = new LaneRunner(lane("late").batchLimit(1).handler("seen", seen).build(), control,
                sequencer, catchUp.slots(), new Sequence(first - 1), null);
            late = new LateLane(runner, catchUp, control, sequencer, slots, (ended) ->
            {
            }, null);
            late.begin();
        }

        private void move(final char move)
        {
            final long next = recorder.sequence() + 1;
            switch (move)
            {
                case 'p' ->
                {
                    final long claimed = core.tryClaim(1);
                    if (claimed >= 0)
                    {
                        core.put(claimed, 1, batch(claimed, 1));
                    }
                }
                case 'r' ->
                {
                    if (next <= core.cursor())
                    {
                        recorder.deliver(next, next);
                    }
                }
                default -> late.step();
            }
        }

        private void requireWhole(final long order)
        {
            final long end = core.cursor() + 2 * CAPACITY;
            while (core.cursor() < end)
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
            final long[] all = LongStream.rangeClosed(first, core.cursor()).toArray();
            assertArrayEquals(all, seen.sequences(), () -> "order=" + order);
            assertArrayEquals(all, seen.orderIds(), () -> "order=" + order);
            assertTrue(late.isLive(), () -> "order=" + order);
            assertEquals(0, history.openCount());
        }
    }
}
