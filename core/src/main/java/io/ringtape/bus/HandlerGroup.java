package io.ringtape.bus;

import io.ringtape.event.EventHandler;
import io.ringtape.event.InterestTable;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Event handlers of a lane that stand one behind the other, as many as an {@link InterestTable} takes, and the group
 * behind them.
 * <p>
 * Thread safety: none; the thread of the lane.
 * Allocation: on construction.
 */
final class HandlerGroup
{
    final InterestTable interests;
    final EventHandler[] handlers;
    /** The place of the first of them on the lane. */
    final int first;
    final @Nullable HandlerGroup next;

    private HandlerGroup(final List<NamedHandler<EventHandler>> lane, final BitSet extended, final int first)
    {
        final int end = Math.min(first + InterestTable.MAX_HANDLERS, lane.size());
        final List<NamedHandler<EventHandler>> mine = lane.subList(first, end);
        int bits = 0;
        for (int i = first; i < end; i++)
        {
            bits |= extended.get(i) ? 1 << (i - first) : 0;
        }
        interests = new InterestTable(mine.stream().map(NamedHandler::interest).toList(), bits);
        handlers = mine.stream().map(NamedHandler::handler).toArray(EventHandler[]::new);
        this.first = first;
        next = of(lane, extended, end);
    }

    /**
     * The groups of a lane.
     *
     * @param lane     all its event handlers, in order.
     * @param extended the places of those who were interested in the last event that was no detail.
     * @param first    the place of the first one that is in no group yet.
     * @return the first group; null if there is none.
     */
    static @Nullable HandlerGroup of(
        final List<NamedHandler<EventHandler>> lane, final BitSet extended, final int first)
    {
        return first < lane.size() ? new HandlerGroup(lane, extended, first) : null;
    }

    /**
     * Adds the places of those who were interested in the last event that was no detail.
     *
     * @param extended places on the lane.
     */
    void addExtended(final BitSet extended)
    {
        for (int i = 0; i < handlers.length; i++)
        {
            extended.set(first + i, (interests.extended() >>> i & 1) != 0);
        }
    }
}
