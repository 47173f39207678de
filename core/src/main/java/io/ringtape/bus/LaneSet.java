package io.ringtape.bus;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The lanes of a bus by name, in the order in which they run after each other; those that were attached late come last.
 * A reader has a set that does not change under it.
 */
final class LaneSet
{
    private volatile Map<String, LaneRunner> lanes = Map.of();

    @Nullable
    LaneRunner get(final String name)
    {
        return lanes.get(name);
    }

    Collection<LaneRunner> values()
    {
        return lanes.values();
    }

    synchronized void put(final String name, final LaneRunner lane)
    {
        final Map<String, LaneRunner> more = new LinkedHashMap<>(lanes);
        more.put(name, lane);
        lanes = Collections.unmodifiableMap(more);
    }

    synchronized void remove(final String name)
    {
        final Map<String, LaneRunner> fewer = new LinkedHashMap<>(lanes);
        fewer.remove(name);
        lanes = Collections.unmodifiableMap(fewer);
    }
}
