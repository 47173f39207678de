package io.ringtape.bus;

import io.ringtape.bus.BusCounter.Scope;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.status.CountersReader;

/**
 * The counters of a bus as they stood at one moment, read from a copy of the buffers of {@link BusCounters}. Whoever
 * wrote them is not trusted: nothing is read outside, and what does not fit is refused.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 */
public final class CounterSnapshot
{
    /** The first group is the bus's; what is being made has this owner for a moment, in which its process may end. */
    private static final long BUS_OWNER = 0;
    private static final Map<Integer, BusCounter> BY_TYPE = byType();

    private final Group bus;
    private final List<Group> lanes;
    private final List<Group> inboxes;
    private final List<Group> frontiers;
    private final List<Group> gateways;

    /**
     * The counters of one lane, inbox, frontier or gateway, or of the bus.
     *
     * @param name   of the lane, inbox, frontier or gateway, as the bus was given it; maybe cut to some 300 bytes.
     * @param scope  what it is.
     * @param values of its counters.
     */
    public record Group(String name, Scope scope, Map<BusCounter, Long> values)
    {
        /**
         * Makes the values its own.
         */
        public Group
        {
            values = Map.copyOf(values);
        }

        /**
         * A counter.
         *
         * @param counter of the scope.
         * @return 0 if who wrote them had none such.
         */
        public long get(final BusCounter counter)
        {
            return values.getOrDefault(counter, 0L);
        }
    }

    private CounterSnapshot(final Group bus, final Map<Long, Group> groups)
    {
        this.bus = bus;
        lanes = of(Scope.LANE, groups);
        inboxes = of(Scope.INBOX, groups);
        frontiers = of(Scope.FRONTIER, groups);
        gateways = of(Scope.GATEWAY, groups);
    }

    /**
     * Reads counters.
     *
     * @param metadata a copy of the first buffer.
     * @param values   a copy of the second.
     * @return the counters that are in use.
     * @throws IllegalArgumentException if they are not those of a bus; the message says why.
     */
    public static CounterSnapshot read(final DirectBuffer metadata, final DirectBuffer values)
    {
        final int count = Math.min(metadata.capacity() / CountersReader.METADATA_LENGTH,
            values.capacity() / CountersReader.COUNTER_LENGTH);
        final Map<Long, Group> groups = new TreeMap<>();
        for (int id = 0; id < count; id++)
        {
            final int record = CountersReader.metaDataOffset(id);
            final BusCounter counter = BY_TYPE.get(metadata.getInt(record + CountersReader.TYPE_ID_OFFSET));
            if (metadata.getInt(record) == CountersReader.RECORD_ALLOCATED && counter != null)
            {
                final int value = CountersReader.counterOffset(id);
                final long owner = values.getLong(value + CountersReader.OWNER_ID_OFFSET);
                if (owner != BUS_OWNER || counter.scope() == Scope.BUS)
                {
                    groups.merge(owner, new Group(name(metadata, record, counter, id), counter.scope(),
                        Map.of(counter, values.getLong(value))), (known, more) -> merge(known, more, owner));
                }
            }
        }
        final List<Group> buses = of(Scope.BUS, groups);
        if (buses.size() != 1)
        {
            throw new IllegalArgumentException("counters are not those of one bus: buses=" + buses.size());
        }
        return new CounterSnapshot(buses.get(0), groups);
    }

    /**
     * The counters of the bus itself.
     *
     * @return its group.
     */
    public Group bus()
    {
        return bus;
    }

    /**
     * The counters of the lanes, in the order in which they run after each other; those attached late come last.
     *
     * @return a group each.
     */
    public List<Group> lanes()
    {
        return lanes;
    }

    /**
     * The counters of the inboxes.
     *
     * @return a group each.
     */
    public List<Group> inboxes()
    {
        return inboxes;
    }

    /**
     * The counters of the frontiers.
     *
     * @return a group each.
     */
    public List<Group> frontiers()
    {
        return frontiers;
    }

    /**
     * The counters of the gateways.
     *
     * @return a group each.
     */
    public List<Group> gateways()
    {
        return gateways;
    }

    /**
     * Where the bus was in its life.
     *
     * @return the name of a {@link BusState}, or {@code UNKNOWN}.
     */
    public String busState()
    {
        return CounterCodes.busState(bus.get(BusCounter.STATE));
    }

    /**
     * Where a lane was in its life.
     *
     * @param lane one of {@link #lanes()}.
     * @return the name of a {@link LaneState}, or {@code UNKNOWN}.
     */
    public static String laneState(final Group lane)
    {
        return CounterCodes.laneState(lane.get(BusCounter.LANE_STATE));
    }

    /**
     * What happens when a lane falls behind.
     *
     * @param lane one of {@link #lanes()}.
     * @return the name of an {@link OverflowPolicy}, or {@code UNKNOWN}.
     */
    public static String policy(final Group lane)
    {
        return CounterCodes.policy(lane.get(BusCounter.LANE_POLICY));
    }

    /**
     * What a lane does when one of its handlers throws.
     *
     * @param lane one of {@link #lanes()}.
     * @return the name of a {@link FaultPolicy}; {@code UNKNOWN} also where who wrote the counters did not say.
     */
    public static String faultPolicy(final Group lane)
    {
        return CounterCodes.faultPolicy(lane.values().getOrDefault(BusCounter.LANE_FAULT_POLICY, -1L));
    }

    private static Group merge(final Group known, final Group more, final long owner)
    {
        if (known.scope() != more.scope() || !known.name().equals(more.name()))
        {
            throw new IllegalArgumentException("counters of one owner must have one name: owner=" + owner);
        }
        final Map<BusCounter, Long> all = new EnumMap<>(known.values());
        all.putAll(more.values());
        return new Group(known.name(), known.scope(), all);
    }

    private static String name(
        final DirectBuffer metadata, final int record, final BusCounter counter, final int id)
    {
        final int at = record + CountersReader.LABEL_OFFSET;
        final int length = metadata.getInt(at);
        final String label = length < 0 || length > CountersReader.MAX_LABEL_LENGTH ? "" :
            metadata.getStringWithoutLengthUtf8(at + Integer.BYTES, length);
        final String prefix = counter.label("");
        if (!label.startsWith(prefix))
        {
            throw new IllegalArgumentException("label does not fit the type of the counter: id=" + id +
                " typeId=" + counter.typeId());
        }
        return label.substring(prefix.length());
    }

    private static List<Group> of(final Scope scope, final Map<Long, Group> groups)
    {
        return groups.values().stream().filter((group) -> group.scope() == scope).toList();
    }

    private static Map<Integer, BusCounter> byType()
    {
        final Map<Integer, BusCounter> found = new HashMap<>();
        for (final BusCounter counter : BusCounter.values())
        {
            found.put(counter.typeId(), counter);
        }
        return Map.copyOf(found);
    }
}
