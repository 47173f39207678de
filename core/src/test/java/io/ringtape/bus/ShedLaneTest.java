package io.ringtape.bus;

import static io.ringtape.bus.BusFixture.CLOSE_LIMIT_NS;
import static io.ringtape.bus.BusFixture.await;
import static io.ringtape.bus.BusFixture.bus;
import static io.ringtape.bus.BusFixture.lane;
import static io.ringtape.bus.OverflowFixture.publish;
import static io.ringtape.bus.OverflowFixture.publishBehind;
import static io.ringtape.bus.OverflowFixture.started;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SingleProducerSequencer;
import io.ringtape.event.EventHandler;
import io.ringtape.event.OrderBookEvent;
import java.util.List;
import java.util.stream.LongStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class ShedLaneTest
{
    private final OverflowFixture.Hold hold = new OverflowFixture.Hold();
    private final OverflowFixture.Account account = new OverflowFixture.Account(hold);

    @Test
    void shouldShedNothingWhileItKeepsUp()
    {
        hold.release();
        final EventBus bus = started(shedding("slow").handler("account", account));

        for (int i = 0; i < 100; i++)
        {
            publish(bus, 3);
            bus.writer().awaitLane("slow");
        }

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals("", account.wrong());
        assertEquals(300, account.delivered());
        assertEquals(0, bus.lane("slow").shedCount());
        assertEquals(0, bus.lane("slow").evictionCount());
        assertEquals(299, account.stoppedAt());
    }

    @Test
    void shouldGoOnWithoutALaneThatHangsAndTellItWhatItMissed()
    {
        final EventBus bus = started(shedding("slow").handler("account", account));
        publish(bus, 1);
        hold.awaitHeld();

        for (int i = 0; i < 40; i++)
        {
            publish(bus, 1);
        }
        assertEquals(1, bus.lane("slow").evictionCount());
        assertEquals(41, bus.lane("slow").lag());
        hold.release();
        bus.writer().awaitLane("slow");
        publish(bus, 2);

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals("", account.wrong());
        assertEquals(List.of("1..40"), account.shedRanges());
        assertEquals(40, bus.lane("slow").shedCount());
        assertEquals(3, account.delivered());
        assertEquals(42, account.stoppedAt());
    }

    @Test
    void shouldLoseNothingOfARingThatIsFullButNotOverrun()
    {
        final EventBus bus = started(shedding("slow").handler("account", account));
        publishBehind(bus, hold, 8);

        hold.release();

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals("", account.wrong());
        assertEquals(9, account.delivered());
        assertEquals(0, bus.lane("slow").shedCount());
    }

    @Test
    void shouldEvictOnTryPublishToo()
    {
        final EventBus bus = started(shedding("slow").handler("account", account));
        publish(bus, 1);
        hold.awaitHeld();

        for (int i = 1; i < 40; i++)
        {
            assertEquals(Writer.ACCEPTED, bus.writer().tryPublish(OverflowFixture.batch(i, 1)));
        }
        hold.release();

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals("", account.wrong());
        assertEquals(List.of("1..39"), account.shedRanges());
    }

    @Test
    void shouldEvictForAnInboxToo()
    {
        final EventBus bus =
            bus(8).inbox("in", 64).lane(shedding("slow").handler("account", account).build()).build();
        bus.start();
        publish(bus, 1);
        hold.awaitHeld();

        for (int i = 1; i < 40; i++)
        {
            bus.inbox("in").offer(OverflowFixture.batch(i, 1));
        }
        assertEquals(39, bus.writer().drainInboxes());
        hold.release();

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals("", account.wrong());
        assertEquals(List.of("1..39"), account.shedRanges());
    }

    @Test
    void shouldNotBeEvictedWhileAnotherLaneHoldsTheWriter()
    {
        final OverflowFixture.Hold gate = new OverflowFixture.Hold();
        final EventBus bus = started(lane("gate").handler("gate", gate), shedding("slow").handler("account", account));
        publish(bus, 1);
        gate.awaitHeld();
        hold.awaitHeld();
        publish(bus, 7);

        assertEquals(Writer.FULL, bus.writer().tryPublish(OverflowFixture.batch(8, 1)));
        assertEquals(0, bus.lane("slow").evictionCount());
        gate.release();
        publish(bus, 2);

        assertEquals(1, bus.lane("slow").evictionCount());
        hold.release();
        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals("", account.wrong());
        assertEquals(List.of("1..9"), account.shedRanges());
    }

    @Test
    void shouldTellEventAndRangeHandlersAlike()
    {
        final OverflowFixture.RangeAccount ranges = new OverflowFixture.RangeAccount();
        final EventBus bus = started(
            shedding("slow").privateBuffer(4).handler("account", account).rangeHandler("ranges", ranges));
        publishBehind(bus, hold, 8, 5);

        hold.release();
        bus.writer().awaitLane("slow");
        publish(bus, 7);

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals("", account.wrong());
        assertEquals("", ranges.wrong());
        assertEquals(13, ranges.shed());
        assertEquals(8, ranges.delivered());
        assertEquals(8, account.delivered());
    }

    @Test
    void shouldSeeAnEventOnlyAfterTheLaneBeforeAlsoWhereItCameBackAheadOfIt()
    {
        final OverflowFixture.Hold first = new OverflowFixture.Hold();
        final long[] reached = {-1};
        final EventHandler before = (event) ->
        {
            first.onEvent(event);
            reached[0] = event.sequence();
        };
        final StringBuilder early = new StringBuilder();
        final OverflowFixture.Account behind = new OverflowFixture.Account((event) ->
        {
            hold.onEvent(event);
            if (event.sequence() > reached[0])
            {
                early.append(event.sequence()).append(' ');
            }
        });
        final EventBus bus = started(
            lane("first").handler("before", before).batchLimit(1),
            shedding("slow").after("first").handler("account", behind));
        first.release();
        publishBehind(bus, hold, 8, 8);

        hold.release();
        publish(bus, 8);

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals("", early.toString());
        assertEquals("", behind.wrong());
        assertEquals(25, behind.delivered() + behind.shed());
        assertTrue(behind.shed() >= 8);
    }

    @Test
    void shouldEndACloseThoughTheLaneIsAway()
    {
        final EventBus bus = started(shedding("slow").handler("account", account));
        publishBehind(bus, hold, 8, 8);

        hold.release();

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals(LaneState.STOPPED, bus.lane("slow").state());
        assertEquals(16, bus.lane("slow").sequence());
        assertEquals("", account.wrong());
        assertEquals(16, account.stoppedAt());
    }

    @Test
    void shouldFinishOnAHaltOfAnother()
    {
        final EventBus bus = started(shedding("slow").finishOnHalt().handler("account", account));
        publishBehind(bus, hold, 5);

        bus.halt();
        hold.release();

        await(() -> bus.lane("slow").state() == LaneState.STOPPED);
        assertEquals("", account.wrong());
        assertEquals(6, account.delivered());
        assertFalse(bus.close(CLOSE_LIMIT_NS));
    }

    @Test
    void shouldHoldTheWriterNoLongerOnceDetached()
    {
        final EventHandler failing = (event) ->
        {
            throw new IllegalStateException("drill");
        };
        final EventBus bus = started(shedding("slow").onFault(FaultPolicy.DETACH).handler("failing", failing));
        publish(bus, 1);
        await(() -> bus.lane("slow").state() == LaneState.DETACHED);

        for (int i = 0; i < 5; i++)
        {
            publish(bus, 8);
        }

        assertEquals(0, bus.lane("slow").evictionCount());
        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals("lane=slow handler=failing phase=EVENT sequence=0 applied=DETACH " +
            "cause=java.lang.IllegalStateException: drill", bus.lane("slow").fault().orElseThrow().describe());
    }

    @Test
    void shouldHaltWhereAHandlerCannotTakeTheLoss()
    {
        final Fragile fragile = new Fragile(hold);
        final EventBus bus = started(shedding("slow").handler("fragile", fragile));
        publishBehind(bus, hold, 8, 8);

        hold.release();

        await(() -> bus.state() == BusState.HALTED);
        await(() -> bus.lane("slow").state() == LaneState.FAULTED);
        assertFalse(bus.close(CLOSE_LIMIT_NS));
        assertEquals("lane=slow handler=fragile phase=SHED sequence=1 applied=HALT " +
            "cause=java.lang.IllegalStateException: drill", bus.fault().orElseThrow().describe());
        assertEquals(0, fragile.stoppedAt);
    }

    @Test
    void shouldStopEachHandlerWhereItIsThoughOneCannotTakeTheLoss()
    {
        final OverflowFixture.Hold none = new OverflowFixture.Hold();
        none.release();
        final Fragile fragile = new Fragile(none);
        final OverflowFixture.Account behind = new OverflowFixture.Account(none);
        final EventBus bus = started(shedding("slow").onFault(FaultPolicy.DETACH)
            .handler("account", account).handler("fragile", fragile).handler("behind", behind));
        publishBehind(bus, hold, 8, 8);

        hold.release();

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals(List.of("1..16"), account.shedRanges());
        assertEquals(16, account.stoppedAt());
        assertEquals(0, fragile.stoppedAt);
        assertEquals(List.of(), behind.shedRanges());
        assertEquals(0, behind.stoppedAt());
    }

    @Test
    void shouldSkipACallThatFailsToTakeTheLossWhereThePolicySaysSo()
    {
        final Fragile fragile = new Fragile(hold);
        final EventBus bus = started(shedding("slow").onFault(FaultPolicy.SKIP).statelessHandler("fragile", fragile));
        publishBehind(bus, hold, 8, 8);

        hold.release();

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals(1, bus.lane("slow").skippedCount());
        assertEquals(16, bus.lane("slow").shedCount());
        assertEquals(16, fragile.stoppedAt);
    }

    @Test
    void shouldDeliverNothingOfACopyDuringWhichTheWriterOverranIt()
    {
        final Drill drill = new Drill(4);
        drill.publish(4);
        // The writer laps the lane when the first half of the range is copied, as it does in the worst of moments.
        drill.during = () -> drill.publish(4);

        assertTrue(drill.lane.deliver(0, 3));

        assertEquals(List.of("0..7"), account.shedRanges());
        assertEquals(0, account.delivered());
        assertEquals(7, drill.runner.sequence());
        assertEquals(7, drill.buffer.gate().position());
        assertEquals(1, drill.runner.evictionCount());
        assertTrue(drill.wasTorn);

        drill.during = () ->
        {
        };
        drill.publish(1);

        assertTrue(drill.lane.deliver(8, 8));
        assertEquals("", account.wrong());
        assertEquals(1, account.delivered());
    }

    @Test
    void shouldDeliverACopyThatEndedBeforeTheWriterOverranIt()
    {
        final Drill drill = new Drill(4);
        drill.publish(4);

        assertTrue(drill.lane.deliver(0, 3));
        drill.publish(4);
        drill.publish(1);

        assertEquals(4, account.delivered());
        assertEquals(1, drill.runner.evictionCount());
        // Found ahead of the copy, which would be for nothing.
        drill.during = () ->
        {
            throw new AssertionError("copied");
        };
        assertTrue(drill.lane.deliver(4, 7));
        assertEquals(List.of("4..8"), account.shedRanges());
        assertEquals("", account.wrong());
    }

    @Test
    void shouldCopyRangesThatWrapInEitherBuffer()
    {
        final Slots ring = new Slots(8);
        final Slots own = new Slots(4);
        ring.copy(6, 4, batchOf(6, 4), 0);

        ring.copyTo(6, 4, own);

        assertArrayEquals(LongStream.of(8, 9, 6, 7).toArray(),
            LongStream.range(0, 4).map(own::sequenceAt).toArray());
        assertTrue(LongStream.range(6, 10).allMatch((sequence) ->
            OverflowFixture.isWhole(new OrderBookEvent().wrap(own.buffer(), own.offset(sequence)))));
    }

    private static UnsafeBuffer batchOf(final long first, final int count)
    {
        return OverflowFixture.batch(first, count).buffer();
    }

    private static Lane.Builder shedding(final String name)
    {
        return lane(name).overflow(OverflowPolicy.SHED);
    }

    /** Fails when it is told of a loss. */
    private static final class Fragile implements EventHandler
    {
        private final EventHandler pace;
        private volatile long stoppedAt = Long.MIN_VALUE;

        private Fragile(final EventHandler pace)
        {
            this.pace = pace;
        }

        @Override
        public void onEvent(final OrderBookEvent event)
        {
            pace.onEvent(event);
        }

        @Override
        public void onShed(final long firstSequence, final long lastSequence)
        {
            throw new IllegalStateException("drill");
        }

        @Override
        public void onStop(final long lastSequence)
        {
            stoppedAt = lastSequence;
        }
    }

    /** A lane and a writer on one thread, with a step in the middle of the copy. */
    private final class Drill
    {
        private final BusControl control = new BusControl((fault) ->
        {
        }, System::nanoTime);
        private final SingleProducerSequencer sequencer;
        private final Slots ring;
        private final WriterCore writer;
        private final LaneBuffer buffer;
        private final LaneRunner runner;
        private final PrivateLane lane;
        private Runnable during = () ->
        {
        };
        private boolean wasTorn;

        private Drill(final int capacity)
        {
            hold.release();
            sequencer = new SingleProducerSequencer(capacity, new PollingWaitStrategy());
            ring = new Slots(capacity);
            writer = new WriterCore(control, sequencer, ring, BusFixture.yielding(), new WriterRole(control),
                new WriterTimers(TimerConfig.OFF, control, sequencer));
            final PrivateGate gate = new PrivateGate(sequencer, true);
            writer.evictable(new EvictableGates(new PrivateGate[]{gate}, capacity, -1));
            final Slots own = new Slots(capacity);
            buffer = new LaneBuffer(this::copyInTwo, own, gate);
            runner = new LaneRunner(
                shedding("drill").handler("account", account).build(), control, sequencer, own,
                new Sequence(sequencer.getCursor()), gate);
            lane = new PrivateLane(runner, buffer, new Shedding(runner));
            control.change(BusControl.NEW, BusControl.RUNNING);
            runner.start();
        }

        private void copyInTwo(final long first, final int count, final Slots target)
        {
            final int half = count / 2;
            ring.copyTo(first, half, target);
            during.run();
            ring.copyTo(first + half, count - half, target);
            final long last = first + count - 1;
            wasTorn |= target.sequenceAt(last) != last;
        }

        private void publish(final int count)
        {
            final long first = writer.claim(count);
            for (int i = 0; i < count; i++)
            {
                OverflowFixture.fill(writer.slot(first + i), first + i);
            }
            writer.publish();
        }
    }
}
