package io.ringtape.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.book.Books;
import io.ringtape.bus.BusState;
import io.ringtape.bus.EventBus;
import io.ringtape.bus.Lane;
import io.ringtape.event.BookKind;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventHandler;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.EventType;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.event.SourceDefinition;
import io.ringtape.order.OrderType;
import io.ringtape.order.OwnOrders;
import io.ringtape.risk.AccountLimits;
import io.ringtape.risk.RiskGate;
import io.ringtape.risk.RiskLimits;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

/** No order reaches a gateway that the gate did not accept, and each that it accepted does, once. */
final class GatewayPropertyTest
{
    private static final int STRATEGY = 1;
    private static final int ORDERS = 1_000;
    private static final long LIMIT_NS = 10_000_000_000L;

    @Property(tries = 100)
    void shouldSendWhatTheGateAcceptedAndNothingElse(@ForAll final long seed)
    {
        final Trial trial = new Trial(seed);

        trial.run();

        assertEquals(Set.of(), trial.notAccepted, "seed=" + seed);
        assertEquals(trial.accepted, trial.reached, "seed=" + seed);
        assertTrue(trial.reached.size() < ORDERS, "seed=" + seed);
    }

    /** One bus, with the gateway inline or on a thread of its own. */
    private static final class Trial implements Gateway, EventHandler
    {
        private final Set<Long> accepted = new HashSet<>();
        private final Set<Long> reached = new HashSet<>();
        private final Set<Long> notAccepted = new HashSet<>();
        private final Set<Long> passed = new HashSet<>();
        private final EventBatch market = new EventBatch(1);
        private final Definitions definitions = new Definitions();
        private final SourceDefinition source =
            new SourceDefinition(2, SourceDefinition.Kind.GATEWAY, "venue", 0, 0, 0);
        private final Books books = new Books(definitions);
        private final SplittableRandom random;
        private final LoopbackGateway venue;
        private final EventBus bus;
        private final OwnOrders orders;
        private EventPublisher answers = (batch) -> EventPublisher.FULL;

        Trial(final long seed)
        {
            random = new SplittableRandom(seed);
            venue = new LoopbackGateway(source, (batch) -> answers.offer(batch));
            definitions.add(new InstrumentDefinition(0, "A", 0, -9, 0, BookKind.MBP, 0, 5, 2, 1));
            definitions.add(new SourceDefinition(0, SourceDefinition.Kind.FEED, "feed", 0, 0, 0));
            definitions.add(new SourceDefinition(STRATEGY, SourceDefinition.Kind.STRATEGY, "s", 1, 0, 0));
            definitions.add(source);
            final RiskGate gate = RiskGate.builder(definitions, books::book).venueAnswers()
                .otherLimits(RiskLimits::defaultsFor).otherAccounts(AccountLimits.defaults()).build();
            final GatewayHandler handler = GatewayHandler.builder(definitions, source, (box) ->
            {
                answers = box;
                return this;
            }).build();
            final boolean isInline = random.nextBoolean();
            final Lane.Builder lane = Lane.named("gateway").handler("passed", this).handler("gateway", handler);
            bus = EventBus.builder().capacity(256).inbox("outbox", 64).inbox("gateway", 256)
                .idle(new YieldingIdleStrategy())
                .lane(Lane.named("order").orderLane().inline().handler("books", books).handler("risk", gate).build())
                .lane(isInline ? lane.inline().build() :
                    lane.idle(handler.idle(new BackoffIdleStrategy())).build())
                .build();
            orders = new OwnOrders(1, definitions.source(STRATEGY), definitions, gate, bus.inbox("outbox"));
            handler.connect(bus.inbox("gateway"), 0, () -> bus.state() == BusState.HALTED);
        }

        void run()
        {
            bus.start();
            bus.writer().stepWith("gateway");
            for (int i = 0; i < ORDERS; i++)
            {
                tick(i);
                final int side = random.nextInt(4);
                final long price = 1_000_000_000L + 5L * random.nextInt(-40_000_000, 40_000_000) + random.nextInt(2);
                final long id = orders.send(0, side, random.nextInt(10) == 0 ? OrderType.MARKET : OrderType.LIMIT,
                    1 + 2 * random.nextInt(2), 0, random.nextInt(20) == 0 ? OrderBookEvent.NULL_PRICE : price,
                    random.nextInt(200));
                if (id > 0)
                {
                    accepted.add(id);
                    if (random.nextInt(2) == 0)
                    {
                        bus.writer().awaitQuiescent();
                        orders.cancel(id);
                    }
                }
            }
            bus.writer().awaitQuiescent();
            assertTrue(bus.close(LIMIT_NS));
        }

        private void tick(final long index)
        {
            final long timeNs = index * 300_000_000L;
            for (int side = Side.BID; side <= Side.ASK; side++)
            {
                market.clear();
                market.append().type(EventType.LEVEL_SET).flags(side | EventFlags.LAST).quantity(1_000)
                    .price(side == Side.BID ? 999_999_990L : 1_000_000_010L).eventTimeNs(timeNs).receiveTimeNs(timeNs);
                bus.writer().publishInStep(market);
            }
        }

        @Override
        public void onEvent(final OrderBookEvent event)
        {
            if (event.type() == EventType.OWN_NEW)
            {
                passed.add(event.orderId());
            }
        }

        @Override
        public void send(final OrderBookEvent order, final OrderBookEvent detail)
        {
            if (!passed.contains(order.orderId()) || !reached.add(order.orderId()))
            {
                notAccepted.add(order.orderId());
            }
            venue.send(order, detail);
        }

        @Override
        public void cancel(final OrderBookEvent cancel)
        {
            venue.cancel(cancel);
        }
    }
}
