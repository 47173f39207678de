package io.ringtape.bus;

import io.ringtape.event.EventHandler;
import io.ringtape.event.EventLayout;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.RangeHandler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Calls the handlers of a lane for a batch: event handlers event by event, then range handlers, then the ends of the
 * batch.
 * <p>
 * Hot path: {@link #deliver(long, long, long)}.
 * Thread safety: none; who runs the lane.
 * Allocation: on construction, and where a handler joins or leaves, beside what handlers do.
 */
final class LaneDelivery
{
    private final LaneRunner runner;
    private final LaneHandlers life;
    private final LaneCall call;
    private final Lane lane;
    private final RangeHandler[] rangeHandlers;
    // Others when a handler joins or leaves, on the thread of the lane between two batches, and else never.
    private List<NamedHandler<EventHandler>> named;
    private EventHandler[] handlers;
    // None where all handlers ask for everything: then there is nothing to look up.
    private @Nullable HandlerGroup groups;
    private boolean endsBatches;
    private boolean isPlain;
    // Another one when a lane that was attached late goes live, on its own thread, and else never.
    private Slots slots;
    private @Nullable OrderBookEvent flyweight;

    LaneDelivery(final LaneRunner runner, final LaneHandlers life, final LaneCall call, final Slots slots)
    {
        this.runner = runner;
        this.life = life;
        this.call = call;
        this.slots = slots;
        lane = runner.lane();
        rangeHandlers = lane.rangeHandlers().stream().map(NamedHandler::handler).toArray(RangeHandler[]::new);
        shape(lane.handlers(), new BitSet());
    }

    void start()
    {
        // Made by the thread that moves it, so that no two lanes' flyweights are born on one cache line.
        flyweight = new OrderBookEvent().wrap(slots.buffer(), 0);
    }

    /** Goes on with the one handler of another delivery too, which knows whether details that follow are for it. */
    void append(final LaneDelivery other)
    {
        final List<NamedHandler<EventHandler>> more = new ArrayList<>(named);
        more.add(other.named.get(0));
        final BitSet extended = extended();
        extended.set(named.size(), other.extended().get(0));
        shape(more, extended);
    }

    /** Goes on without the handler at a place. */
    void drop(final int index)
    {
        final List<NamedHandler<EventHandler>> fewer = new ArrayList<>(named);
        fewer.remove(index);
        final BitSet extended = extended();
        for (int i = index; i < fewer.size(); i++)
        {
            extended.set(i, extended.get(i + 1));
        }
        shape(fewer, extended);
    }

    private void shape(final List<NamedHandler<EventHandler>> all, final BitSet extended)
    {
        named = all;
        handlers = all.stream().map(NamedHandler::handler).toArray(EventHandler[]::new);
        endsBatches = Arrays.stream(handlers).anyMatch(LaneDelivery::endsBatches);
        groups = all.stream().allMatch((one) -> one.interest().isAll()) ? null :
            HandlerGroup.of(all, extended, 0, groups);
        isPlain = handlers.length == 1 && rangeHandlers.length == 0 && !endsBatches && groups == null;
    }

    // Who was interested in the last event that was no detail.
    private BitSet extended()
    {
        final BitSet extended = new BitSet();
        for (HandlerGroup group = groups; group != null; group = group.next)
        {
            group.addExtended(extended);
        }
        return extended;
    }

    /** Goes on with other slots. */
    void read(final Slots other)
    {
        slots = other;
    }

    /**
     * Delivers a batch; see {@link LaneRunner#deliver(long, long, long)}.
     *
     * @param first position of the batch in the slots.
     * @param last  position of the batch, not below the first.
     * @param end   the sequence at which the lane stands behind the batch.
     * @return false if a fault ended the lane.
     */
    boolean deliver(final long first, final long last, final long end)
    {
        return isPlain ? deliverToOne(first, last) : deliverToEach(first, last, end);
    }

    /**
     * The event that the flyweight was moved to, as another thread sees it.
     *
     * @param at     the lane's sequence.
     * @param cursor of the ring.
     * @return a sequence; the first that is not delivered where no event of the batch is in hand.
     */
    long inHand(final long at, final long cursor)
    {
        final long next = at + 1;
        final OrderBookEvent event = flyweight;
        final Slots read = slots;
        // Merged events do not stand at their sequences.
        if (event == null || lane.conflater() != null || !read.holds(event))
        {
            return next;
        }
        final long found = next + (((event.offset() >> 6) - next) & read.mask());
        return found <= cursor ? found : next;
    }

    private boolean deliverToEach(final long first, final long last, final long end)
    {
        return (handlers.length == 0 || deliverEvents(first, last)) &&
            (rangeHandlers.length == 0 || deliverRanges(first, last)) &&
            (!endsBatches || endBatch(end));
    }

    private boolean deliverEvents(final long first, final long last)
    {
        final HandlerGroup choosing = groups;
        return choosing == null ? deliverToAll(first, last) : deliverByInterest(choosing, first, last);
    }

    // Many lanes have one handler that asks for nothing but events, and the loops for more cost as much as an event.
    private boolean deliverToOne(final long first, final long last)
    {
        final EventHandler handler = handlers[0];
        final int mask = slots.mask();
        final UnsafeBuffer buffer = slots.buffer();
        final OrderBookEvent event = flyweight;
        long at = first;
        call.to(0);
        while (true)
        {
            try
            {
                while (at <= last)
                {
                    event.moveTo(buffer, ((int)at & mask) << 6);
                    if (event.type() != EventType.VOID)
                    {
                        handler.onEvent(event);
                    }
                    at++;
                }
                return true;
            }
            catch (final Throwable t)
            {
                if (!isSkipped(0, first, at, t))
                {
                    return false;
                }
                at++;
            }
        }
    }

    private boolean deliverToAll(final long first, final long last)
    {
        final EventHandler[] all = handlers;
        final LaneCall now = call;
        final int mask = slots.mask();
        final UnsafeBuffer buffer = slots.buffer();
        final OrderBookEvent event = flyweight;
        long at = first;
        int index = 0;
        while (true)
        {
            try
            {
                while (at <= last)
                {
                    final int offset = ((int)at & mask) << 6;
                    if (EventLayout.type(buffer.getLong(offset + EventLayout.INSTRUMENT_ID_OFFSET)) != EventType.VOID)
                    {
                        // The index is written where a handler is called, and only there: it tells who has failed.
                        for (int i = index; i < all.length; i++)
                        {
                            index = i;
                            now.to(i);
                            // For each handler: the one before may have wrapped the flyweight elsewhere.
                            all[i].onEvent(event.moveTo(buffer, offset));
                        }
                    }
                    index = 0;
                    at++;
                }
                return true;
            }
            catch (final Throwable t)
            {
                if (!isSkipped(index, first, at, t))
                {
                    return false;
                }
                // The next handler still gets the event that this one failed on.
                index++;
            }
        }
    }

    // What an event costs here grows with how many ask for it, and with how many tables the handlers have.
    private boolean deliverByInterest(final HandlerGroup head, final long first, final long last)
    {
        final LaneCall now = call;
        final int mask = slots.mask();
        final UnsafeBuffer buffer = slots.buffer();
        final OrderBookEvent event = flyweight;
        HandlerGroup group = head;
        // A bit for each handler of the group that asks for the event at hand and has not got it yet.
        int asked = 0;
        // Where one has failed on the event, those behind it still get it.
        int behind = -1;
        long at = first;
        while (true)
        {
            try
            {
                while (at <= last)
                {
                    final int offset = ((int)at & mask) << 6;
                    final long tail = buffer.getLong(offset + EventLayout.INSTRUMENT_ID_OFFSET);
                    asked = group.interests.askedBy(tail) & behind;
                    while (true)
                    {
                        final EventHandler[] all = group.handlers;
                        while (asked != 0)
                        {
                            final int i = Integer.numberOfTrailingZeros(asked);
                            now.to(group.first + i);
                            // For each handler: the one before may have wrapped the flyweight elsewhere.
                            all[i].onEvent(event.moveTo(buffer, offset));
                            asked &= asked - 1;
                        }
                        if (group.next == null)
                        {
                            break;
                        }
                        group = group.next;
                        asked = group.interests.askedBy(tail);
                    }
                    group = head;
                    behind = -1;
                    at++;
                }
                return true;
            }
            catch (final Throwable t)
            {
                // Not to be endless, be it the look-up that failed.
                final int failed = Math.min(Integer.numberOfTrailingZeros(asked), group.handlers.length - 1);
                if (!isSkipped(group.first + failed, first, at, t))
                {
                    return false;
                }
                behind = -2 << failed;
            }
        }
    }

    private boolean isSkipped(final int index, final long first, final long at, final Throwable cause)
    {
        // The slots tell, while they still are the lane's: merged events do not stand at their sequences.
        final long failed = slots.sequenceAt(at);
        final long before = slots.sequenceAt(first) - 1;
        final boolean isSkipped = runner.onFault(life.name(index), FaultPhase.EVENT, failed, cause);
        if (!isSkipped)
        {
            life.deliveredEvents(index, failed, before);
        }
        return isSkipped;
    }

    private boolean deliverRanges(final long first, final long last)
    {
        final RangeHandler[] all = rangeHandlers;
        final UnsafeBuffer buffer = slots.buffer();
        long from = first;
        while (from <= last)
        {
            final int offset = slots.offset(from);
            final int count = (int)Math.min(last - from + 1, slots.capacity() - (offset >> 6));
            int index = 0;
            try
            {
                while (index < all.length)
                {
                    call.to(handlers.length + index);
                    all[index].onRange(buffer, offset, from, count);
                    index++;
                }
            }
            catch (final Throwable t)
            {
                runner.onFault(life.name(handlers.length + index), FaultPhase.RANGE, from, t);
                life.deliveredRanges(index, from + count - 1, from - 1, last);
                return false;
            }
            from += count;
        }
        return true;
    }

    private boolean endBatch(final long last)
    {
        final EventHandler[] all = handlers;
        int index = 0;
        while (true)
        {
            try
            {
                while (index < all.length)
                {
                    call.to(index);
                    all[index].onBatchEnd(last);
                    index++;
                }
                return true;
            }
            catch (final Throwable t)
            {
                if (!runner.onFault(life.name(index), FaultPhase.BATCH_END, last, t))
                {
                    life.delivered(last);
                    return false;
                }
                index++;
            }
        }
    }

    private static boolean endsBatches(final EventHandler handler)
    {
        try
        {
            return handler.getClass().getMethod("onBatchEnd", long.class).getDeclaringClass() != EventHandler.class;
        }
        catch (final NoSuchMethodException e)
        {
            throw new IllegalStateException("handler has no end of batch: class=" + handler.getClass().getName(), e);
        }
    }
}
