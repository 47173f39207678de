package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.bus.BusState;
import io.ringtape.bus.EventBus;
import io.ringtape.bus.Frontier;
import io.ringtape.bus.Lane;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.SourceDefinition;
import io.ringtape.gateway.Gateway;
import io.ringtape.gateway.GatewayHandler;
import io.ringtape.gateway.LoopbackGateway;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With write-ahead no order reaches the gateway whose event has not passed the frontier. */
@Timeout(60)
final class WriteAheadTest
{
    private static final int STRATEGY = 1;
    private static final int ORDERS = 3_000;
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(20);

    private final Path tape = Tapes.fresh("write-ahead");
    private final Definitions definitions = Tapes.definitions();
    private long early;
    private long sentCount;

    @AfterEach
    void remove()
    {
        Tapes.delete(tape);
    }

    @Test
    void shouldSendWhatIsJournaled()
    {
        try (TapeWriter writer = open(Durability.PAGE_CACHE))
        {
            run(writer, TapeWriter::journaled, writer::journaledSequence);
        }

        assertEquals(0, early);
        assertEquals(ORDERS, sentCount);
    }

    @Test
    void shouldSendWhatIsDurable()
    {
        try (TapeWriter writer = open(Durability.everyNs(TimeUnit.MILLISECONDS.toNanos(1))))
        {
            run(writer, TapeWriter::durable, writer::durableSequence);
        }

        assertEquals(0, early);
        assertEquals(ORDERS, sentCount);
    }

    private void run(
        final TapeWriter writer, final Function<TapeWriter, Frontier> frontier, final LongSupplier reached)
    {
        definitions.add(new SourceDefinition(STRATEGY, SourceDefinition.Kind.STRATEGY, "s", 1, 0, 0));
        final SourceDefinition source = new SourceDefinition(2, SourceDefinition.Kind.GATEWAY, "venue", 0, 0, 0);
        definitions.add(source);
        final GatewayHandler handler = GatewayHandler.builder(definitions, source,
            (answers) -> new Asking(new LoopbackGateway(source, answers), reached))
            .journaled(writer::journaledSequence).build();
        final EventBus bus = EventBus.builder().capacity(256).inbox("answers", 256)
            .firstSequence(writer.firstSequence()).idle(new YieldingIdleStrategy())
            .lane(Lane.named("tape").rangeHandler("recorder", writer).idle(new BackoffIdleStrategy()).build())
            .lane(Lane.named("gateway").after(frontier.apply(writer)).handler("gateway", handler)
                .idle(handler.idle(new BackoffIdleStrategy())).build())
            .build();
        handler.connect(bus.inbox("answers"), bus.firstSequence(), () -> bus.state() == BusState.HALTED);
        bus.start();
        final EventBatch order = new EventBatch(2);
        for (int i = 1; i <= ORDERS; i++)
        {
            order.clear();
            order.append().type(EventType.OWN_NEW).sourceId(STRATEGY).orderId(i).price(1).quantity(1)
                .flags(EventFlags.OWN);
            order.append().type(EventType.DETAIL).sourceId(STRATEGY).flags(EventFlags.OWN | EventFlags.LAST)
                .detail(1, 3).detail(2, 1).detail(3, STRATEGY);
            bus.writer().publish(order);
            bus.writer().poll();
        }
        assertTrue(bus.close(LIMIT_NS));
    }

    private TapeWriter open(final Durability durability)
    {
        return Tapes.open(tape, TapeConfig.defaults().withDurability(durability));
    }

    /** Asks where the frontier is, at each send. */
    private final class Asking implements Gateway
    {
        private final Gateway venue;
        private final LongSupplier reached;

        Asking(final Gateway venue, final LongSupplier reached)
        {
            this.venue = venue;
            this.reached = reached;
        }

        @Override
        public void send(final OrderBookEvent order, final OrderBookEvent detail)
        {
            early += reached.getAsLong() < detail.sequence() ? 1 : 0;
            sentCount++;
            venue.send(order, detail);
        }

        @Override
        public void cancel(final OrderBookEvent cancel)
        {
            venue.cancel(cancel);
        }
    }
}
