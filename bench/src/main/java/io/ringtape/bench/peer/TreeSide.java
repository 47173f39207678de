package io.ringtape.bench.peer;

import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The levels of one side of a {@link TreeBook}, the best first.
 * <p>
 * Thread safety: none. Allocation: objects for levels and their numbers.
 */
final class TreeSide
{
    private final int side;
    private final TreeMap<Long, Level> levels;

    private static final class Level
    {
        private final Set<Long> queue = new LinkedHashSet<>();
        private long total;
    }

    TreeSide(final int side)
    {
        this.side = side;
        levels = side == Side.BID ? new TreeMap<>(Comparator.reverseOrder()) : new TreeMap<>();
    }

    void clear()
    {
        levels.clear();
    }

    void set(final long price, final long quantity)
    {
        levels.remove(price);
        change(price, quantity);
    }

    void change(final long price, final long difference)
    {
        final Level level = levels.computeIfAbsent(price, (key) -> new Level());
        level.total += difference;
        if (level.total <= 0)
        {
            levels.remove(price);
        }
    }

    void join(final long price, final long id, final long quantity)
    {
        change(price, quantity);
        levels.get(price).queue.add(id);
    }

    void leave(final long price, final long id, final long quantity)
    {
        levels.get(price).queue.remove(id);
        change(price, -quantity);
    }

    long best()
    {
        return levels.isEmpty() ? OrderBookEvent.NULL_PRICE : levels.firstKey();
    }

    long sum()
    {
        long added = 0;
        int at = 0;
        for (final Map.Entry<Long, Level> entry : levels.entrySet())
        {
            final Level level = entry.getValue();
            final long first = level.queue.isEmpty() ? BookStream.NO_ORDER : level.queue.iterator().next();
            added += BookStream.level(side, at++, entry.getKey(), level.total, level.queue.size(), first);
        }
        return added;
    }
}
