package io.ringtape.bus;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The slots of the ring: one contiguous, 64-byte-aligned, off-heap buffer.
 * <p>
 * The first word of a slot, the sequence of its event, says that it is published: it is stored last. Until then nobody
 * but the publish writes it, see {@link OrderBookEvent#ofClaims()}. Only lanes that come first look there;
 * all else goes by the sequencer's cursor, which follows at once.
 * <p>
 * Hot path. Other accesses are plain: those words, the cursor and the lanes' sequences order them.
 * Thread safety: the threads of writer and lanes, in the order of the sequences.
 * Allocation: on construction only.
 */
final class Slots
{
    private static final int SHIFT = 6;
    private static final int SEQUENCE_BYTES = Long.BYTES;

    private final UnsafeBuffer buffer;
    private final int mask;

    Slots(final int capacity)
    {
        buffer = new UnsafeBuffer(
            BufferUtil.allocateDirectAligned(capacity << SHIFT, BitUtil.CACHE_LINE_LENGTH));
        mask = capacity - 1;
        for (int slot = 0; slot < capacity; slot++)
        {
            // No reader takes an empty slot for sequence 0; it also touches each page before the first publish.
            buffer.putLong(slot << SHIFT, -1L, LITTLE_ENDIAN);
        }
    }

    UnsafeBuffer buffer()
    {
        return buffer;
    }

    /** Whether an event stands in these very slots. */
    boolean holds(final OrderBookEvent event)
    {
        final Object own = buffer;
        return own == event.buffer();
    }

    int mask()
    {
        return mask;
    }

    int capacity()
    {
        return mask + 1;
    }

    int offset(final long sequence)
    {
        return ((int)sequence & mask) << SHIFT;
    }

    /**
     * Writes the sequence of an event that is not the first of its claim into its slot, which publishes nothing.
     *
     * @param sequence of the event.
     */
    void stamp(final long sequence)
    {
        buffer.putLong(offset(sequence), sequence, LITTLE_ENDIAN);
    }

    /**
     * Writes the sequence of the first event of a claim into its slot, ordered behind all else of the claim: who finds
     * it there finds the whole claim.
     *
     * @param first sequence of the claim.
     */
    void publish(final long first)
    {
        buffer.putLongRelease(offset(first), first);
    }

    /**
     * Writes the sequences of a claim into its slots, and so publishes it.
     *
     * @param first sequence of the claim.
     * @param count events of the claim.
     */
    void publish(final long first, final int count)
    {
        for (long sequence = first + count - 1; sequence > first; sequence--)
        {
            stamp(sequence);
        }
        publish(first);
    }

    /**
     * How far events in a row are published, as their slots tell.
     *
     * @param next sequence to look at first.
     * @param most slots to look at.
     * @return the last that is; next - 1 if none is.
     */
    long published(final long next, final int most)
    {
        final long end = next + most;
        long sequence = next;
        while (sequence < end && buffer.getLongVolatile(offset(sequence)) == sequence)
        {
            sequence++;
        }
        return sequence - 1;
    }

    /**
     * Copies a claim into its slots and publishes it; what the source has in place of the first one is left
     * out, since it may be that very sequence.
     *
     * @param first  sequence of the claim.
     * @param count  events of the claim, at most the capacity.
     * @param source of the events.
     * @param index  of the first event's first byte in the source.
     */
    void copy(final long first, final int count, final DirectBuffer source, final int index)
    {
        final int offset = offset(first);
        final int length = count << SHIFT;
        final int untilEnd = buffer.capacity() - offset;
        if (length <= untilEnd)
        {
            buffer.putBytes(offset + SEQUENCE_BYTES, source, index + SEQUENCE_BYTES, length - SEQUENCE_BYTES);
        }
        else
        {
            buffer.putBytes(offset + SEQUENCE_BYTES, source, index + SEQUENCE_BYTES, untilEnd - SEQUENCE_BYTES);
            buffer.putBytes(0, source, index + untilEnd, length - untilEnd);
        }
        publish(first, count);
    }

    /**
     * Copies events to other slots, each to the slot of its sequence there.
     *
     * @param first  sequence of the events.
     * @param count  of events, at most the capacity of either.
     * @param target to copy to.
     */
    void copyTo(final long first, final int count, final Slots target)
    {
        long at = first;
        int left = count << SHIFT;
        while (left > 0)
        {
            final int from = offset(at);
            final int to = target.offset(at);
            final int length = Math.min(left, Math.min(buffer.capacity() - from, target.buffer.capacity() - to));
            target.buffer.putBytes(to, buffer, from, length);
            left -= length;
            at += length >> SHIFT;
        }
    }

    /**
     * The sequence that stands in a slot.
     *
     * @param position of the slot, modulo the capacity.
     * @return the sequence of the event that was put there.
     */
    long sequenceAt(final long position)
    {
        return buffer.getLong(offset(position), LITTLE_ENDIAN);
    }

    /**
     * Makes a claim void and publishes it.
     *
     * @param first sequence of the claim.
     * @param count events of the claim.
     * @param event a flyweight over claims to use.
     */
    void makeVoid(final long first, final int count, final OrderBookEvent event)
    {
        for (int i = 0; i < count; i++)
        {
            event.wrap(buffer, offset(first + i)).reset().type(EventType.VOID);
        }
        publish(first, count);
    }
}
