package io.ringtape.order;

import io.ringtape.event.Stateful;
import java.util.Arrays;
import org.agrona.collections.Long2LongHashMap;

/**
 * The open orders by client order id: columns of values, one slot an order, found through a hash map.
 * <p>
 * A slot stays an order's own until it is removed. Nothing here depends on the map's order: it is only looked up.
 * <p>
 * Thread safety: none; the order lane.
 * Allocation: only when more orders are open at once than ever before.
 */
public final class OpenOrders
{
    /** The slot of an order that is not open. */
    public static final int NO_SLOT = -1;

    private static final int INITIAL_CAPACITY = 64;

    private final Long2LongHashMap slots = new Long2LongHashMap(4 * INITIAL_CAPACITY, 0.5f, NO_SLOT);
    private long[] ids = new long[INITIAL_CAPACITY];
    private long[] prices = new long[INITIAL_CAPACITY];
    private long[] quantities = new long[INITIAL_CAPACITY];
    private int[] instrumentIds = new int[INITIAL_CAPACITY];
    private byte[] sides = new byte[INITIAL_CAPACITY];
    private boolean[] cancelsPending = new boolean[INITIAL_CAPACITY];
    private int[] freeSlots = new int[INITIAL_CAPACITY];
    private int freeCount;
    private int usedSlots;

    /**
     * No open orders.
     */
    public OpenOrders()
    {
    }

    /**
     * Adds an order.
     *
     * @param clientOrderId of an order that is not open.
     * @param instrumentId  of the order.
     * @param side          of the order.
     * @param price         of the order.
     * @param quantity      open.
     * @return its slot.
     * @throws IllegalStateException if the order is open already.
     */
    public int add(
        final long clientOrderId, final int instrumentId, final int side, final long price, final long quantity)
    {
        final int slot = freeCount > 0 ? freeSlots[freeCount - 1] : usedSlots;
        if (slot == ids.length)
        {
            grow();
        }
        if (slots.putIfAbsent(clientOrderId, slot) != NO_SLOT)
        {
            throw new IllegalStateException("order is open already: clientOrderId=" + clientOrderId);
        }
        if (freeCount > 0)
        {
            freeCount--;
        }
        else
        {
            usedSlots++;
        }
        ids[slot] = clientOrderId;
        instrumentIds[slot] = instrumentId;
        sides[slot] = (byte)side;
        prices[slot] = price;
        quantities[slot] = quantity;
        cancelsPending[slot] = false;
        return slot;
    }

    /**
     * Finds an order.
     *
     * @param clientOrderId any id.
     * @return its slot, or {@link #NO_SLOT}.
     */
    public int find(final long clientOrderId)
    {
        return (int)slots.get(clientOrderId);
    }

    /**
     * Removes an order; its slot may be given to the next one.
     *
     * @param slot of an open order.
     */
    public void remove(final int slot)
    {
        slots.remove(ids[slot]);
        freeSlots[freeCount++] = slot;
    }

    /**
     * Takes a fill from an order's open quantity.
     *
     * @param slot     of an open order.
     * @param quantity filled.
     * @return the open quantity that is left.
     */
    public long reduce(final int slot, final long quantity)
    {
        quantities[slot] -= quantity;
        return quantities[slot];
    }

    /**
     * Marks an order whose cancel is on its way.
     *
     * @param slot of an open order.
     */
    public void markCancelPending(final int slot)
    {
        cancelsPending[slot] = true;
    }

    /**
     * How many orders are open.
     *
     * @return 0 or more.
     */
    public int size()
    {
        return usedSlots - freeCount;
    }

    /**
     * The client order id of an order.
     *
     * @param slot of an open order.
     * @return its id.
     */
    public long clientOrderId(final int slot)
    {
        return ids[slot];
    }

    /**
     * The instrument of an order.
     *
     * @param slot of an open order.
     * @return its instrument.
     */
    public int instrumentId(final int slot)
    {
        return instrumentIds[slot];
    }

    /**
     * The side of an order.
     *
     * @param slot of an open order.
     * @return a constant of {@link io.ringtape.event.Side}.
     */
    public int side(final int slot)
    {
        return sides[slot];
    }

    /**
     * The limit price of an order.
     *
     * @param slot of an open order.
     * @return in price units of the instrument.
     */
    public long price(final int slot)
    {
        return prices[slot];
    }

    /**
     * The open quantity of an order.
     *
     * @param slot of an open order.
     * @return in quantity units of the instrument, above 0.
     */
    public long quantity(final int slot)
    {
        return quantities[slot];
    }

    /**
     * Whether an order's cancel is on its way.
     *
     * @param slot of an open order.
     * @return true from the cancel until it passes.
     */
    public boolean isCancelPending(final int slot)
    {
        return cancelsPending[slot];
    }

    /**
     * The open orders as a state to be stored.
     *
     * @return reads and changes these orders.
     */
    public Stateful state()
    {
        return new OpenOrdersState(this);
    }

    /**
     * The client order ids of the orders that are open.
     *
     * @return ascending, so that equal orders give equal answers whatever slots they have.
     */
    public long[] ids()
    {
        final long[] open = new long[size()];
        int count = 0;
        for (int slot = 0; slot < usedSlots; slot++)
        {
            // A slot that is free still has the id of its last order.
            if (find(ids[slot]) == slot)
            {
                open[count++] = ids[slot];
            }
        }
        Arrays.sort(open);
        return open;
    }

    void clear()
    {
        slots.clear();
        freeCount = 0;
        usedSlots = 0;
    }

    private void grow()
    {
        final int capacity = 2 * ids.length;
        ids = Arrays.copyOf(ids, capacity);
        prices = Arrays.copyOf(prices, capacity);
        quantities = Arrays.copyOf(quantities, capacity);
        instrumentIds = Arrays.copyOf(instrumentIds, capacity);
        sides = Arrays.copyOf(sides, capacity);
        cancelsPending = Arrays.copyOf(cancelsPending, capacity);
        freeSlots = Arrays.copyOf(freeSlots, capacity);
    }
}
