package io.ringtape.cli.demo;

import io.ringtape.event.EventType;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.Side;

/**
 * An instrument by price: absolute totals of the levels next to a price that walks by one tick. Hot path.
 * <p>
 * Bids stand at the middle tick or below, asks above it. When the middle moves, the level that was taken and the one
 * that falls out of the window go to 0, and what is left of the aggressor makes the new touch.
 * <p>
 * Thread safety: none.
 * Allocation: none after construction.
 */
final class DemoLevels implements DemoMarket
{
    private static final int TICKS = 1024;
    private static final int LOWEST_MIDDLE = 128;
    private static final int HIGHEST_MIDDLE = TICKS - LOWEST_MIDDLE;
    private static final int DEPTH = 16;
    private static final int MOST_LOTS = 200;

    private final int instrumentId;
    private final long tick;
    private final long lot;
    private final long basePrice;
    private final DemoRandom random;
    private final int[] lots = new int[2 * TICKS];
    private int middle = TICKS / 2;

    DemoLevels(final InstrumentDefinition definition, final long middlePrice, final long lot, final DemoRandom random)
    {
        instrumentId = definition.instrumentId();
        tick = definition.tickSize();
        this.lot = lot;
        basePrice = middlePrice - tick * middle;
        this.random = random;
    }

    @Override
    public void step(final DemoEvents events, final long room)
    {
        final long bits = random.next();
        final int dice = (int)(bits & 1023);
        final int side = (bits & 1024) == 0 ? Side.BID : Side.ASK;
        if (room >= LEAST_ROOM && dice >= 1014)
        {
            walk(events, bits);
        }
        else if (room >= LEAST_ROOM && dice >= 930 && lots[levelOf(side, 0)] > 0)
        {
            trade(events, levelOf(side, 0), 1 + DemoRandom.below(bits, lots[levelOf(side, 0)]));
        }
        else
        {
            final int distance = Math.min((int)((bits >>> 11) & (DEPTH - 1)), (int)((bits >>> 15) & (DEPTH - 1)));
            final boolean empty = (bits & 0x0780_0000) == 0;
            set(events, levelOf(side, distance), empty ? 0 : 1 + DemoRandom.below(bits, MOST_LOTS));
        }
    }

    private void trade(final DemoEvents events, final int level, final int quantity)
    {
        events.append(EventType.TRADE, instrumentId, sideOf(level))
            .orderId(events.nextMatchId()).price(priceOf(level)).quantity(quantity * lot);
        set(events, level, lots[level] - quantity);
    }

    private void walk(final DemoEvents events, final long bits)
    {
        final boolean up = middle <= LOWEST_MIDDLE || (middle < HIGHEST_MIDDLE && (bits & 1024) == 0);
        final int taken = levelOf(up ? Side.ASK : Side.BID, 0);
        final int left = levelOf(up ? Side.BID : Side.ASK, DEPTH - 1);
        if (lots[taken] > 0)
        {
            trade(events, taken, lots[taken]);
        }
        if (lots[left] > 0)
        {
            set(events, left, 0);
        }
        middle += up ? 1 : -1;
        set(events, levelOf(up ? Side.BID : Side.ASK, 0), 1 + DemoRandom.below(bits, MOST_LOTS));
    }

    private void set(final DemoEvents events, final int level, final int quantity)
    {
        lots[level] = quantity;
        events.append(EventType.LEVEL_SET, instrumentId, sideOf(level)).price(priceOf(level)).quantity(quantity * lot);
    }

    private int levelOf(final int side, final int distance)
    {
        return side == Side.BID ? middle - distance : TICKS + middle + 1 + distance;
    }

    private static int sideOf(final int level)
    {
        return level < TICKS ? Side.BID : Side.ASK;
    }

    private long priceOf(final int level)
    {
        return basePrice + tick * (level & (TICKS - 1));
    }
}
