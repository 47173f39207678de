package io.ringtape.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.book.Books;
import io.ringtape.event.BookKind;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.order.OrderSender;
import io.ringtape.order.OrderType;
import io.ringtape.order.TimeInForce;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples to start from, on a book with lots of 10, before a venue that takes all orders or none. */
@Timeout(10)
final class ExamplesTest
{
    private static final long START_NS = 5_000_000_000L;
    private static final long SECOND_NS = 1_000_000_000L;

    private final Definitions definitions = new Definitions();
    private final Books books = new Books(definitions);
    private final Venue venue = new Venue();
    private final MarketMaker maker;
    private final ImbalanceTaker taker;
    private long sequence;

    ExamplesTest()
    {
        definitions.add(new InstrumentDefinition(0, "SYM", 0, -2, 0, BookKind.MBP, 0, 1, 10, 1));
        maker = new MarketMaker(definitions, new StrategyParameters(Map.of("lots", "2", "max-lots", "4")));
        taker = new ImbalanceTaker(definitions, new StrategyParameters(Map.of()));
    }

    @Test
    void shouldJoinBothSidesAndMoveWithThePrice()
    {
        market(maker, 0, 99, 50, 101, 50);
        market(maker, 1, 99, 50, 101, 60);
        market(maker, 2, 98, 50, 101, 60);
        market(maker, 3, 98, 50, 101, 60);

        assertEquals(List.of("bid 20@99 post-only", "ask 20@101 post-only", "cancel 1", "bid 20@98 post-only"),
            venue.said);
    }

    @Test
    void shouldNotQuoteASideThatCouldTakeThePositionOverTheLimit()
    {
        market(maker, 0, 99, 50, 101, 50);
        fill(maker, 1, Side.BID, 21);
        market(maker, 2, 99, 50, 101, 50);
        venue.said.clear();
        market(maker, 3, 99, 50, 101, 50);

        assertEquals(List.of(), venue.said);
        assertEquals(Set.of(2L), venue.open);
    }

    @Test
    void shouldQuoteASideAgainASecondAfterItWasRejected()
    {
        venue.isRefusing = true;
        market(maker, 0, 99, 50, 101, 50);
        rejected(maker, 0, Side.BID);
        rejected(maker, 0, Side.ASK);
        market(maker, 1, 98, 50, 101, 50);
        market(maker, SECOND_NS - 1, 97, 50, 101, 50);
        assertEquals(List.of("bid 20@99 post-only", "ask 20@101 post-only"), venue.said);

        market(maker, SECOND_NS, 97, 50, 101, 50);

        assertEquals(List.of("bid 20@97 post-only", "ask 20@101 post-only"), venue.said.subList(2, 4));
    }

    @Test
    void shouldQuoteTheSideThatWasNotRejected()
    {
        market(maker, 0, 99, 50, 101, 50);
        venue.open.clear();
        rejected(maker, 1, Side.ASK);
        venue.said.clear();

        market(maker, 2, 99, 50, 101, 50);

        assertEquals(List.of("bid 20@99 post-only"), venue.said);
    }

    @Test
    void shouldTakeTheSideOfTheImbalanceOnceAndTurnWithIt()
    {
        market(taker, 0, 99, 50, 101, 11);
        market(taker, 1, 99, 50, 101, 10);
        venue.open.clear();
        fill(taker, 1, Side.BID, 10);
        market(taker, 2, 99, 50, 101, 10);
        market(taker, 3, 99, 10, 101, 50);

        assertEquals(List.of("bid 10@101 at once", "ask 20@99 at once"), venue.said);
    }

    @Test
    void shouldTakeAgainASecondAfterAReject()
    {
        venue.isRefusing = true;
        market(taker, 0, 99, 50, 101, 10);
        rejected(taker, 0, Side.BID);
        market(taker, 1, 99, 50, 101, 10);
        market(taker, SECOND_NS - 1, 99, 50, 101, 10);
        assertEquals(List.of("bid 10@101 at once"), venue.said);

        market(taker, SECOND_NS, 99, 50, 101, 10);

        assertEquals(2, venue.said.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"MarketMaker", "ImbalanceTaker"})
    void shouldBeShort(final String name) throws IOException
    {
        final Path source = Path.of("src", "main", "java", "io", "ringtape", "strategy", name + ".java");

        assertTrue(Files.readAllLines(source).size() < 100, "an example of a strategy has less than 100 lines");
    }

    /** A venue event of both best levels. */
    private void market(
        final Strategy strategy, final long ns, final long bid, final long bidQuantity, final long ask,
        final long askQuantity)
    {
        final EventBatch batch = new EventBatch(3);
        batch.append().type(EventType.BOOK_CLEAR);
        batch.append().type(EventType.LEVEL_SET).flags(Side.BID).price(bid).quantity(bidQuantity);
        batch.append().type(EventType.LEVEL_SET).flags(Side.ASK | EventFlags.LAST).price(ask).quantity(askQuantity);
        deliver(strategy, ns, batch);
    }

    private void fill(final Strategy strategy, final long ns, final int side, final long quantity)
    {
        final EventBatch batch = new EventBatch(1);
        batch.append().type(EventType.OWN_FILL).flags(side | EventFlags.OWN).price(100).quantity(quantity);
        deliver(strategy, ns, batch);
    }

    private void rejected(final Strategy strategy, final long ns, final int side)
    {
        final EventBatch batch = new EventBatch(2);
        batch.append().type(EventType.OWN_REJECTED).flags(side | EventFlags.OWN);
        batch.append().type(EventType.DETAIL).flags(side | EventFlags.OWN | EventFlags.LAST).detail(1, 7);
        deliver(strategy, ns, batch);
    }

    private void deliver(final Strategy strategy, final long ns, final EventBatch batch)
    {
        for (int i = 0; i < batch.count(); i++)
        {
            final OrderBookEvent event = batch.event(i).sequence(sequence++);
            if (event.type() != EventType.DETAIL)
            {
                event.eventTimeNs(START_NS + ns).receiveTimeNs(START_NS + ns);
            }
            books.onEvent(event);
            strategy.onEvent(event, books.book(0), venue);
        }
    }

    /** Takes orders, or refuses them, and says what was asked for. */
    private static final class Venue implements OrderSender
    {
        private final List<String> said = new ArrayList<>();
        private final Set<Long> open = new TreeSet<>();
        private boolean isRefusing;
        private long lastId;

        @Override
        public long newLimit(final int instrumentId, final int side, final long price, final long quantity)
        {
            return send(instrumentId, side, OrderType.LIMIT, TimeInForce.GOOD_TILL_CANCEL, 0, price, quantity);
        }

        @Override
        public long send(
            final int instrumentId, final int side, final int orderType, final int timeInForce,
            final int instructions, final long price, final long quantity)
        {
            said.add(Side.name(side) + " " + quantity + "@" + price +
                (timeInForce == TimeInForce.IMMEDIATE_OR_CANCEL ? " at once" : " post-only"));
            if (isRefusing)
            {
                return REJECTED;
            }
            open.add(++lastId);
            return lastId;
        }

        @Override
        public long cancel(final long clientOrderId)
        {
            said.add("cancel " + clientOrderId);
            open.remove(clientOrderId);
            return clientOrderId;
        }

        @Override
        public boolean isOpen(final long clientOrderId)
        {
            return open.contains(clientOrderId);
        }
    }
}
