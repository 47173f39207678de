package io.ringtape.bus;

import static io.ringtape.bus.BusFixture.CLOSE_LIMIT_NS;
import static io.ringtape.bus.BusFixture.batch;
import static io.ringtape.bus.BusFixture.bus;
import static io.ringtape.bus.BusFixture.lane;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.event.EventHandler;
import io.ringtape.event.OrderBookEvent;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Inline lanes that run after each other. */
@Timeout(10)
final class InlineLanesTest
{
    private final BusFixture.Recorder recorder = new BusFixture.Recorder();
    private final BusFixture.Recorder behind = new BusFixture.Recorder();

    @Test
    void shouldWithholdEventThatThePredecessorFailedOn()
    {
        final EventBus bus = bus(16)
            .lane(lane("risk").inline().batchLimit(2).handler("failing", new FailingAt(5)).build())
            .lane(lane("orders").inline().after("risk").handler("orders", recorder).build())
            .lane(lane("reports").inline().after("orders").handler("reports", behind).build())
            .build();
        bus.start();
        bus.writer().publish(batch(0, 3));

        bus.writer().publish(batch(3, 6));

        // The sequence of the predecessor moves by batches: 3 and 4, then 5 fails.
        assertEquals(4, bus.lane("risk").sequence());
        assertArrayEquals(new long[]{0, 1, 2, 3, 4}, recorder.sequences());
        assertArrayEquals(new long[]{0, 1, 2, 3, 4}, behind.sequences());
        assertEquals(BusState.HALTED, bus.state());
        assertFalse(bus.close(CLOSE_LIMIT_NS));
        assertEquals(4, recorder.stoppedAt());
    }

    @Test
    void shouldDeliverNothingBehindLaneThatFailedToStart()
    {
        final EventBus bus = bus(16)
            .lane(lane("risk").inline().handler("failing", new FailingStart()).build())
            .lane(lane("orders").inline().after("risk").handler("orders", recorder).build())
            .build();
        bus.start();

        assertEquals(Writer.HALTED, bus.writer().tryPublish(batch(0, 3)));

        assertFalse(bus.close(CLOSE_LIMIT_NS));
        assertEquals(0, recorder.count());
        assertEquals(-1, recorder.stoppedAt());
    }

    @Test
    void shouldGiveFinishingLaneAllThatItsPredecessorsDelivered()
    {
        final EventBus bus = bus(16)
            .lane(lane("slow").inline().handler("failing", new FailingAt(6)).batchLimit(1).build())
            .lane(lane("quick").inline().handler("fine", behind).build())
            .lane(lane("tape").inline().after("slow").after("quick").finishOnHalt().handler("tape", recorder).build())
            .lane(lane("free").inline().finishOnHalt().rangeHandler("free", new BusFixture.Ranges()).build())
            .build();
        bus.start();

        bus.writer().publish(batch(0, 9));

        assertEquals(8, behind.sequences()[8]);
        assertArrayEquals(LongStream.range(0, 6).toArray(), recorder.sequences());
        assertEquals(8, bus.lane("free").sequence());
        assertFalse(bus.close(CLOSE_LIMIT_NS));
    }

    @Test
    void shouldDeliverEverythingBehindHealthyPredecessors()
    {
        final EventBus bus = bus(16)
            .lane(lane("a").inline().handler("a", new BusFixture.Recorder()).batchLimit(3).build())
            .lane(lane("b").inline().after("a").handler("b", recorder).batchLimit(1).build())
            .build();
        bus.start();

        for (int i = 0; i < 20; i++)
        {
            bus.writer().publish(batch(i, 1 + i % 7));
        }

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertArrayEquals(LongStream.rangeClosed(0, bus.cursor()).toArray(), recorder.sequences());
    }

    private static final class FailingAt implements EventHandler
    {
        private final long at;

        private FailingAt(final long at)
        {
            this.at = at;
        }

        @Override
        public void onEvent(final OrderBookEvent event)
        {
            if (event.sequence() == at)
            {
                throw new IllegalStateException("drill");
            }
        }
    }

    private static final class FailingStart implements EventHandler
    {
        @Override
        public void onStart(final long firstSequence)
        {
            throw new IllegalStateException("drill");
        }

        @Override
        public void onEvent(final OrderBookEvent event)
        {
        }
    }
}
