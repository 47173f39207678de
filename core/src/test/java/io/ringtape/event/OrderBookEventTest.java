package io.ringtape.event;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class OrderBookEventTest
{
    private final byte[] bytes = new byte[3 * OrderBookEvent.SIZE_BYTES];
    private final ByteBuffer view = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    private final OrderBookEvent event = new OrderBookEvent().wrap(buffer, OrderBookEvent.SIZE_BYTES);

    @Test
    void shouldWriteEachFieldAtItsOffset()
    {
        event.sequence(0x0102030405060708L).eventTimeNs(0x1112131415161718L).receiveTimeNs(0x2122232425262728L)
            .orderId(0x3132333435363738L).price(0x4142434445464748L).quantity(0x5152535455565758L)
            .sourceSequence(0x6162636465666768L).instrumentId(0x71727374).type(0xF5).sourceId(0xF6).flags(0xF7F8);

        assertEquals(0x0102030405060708L, view.getLong(64));
        assertEquals(0x1112131415161718L, view.getLong(64 + 8));
        assertEquals(0x2122232425262728L, view.getLong(64 + 16));
        assertEquals(0x3132333435363738L, view.getLong(64 + 24));
        assertEquals(0x4142434445464748L, view.getLong(64 + 32));
        assertEquals(0x5152535455565758L, view.getLong(64 + 40));
        assertEquals(0x6162636465666768L, view.getLong(64 + 48));
        assertEquals(0x71727374, view.getInt(64 + 56));
        assertEquals((byte)0xF5, view.get(64 + 60));
        assertEquals((byte)0xF6, view.get(64 + 61));
        assertEquals((short)0xF7F8, view.getShort(64 + 62));
        assertArrayEquals(new byte[64], Arrays.copyOfRange(bytes, 0, 64));
        assertArrayEquals(new byte[64], Arrays.copyOfRange(bytes, 128, 192));
    }

    @Test
    void shouldReadEachFieldFromItsOffset()
    {
        view.putLong(64, 1).putLong(64 + 8, -2).putLong(64 + 16, 3).putLong(64 + 24, -4).putLong(64 + 32, 5)
            .putLong(64 + 40, -6).putLong(64 + 48, 7).putInt(64 + 56, Integer.MAX_VALUE).put(64 + 60, (byte)200)
            .put(64 + 61, (byte)255).putShort(64 + 62, (short)0xFFFE);

        assertEquals(1, event.sequence());
        assertEquals(-2, event.eventTimeNs());
        assertEquals(3, event.receiveTimeNs());
        assertEquals(-4, event.orderId());
        assertEquals(5, event.price());
        assertEquals(-6, event.quantity());
        assertEquals(7, event.sourceSequence());
        assertEquals(Integer.MAX_VALUE, event.instrumentId());
        assertEquals(200, event.type());
        assertEquals(255, event.sourceId());
        assertEquals(0xFFFE, event.flags());
        assertEquals(Side.ASK, event.side());
    }

    @Test
    void shouldTellFlagsAndSideApart()
    {
        event.reset().flags(Side.BID | EventFlags.LAST | EventFlags.MAKER);

        assertEquals(Side.BID, event.side());
        assertTrue(event.has(EventFlags.LAST));
        assertTrue(event.has(EventFlags.SNAPSHOT | EventFlags.MAKER));
        assertFalse(event.has(EventFlags.SNAPSHOT | EventFlags.OWN));
    }

    @Test
    void shouldGiveEveryFlagABitOfItsOwn()
    {
        final int[] flags = {
            EventFlags.SIDE_MASK, EventFlags.LAST, EventFlags.SNAPSHOT, EventFlags.BAD_TIME, EventFlags.SUSPECT_BOOK,
            EventFlags.OWN, EventFlags.WINDOW, EventFlags.NOT_PRINTABLE, EventFlags.MAKER, EventFlags.RESERVED_MASK};

        int seen = 0;
        for (final int flag : flags)
        {
            assertEquals(0, seen & flag);
            seen |= flag;
        }

        assertEquals(0xFFFF, seen);
    }

    @Test
    void shouldBeBlankAfterReset()
    {
        Arrays.fill(bytes, (byte)0xFF);

        assertSame(event, event.reset());

        assertEquals(OrderBookEvent.NULL_PRICE, event.price());
        assertEquals(OrderBookEvent.NULL_QUANTITY, event.quantity());
        for (final int word : new int[]{0, 1, 2, 3, 6, 7})
        {
            assertEquals(0, event.word(word));
        }
        assertEquals(-1, view.getLong(56));
        assertEquals(-1, view.getLong(128));
    }

    @Test
    void shouldHoldDetailsBetweenSequenceAndInstrument()
    {
        event.reset().sequence(1).type(EventType.DETAIL).instrumentId(2);
        for (int i = 0; i < OrderBookEvent.DETAIL_COUNT; i++)
        {
            event.detail(i, -10L - i);
        }

        for (int i = 0; i < OrderBookEvent.DETAIL_COUNT; i++)
        {
            assertEquals(-10L - i, event.detail(i));
            assertEquals(-10L - i, view.getLong(64 + 8 + 8 * i));
            assertEquals(-10L - i, event.word(1 + i));
        }
        assertEquals(1, event.sequence());
        assertEquals(2, event.instrumentId());
        assertEquals(EventType.DETAIL, event.type());
    }

    @Test
    void shouldCopyAllBytes()
    {
        for (int i = 0; i < 64; i++)
        {
            bytes[64 + i] = (byte)(i * 37 + 11);
        }

        new OrderBookEvent().wrap(buffer, 128).copyFrom(event);

        assertArrayEquals(Arrays.copyOfRange(bytes, 64, 128), Arrays.copyOfRange(bytes, 128, 192));
        assertArrayEquals(new byte[64], Arrays.copyOfRange(bytes, 0, 64));
    }

    @Test
    void shouldLeaveSequenceOfClaimedSlotAlone()
    {
        final UnsafeBuffer slot = new UnsafeBuffer(new byte[OrderBookEvent.SIZE_BYTES]);
        slot.putLong(0, 5);
        final OrderBookEvent claimed = OrderBookEvent.ofClaims().wrap(slot, 0);

        claimed.copyFrom(new OrderBookEvent().sequence(6).price(7).orderId(8)).sequence(9);

        assertEquals(5, claimed.sequence());
        assertEquals(7, claimed.price());
        assertEquals(8, claimed.orderId());
        assertEquals(5, claimed.reset().sequence());
        assertEquals(OrderBookEvent.NULL_PRICE, claimed.price());
        assertEquals(0, claimed.orderId());
    }

    @Test
    void shouldTellWhereItStands()
    {
        assertSame(buffer, event.buffer());
        assertEquals(64, event.offset());
    }

    @Test
    void shouldMoveWithinItsBuffer()
    {
        view.putLong(128, 77);

        assertSame(event, event.moveTo(buffer, 128));

        assertEquals(77, event.sequence());
        assertEquals(128, event.offset());
    }

    @Test
    void shouldWrapBufferThatItWasNotOn()
    {
        view.putLong(128, 77);
        event.wrap(new UnsafeBuffer(new byte[OrderBookEvent.SIZE_BYTES]), 0);

        event.moveTo(buffer, 128);

        assertSame(buffer, event.buffer());
        assertEquals(77, event.sequence());
    }

    @Test
    void shouldRefuseToMoveOutsideOfItsBuffer()
    {
        assertEquals("newOffset=129 limit=128",
            assertThrows(IndexOutOfBoundsException.class, () -> event.moveTo(buffer, 129)).getMessage());
        assertEquals("newOffset=-1 limit=128",
            assertThrows(IndexOutOfBoundsException.class, () -> event.moveTo(buffer, -1)).getMessage());
        final UnsafeBuffer other = new UnsafeBuffer(new byte[OrderBookEvent.SIZE_BYTES]);
        assertThrows(IndexOutOfBoundsException.class, () -> event.moveTo(other, 1));
        assertSame(buffer, event.buffer());
    }

    @Test
    void shouldPrintItsFields()
    {
        event.reset().sequence(7).type(EventType.ORDER_ADD).eventTimeNs(1).receiveTimeNs(2).orderId(3).price(4)
            .quantity(5).sourceSequence(6).instrumentId(8).sourceId(9).flags(Side.BID | EventFlags.LAST | 0x200);

        assertEquals("sequence=7 type=order-add eventTimeNs=1 receiveTimeNs=2 orderId=3 price=4 quantity=5 " +
            "sourceSequence=6 instrumentId=8 sourceId=9 flags=0x205", event.toString());
    }

    @Test
    void shouldPrintDetails()
    {
        event.reset().sequence(7).type(EventType.DETAIL);
        for (int i = 0; i < OrderBookEvent.DETAIL_COUNT; i++)
        {
            event.detail(i, i);
        }

        assertEquals("sequence=7 type=detail detail0=0 detail1=1 detail2=2 detail3=3 detail4=4 detail5=5 " +
            "instrumentId=0 sourceId=0 flags=0x0", event.toString());
    }
}
