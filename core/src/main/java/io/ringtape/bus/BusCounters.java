package io.ringtape.bus;

import io.ringtape.bus.BusCounter.Scope;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.status.CountersManager;
import org.agrona.concurrent.status.CountersReader;
import org.jspecify.annotations.Nullable;

/**
 * Where a bus copies what it counts, so that somebody else can look: counters of Agrona in two buffers that the
 * embedder gives, for example of a mapped file. What they are is in {@link BusCounter}; {@link CounterSnapshot} reads
 * them.
 * <p>
 * A thread of the bus copies them every {@link #interval(long)}, and once more when the bus is closed; the writer and
 * the lanes do nothing for it, and never touch the buffers. The buffers stay where they are until
 * {@link EventBus#close(long)} of a bus that was started has returned and {@link #isCopied()} is false: a copy that
 * waits for the file system may outlast the limit of a close.
 * <p>
 * Thread safety: none but for {@link #isCopied()}; used by one bus.
 * Allocation: where a lane is attached or has left; none on the threads of writer and lanes.
 */
public final class BusCounters
{
    /** How often the counters are copied unless told otherwise, in nanoseconds. */
    public static final long DEFAULT_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(50);
    /** The shortest interval, in nanoseconds. */
    public static final long MIN_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Map<String, LongSupplier> frontiers = new LinkedHashMap<>();
    private final Map<String, ToLongFunction<BusCounter>> gateways = new LinkedHashMap<>();
    private final CountersManager manager;
    private final EpochNanoClock clock;
    private long intervalNs = DEFAULT_INTERVAL_NS;
    private long groupCount;
    private boolean taken;
    private volatile boolean copied;

    /**
     * Counters over two buffers of zeros, aligned to 8 bytes, off the heap.
     *
     * @param metadata labels and types, {@link #metadataBytes(int)} long.
     * @param values   {@link #valuesBytes(int)} long, for the same count.
     * @param clock    tells when they were copied.
     * @throws IllegalArgumentException if the first is too short for the second.
     */
    public BusCounters(final AtomicBuffer metadata, final AtomicBuffer values, final EpochNanoClock clock)
    {
        manager = new CountersManager(metadata, values);
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * How long the first buffer is to be.
     *
     * @param count of counters; a bus takes 12, each lane 12, each inbox 5, each frontier 1 and each gateway 12.
     * @return bytes.
     */
    public static int metadataBytes(final int count)
    {
        return Math.multiplyExact(count, CountersReader.METADATA_LENGTH);
    }

    /**
     * How long the second buffer is to be.
     *
     * @param count of counters.
     * @return bytes.
     */
    public static int valuesBytes(final int count)
    {
        return Math.multiplyExact(count, CountersReader.COUNTER_LENGTH);
    }

    /**
     * Adds a frontier to look at, whether a lane waits for it or not.
     *
     * @param name    unique among the frontiers, for example {@code journaled}.
     * @param reached the last sequence that has passed it, a volatile read; called on the thread that copies.
     * @return this.
     * @throws IllegalArgumentException if the name is empty or taken.
     */
    public BusCounters frontier(final String name, final LongSupplier reached)
    {
        put(frontiers, "frontier", name, Objects.requireNonNull(reached, "reached"));
        return this;
    }

    /**
     * Adds a gateway to look at.
     *
     * @param name   unique among the gateways.
     * @param counts tells each counter of {@link Scope#GATEWAY} by volatile reads; called on the thread that copies.
     * @return this.
     * @throws IllegalArgumentException if the name is empty or taken.
     */
    public BusCounters gateway(final String name, final ToLongFunction<BusCounter> counts)
    {
        put(gateways, "gateway", name, Objects.requireNonNull(counts, "counts"));
        return this;
    }

    /**
     * Sets how often they are copied, by default {@link #DEFAULT_INTERVAL_NS}.
     *
     * @param nanoseconds at least {@link #MIN_INTERVAL_NS}.
     * @return this.
     * @throws IllegalArgumentException if it is shorter.
     */
    public BusCounters interval(final long nanoseconds)
    {
        if (nanoseconds < MIN_INTERVAL_NS)
        {
            throw new IllegalArgumentException("counters interval must be at least " + MIN_INTERVAL_NS +
                " ns: intervalNs=" + nanoseconds);
        }
        intervalNs = nanoseconds;
        return this;
    }

    /**
     * Whether a thread of the bus may still touch the buffers, asked by any thread once the bus is closed: then it
     * goes to false and stays so.
     *
     * @return true from the start of the bus until its last copy is done, which a close waits for within its limit.
     */
    public boolean isCopied()
    {
        return copied;
    }

    void copied(final boolean now)
    {
        copied = now;
    }

    /**
     * Gives the counters to a bus.
     *
     * @param lanes   of the bus.
     * @param inboxes of the bus.
     * @throws IllegalArgumentException if they are another bus's, or there is not room for all.
     */
    void take(final int lanes, final int inboxes)
    {
        if (taken)
        {
            throw new IllegalArgumentException("counters are those of another bus");
        }
        taken = true;
        final int needed = CounterGroup.size(Scope.BUS) + lanes * CounterGroup.size(Scope.LANE) +
            inboxes * CounterGroup.size(Scope.INBOX) + frontiers.size() * CounterGroup.size(Scope.FRONTIER) +
            gateways.size() * CounterGroup.size(Scope.GATEWAY);
        if (needed > manager.available())
        {
            throw new IllegalArgumentException(
                "counters have too little room: needed=" + needed + " available=" + manager.available());
        }
    }

    /** The counters of something that may come and go; null if there is no room for them. */
    @Nullable
    CounterGroup group(final Scope scope, final String name)
    {
        return CounterGroup.allocate(manager, groupCount++, scope, name);
    }

    /** The counters of something that was counted when they were taken. */
    CounterGroup fixedGroup(final Scope scope, final String name)
    {
        return Objects.requireNonNull(group(scope, name), name);
    }

    Map<String, LongSupplier> frontiers()
    {
        return frontiers;
    }

    Map<String, ToLongFunction<BusCounter>> gateways()
    {
        return gateways;
    }

    long nowNs()
    {
        return clock.nanoTime();
    }

    long intervalNs()
    {
        return intervalNs;
    }

    private static <T> void put(final Map<String, T> known, final String what, final String name, final T added)
    {
        if (name.isEmpty() || known.putIfAbsent(name, added) != null)
        {
            throw new IllegalArgumentException(what + " name is empty or taken: " + what + "=" + name);
        }
    }
}
