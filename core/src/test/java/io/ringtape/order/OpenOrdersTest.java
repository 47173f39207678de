package io.ringtape.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ringtape.event.Side;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class OpenOrdersTest
{
    private final OpenOrders orders = new OpenOrders();

    @Test
    void shouldKeepWhatAnOrderIs()
    {
        final int slot = orders.add(7L, 3, Side.ASK, -250L, 40L);

        assertEquals(slot, orders.find(7L));
        assertEquals(7L, orders.clientOrderId(slot));
        assertEquals(3, orders.instrumentId(slot));
        assertEquals(Side.ASK, orders.side(slot));
        assertEquals(-250L, orders.price(slot));
        assertEquals(40L, orders.quantity(slot));
        assertFalse(orders.isCancelPending(slot));
    }

    @Test
    void shouldForgetARemovedOrderAndGiveItsSlotAway()
    {
        final int slot = orders.add(7L, 3, Side.ASK, 250L, 40L);
        orders.markCancelPending(slot);

        orders.remove(slot);
        final int next = orders.add(8L, 0, Side.BID, 1L, 2L);

        assertEquals(OpenOrders.NO_SLOT, orders.find(7L));
        assertEquals(slot, next);
        assertFalse(orders.isCancelPending(next));
        assertEquals(1, orders.size());
    }

    @Test
    void shouldTakeFillsFromTheOpenQuantity()
    {
        final int slot = orders.add(7L, 3, Side.ASK, 250L, 40L);

        assertEquals(15L, orders.reduce(slot, 25L));
        assertEquals(15L, orders.quantity(slot));
    }

    @Test
    void shouldGrowAndKeepEveryOrder()
    {
        for (int i = 0; i < 10_000; i++)
        {
            orders.add(i, i % 7, Side.BID, i, i + 1);
        }

        assertEquals(10_000, orders.size());
        for (int i = 0; i < 10_000; i++)
        {
            final int slot = orders.find(i);
            assertEquals(i, orders.clientOrderId(slot));
            assertEquals(i, orders.price(slot));
            assertEquals(i % 7, orders.instrumentId(slot));
        }
    }

    @Test
    void shouldRefuseAnOrderThatIsOpen()
    {
        orders.add(7L, 3, Side.ASK, 250L, 40L);

        final IllegalStateException refusal =
            assertThrows(IllegalStateException.class, () -> orders.add(7L, 3, Side.ASK, 250L, 40L));

        assertEquals("order is open already: clientOrderId=7", refusal.getMessage());
        assertEquals(1, orders.size());
    }
}
