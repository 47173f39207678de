package io.ringtape.feed;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which symbol an instrument id stands for on which days.
 * <p>
 * Looked up once per instrument and interval, so nothing here is hot.
 */
final class DbnSymbols
{
    private static final long DAY_NS = 86_400_000_000_000L;

    private final Map<Long, List<Interval>> intervals = new HashMap<>();

    /** A symbol and the times, from inclusive and to exclusive, for which it holds. */
    record Interval(String symbol, long fromNs, long toNs)
    {
        boolean holds(final long timeNs)
        {
            return timeNs >= fromNs && timeNs < toNs;
        }
    }

    /** Adds an interval; an id that did not resolve is no number, and a symbol may be empty: both are left out. */
    void add(final String instrumentId, final String symbol, final long fromNs, final long toNs)
    {
        if (!symbol.isEmpty() && instrumentId.matches("[0-9]{1,10}"))
        {
            intervals.computeIfAbsent(Long.parseLong(instrumentId), id -> new ArrayList<>(1))
                .add(new Interval(symbol, fromNs, toNs));
        }
    }

    /** The first time for which any symbol holds; 0 where there is none. */
    long firstNs()
    {
        return intervals.values().stream().flatMap(List::stream).mapToLong(Interval::fromNs).min().orElse(0);
    }

    /** The symbol at a time; without a mapping the id as text, which holds for that UTC day. */
    Interval at(final long instrumentId, final long timeNs)
    {
        for (final Interval interval : intervals.getOrDefault(instrumentId, List.of()))
        {
            if (interval.holds(timeNs))
            {
                return interval;
            }
        }
        final long dayStart = timeNs - Math.floorMod(timeNs, DAY_NS);
        return new Interval(Long.toString(instrumentId), dayStart, dayStart + DAY_NS);
    }
}
