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
    private static final int DEPTH = 16;
    private static final int MOST_LOTS = 200;

    private final int instrumentId;
    private final DemoTicks ticks;
    private final long lot;
    private final DemoRandom random;
    private final int[] lots = new int[2 * DemoTicks.COUNT];

    DemoLevels(final InstrumentDefinition definition, final long middlePrice, final long lot, final DemoRandom random)
    {
        instrumentId = definition.instrumentId();
        ticks = new DemoTicks(definition, middlePrice);
        this.lot = lot;
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
        else if (room >= LEAST_ROOM && dice >= 930 && lots[ticks.levelOf(side, 0)] > 0)
        {
            trade(events, ticks.levelOf(side, 0), 1 + DemoRandom.below(bits, lots[ticks.levelOf(side, 0)]));
        }
        else
        {
            final int distance = Math.min((int)((bits >>> 11) & (DEPTH - 1)), (int)((bits >>> 15) & (DEPTH - 1)));
            final boolean empty = (bits & 0x0780_0000) == 0;
            set(events, ticks.levelOf(side, distance), empty ? 0 : 1 + DemoRandom.below(bits, MOST_LOTS));
        }
    }

    private void trade(final DemoEvents events, final int level, final int quantity)
    {
        events.append(EventType.TRADE, instrumentId, DemoTicks.sideOf(level))
            .orderId(events.nextMatchId()).price(ticks.priceOf(level)).quantity(quantity * lot);
        set(events, level, lots[level] - quantity);
    }

    private void walk(final DemoEvents events, final long bits)
    {
        final boolean up = ticks.goesUp(bits);
        final int taken = ticks.levelOf(up ? Side.ASK : Side.BID, 0);
        final int left = ticks.levelOf(up ? Side.BID : Side.ASK, DEPTH - 1);
        if (lots[taken] > 0)
        {
            trade(events, taken, lots[taken]);
        }
        if (lots[left] > 0)
        {
            set(events, left, 0);
        }
        ticks.move(up);
        set(events, ticks.levelOf(up ? Side.BID : Side.ASK, 0), 1 + DemoRandom.below(bits, MOST_LOTS));
    }

    private void set(final DemoEvents events, final int level, final int quantity)
    {
        lots[level] = quantity;
        events.append(EventType.LEVEL_SET, instrumentId, DemoTicks.sideOf(level))
            .price(ticks.priceOf(level)).quantity(quantity * lot);
    }
}
