package io.ringtape.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.bus.EventBus;
import io.ringtape.bus.Lane;
import io.ringtape.bus.LaneStatus;
import io.ringtape.bus.OverflowPolicy;
import io.ringtape.event.BookKind;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventHandler;
import io.ringtape.event.EventType;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The conflater of books on a lane that is slow at random, beside full books on an inline lane. */
@Timeout(60)
final class BookConflaterLaneTest
{
    private static final long CLOSE_LIMIT_NS = 20_000_000_000L;
    private static final int CAPACITY = 64;
    private static final int PACKETS = 10_000;
    private static final int[] TYPES = {
        EventType.ORDER_ADD, EventType.ORDER_ADD, EventType.ORDER_ADD, EventType.ORDER_MODIFY, EventType.ORDER_REDUCE,
        EventType.ORDER_EXECUTE, EventType.ORDER_DELETE, EventType.LEVEL_SET, EventType.QUOTE, EventType.BOOK_CLEAR,
        EventType.TRADE, EventType.TRADING_STATUS, EventType.DETAIL};

    private final Definitions definitions = new Definitions();
    private final Books full = new Books(definitions);
    private final BookConflater conflater = new BookConflater(definitions);
    private final TreeSet<Long> voids = new TreeSet<>();
    private final long seed = ThreadLocalRandom.current().nextLong();
    private final Random random = new Random(seed);

    BookConflaterLaneTest()
    {
        for (final BookKind kind : new BookKind[]{BookKind.MBO, BookKind.MBP, BookKind.MBO})
        {
            final int id = definitions.instrumentCount();
            definitions.add(new InstrumentDefinition(id, "SYM" + id, 100 + id, -9, 0, kind, 0, 1, 1, 1));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GATE", "SHED"})
    void shouldAccountForEachEventAndEndWithTheQuotesOfFullBooks(final OverflowPolicy whenBehind)
    {
        final Quotes quotes = new Quotes(new Random(seed + 1));
        final EventBus bus = EventBus.builder().capacity(CAPACITY).idle(new YieldingIdleStrategy())
            .lane(Lane.named("full").inline().handler("full", full).build())
            .lane(Lane.named("slow").idle(new YieldingIdleStrategy()).conflate(conflater, whenBehind)
                .handler("quotes", quotes).build())
            .build();
        bus.start();

        publish(bus, PACKETS / 2, true);
        if (whenBehind == OverflowPolicy.SHED)
        {
            // The writer goes on by several rings: at least once the lane is behind for sure.
            quotes.isHeld = true;
            publish(bus, 10 * CAPACITY, false);
            quotes.isHeld = false;
        }
        publish(bus, PACKETS / 2, true);
        restart(bus);
        assertTrue(bus.close(CLOSE_LIMIT_NS), () -> where() + " fault=" + bus.fault());

        final LaneStatus slow = bus.lane("slow");
        final long shedVoids =
            quotes.ranges.stream().mapToLong((range) -> voids.subSet(range[0], range[1] + 1).size()).sum();
        assertEquals(bus.cursor() + 1,
            slow.conflatedCount() + quotes.passed + slow.shedCount() + voids.size() - shedVoids, where());
        assertEquals(quotes.shed, slow.shedCount(), where());
        assertEquals(whenBehind == OverflowPolicy.SHED, slow.shedCount() > 0, where());
        assertTrue(slow.conflatedCount() > 0 && quotes.passed > 0 && voids.size() > shedVoids, where());
        assertEquals(full.bookHash(), conflater.books().bookHash(), where());
        for (int instrumentId = 0; instrumentId < definitions.instrumentCount(); instrumentId++)
        {
            for (final int side : new int[]{Side.BID, Side.ASK})
            {
                assertEquals(
                    top(full.book(instrumentId), side), quotes.last[2 * instrumentId + side - Side.BID], where());
            }
        }
    }

    private void publish(final EventBus bus, final int packets, final boolean waits)
    {
        for (int i = 0; i < packets; i++)
        {
            if (waits && random.nextInt(10) == 0)
            {
                // Now and then, or a lane that sheds would shed nearly all.
                bus.writer().awaitLane("slow");
            }
            final int packet = 1 + random.nextInt(4);
            final long first = bus.writer().claim(packet);
            if (random.nextInt(20) == 0)
            {
                for (int j = 0; j < packet; j++)
                {
                    voids.add(first + j);
                }
                bus.writer().abandon();
                continue;
            }
            for (int j = 0; j < packet; j++)
            {
                fill(bus.writer().slot(first + j));
            }
            bus.writer().publish();
        }
    }

    private void fill(final OrderBookEvent event)
    {
        final int side = random.nextBoolean() ? Side.BID : Side.ASK;
        final int type = TYPES[random.nextInt(TYPES.length)];
        event.reset().type(type).flags(side | (random.nextBoolean() ? EventFlags.LAST : 0) |
            (random.nextInt(50) == 0 ? EventFlags.OWN : 0)).instrumentId(random.nextInt(4))
            .orderId(random.nextInt(200)).price((side == Side.BID ? 990 : 1000) + random.nextInt(8))
            .quantity(1 + random.nextInt(30));
    }

    /** As a snapshot of each book comes, to a lane that has caught up: what was lost before counts no more. */
    private void restart(final EventBus bus)
    {
        for (int instrumentId = 0; instrumentId < definitions.instrumentCount(); instrumentId++)
        {
            bus.writer().awaitLane("slow");
            final int id = instrumentId;
            bus.writer().publish(9, (event, index) -> event.type(index == 0 ? EventType.BOOK_CLEAR :
                definitions.instrument(id).bookKind() == BookKind.MBO ? EventType.ORDER_ADD : EventType.LEVEL_SET)
                .flags(index == 0 ? Side.NONE : index % 2 == 0 ? Side.BID : Side.ASK).instrumentId(id)
                .orderId(1_000 + index).price(index % 2 == 0 ? 900 - index : 1_100 + index).quantity(index));
        }
    }

    private static String top(final OrderBook book, final int side)
    {
        return book.levelCount(side) == 0 ? quote(OrderBookEvent.NULL_PRICE, 0, 0, book.isSuspect()) :
            quote(book.price(side, 0), book.quantity(side, 0), book.orderCount(side, 0), book.isSuspect());
    }

    private static String quote(final long price, final long quantity, final long orders, final boolean isSuspect)
    {
        return price + "x" + quantity + "/" + orders + (isSuspect ? "?" : "");
    }

    private String where()
    {
        return "seed=" + seed;
    }

    /** Keeps the last quote of each side, at a pace of its own. */
    private final class Quotes implements EventHandler
    {
        private final YieldingIdleStrategy idle = new YieldingIdleStrategy();
        private final Random pace;
        private final String[] last = new String[2 * definitions.instrumentCount()];
        private volatile boolean isHeld;
        private long previous = -1;
        private long passed;
        private long shed;
        private final List<long[]> ranges = new ArrayList<>();

        private Quotes(final Random pace)
        {
            this.pace = pace;
        }

        @Override
        public void onEvent(final OrderBookEvent event)
        {
            assertTrue(event.sequence() >= previous, where());
            previous = event.sequence();
            if (event.type() == EventType.QUOTE && !event.has(EventFlags.OWN) &&
                event.instrumentId() < definitions.instrumentCount())
            {
                last[2 * event.instrumentId() + event.side() - Side.BID] = quote(event.price(), event.quantity(),
                    event.orderId(), event.has(EventFlags.SUSPECT_BOOK));
            }
            else
            {
                passed++;
            }
            final int yields = pace.nextInt(40) == 0 ? pace.nextInt(30) : 0;
            for (int i = 0; i < yields; i++)
            {
                idle.idle();
            }
            while (isHeld)
            {
                idle.idle();
            }
        }

        @Override
        public void onShed(final long firstSequence, final long lastSequence)
        {
            assertFalse(firstSequence <= previous, where());
            shed += lastSequence - firstSequence + 1;
            ranges.add(new long[]{firstSequence, lastSequence});
        }
    }
}
