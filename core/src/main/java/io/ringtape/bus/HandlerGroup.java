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
    private final List<NamedHandler<EventHandler>> named;
    /** The place of the first of them on the lane. */
    final int first;
    final @Nullable HandlerGroup next;

    private HandlerGroup(
        final List<NamedHandler<EventHandler>> lane, final BitSet extended, final int first,
        final @Nullable HandlerGroup before)
    {
        final int end = Math.min(first + InterestTable.MAX_HANDLERS, lane.size());
        named = List.copyOf(lane.subList(first, end));
        handlers = named.stream().map(NamedHandler::handler).toArray(EventHandler[]::new);
        // A table may be large, and the lane waits for it: the groups ahead of who joins or leaves keep theirs.
        interests = before != null && before.named.equals(named) ? before.interests :
            new InterestTable(named.stream().map(NamedHandler::interest).toList(), bits(extended, first, end));
        this.first = first;
        next = of(lane, extended, end, before == null ? null : before.next);
    }

    private static int bits(final BitSet places, final int first, final int end)
    {
        int bits = 0;
        for (int i = first; i < end; i++)
        {
            bits |= places.get(i) ? 1 << (i - first) : 0;
        }
        return bits;
    }

    /**
     * The groups of a lane.
     *
     * @param lane     all its event handlers, in order.
     * @param extended the places of those who were interested in the last event that was no detail.
     * @param first    the place of the first one that is in no group yet.
     * @param before   the group that stood there until now; null if there was none.
     * @return the first group; null if there is none.
     */
    static @Nullable HandlerGroup of(
        final List<NamedHandler<EventHandler>> lane, final BitSet extended, final int first,
        final @Nullable HandlerGroup before)
    {
        return first < lane.size() ? new HandlerGroup(lane, extended, first, before) : null;
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
