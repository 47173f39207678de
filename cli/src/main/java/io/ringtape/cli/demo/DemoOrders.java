package io.ringtape.cli.demo;

import io.ringtape.event.EventType;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.Side;

/**
 * An instrument by order: about a thousand orders in price-time priority around a price that walks by one tick. Hot
 * path.
 * <p>
 * Buys stand at the middle tick or below, sells above it, so the book is never crossed. The middle moves up when an
 * aggressor takes all sells one tick above it and rests with what is left of its order, and down likewise. Orders are
 * slots in columns, linked into the queue of their level; the live slots also stand densely in a list to pick from.
 * <p>
 * Thread safety: none.
 * Allocation: none after construction.
 */
final class DemoOrders implements DemoMarket
{
    private static final int DEPTH = 32;
    private static final int CAPACITY = 2048;
    private static final int FEW_ORDERS = 200;
    private static final int MANY_ORDERS = 1000;
    private static final int MOST_ORDERS = 1500;
    private static final int MOST_LOTS = 10;
    private static final int NONE = -1;

    private final int instrumentId;
    private final DemoTicks ticks;
    private final long lot;
    private final DemoRandom random;
    private final int[] heads = new int[2 * DemoTicks.COUNT];
    private final int[] tails = new int[2 * DemoTicks.COUNT];
    private final int[] counts = new int[2 * DemoTicks.COUNT];
    private final int[] next = new int[CAPACITY];
    private final int[] previous = new int[CAPACITY];
    private final int[] levels = new int[CAPACITY];
    private final int[] lots = new int[CAPACITY];
    private final long[] ids = new long[CAPACITY];
    private final int[] places = new int[CAPACITY];
    private final int[] live = new int[CAPACITY];
    private int liveCount;

    DemoOrders(final InstrumentDefinition definition, final long middlePrice, final long lot, final DemoRandom random)
    {
        instrumentId = definition.instrumentId();
        ticks = new DemoTicks(definition, middlePrice);
        this.lot = lot;
        this.random = random;
        for (int i = 0; i < 2 * DemoTicks.COUNT; i++)
        {
            heads[i] = NONE;
            tails[i] = NONE;
        }
        for (int i = 0; i < CAPACITY; i++)
        {
            live[i] = i;
        }
    }

    @Override
    public void step(final DemoEvents events, final long room)
    {
        final long bits = random.next();
        if (room < LEAST_ROOM || liveCount < FEW_ORDERS)
        {
            addSomewhere(events, bits);
            return;
        }
        final int adds = liveCount < MANY_ORDERS ? 520 : liveCount < MOST_ORDERS ? 400 : 0;
        final int dice = (int)(bits & 1023);
        if (dice < adds)
        {
            addSomewhere(events, bits);
        }
        else if (dice < 800)
        {
            delete(events, pick());
        }
        else if (dice < 860)
        {
            reduce(events, pick());
        }
        else if (dice < 920)
        {
            replace(events, pick());
        }
        else if (dice < 945)
        {
            modify(events, pick());
        }
        else if (dice < 1018)
        {
            execute(events, bits);
        }
        else
        {
            walk(events, bits, room);
        }
    }

    private void addSomewhere(final DemoEvents events, final long bits)
    {
        final int side = (bits & 1024) == 0 ? Side.BID : Side.ASK;
        add(events, ticks.levelOf(side, distance()), 1 + DemoRandom.below(bits, MOST_LOTS));
    }

    private void add(final DemoEvents events, final int level, final int quantity)
    {
        final int slot = live[liveCount];
        places[slot] = liveCount++;
        ids[slot] = events.nextOrderId();
        lots[slot] = quantity;
        link(slot, level);
        events.append(EventType.ORDER_ADD, instrumentId, DemoTicks.sideOf(level))
            .orderId(ids[slot]).price(ticks.priceOf(level)).quantity(quantity * lot);
    }

    private void delete(final DemoEvents events, final int slot)
    {
        append(events, EventType.ORDER_DELETE, slot, lots[slot]);
        remove(slot);
    }

    private void reduce(final DemoEvents events, final int slot)
    {
        final int quantity = lots[slot];
        if (quantity == 1)
        {
            delete(events, slot);
            return;
        }
        final int removed = 1 + DemoRandom.below(random.next(), quantity - 1);
        append(events, EventType.ORDER_REDUCE, slot, removed);
        lots[slot] = quantity - removed;
    }

    private void replace(final DemoEvents events, final int slot)
    {
        final int side = DemoTicks.sideOf(levels[slot]);
        delete(events, slot);
        add(events, ticks.levelOf(side, distance()), 1 + DemoRandom.below(random.next(), MOST_LOTS));
    }

    private void modify(final DemoEvents events, final int slot)
    {
        final int level = ticks.levelOf(DemoTicks.sideOf(levels[slot]), distance());
        unlink(slot);
        link(slot, level);
        lots[slot] = 1 + DemoRandom.below(random.next(), MOST_LOTS);
        append(events, EventType.ORDER_MODIFY, slot, lots[slot]);
    }

    private void execute(final DemoEvents events, final long bits)
    {
        final int side = (bits & 1024) == 0 ? Side.BID : Side.ASK;
        final int level = touch(side);
        if (level == NONE)
        {
            addSomewhere(events, bits);
            return;
        }
        final int slot = heads[level];
        final int quantity = (bits & 2048) == 0 ? lots[slot] : 1 + DemoRandom.below(bits, lots[slot]);
        execute(events, slot, quantity);
        trade(events, level, quantity);
        if ((bits & 0x7000) == 0)
        {
            events.append(EventType.DETAIL, instrumentId, side)
                .detail(0, events.lastMatchId()).detail(1, DemoRandom.below(bits, 20_000))
                .detail(2, 0).detail(3, 0).detail(4, 0).detail(5, 0);
        }
    }

    private void execute(final DemoEvents events, final int slot, final int quantity)
    {
        append(events, EventType.ORDER_EXECUTE, slot, quantity);
        lots[slot] -= quantity;
        if (lots[slot] == 0)
        {
            remove(slot);
        }
    }

    private void trade(final DemoEvents events, final int level, final int quantity)
    {
        events.append(EventType.TRADE, instrumentId, DemoTicks.sideOf(level))
            .orderId(events.nextMatchId()).price(ticks.priceOf(level)).quantity(quantity * lot);
    }

    private void walk(final DemoEvents events, final long bits, final long room)
    {
        final boolean up = ticks.goesUp(bits);
        final int taken = ticks.levelOf(up ? Side.ASK : Side.BID, 0);
        if (counts[taken] + 2 > Math.min(room, MAX_STEP))
        {
            addSomewhere(events, bits);
            return;
        }
        int quantity = 0;
        while (heads[taken] != NONE)
        {
            final int slot = heads[taken];
            quantity += lots[slot];
            execute(events, slot, lots[slot]);
        }
        if (quantity > 0)
        {
            trade(events, taken, quantity);
        }
        ticks.move(up);
        add(events, ticks.levelOf(up ? Side.BID : Side.ASK, 0), 1 + DemoRandom.below(bits, MOST_LOTS));
    }

    private void append(final DemoEvents events, final int type, final int slot, final int quantity)
    {
        final int level = levels[slot];
        events.append(type, instrumentId, DemoTicks.sideOf(level))
            .orderId(ids[slot]).price(ticks.priceOf(level)).quantity(quantity * lot);
    }

    private int pick()
    {
        return live[DemoRandom.below(random.next(), liveCount)];
    }

    // The less of two even draws: near the touch more often than far from it.
    private int distance()
    {
        final long bits = random.next();
        return Math.min((int)(bits & (DEPTH - 1)), (int)((bits >>> 8) & (DEPTH - 1)));
    }

    private int touch(final int side)
    {
        for (int distance = 0; distance < DEPTH; distance++)
        {
            final int level = ticks.levelOf(side, distance);
            if (heads[level] != NONE)
            {
                return level;
            }
        }
        return NONE;
    }

    private void link(final int slot, final int level)
    {
        final int tail = tails[level];
        levels[slot] = level;
        previous[slot] = tail;
        next[slot] = NONE;
        tails[level] = slot;
        counts[level]++;
        if (tail == NONE)
        {
            heads[level] = slot;
        }
        else
        {
            next[tail] = slot;
        }
    }

    private void unlink(final int slot)
    {
        final int level = levels[slot];
        final int before = previous[slot];
        final int behind = next[slot];
        counts[level]--;
        if (before == NONE)
        {
            heads[level] = behind;
        }
        else
        {
            next[before] = behind;
        }
        if (behind == NONE)
        {
            tails[level] = before;
        }
        else
        {
            previous[behind] = before;
        }
    }

    private void remove(final int slot)
    {
        unlink(slot);
        liveCount--;
        final int place = places[slot];
        final int moved = live[liveCount];
        live[place] = moved;
        places[moved] = place;
        live[liveCount] = slot;
    }
}
