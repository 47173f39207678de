package io.ringtape.order;

import io.ringtape.event.Stateful;
import java.nio.ByteBuffer;

/**
 * Open orders as bytes: each order in the order of the ids. The slots that they had say nothing and are not stored.
 */
final class OpenOrdersState implements Stateful
{
    private static final int ORDER_BYTES = 3 * Long.BYTES + Integer.BYTES + 2;

    // As an event has them: a tape may name an order that has no side.
    private static final int SIDE_BITS = 3;

    private final OpenOrders orders;

    OpenOrdersState(final OpenOrders orders)
    {
        this.orders = orders;
    }

    @Override
    public String stateName()
    {
        return "open-orders";
    }

    @Override
    public int stateVersion()
    {
        return 1;
    }

    @Override
    public long stateParameters()
    {
        return 0;
    }

    @Override
    public long stateBytes()
    {
        return (long)orders.size() * ORDER_BYTES;
    }

    @Override
    public void writeState(final ByteBuffer target)
    {
        for (final long id : orders.ids())
        {
            final int slot = orders.find(id);
            target.putLong(id).putLong(orders.price(slot)).putLong(orders.quantity(slot))
                .putInt(orders.instrumentId(slot)).put((byte)orders.side(slot))
                .put((byte)(orders.isCancelPending(slot) ? 1 : 0));
        }
    }

    @Override
    public void readState(final ByteBuffer source)
    {
        orders.clear();
        while (source.hasRemaining())
        {
            final long id = source.getLong();
            final long price = source.getLong();
            final long quantity = source.getLong();
            final int instrumentId = source.getInt();
            final int side = source.get();
            final int pending = source.get();
            if (quantity <= 0 || instrumentId < 0 || (side & ~SIDE_BITS) != 0 || (pending & ~1) != 0 ||
                orders.find(id) != OpenOrders.NO_SLOT)
            {
                throw new IllegalArgumentException("state of open orders makes no sense: clientOrderId=" + id);
            }
            final int slot = orders.add(id, instrumentId, side, price, quantity);
            if (pending == 1)
            {
                orders.markCancelPending(slot);
            }
        }
    }
}
