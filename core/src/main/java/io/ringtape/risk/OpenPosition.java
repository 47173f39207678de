package io.ringtape.risk;

import io.ringtape.event.Side;
import io.ringtape.order.Saturated;
import java.nio.ByteBuffer;

/**
 * A position with the open orders that may change it, of all accounts together or of one. Hot path.
 * <p>
 * Thread safety: none; the order lane.
 * Allocation: on construction only.
 */
final class OpenPosition
{
    /** Of what {@link #store(ByteBuffer)} writes. */
    static final int STATE_BYTES = 3 * Long.BYTES;

    private long position;
    private long openBuys;
    private long openSells;

    long position()
    {
        return position;
    }

    /**
     * The open quantity of a side.
     *
     * @param side {@link Side#BID}, or any other for the orders that sell.
     * @return 0 or more.
     */
    long openQuantity(final int side)
    {
        return side == Side.BID ? openBuys : openSells;
    }

    boolean hasOpenOrders()
    {
        return openBuys != 0 || openSells != 0;
    }

    /**
     * The position if an order and all open orders of its side were filled.
     *
     * @param side     of the order.
     * @param quantity of the order.
     * @return above 0 long, below 0 short; held at the ends of 64 bits.
     */
    long worst(final int side, final long quantity)
    {
        return side == Side.BID ? Saturated.add(Saturated.add(position, openBuys), quantity) :
            Saturated.add(Saturated.add(position, -openSells), -quantity);
    }

    void open(final int side, final long quantity)
    {
        if (side == Side.BID)
        {
            openBuys = Saturated.add(openBuys, quantity);
        }
        else
        {
            openSells = Saturated.add(openSells, quantity);
        }
    }

    void release(final int side, final long quantity)
    {
        if (side == Side.BID)
        {
            openBuys -= quantity;
        }
        else
        {
            openSells -= quantity;
        }
    }

    void fill(final int side, final long quantity)
    {
        position = Saturated.add(position, side == Side.BID ? quantity : -quantity);
    }

    /** Takes over a position that no order of this gate made. */
    void take(final long quantity)
    {
        position = Saturated.add(position, quantity);
    }

    void store(final ByteBuffer target)
    {
        target.putLong(position).putLong(openBuys).putLong(openSells);
    }

    void load(final ByteBuffer source)
    {
        position = source.getLong();
        openBuys = source.getLong();
        openSells = source.getLong();
    }
}
