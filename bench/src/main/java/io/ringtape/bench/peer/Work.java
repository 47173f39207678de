package io.ringtape.bench.peer;

import io.ringtape.event.EventFlags;
import io.ringtape.event.EventLayout;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The work that all peers share: an event of 64 bytes as eight longs, a plausible order add, and the fold of the eight
 * longs on the reading side.
 * <p>
 * {@link Slot} does the same over eight fields; a test holds the two equal.
 * <p>
 * Thread safety: stateless.
 * Allocation: none.
 */
public final class Work
{
    /** Slots of each ring and queue: 256 KiB of events. */
    public static final int CAPACITY = 4096;
    /** Bytes of an event. */
    public static final int EVENT_BYTES = OrderBookEvent.SIZE_BYTES;
    /** Events of one block on a tape. */
    public static final int BLOCK_EVENTS = 64;
    /** Events of one packet where events are published in packets. */
    public static final int PACKET_EVENTS = 16;
    /**
     * Events after which a reader gives room back at the latest, where its ring lets it be said: what our lanes do by
     * themselves. A reader that first reads all that waits would keep the writer of a full ring waiting.
     */
    public static final int READ_EVENTS = 256;
    /** Events of one large packet. */
    public static final int LARGE_PACKET_EVENTS = 256;

    static final long TIME_NS = 1_700_000_000_000_000_000L;
    static final long PRICE = 100_000_000_000L;
    static final long ID_MULTIPLIER = 0x9E3779B97F4A7C15L;
    /** The last word: instrument 0, an order add of source 0, a bid, last of its venue event. */
    static final long TAIL = EventLayout.tail(0, EventType.ORDER_ADD, 0, Side.BID | EventFlags.LAST);

    private Work()
    {
    }

    /**
     * Writes an event in place as eight longs.
     *
     * @param buffer   to write to.
     * @param offset   of the event.
     * @param sequence of the event.
     */
    public static void fill(final UnsafeBuffer buffer, final int offset, final long sequence)
    {
        buffer.putLong(offset, sequence);
        fillTail(buffer, offset, sequence);
    }

    /**
     * Writes the events of a packet one behind the other.
     *
     * @param buffer to write to.
     * @param offset of the first event.
     * @param first  sequence.
     * @param count  events of the packet.
     */
    static void fillPacket(final UnsafeBuffer buffer, final int offset, final long first, final int count)
    {
        for (int i = 0; i < count; i++)
        {
            fill(buffer, offset + i * EVENT_BYTES, first + i);
        }
    }

    /**
     * Writes the words after the first, for a bus that writes the sequence itself.
     *
     * @param buffer   to write to.
     * @param offset   of the event.
     * @param sequence of the event.
     */
    public static void fillTail(final UnsafeBuffer buffer, final int offset, final long sequence)
    {
        buffer.putLong(offset + 8, TIME_NS + sequence);
        buffer.putLong(offset + 16, TIME_NS + sequence);
        buffer.putLong(offset + 24, sequence * ID_MULTIPLIER);
        buffer.putLong(offset + 32, PRICE + (sequence & 0xFF));
        buffer.putLong(offset + 40, 1 + (sequence & 0x3F));
        buffer.putLong(offset + 48, sequence);
        buffer.putLong(offset + 56, TAIL);
    }

    /**
     * Writes the words after the first through a flyweight.
     *
     * @param event    to write.
     * @param sequence of the event.
     */
    public static void fill(final OrderBookEvent event, final long sequence)
    {
        event.set(TIME_NS + sequence, TIME_NS + sequence, sequence * ID_MULTIPLIER, PRICE + (sequence & 0xFF),
            1 + (sequence & 0x3F), sequence, TAIL);
    }

    /**
     * Reads all eight longs of an event.
     *
     * @param buffer to read from.
     * @param offset of the event.
     * @return their fold.
     */
    public static long fold(final UnsafeBuffer buffer, final int offset)
    {
        return fold(
            fold(buffer.getLong(offset), buffer.getLong(offset + 8),
                buffer.getLong(offset + 16), buffer.getLong(offset + 24)),
            fold(buffer.getLong(offset + 32), buffer.getLong(offset + 40),
                buffer.getLong(offset + 48), buffer.getLong(offset + 56)));
    }

    static long fold(final long a, final long b, final long c, final long d)
    {
        return (a + Long.rotateLeft(b, 8)) ^ (c + Long.rotateLeft(d, 24));
    }

    static long fold(final long first, final long second)
    {
        return first + Long.rotateLeft(second, 32);
    }

    /**
     * The fold of an event whose sequence is the bus's own, with the number that it was made of in place of the
     * sequence.
     */
    static long foldNumbered(final UnsafeBuffer buffer, final int offset)
    {
        final long number = buffer.getLong(offset + 48);
        return fold(
            fold(number, buffer.getLong(offset + 8), buffer.getLong(offset + 16), buffer.getLong(offset + 24)),
            fold(buffer.getLong(offset + 32), buffer.getLong(offset + 40), number, buffer.getLong(offset + 56)));
    }

    /**
     * The sum that a {@link Tally} must have after a run, from arithmetic alone.
     *
     * @param firstSequence of the run.
     * @param count         events of the run.
     * @return the sum.
     */
    public static long expected(final long firstSequence, final int count)
    {
        final Tally tally = new Tally();
        final Slot slot = new Slot();
        tally.begin(count);
        for (int i = 0; i < count; i++)
        {
            slot.fill(firstSequence + i);
            tally.add(slot.fold());
        }
        return tally.sum();
    }
}
