package io.ringtape.bus;

import io.ringtape.bus.BusCounter.Scope;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.agrona.concurrent.status.CountersManager;
import org.jspecify.annotations.Nullable;

/**
 * The counters of one lane, inbox, frontier or gateway, or of the bus: all of its scope, or none.
 */
final class CounterGroup
{
    private static final BusCounter[] ALL = BusCounter.values();
    // Agrona cuts labels, each of which has another prefix: a name is cut ahead of that, so that a group has one.
    private static final int MAX_NAME_BYTES = 300;

    private final CountersManager manager;
    private final Map<BusCounter, Integer> ids = new EnumMap<>(BusCounter.class);

    private CounterGroup(final CountersManager manager)
    {
        this.manager = manager;
    }

    /**
     * Takes counters.
     *
     * @param manager of all counters.
     * @param owner   a number that no other group has had.
     * @param scope   of the group.
     * @param name    of the lane, inbox, frontier or gateway; what is too long for a label is cut.
     * @return null if there is not room for all.
     */
    static @Nullable CounterGroup allocate(
        final CountersManager manager, final long owner, final Scope scope, final String name)
    {
        if (manager.available() < size(scope))
        {
            return null;
        }
        final CounterGroup group = new CounterGroup(manager);
        final String label = cut(name);
        for (final BusCounter counter : ALL)
        {
            if (counter.scope() == scope)
            {
                final int id = manager.allocate(counter.label(label), counter.typeId());
                manager.setCounterOwnerId(id, owner);
                group.ids.put(counter, id);
            }
        }
        return group;
    }

    static int size(final Scope scope)
    {
        int count = 0;
        for (final BusCounter counter : ALL)
        {
            count += counter.scope() == scope ? 1 : 0;
        }
        return count;
    }

    void set(final BusCounter counter, final long value)
    {
        manager.setCounterValue(id(counter), value);
    }

    void setAll(final ToLongFunction<BusCounter> values)
    {
        ids.forEach((counter, id) -> manager.setCounterValue(id, values.applyAsLong(counter)));
    }

    long get(final BusCounter counter)
    {
        return manager.getCounterValue(id(counter));
    }

    void free()
    {
        ids.values().forEach(manager::free);
    }

    private static String cut(final String name)
    {
        final byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= MAX_NAME_BYTES ? name : new String(bytes, 0, MAX_NAME_BYTES, StandardCharsets.UTF_8);
    }

    private int id(final BusCounter counter)
    {
        return Objects.requireNonNull(ids.get(counter), counter.field());
    }
}
