package io.ringtape.bus;

import com.lmax.disruptor.Cursored;
import io.ringtape.bus.BusCounter.Scope;
import java.lang.invoke.VarHandle;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingIdleStrategy;
import org.jspecify.annotations.Nullable;

/**
 * Copies what the bus, its lanes and its inboxes count anyway into {@link BusCounters}, again and again, and a last
 * time when the bus is closed. They may lie in a mapped file, whose pages the system writes back or waits for as it
 * likes: it is this thread that waits then, and no other.
 * <p>
 * A copy is marked by {@link BusCounter#LOOKS}, odd until it is whole, so that a reader can tell.
 */
final class CountersThread implements Runnable
{
    private final BusCounters counters;
    private final BusControl control;
    private final Cursored ring;
    private final LaneSet lanes;
    private final @Nullable SharedWriter shared;
    private final long firstSequence;
    private final CounterGroup bus;
    private final Map<LaneRunner, CounterGroup> laneGroups = new LinkedHashMap<>();
    private final Map<Inbox, CounterGroup> inboxGroups = new LinkedHashMap<>();
    private final Map<LongSupplier, CounterGroup> frontierGroups = new LinkedHashMap<>();
    private final Map<ToLongFunction<BusCounter>, CounterGroup> gatewayGroups = new LinkedHashMap<>();
    private long looks;
    private volatile @Nullable Thread thread;
    private volatile boolean ending;

    CountersThread(
        final BusCounters counters, final BusConfig config, final BusControl control, final Cursored ring,
        final LaneSet lanes, final Collection<Inbox> inboxes, final @Nullable SharedWriter shared)
    {
        this.counters = counters;
        this.control = control;
        this.ring = ring;
        this.lanes = lanes;
        this.shared = shared;
        firstSequence = config.firstSequence();
        counters.take(lanes.values().size(), inboxes.size());
        bus = counters.fixedGroup(Scope.BUS, Scope.BUS.text());
        bus.set(BusCounter.FIRST_SEQUENCE, firstSequence);
        bus.set(BusCounter.CAPACITY, config.capacity());
        inboxes.forEach((inbox) -> inboxGroups.put(inbox, counters.fixedGroup(Scope.INBOX, inbox.name())));
        counters.frontiers().forEach(
            (name, reached) -> frontierGroups.put(reached, counters.fixedGroup(Scope.FRONTIER, name)));
        counters.gateways().forEach(
            (name, counts) -> gatewayGroups.put(counts, counters.fixedGroup(Scope.GATEWAY, name)));
        look();
    }

    /** Starts the thread, unless it was told to end before; from here on it is to be ended. */
    synchronized void start(final Thread made)
    {
        if (ending)
        {
            return;
        }
        // Ahead of the start: who sees the thread has seen that it copies.
        counters.copied(true);
        boolean started = false;
        try
        {
            made.start();
            started = true;
        }
        finally
        {
            if (!started)
            {
                counters.copied(false);
            }
        }
        thread = made;
    }

    /** Has the counters copied once more; does not wait for it. */
    synchronized void end()
    {
        ending = true;
        LockSupport.unpark(thread);
    }

    /** Whether nothing touches the counters any more. */
    boolean hasEnded()
    {
        return !counters.isCopied();
    }

    @Override
    public void run()
    {
        final IdleStrategy idle = new SleepingIdleStrategy(counters.intervalNs());
        try
        {
            while (!ending)
            {
                look();
                idle.idle();
            }
            look();
        }
        finally
        {
            counters.copied(false);
        }
    }

    private void look()
    {
        bus.set(BusCounter.LOOKS, ++looks);
        VarHandle.storeStoreFence();
        follow();
        // The cursor last: nothing of the copy is ahead of it.
        laneGroups.forEach((lane, group) -> group.set(BusCounter.LANE_SEQUENCE, lane.sequence()));
        final long cursor = cursor();
        frontierGroups.forEach(
            (reached, group) -> group.set(BusCounter.FRONTIER_SEQUENCE, Math.min(reached.getAsLong(), cursor)));
        laneGroups.forEach((lane, group) -> copy(lane, group, cursor));
        inboxGroups.forEach(CountersThread::copy);
        gatewayGroups.forEach((counts, group) -> group.setAll(counts));
        bus.set(BusCounter.STATE, CounterCodes.code(BusState.of(control.state())));
        bus.set(BusCounter.CURSOR, cursor);
        bus.set(BusCounter.PUBLISHED, cursor - firstSequence + 1);
        bus.set(BusCounter.VOIDS, control.voidCount());
        bus.set(BusCounter.REFUSED, control.refusedCount());
        bus.set(BusCounter.WAITS, shared == null ? 0 : shared.waitCount());
        bus.set(BusCounter.JOINS, control.joinCount());
        bus.set(BusCounter.TIME, counters.nowNs());
        bus.set(BusCounter.LOOKS, ++looks);
    }

    // A lane that goes by the slots may be ahead of a cursor that is on its way.
    private long cursor()
    {
        long cursor = ring.getCursor();
        for (final CounterGroup group : laneGroups.values())
        {
            cursor = Math.max(cursor, group.get(BusCounter.LANE_SEQUENCE));
        }
        return cursor;
    }

    private void follow()
    {
        final Collection<LaneRunner> present = lanes.values();
        final Iterator<Map.Entry<LaneRunner, CounterGroup>> known = laneGroups.entrySet().iterator();
        while (known.hasNext())
        {
            final Map.Entry<LaneRunner, CounterGroup> entry = known.next();
            if (!present.contains(entry.getKey()))
            {
                entry.getValue().free();
                known.remove();
            }
        }
        long uncounted = 0;
        for (final LaneRunner lane : present)
        {
            uncounted += laneGroups.containsKey(lane) || add(lane) ? 0 : 1;
        }
        bus.set(BusCounter.UNCOUNTED, uncounted);
    }

    private boolean add(final LaneRunner lane)
    {
        final CounterGroup group = counters.group(Scope.LANE, lane.name());
        if (group == null)
        {
            return false;
        }
        group.set(BusCounter.LANE_POLICY, CounterCodes.code(lane.lane().overflowPolicy()));
        group.set(BusCounter.LANE_FAULT_POLICY, CounterCodes.code(lane.lane().faultPolicy()));
        laneGroups.put(lane, group);
        return true;
    }

    private static void copy(final LaneRunner lane, final CounterGroup group, final long cursor)
    {
        group.set(BusCounter.LANE_STATE, CounterCodes.code(lane.state()));
        group.set(BusCounter.LANE_LAG, cursor - group.get(BusCounter.LANE_SEQUENCE));
        group.set(BusCounter.LANE_SKIPPED, lane.skippedCount());
        group.set(BusCounter.LANE_SHED, lane.shedCount());
        group.set(BusCounter.LANE_CONFLATED, lane.conflatedCount());
        group.set(BusCounter.LANE_EVICTIONS, lane.evictionCount());
        group.set(BusCounter.LANE_SPILLS, lane.spillCount());
        group.set(BusCounter.LANE_FAULTS, lane.faultCount());
        group.set(BusCounter.LANE_STALLS, lane.stallCount());
    }

    private static void copy(final Inbox inbox, final CounterGroup group)
    {
        group.set(BusCounter.INBOX_DEPTH, inbox.depth());
        group.set(BusCounter.INBOX_CAPACITY, inbox.mostDepth());
        group.set(BusCounter.INBOX_FULL, inbox.fullCount());
        group.set(BusCounter.INBOX_REFUSED, inbox.refusedCount());
        group.set(BusCounter.INBOX_WAITS, inbox.waitCount());
    }
}
