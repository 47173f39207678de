package io.ringtape.cli.demo;

import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.Side;

/**
 * The prices of an instrument around a middle that walks by one tick. A level is a number: bids stand at the middle
 * tick or below, asks above it and by {@link #COUNT} higher. Hot path.
 * <p>
 * Thread safety: none.
 * Allocation: none after construction.
 */
final class DemoTicks
{
    /** Prices of a side. */
    static final int COUNT = 1024;
    private static final int LOWEST_MIDDLE = 128;
    private static final int HIGHEST_MIDDLE = COUNT - LOWEST_MIDDLE;

    private final long tick;
    private final long basePrice;
    private int middle = COUNT / 2;

    DemoTicks(final InstrumentDefinition definition, final long middlePrice)
    {
        tick = definition.tickSize();
        basePrice = middlePrice - tick * middle;
    }

    int levelOf(final int side, final int distance)
    {
        return side == Side.BID ? middle - distance : COUNT + middle + 1 + distance;
    }

    static int sideOf(final int level)
    {
        return level < COUNT ? Side.BID : Side.ASK;
    }

    long priceOf(final int level)
    {
        return basePrice + tick * (level & (COUNT - 1));
    }

    /** Whether the middle goes up at its next step: as the bits say, unless it is at an end. */
    boolean goesUp(final long bits)
    {
        return middle <= LOWEST_MIDDLE || (middle < HIGHEST_MIDDLE && (bits & 1024) == 0);
    }

    void move(final boolean up)
    {
        middle += up ? 1 : -1;
    }
}
