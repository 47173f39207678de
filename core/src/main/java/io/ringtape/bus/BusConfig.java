package io.ringtape.bus;

import io.ringtape.event.EventBatch;

/**
 * The values of a bus, validated here and nowhere else.
 *
 * @param capacity      slots of the ring, a power of two, 1 to {@link #MAX_CAPACITY}.
 * @param firstSequence of the first event, 0 to 2^62.
 * @param processors    that spinning threads may take, at least 1.
 * @param declaredRate  events a second that the embedder expects, 0 if it does not say, up to {@link #MAX_RATE}.
 * @param stallLimitNs  after which a lane stalls, at least {@link #MIN_STALL_LIMIT_NS}; {@link #NO_STALL_LIMIT} for no
 *                      watchdog.
 */
record BusConfig(int capacity, long firstSequence, int processors, long declaredRate, long stallLimitNs)
{
    static final int DEFAULT_CAPACITY = 1 << 16;
    /** A gibibyte of slots: the largest power of two whose bytes an int offset reaches. */
    static final int MAX_CAPACITY = EventBatch.MAX_COUNT;
    static final long MAX_FIRST_SEQUENCE = 1L << 62;
    static final long MAX_RATE = 1_000_000_000L;
    static final long MIN_STALL_LIMIT_NS = 1_000_000L;
    static final long NO_STALL_LIMIT = Long.MAX_VALUE;

    BusConfig
    {
        if (capacity < 1 || capacity > MAX_CAPACITY || Integer.bitCount(capacity) != 1)
        {
            throw new IllegalArgumentException(
                "capacity must be a power of two, at most " + MAX_CAPACITY + ": capacity=" + capacity);
        }
        if (firstSequence < 0 || firstSequence > MAX_FIRST_SEQUENCE)
        {
            throw new IllegalArgumentException(
                "firstSequence must be 0 to " + MAX_FIRST_SEQUENCE + ": firstSequence=" + firstSequence);
        }
        if (processors < 1)
        {
            throw new IllegalArgumentException("processors must be at least 1: processors=" + processors);
        }
        if (declaredRate < 0 || declaredRate > MAX_RATE)
        {
            throw new IllegalArgumentException(
                "declaredRate must be 0 to " + MAX_RATE + ": declaredRate=" + declaredRate);
        }
        if (stallLimitNs < MIN_STALL_LIMIT_NS)
        {
            throw new IllegalArgumentException(
                "stallLimitNs must be at least " + MIN_STALL_LIMIT_NS + ": stallLimitNs=" + stallLimitNs);
        }
    }
}
