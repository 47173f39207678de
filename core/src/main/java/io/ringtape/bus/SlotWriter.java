package io.ringtape.bus;

import io.ringtape.event.OrderBookEvent;
import org.agrona.DirectBuffer;

/**
 * Writes claims of the one writer into the slots, and their sequences, which publish them to the lanes that go by the
 * slots. All sequences of a claim but its first are written ahead, as its slots are filled one after the other: a
 * second pass over the lines of a claim costs a third of it where cores are far. ADR 51.
 * <p>
 * Each publish comes last, with nothing behind it that could fail: lanes have the events from there on.
 * Between two claims the flyweight stands at the last slot that was published, so that in a claim it tells whether the
 * slots were asked for in turn.
 * <p>
 * Hot path.
 * Thread safety: the writer's thread, or that which has taken over from it.
 * Allocation: on construction only.
 */
final class SlotWriter
{
    private final Slots slots;
    private final OrderBookEvent event = OrderBookEvent.ofClaims();
    // Some slot of the claim was asked for out of turn; rarely true, and so rarely written.
    private boolean scattered;

    SlotWriter(final Slots slots, final long published)
    {
        this.slots = slots;
        event.wrap(slots.buffer(), slots.offset(published));
    }

    /**
     * Moves the flyweight to a slot of the open claim.
     *
     * @param sequence of the slot.
     * @param first    sequence of the claim.
     * @return the flyweight.
     */
    OrderBookEvent slot(final long sequence, final long first)
    {
        if (sequence != first)
        {
            if (isAt(sequence - 1))
            {
                slots.stamp(sequence);
            }
            else
            {
                scattered = true;
            }
        }
        return event.moveTo(slots.buffer(), slots.offset(sequence));
    }

    /**
     * Publishes a claim whose slots were filled.
     *
     * @param first sequence of the claim.
     * @param count events of the claim.
     */
    void publish(final long first, final int count)
    {
        if (isStamped(first, count))
        {
            slots.publish(first);
        }
        else
        {
            scattered = false;
            event.moveTo(slots.buffer(), slots.offset(first + count - 1));
            slots.publish(first, count);
        }
    }

    /**
     * Fills and publishes a claim.
     *
     * @param first  sequence of the claim.
     * @param count  events of the claim.
     * @param source of the events.
     * @param index  of the first event's first byte in the source.
     */
    void put(final long first, final int count, final DirectBuffer source, final int index)
    {
        event.moveTo(slots.buffer(), slots.offset(first + count - 1));
        slots.copy(first, count, source, index);
    }

    /**
     * Fills and publishes a claim of one event: eight moves are quicker than a call that copies.
     *
     * @param sequence of the slot.
     * @param from     the event.
     */
    void put(final long sequence, final OrderBookEvent from)
    {
        event.moveTo(slots.buffer(), slots.offset(sequence)).copyFrom(from);
        slots.publish(sequence);
    }

    /**
     * Publishes a claim as void.
     *
     * @param first sequence of the claim.
     * @param count events of the claim.
     */
    void putVoid(final long first, final int count)
    {
        scattered = false;
        slots.makeVoid(first, count, event);
    }

    // With a claim of the whole ring the flyweight may stand at its last slot since the claim before.
    private boolean isStamped(final long first, final int count)
    {
        return !scattered && count < slots.capacity() && isAt(first + count - 1);
    }

    private boolean isAt(final long sequence)
    {
        return event.offset() == slots.offset(sequence) && slots.holds(event);
    }
}
