package io.ringtape.order;

import io.ringtape.event.Stateful;
import java.nio.ByteBuffer;

/**
 * What an order sender knows, as bytes: the counter of the last client order id, and its causes.
 */
final class OwnOrdersState implements Stateful
{
    private final OwnOrders orders;

    OwnOrdersState(final OwnOrders orders)
    {
        this.orders = orders;
    }

    @Override
    public String stateName()
    {
        return "own-orders";
    }

    @Override
    public int stateVersion()
    {
        return 1;
    }

    @Override
    public long stateParameters()
    {
        return Stateful.parameters("firstId=" + orders.firstId() + " account=" + orders.account());
    }

    @Override
    public long stateBytes()
    {
        return Long.BYTES + Cause.STATE_BYTES;
    }

    @Override
    public void writeState(final ByteBuffer target)
    {
        target.putLong(orders.lastCounter());
        orders.cause().store(target);
    }

    @Override
    public void readState(final ByteBuffer source)
    {
        final long counter = source.getLong();
        if (counter < 0 || counter > ClientOrderIds.MAX_COUNTER || source.remaining() != Cause.STATE_BYTES)
        {
            throw new IllegalArgumentException("state of an order sender makes no sense: counter=" + counter);
        }
        orders.restart(counter);
        orders.cause().load(source);
    }
}
