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
 * Hot path. Accesses are plain: the sequencer's cursor and the lanes' sequences order them.
 * Thread safety: the threads of writer and lanes, in the order of the sequences.
 * Allocation: on construction only.
 */
final class Slots
{
    private static final int SHIFT = 6;

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
     * Writes the sequences of a claim into its slots.
     *
     * @param first sequence of the claim.
     * @param count events of the claim.
     */
    void stamp(final long first, final int count)
    {
        buffer.putLong(offset(first), first, LITTLE_ENDIAN);
        final long end = first + count;
        for (long sequence = first + 1; sequence < end; sequence++)
        {
            buffer.putLong(offset(sequence), sequence, LITTLE_ENDIAN);
        }
    }

    /**
     * Copies a claim into its slots and writes the sequences.
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
            buffer.putBytes(offset, source, index, length);
        }
        else
        {
            buffer.putBytes(offset, source, index, untilEnd);
            buffer.putBytes(0, source, index + untilEnd, length - untilEnd);
        }
        stamp(first, count);
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
     * Copies one event into its slot and writes the sequence: eight moves are quicker than a call that copies.
     *
     * @param sequence of the slot.
     * @param from     the event.
     * @param to       a flyweight to use.
     */
    void copy(final long sequence, final OrderBookEvent from, final OrderBookEvent to)
    {
        to.wrap(buffer, offset(sequence)).copyFrom(from).sequence(sequence);
    }

    /**
     * Makes a claim void.
     *
     * @param first sequence of the claim.
     * @param count events of the claim.
     * @param event a flyweight to use.
     */
    void makeVoid(final long first, final int count, final OrderBookEvent event)
    {
        for (int i = 0; i < count; i++)
        {
            event.wrap(buffer, offset(first + i)).reset().type(EventType.VOID);
        }
        stamp(first, count);
    }
}
