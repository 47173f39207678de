package io.ringtape.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.book.Books;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.Side;
import io.ringtape.event.SourceDefinition;
import io.ringtape.event.Stateful;
import io.ringtape.risk.RiskGate;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class OrderStatesTest
{
    private final OpenOrders orders = new OpenOrders();

    @Test
    void shouldStoreOrdersWhateverSlotsTheyHave()
    {
        for (int id = 0; id < 100; id++)
        {
            orders.add(1_000 - id, id, id % 2 == 0 ? Side.BID : Side.ASK, 10 + id, 20 + id);
        }
        for (int id = 0; id < 100; id += 3)
        {
            orders.remove(orders.find(1_000 - id));
        }
        orders.markCancelPending(orders.find(999));
        orders.reduce(orders.find(998), 4);
        final OpenOrders other = new OpenOrders();
        other.add(5, 5, Side.BID, 5, 5);

        other.state().readState(ByteBuffer.wrap(stored(orders.state())).order(ByteOrder.LITTLE_ENDIAN));

        assertEquals(66, other.size());
        assertEquals(OpenOrders.NO_SLOT, other.find(5));
        assertEquals(OpenOrders.NO_SLOT, other.find(1_000));
        final int slot = other.find(999);
        assertTrue(other.isCancelPending(slot));
        assertEquals(11, other.price(slot));
        assertEquals(21, other.quantity(slot));
        assertEquals(1, other.instrumentId(slot));
        assertEquals(Side.ASK, other.side(slot));
        assertFalse(other.isCancelPending(other.find(998)));
        assertEquals(18, other.quantity(other.find(998)));
        assertEquals(Arrays.toString(stored(orders.state())), Arrays.toString(stored(other.state())));
    }

    @Test
    void shouldTakeOverNoOrderTwiceNorOneWithoutQuantity()
    {
        orders.add(7, 0, Side.BID, 10, 20);
        final byte[] one = stored(orders.state());
        final ByteBuffer twice =
            ByteBuffer.allocate(2 * one.length).order(ByteOrder.LITTLE_ENDIAN).put(one).put(one).clear();
        final ByteBuffer empty = ByteBuffer.wrap(one.clone()).order(ByteOrder.LITTLE_ENDIAN).putLong(16, 0);

        assertEquals("state of open orders makes no sense: clientOrderId=7",
            assertThrows(IllegalArgumentException.class, () -> orders.state().readState(twice)).getMessage());
        assertEquals("state of open orders makes no sense: clientOrderId=7",
            assertThrows(IllegalArgumentException.class, () -> orders.state().readState(empty)).getMessage());
    }

    @Test
    void shouldRefuseACounterOfAnOrderSenderThatMakesNoSense()
    {
        final Stateful state = sender().state();
        final byte[] good = stored(state);

        requireRefused("state of an order sender makes no sense: counter=-1", state, little(good).putLong(0, -1));
        requireRefused("state of an order sender makes no sense: counter=" + (ClientOrderIds.MAX_COUNTER + 1), state,
            little(good).putLong(0, ClientOrderIds.MAX_COUNTER + 1));
        requireRefused("state of an order sender makes no sense: counter=0", state,
            little(Arrays.copyOf(good, good.length + 1)));
    }

    @Test
    void shouldRefuseTimersThatMakeNoSense()
    {
        final Stateful state = new OwnTimers(sender(), 2).state();

        requireRefused("state of timers makes no sense: timerId=4", state, timers(3, 4, 0));
        requireRefused("state of timers makes no sense: timerId=5", state, timers(3, 5, 4));
        requireRefused("state of timers makes no sense: timerId=6", state, timers(3, 6, 1, 6, 2));
        requireRefused("state of timers makes no sense: timerId=9", state, timers(3, 7, 1, 8, 2, 9, 3));
    }

    private static OwnOrders sender()
    {
        final Definitions definitions = new Definitions();
        return new OwnOrders(1, new SourceDefinition(5, SourceDefinition.Kind.STRATEGY, "test", 0, 0, 0), definitions,
            RiskGate.builder(definitions, new Books(definitions)::book).build(), (batch) -> EventPublisher.ACCEPTED);
    }

    /** The last number, then ids and numbers in turn. */
    private static ByteBuffer timers(final long lastNumber, final int... idsAndNumbers)
    {
        final ByteBuffer bytes =
            ByteBuffer.allocate(Long.BYTES + idsAndNumbers.length / 2 * (Integer.BYTES + Long.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN).putLong(lastNumber);
        for (int i = 0; i < idsAndNumbers.length; i += 2)
        {
            bytes.putInt(idsAndNumbers[i]).putLong(idsAndNumbers[i + 1]);
        }
        return bytes.clear();
    }

    private static ByteBuffer little(final byte[] bytes)
    {
        return ByteBuffer.wrap(bytes.clone()).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void requireRefused(final String text, final Stateful state, final ByteBuffer bytes)
    {
        assertEquals(text,
            assertThrows(IllegalArgumentException.class, () -> state.readState(bytes)).getMessage());
    }

    private static byte[] stored(final Stateful state)
    {
        final ByteBuffer bytes = ByteBuffer.allocate((int)state.stateBytes()).order(ByteOrder.LITTLE_ENDIAN);
        state.writeState(bytes);
        assertEquals(0, bytes.remaining());
        return bytes.array();
    }
}
