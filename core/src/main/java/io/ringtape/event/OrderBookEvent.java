package io.ringtape.event;

import java.nio.ByteOrder;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A flyweight over the 64 bytes of one event: one cache line, the same in the ring, on tape and on a bridge;
 * {@link EventLayout} has the offsets. On an {@link EventType#DETAIL} the bytes 8 to 55 are six values, see
 * {@link #detail(int)}. The normative description is the SBE schema {@code ringtape-schema.xml}. Accesses are plain.
 * <p>
 * Thread safety: none; each thread moves a flyweight of its own.
 * Allocation: none after construction, but for {@link #toString()}.
 */
public final class OrderBookEvent
{
    /** Length of an event in bytes. */
    public static final int SIZE_BYTES = 64;
    /** The price that says that there is none. */
    public static final long NULL_PRICE = Long.MIN_VALUE;
    /** The quantity that says that there is none, or all on a delete or reduce. */
    public static final long NULL_QUANTITY = Long.MIN_VALUE;
    /** Number of values of a detail. */
    public static final int DETAIL_COUNT = 6;

    static
    {
        if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN)
        {
            throw new ExceptionInInitializerError("events need a little-endian machine");
        }
    }

    // 64 bytes of its own until it is moved, so that no access goes astray.
    private UnsafeBuffer buffer = new UnsafeBuffer(new byte[SIZE_BYTES]);
    private byte @Nullable [] array = buffer.byteArray();
    private long base = buffer.addressOffset();
    private long address = base;
    private int limit;
    private boolean leavesSequence;

    /**
     * A flyweight over claimed slots of a ring: it never writes the sequence, since that is what publishes an event.
     *
     * @return a new one.
     */
    public static OrderBookEvent ofClaims()
    {
        final OrderBookEvent event = new OrderBookEvent();
        event.leavesSequence = true;
        return event;
    }

    /**
     * Moves the flyweight. The bounds are checked here, once, and not by the accessors; where the buffer is then
     * wrapped around other memory, the flyweight has to be moved again.
     *
     * @param newBuffer that holds the event.
     * @param newOffset of the event's first byte in the buffer.
     * @return this.
     * @throws IndexOutOfBoundsException if the buffer does not hold all 64 bytes.
     */
    public OrderBookEvent wrap(final UnsafeBuffer newBuffer, final int newOffset)
    {
        newBuffer.boundsCheck(newOffset, SIZE_BYTES);
        final byte[] newArray = newBuffer.byteArray();
        // A stored reference costs a barrier of the collector, and most moves stay in one buffer.
        if (!isSame(buffer, newBuffer) || array != newArray)
        {
            buffer = newBuffer;
            array = newArray;
        }
        base = newBuffer.addressOffset();
        limit = newBuffer.capacity() - SIZE_BYTES;
        address = base + newOffset;
        return this;
    }

    /**
     * Moves the flyweight within a buffer as it was when it was last wrapped: for loops over memory that stays where it
     * is. A flyweight that somebody wrapped elsewhere meanwhile is wrapped anew.
     *
     * @param owner     that holds the event.
     * @param newOffset of the event's first byte in the buffer.
     * @return this.
     * @throws IndexOutOfBoundsException if the buffer does not hold all 64 bytes.
     */
    public OrderBookEvent moveTo(final UnsafeBuffer owner, final int newOffset)
    {
        if (!isSame(buffer, owner))
        {
            return wrap(owner, newOffset);
        }
        if (newOffset < 0 || newOffset > limit)
        {
            throw outside(newOffset);
        }
        address = base + newOffset;
        return this;
    }

    private IndexOutOfBoundsException outside(final int newOffset)
    {
        return new IndexOutOfBoundsException("newOffset=" + newOffset + " limit=" + limit);
    }

    /**
     * The buffer under the flyweight.
     *
     * @return the buffer last wrapped.
     */
    public UnsafeBuffer buffer()
    {
        return buffer;
    }

    /**
     * Where the event stands in the {@link #buffer()}.
     *
     * @return offset of the event's first byte.
     */
    public int offset()
    {
        return (int)(address - base);
    }

    /**
     * Makes the event blank: all bytes 0, but price and quantity null; in a claimed slot the sequence stays.
     *
     * @return this.
     */
    public OrderBookEvent reset()
    {
        return sequence(0L).set(0L, 0L, 0L, NULL_PRICE, NULL_QUANTITY, 0L, 0L);
    }

    /**
     * Sets everything but the sequence, as seven stores.
     *
     * @param eventTimeNs    see {@link #eventTimeNs()}.
     * @param receiveTimeNs  see {@link #receiveTimeNs()}.
     * @param orderId        see {@link #orderId()}.
     * @param price          see {@link #price()}.
     * @param quantity       see {@link #quantity()}.
     * @param sourceSequence see {@link #sourceSequence()}.
     * @param tail           instrument, type, source and flags as {@link EventLayout#tail(int, int, int, int)} packs
     *                       them.
     * @return this.
     */
    public OrderBookEvent set(
        final long eventTimeNs, final long receiveTimeNs, final long orderId, final long price, final long quantity,
        final long sourceSequence, final long tail)
    {
        // In locals: after a store to memory of unknown kind the compiler reads fields again.
        final byte[] to = array;
        final long at = address;
        UnsafeApi.putLong(to, at + EventLayout.EVENT_TIME_OFFSET, eventTimeNs);
        UnsafeApi.putLong(to, at + EventLayout.RECEIVE_TIME_OFFSET, receiveTimeNs);
        UnsafeApi.putLong(to, at + EventLayout.ORDER_ID_OFFSET, orderId);
        UnsafeApi.putLong(to, at + EventLayout.PRICE_OFFSET, price);
        UnsafeApi.putLong(to, at + EventLayout.QUANTITY_OFFSET, quantity);
        UnsafeApi.putLong(to, at + EventLayout.SOURCE_SEQUENCE_OFFSET, sourceSequence);
        UnsafeApi.putLong(to, at + EventLayout.INSTRUMENT_ID_OFFSET, tail);
        return this;
    }

    /**
     * Copies all 64 bytes of another event, into a claimed slot all but the sequence.
     *
     * @param other the event to copy from.
     * @return this.
     */
    public OrderBookEvent copyFrom(final OrderBookEvent other)
    {
        final byte[] from = other.array;
        final long at = other.address;
        final byte[] to = array;
        final long toAt = address;
        sequence(other.sequence());
        for (int i = EventLayout.EVENT_TIME_OFFSET; i < SIZE_BYTES; i += Long.BYTES)
        {
            UnsafeApi.putLong(to, toAt + i, UnsafeApi.getLong(from, at + i));
        }
        return this;
    }

    /**
     * One of the eight 64-bit words of the event, as hashes and comparisons read it.
     *
     * @param index of the word, 0 (the sequence) to 7.
     * @return the little-endian word.
     */
    public long word(final int index)
    {
        return UnsafeApi.getLong(array, address + (index << 3));
    }

    /**
     * The position on the bus; goes on over the runs of a tape.
     *
     * @return 0 or more.
     */
    public long sequence()
    {
        return UnsafeApi.getLong(array, address);
    }

    /**
     * Sets the {@link #sequence()}, but in a claimed slot, where the bus does it with the publish.
     *
     * @param value 0 or more.
     * @return this.
     */
    public OrderBookEvent sequence(final long value)
    {
        if (!leavesSequence)
        {
            UnsafeApi.putLong(array, address, value);
        }
        return this;
    }

    /**
     * The venue's time; it may go back.
     *
     * @return ns since the epoch, UTC.
     */
    public long eventTimeNs()
    {
        return UnsafeApi.getLong(array, address + EventLayout.EVENT_TIME_OFFSET);
    }

    /**
     * Sets the {@link #eventTimeNs()}.
     *
     * @param value ns since the epoch, UTC.
     * @return this.
     */
    public OrderBookEvent eventTimeNs(final long value)
    {
        UnsafeApi.putLong(array, address + EventLayout.EVENT_TIME_OFFSET, value);
        return this;
    }

    /**
     * When this process, or the capture, got the event; the time index uses its running maximum, clocks and timers that
     * of inputs that are not flagged bad time.
     *
     * @return ns since the epoch, UTC.
     */
    public long receiveTimeNs()
    {
        return UnsafeApi.getLong(array, address + EventLayout.RECEIVE_TIME_OFFSET);
    }

    /**
     * Sets the {@link #receiveTimeNs()}.
     *
     * @param value ns since the epoch, UTC.
     * @return this.
     */
    public OrderBookEvent receiveTimeNs(final long value)
    {
        UnsafeApi.putLong(array, address + EventLayout.RECEIVE_TIME_OFFSET, value);
        return this;
    }

    /**
     * The opaque order id, match id, client order id or order count, see {@link EventType}.
     *
     * @return any value.
     */
    public long orderId()
    {
        return UnsafeApi.getLong(array, address + EventLayout.ORDER_ID_OFFSET);
    }

    /**
     * Sets the {@link #orderId()}.
     *
     * @param value any value.
     * @return this.
     */
    public OrderBookEvent orderId(final long value)
    {
        UnsafeApi.putLong(array, address + EventLayout.ORDER_ID_OFFSET, value);
        return this;
    }

    /**
     * The price in units of 10^priceExponent of the instrument.
     *
     * @return the price, or {@link #NULL_PRICE}.
     */
    public long price()
    {
        return UnsafeApi.getLong(array, address + EventLayout.PRICE_OFFSET);
    }

    /**
     * Sets the {@link #price()}.
     *
     * @param value in units of 10^priceExponent, or {@link #NULL_PRICE}.
     * @return this.
     */
    public OrderBookEvent price(final long value)
    {
        UnsafeApi.putLong(array, address + EventLayout.PRICE_OFFSET, value);
        return this;
    }

    /**
     * The quantity in units of 10^quantityExponent of the instrument; on delete and reduce the amount removed.
     *
     * @return the quantity, or {@link #NULL_QUANTITY}.
     */
    public long quantity()
    {
        return UnsafeApi.getLong(array, address + EventLayout.QUANTITY_OFFSET);
    }

    /**
     * Sets the {@link #quantity()}.
     *
     * @param value in units of 10^quantityExponent, or {@link #NULL_QUANTITY}.
     * @return this.
     */
    public OrderBookEvent quantity(final long value)
    {
        UnsafeApi.putLong(array, address + EventLayout.QUANTITY_OFFSET, value);
        return this;
    }

    /**
     * The venue's number on its line; on own events the sequence of the input event that caused them.
     *
     * @return any value; 0 where the source has none; {@link VenueEvents#WRITERS_HEARTBEAT} on one.
     */
    public long sourceSequence()
    {
        return UnsafeApi.getLong(array, address + EventLayout.SOURCE_SEQUENCE_OFFSET);
    }

    /**
     * Sets the {@link #sourceSequence()}.
     *
     * @param value any value.
     * @return this.
     */
    public OrderBookEvent sourceSequence(final long value)
    {
        UnsafeApi.putLong(array, address + EventLayout.SOURCE_SEQUENCE_OFFSET, value);
        return this;
    }

    /**
     * The instrument, dense from 0 in order of definition.
     *
     * @return index into {@link Definitions}.
     */
    public int instrumentId()
    {
        return UnsafeApi.getInt(array, address + EventLayout.INSTRUMENT_ID_OFFSET);
    }

    /**
     * Sets the {@link #instrumentId()}.
     *
     * @param value index into {@link Definitions}.
     * @return this.
     */
    public OrderBookEvent instrumentId(final int value)
    {
        UnsafeApi.putInt(array, address + EventLayout.INSTRUMENT_ID_OFFSET, value);
        return this;
    }

    /**
     * What the event says.
     *
     * @return a code of {@link EventType}, 0 to 255.
     */
    public int type()
    {
        return UnsafeApi.getByte(array, address + EventLayout.TYPE_OFFSET) & 0xFF;
    }

    /**
     * Sets the {@link #type()}.
     *
     * @param value a code of {@link EventType}.
     * @return this.
     */
    public OrderBookEvent type(final int value)
    {
        UnsafeApi.putByte(array, address + EventLayout.TYPE_OFFSET, (byte)value);
        return this;
    }

    /**
     * Where the event came from.
     *
     * @return index into the sources of {@link Definitions}, 0 to 255.
     */
    public int sourceId()
    {
        return UnsafeApi.getByte(array, address + EventLayout.SOURCE_ID_OFFSET) & 0xFF;
    }

    /**
     * Sets the {@link #sourceId()}.
     *
     * @param value 0 to 255.
     * @return this.
     */
    public OrderBookEvent sourceId(final int value)
    {
        UnsafeApi.putByte(array, address + EventLayout.SOURCE_ID_OFFSET, (byte)value);
        return this;
    }

    /**
     * The bits of {@link EventFlags}, the side among them.
     *
     * @return 0 to 65,535.
     */
    public int flags()
    {
        return UnsafeApi.getShort(array, address + EventLayout.FLAGS_OFFSET) & 0xFFFF;
    }

    /**
     * Sets the {@link #flags()}, the side among them.
     *
     * @param value 0 to 65,535.
     * @return this.
     */
    public OrderBookEvent flags(final int value)
    {
        UnsafeApi.putShort(array, address + EventLayout.FLAGS_OFFSET, (short)value);
        return this;
    }

    /**
     * Whether a flag is set.
     *
     * @param flag one or more bits of {@link EventFlags}.
     * @return true if any of them is set.
     */
    public boolean has(final int flag)
    {
        return (flags() & flag) != 0;
    }

    /**
     * The side in the flags.
     *
     * @return a constant of {@link Side}.
     */
    public int side()
    {
        return flags() & EventFlags.SIDE_MASK;
    }

    /**
     * One of the six values of an {@link EventType#DETAIL}.
     *
     * @param index of the value, 0 to 5.
     * @return the value; its meaning comes from the type of the event before the detail.
     */
    public long detail(final int index)
    {
        return UnsafeApi.getLong(array, address + EventLayout.EVENT_TIME_OFFSET + (index << 3));
    }

    /**
     * Sets one of the six values of an {@link EventType#DETAIL}.
     *
     * @param index of the value, 0 to 5.
     * @param value its meaning comes from the type of the event before the detail.
     * @return this.
     */
    public OrderBookEvent detail(final int index, final long value)
    {
        UnsafeApi.putLong(array, address + EventLayout.EVENT_TIME_OFFSET + (index << 3), value);
        return this;
    }

    private static boolean isSame(final Object one, final Object other)
    {
        return one == other;
    }

    @Override
    public String toString()
    {
        return EventString.of(this);
    }
}
