package io.ringtape.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.backtest.RandomMarket.Order;
import io.ringtape.backtest.RandomMarket.Step;
import io.ringtape.event.BookKind;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.Side;
import io.ringtape.order.FeeRate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What a venue may and may not do, whatever comes: nothing is filled that was not there, and price-time holds. */
final class VenuePropertyTest
{
    private static final int STEPS = 300;

    /** An own order as its sender knows it. */
    private static final class Sent
    {
        private final long id;
        private final int side;
        private final long price;
        private long open;

        Sent(final long id, final int side, final long price, final long open)
        {
            this.id = id;
            this.side = side;
            this.price = price;
            this.open = open;
        }

        boolean isBefore(final Sent other)
        {
            return price == other.price ? id < other.id :
                side == Side.BID ? price > other.price : price < other.price;
        }
    }

    @Property(tries = 300)
    void shouldNeverFillMoreThanWasDisplayedOrTraded(
        @ForAll final long seed, @ForAll final QueueModel model, @ForAll final boolean byOrder,
        @ForAll final boolean trades)
    {
        final Session session = new Session(seed, model, byOrder, trades);
        for (int i = 0; i < STEPS; i++)
        {
            session.step();
        }
        assertTrue(session.fillCount > 0, "seed=" + seed);
    }

    /** Random own orders beside a random market, with a ledger of what was there to be had. */
    private static final class Session
    {
        private final Map<Long, Sent> open = new TreeMap<>();
        // By side and price: displayed units that own orders had, none of which may be had again.
        private final Map<Long, Long> had = new HashMap<>();
        private final Map<Long, Long> shown = new HashMap<>();
        private final VenueDrill drill;
        private final RandomMarket market;
        private final Random random;
        private int fillCount;

        Session(final long seed, final QueueModel model, final boolean byOrder, final boolean trades)
        {
            random = new Random(seed);
            market = new RandomMarket(random, trades);
            drill = new VenueDrill(byOrder ? BookKind.MBO : BookKind.MBP, 0, model, FeeRate.FREE);
        }

        void step()
        {
            final int kind = random.nextInt(6);
            if (kind == 0)
            {
                send();
            }
            else if (kind == 1 && !open.isEmpty())
            {
                cancel();
            }
            else
            {
                market();
            }
            assertEquals(open.size(), drill.venue.openOrders(0));
        }

        private void send()
        {
            final int side = 1 + random.nextInt(2);
            final long other = market.best(Side.opposite(side));
            final long price = (other == 0 ? 1_000 : other) + random.nextInt(7) - (side == Side.BID ? 5 : 1);
            final long quantity = 1L + random.nextInt(12);
            final boolean rests = random.nextInt(3) > 0;
            final long id = rests ? drill.limit(side, price, quantity) : drill.immediate(side, price, quantity);
            final Sent order = new Sent(id, side, price, quantity);
            long last = side == Side.BID ? 0 : Long.MAX_VALUE;
            for (final VenueDrill.Fill fill : drill.fills)
            {
                assertEquals(id, fill.id());
                assertTrue(!fill.maker() && (side == Side.BID ? fill.price() <= price && fill.price() > last :
                    fill.price() >= price && fill.price() < last), "fill=" + fill);
                take(Side.opposite(side), fill.price(), fill.quantity());
                order.open -= fill.quantity();
                assertEquals(fill.left(), order.open);
                last = fill.price();
            }
            final boolean gone = drill.answers().stream().anyMatch((answer) -> answer.startsWith("cancelled"));
            if (order.open > 0 && !gone)
            {
                open.put(id, order);
            }
            fillCount += drill.fills.size();
            drill.fills.clear();
        }

        private void cancel()
        {
            final long id = new ArrayList<>(open.keySet()).get(random.nextInt(open.size()));
            drill.cancel(id);
            assertEquals(List.of("cancelled " + id + " " + open.remove(id).open), drill.answers());
        }

        private void market()
        {
            final List<Step> steps = market.next();
            final Map<Long, Long> traded = new HashMap<>();
            for (int i = 0; i < steps.size(); i++)
            {
                final Step step = steps.get(i);
                if (step.type() == EventType.ORDER_EXECUTE)
                {
                    traded.merge(key(step.side(), step.price()), step.quantity(), Long::sum);
                }
                drill.part(step.type(), step.side() | (i == steps.size() - 1 ? EventFlags.LAST : 0), step.price(),
                    step.quantity(), step.orderId());
            }
            leave();
            for (final VenueDrill.Fill fill : drill.fills)
            {
                fill(fill, traded);
            }
            assertEquals(drill.fills.size(), drill.answers().size());
            fillCount += drill.fills.size();
            drill.fills.clear();
        }

        // At rest: from what was traded at its price or worse, or from what the other side shows at it or better.
        private void fill(final VenueDrill.Fill fill, final Map<Long, Long> traded)
        {
            final Sent order = open.get(fill.id());
            assertTrue(fill.maker() && fill.price() == order.price && fill.quantity() <= order.open, "fill=" + fill);
            for (final Sent other : open.values())
            {
                assertTrue(other.side != order.side || !other.isBefore(order), "before=" + other.id + " fill=" + fill);
            }
            order.open -= fill.quantity();
            assertEquals(fill.left(), order.open);
            if (order.open == 0)
            {
                open.remove(order.id);
            }
            long left = fill.quantity();
            for (long away = 0; away < 60 && left > 0; away++)
            {
                final long worse = fill.price() + (fill.side() == Side.BID ? -away : away);
                final long better = fill.price() + (fill.side() == Side.BID ? -away : away);
                final long key = key(fill.side(), worse);
                final long used = Math.min(left, traded.getOrDefault(key, 0L));
                traded.merge(key, -used, Long::sum);
                left -= used;
                final long met = Math.min(left, available(Side.opposite(fill.side()), better));
                take(Side.opposite(fill.side()), better, met);
                left -= met;
            }
            assertEquals(0, left, "fill=" + fill);
        }

        private long available(final int side, final long price)
        {
            return market.quantityAt(side, price) - had.getOrDefault(key(side, price), 0L);
        }

        private void take(final int side, final long price, final long quantity)
        {
            assertTrue(quantity <= available(side, price), "side=" + side + " price=" + price);
            had.merge(key(side, price), quantity, Long::sum);
            shown.put(key(side, price), market.quantityAt(side, price));
        }

        // What leaves a level is first of all what was had of it.
        private void leave()
        {
            for (final Map.Entry<Long, Long> entry : had.entrySet())
            {
                final long key = entry.getKey();
                final long now = market.quantityAt((int)(key & 3), key >> 2);
                final long gone = Math.max(0, shown.getOrDefault(key, 0L) - now);
                entry.setValue(Math.max(0, entry.getValue() - gone));
                shown.put(key, now);
            }
        }

        private static long key(final int side, final long price)
        {
            return price << 2 | side;
        }
    }

    @Property(tries = 200)
    void shouldFillASingleOrderAsItsQueueSays(
        @ForAll final long seed, @ForAll final QueueModel model, @ForAll final boolean trades)
    {
        final Random random = new Random(seed);
        final RandomMarket market = new RandomMarket(random, trades);
        final VenueDrill drill = VenueDrill.byOrder(model);
        final int side = 1 + random.nextInt(2);
        for (int i = 0; i < 60 || market.best(side) == 0; i++)
        {
            record(drill, market.next());
        }
        // Never beyond the touch, so that it rests and nothing that comes meets it but what is traded.
        final long price = market.best(side) - (side == Side.BID ? random.nextInt(3) : -random.nextInt(3));
        drill.limit(side, price, 25);
        final List<Long> before = market.at(side, price).stream().map(Order::id).toList();
        long counted = market.quantityAt(side, price);
        long open = 25;
        for (int i = 0; i < STEPS && open > 0 && isOutside(market, side, price); i++)
        {
            final long ahead = model == QueueModel.PESSIMISTIC ? counted : market.at(side, price).stream()
                .filter((order) -> before.contains(order.id())).mapToLong(Order::quantity).sum();
            final List<Step> steps = market.next();
            final long at = executed(steps, side, price, true);
            final long through = executed(steps, side, price, false);
            counted = through > 0 ? 0 : Math.max(0, counted - at);
            record(drill, steps);
            if (isOutside(market, side, price))
            {
                final long expected = Math.min(open, Math.max(0, at - ahead) + through);
                assertEquals(expected, drill.fills.stream().mapToLong(VenueDrill.Fill::quantity).sum(),
                    "seed=" + seed + " step=" + i);
                open -= expected;
                drill.fills.clear();
            }
        }
    }

    // Whether the other side does not show the price, so that nothing but trades fills an order there.
    private static boolean isOutside(final RandomMarket market, final int side, final long price)
    {
        final long other = market.best(Side.opposite(side));
        return other == 0 || (side == Side.BID ? other > price : other < price);
    }

    private static long executed(final List<Step> steps, final int side, final long price, final boolean at)
    {
        return steps.stream().filter((step) -> step.type() == EventType.ORDER_EXECUTE && step.side() == side)
            .filter((step) -> at ? step.price() == price :
                side == Side.BID ? step.price() < price : step.price() > price)
            .mapToLong(Step::quantity).sum();
    }

    private static void record(final VenueDrill drill, final List<Step> steps)
    {
        for (int i = 0; i < steps.size(); i++)
        {
            final Step step = steps.get(i);
            drill.part(step.type(), step.side() | (i == steps.size() - 1 ? EventFlags.LAST : 0), step.price(),
                step.quantity(), step.orderId());
        }
    }
}
