package io.ringtape.bus;

import static io.ringtape.bus.BusFixture.CLOSE_LIMIT_NS;
import static io.ringtape.bus.BusFixture.await;
import static io.ringtape.bus.BusFixture.bus;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.Sequencer;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Lanes that come first go by the sequences in the slots, ahead of the cursor; all others go by the cursor. */
@Timeout(60)
final class PublishedSlotsTest
{
    private static final int CAPACITY = 8;

    private final Looks looks = new Looks();
    private final BusFixture.Recorder handler = new BusFixture.Recorder();

    @Test
    void shouldDeliverWhatTheSlotsTellAheadOfTheCursor()
    {
        final Rig rig = new Rig(true);
        try
        {
            rig.fill(0, 3);
            rig.slots.publish(0, 3);

            await(() -> handler.count() == 3);

            assertEquals(-1, rig.sequencer.getCursor());
            assertArrayEquals(new long[] {0, 1, 2}, handler.sequences());
        }
        finally
        {
            rig.end();
        }
    }

    @Test
    void shouldDeliverNothingOfWhichTheFirstSlotIsNotWritten()
    {
        final Rig rig = new Rig(true);
        try
        {
            rig.fill(0, 3);
            rig.slots.stamp(1);
            rig.slots.stamp(2);

            looks.awaitMore();
            assertEquals(0, handler.count());
            rig.slots.publish(0);
            await(() -> handler.count() == 3);

            assertArrayEquals(new long[] {0, 1, 2}, handler.sequences());
        }
        finally
        {
            rig.end();
        }
    }

    @Test
    void shouldNotGoBeyondTheCursorBehindALaneThatIs()
    {
        final BusControl control = new BusControl((fault) ->
        {
        }, System::nanoTime);
        final Sequencer sequencer = BusFixture.sequencer(CAPACITY, 0);
        final Slots slots = new Slots(CAPACITY);
        final LaneRunner ahead = new LaneRunner(
            BusFixture.lane("ahead").handler("ahead", new BusFixture.Recorder()).build(), control, sequencer, slots);
        final SequenceBarrier barrier = sequencer.newBarrier(ahead.ownSequence());
        control.barriers(new SequenceBarrier[] {barrier});
        final Thread thread = new Thread(new LaneThread(
            LaneParts.of(Lane.named("behind").idle(looks).handler("behind", handler).build(), control, sequencer,
                slots, null), new LaneRunner[] {ahead}, barrier, slots, control, new WriterRole(control)));
        thread.setDaemon(true);
        new SlotWriter(slots, -1).put(0, 2, BusFixture.batch(0, 2).buffer(), 0);
        ahead.moveTo(1);
        thread.start();

        looks.awaitMore();
        assertEquals(0, handler.count());
        sequencer.claim(0);
        sequencer.publish(0);
        await(() -> handler.count() == 1);
        looks.awaitMore();

        assertArrayEquals(new long[] {0}, handler.sequences());
        control.stopLanes();
        await(() -> !thread.isAlive());
    }

    @Test
    void shouldGoByTheCursorWhereManyPublish()
    {
        final Rig rig = new Rig(false);
        try
        {
            rig.fill(0, 2);
            rig.slots.publish(0, 2);

            looks.awaitMore();
            assertEquals(0, handler.count());
            rig.sequencer.claim(1);
            rig.sequencer.publish(1);
            await(() -> handler.count() == 2);

            assertArrayEquals(new long[] {0, 1}, handler.sequences());
        }
        finally
        {
            rig.end();
        }
    }

    @Test
    void shouldNotShowAnEventThatIsCopiedWithItsOwnSequence()
    {
        final OrderBookEvent same = new OrderBookEvent().type(EventType.ORDER_ADD);
        final EventBus bus = bus(CAPACITY).lane(Lane.named("lane").idle(looks).handler("handler", handler).build())
            .build();
        bus.start();
        final Writer writer = bus.writer();
        final EventFiller filler = (event, index) ->
        {
            event.copyFrom(same.sequence(0)).sequence(0);
            looks.awaitMore();
            throw new IllegalStateException("filler failed");
        };

        assertThrows(IllegalStateException.class, () -> writer.publish(1, filler));
        writer.publish(1, (event, index) -> event.type(EventType.ORDER_ADD));

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertArrayEquals(new long[] {1}, handler.sequences());
        assertEquals(1, bus.voidCount());
    }

    @Test
    void shouldAttachBehindAnEventThatIsAheadOfTheCursor()
    {
        final ArrayHistory history = new ArrayHistory(0, CAPACITY);
        final Lane recorder = BusFixture.lane("tape").rangeHandler("recorder", history).build();
        final EventBusBuilder builder = bus(CAPACITY).history(history, "tape").lane(recorder);
        final BusControl control = new BusControl((fault) ->
        {
        }, System::nanoTime);
        final Sequencer sequencer = BusFixture.sequencer(CAPACITY, 0);
        final Slots slots = new Slots(CAPACITY);
        final LaneSet lanes = new LaneSet();
        lanes.put("tape", new LaneRunner(recorder, control, sequencer, slots));
        // The cursor comes right behind the first look at it.
        final Sequencer late = (Sequencer)Proxy.newProxyInstance(
            Sequencer.class.getClassLoader(), new Class<?>[] {Sequencer.class}, (proxy, method, arguments) ->
            {
                final Object answer = method.invoke(sequencer, arguments);
                if (method.getName().equals("getCursor"))
                {
                    sequencer.publish(1);
                }
                return answer;
            });
        final Attachments attachments = new Attachments(
            builder, new BusConfig(CAPACITY, 0, 1, 0, BusConfig.NO_STALL_LIMIT), control, late, slots,
            new WriterRole(control), lanes);
        control.change(BusControl.NEW, BusControl.RUNNING);
        slots.publish(0, 2);

        final Attachment attachment =
            attachments.attach(BusFixture.lane("late").handler("late", handler).build(), JoinFrom.sequence(2));

        assertEquals(1, sequencer.getCursor());
        attachment.leave();
        await(attachment::hasEnded);
    }

    /** Counts the looks of a lane that found nothing. */
    private static final class Looks implements IdleStrategy
    {
        private final IdleStrategy yielding = new YieldingIdleStrategy();
        private final AtomicLong count = new AtomicLong();

        void awaitMore()
        {
            final long before = count.get();
            await(() -> count.get() > before + 2);
        }

        @Override
        public void idle(final int workCount)
        {
            throw new UnsupportedOperationException();
        }

        @Override
        public void idle()
        {
            count.incrementAndGet();
            yielding.idle();
        }

        @Override
        public void reset()
        {
            yielding.reset();
        }
    }

    /** A lane on a thread, over slots that the test writes. */
    private final class Rig
    {
        private final BusControl control = new BusControl((fault) ->
        {
        }, System::nanoTime);
        private final Sequencer sequencer = BusFixture.sequencer(CAPACITY, 0);
        private final Slots slots = new Slots(CAPACITY);
        private final Thread thread;

        private Rig(final boolean bySlots)
        {
            final Lane lane = Lane.named("lane").idle(looks).handler("handler", handler).build();
            final LaneParts parts = LaneParts.of(lane, control, sequencer, slots, null);
            final SequenceBarrier barrier = sequencer.newBarrier();
            control.barriers(new SequenceBarrier[] {barrier});
            thread = new Thread(new LaneThread(
                parts, new LaneRunner[0], barrier, bySlots ? slots : null, control, new WriterRole(control)));
            thread.setDaemon(true);
            thread.start();
        }

        private void fill(final long first, final int count)
        {
            final OrderBookEvent event = OrderBookEvent.ofClaims();
            for (int i = 0; i < count; i++)
            {
                event.wrap(slots.buffer(), slots.offset(first + i)).reset().type(EventType.ORDER_ADD);
            }
        }

        private void end()
        {
            control.stopLanes();
            await(() -> !thread.isAlive());
        }
    }
}
