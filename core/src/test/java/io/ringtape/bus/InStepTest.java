package io.ringtape.bus;

import static io.ringtape.bus.BusFixture.CLOSE_LIMIT_NS;
import static io.ringtape.bus.BusFixture.batch;
import static io.ringtape.bus.BusFixture.bus;
import static io.ringtape.bus.BusFixture.lane;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.event.EventBatch;
import io.ringtape.event.EventHandler;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** In step with a gateway: what orders are answered with comes before the next event, in one order. */
@Timeout(60)
final class InStepTest
{
    private static final int EVENTS = 50;
    private static final long ORDERS = 1_000;
    private static final long ANSWERS = 2_000;
    private static final long CANCELS = 3_000;
    private static final long GONE = 4_000;

    @Test
    void shouldGiveOneOrderWhateverTheThreadsDo()
    {
        final long[] expected = run(0, true, true);

        assertEquals(EVENTS * 9, expected.length);
        for (int seed = 1; seed <= 20; seed++)
        {
            assertArrayEquals(expected, run(seed, (seed & 1) == 0, (seed & 2) == 0), "seed=" + seed);
        }
    }

    @Test
    void shouldRefuseALaneThatIsNotThere()
    {
        final EventBus bus = bus(8).build();

        assertEquals("no such lane: lane=none", assertThrows(
            IllegalArgumentException.class, () -> bus.writer().stepWith("none")).getMessage());
    }

    private static long[] run(final int seed, final boolean isOrderInline, final boolean isGatewayInline)
    {
        final BusFixture.Recorder recorder = new BusFixture.Recorder();
        final Responder strategy = new Responder(seed, 2,
            (id) -> id < ORDERS ? id + ORDERS : id >= ANSWERS && id < CANCELS ? id + 1_000 : -1);
        final Responder gateway = new Responder(seed + 100, 1,
            (id) -> (id >= ORDERS && id < ANSWERS) || (id >= CANCELS && id < GONE) ? id + 1_000 : -1);
        final Lane.Builder order = lane("order").orderLane().handler("strategy", strategy);
        final Lane.Builder sending = lane("gateway").handler("gateway", gateway);
        final EventBus bus = bus(256).inbox("outbox", 64).inbox("answers", 64)
            .lane(isOrderInline ? order.inline().build() : order.build())
            .lane(isGatewayInline ? sending.inline().build() : sending.build())
            .lane(lane("tape").handler("recorder", recorder).build()).build();
        strategy.publisher = bus.inbox("outbox");
        gateway.publisher = bus.inbox("answers");
        bus.start();
        bus.writer().stepWith("gateway");
        for (int i = 0; i < EVENTS; i++)
        {
            bus.writer().publishInStep(batch(i * 10L, 1));
        }
        assertTrue(bus.close(CLOSE_LIMIT_NS));
        return recorder.orderIds();
    }

    /** Answers with as many events as it is made for the first time, then with one; and takes its time. */
    private static final class Responder implements EventHandler
    {
        private final EventBatch batch = new EventBatch(1);
        private final SplittableRandom random;
        private final int most;
        private final LongUnaryOperator answer;
        private EventPublisher publisher = (events) -> EventPublisher.FULL;

        Responder(final int seed, final int most, final LongUnaryOperator answer)
        {
            random = new SplittableRandom(seed);
            this.most = most;
            this.answer = answer;
        }

        @Override
        public void onEvent(final OrderBookEvent event)
        {
            final long id = answer.applyAsLong(event.orderId());
            final int count = id < ANSWERS ? most : 1;
            for (int i = 0; id >= 0 && i < count; i++)
            {
                for (int spins = random.nextInt(2_000); spins > 0; spins--)
                {
                    Thread.onSpinWait();
                }
                batch.clear();
                batch.append().type(EventType.TRADE).orderId(id + i);
                assertEquals(EventPublisher.ACCEPTED, publisher.offer(batch));
            }
        }
    }
}
