package io.ringtape.order;

/**
 * The layout of client order ids: run 16 bits, strategy 16 bits, counter 32 bits, from the highest bit down.
 * <p>
 * The highest bit of the run stays 0, so that an id is never negative and cannot be taken for a sentinel of
 * {@link OrderSender}: the runs of a tape count modulo 32,768. Within a run, a strategy's ids are unique and count up
 * from 1.
 * <p>
 * Thread safety: stateless.
 * Allocation: none.
 */
public final class ClientOrderIds
{
    /** The highest run that an id can name. */
    public static final int MAX_RUN = 0x7FFF;
    /** The highest strategy that an id can name. */
    public static final int MAX_STRATEGY = 0xFFFF;
    /** The highest counter. */
    public static final long MAX_COUNTER = 0xFFFF_FFFFL;

    /** Bits below the strategy: those of the counter. */
    static final int STRATEGY_SHIFT = 32;

    private static final int RUN_SHIFT = 48;

    private ClientOrderIds()
    {
    }

    /**
     * The run as an id names it.
     *
     * @param runId of the tape, 0 or more.
     * @return the run modulo 32,768.
     */
    public static int runOf(final long runId)
    {
        return (int)(runId & MAX_RUN);
    }

    /**
     * Puts an id together.
     *
     * @param run      0 to {@link #MAX_RUN}.
     * @param strategy 0 to {@link #MAX_STRATEGY}.
     * @param counter  0 to {@link #MAX_COUNTER}.
     * @return the id, 0 or more.
     * @throws IllegalArgumentException if a part is out of its range; the message names it.
     */
    public static long of(final int run, final int strategy, final long counter)
    {
        requireRange("run", run, MAX_RUN);
        requireRange("strategy", strategy, MAX_STRATEGY);
        requireRange("counter", counter, MAX_COUNTER);
        return ((long)run << RUN_SHIFT) | ((long)strategy << STRATEGY_SHIFT) | counter;
    }

    /**
     * The run that an id names.
     *
     * @param clientOrderId an id.
     * @return 0 to {@link #MAX_RUN}.
     */
    public static int run(final long clientOrderId)
    {
        return (int)(clientOrderId >>> RUN_SHIFT);
    }

    /**
     * The strategy that an id names.
     *
     * @param clientOrderId an id.
     * @return 0 to {@link #MAX_STRATEGY}.
     */
    public static int strategy(final long clientOrderId)
    {
        return (int)(clientOrderId >>> STRATEGY_SHIFT) & MAX_STRATEGY;
    }

    /**
     * The counter of an id.
     *
     * @param clientOrderId an id.
     * @return 0 to {@link #MAX_COUNTER}.
     */
    public static long counter(final long clientOrderId)
    {
        return clientOrderId & MAX_COUNTER;
    }

    private static void requireRange(final String field, final long value, final long max)
    {
        if (value < 0 || value > max)
        {
            throw new IllegalArgumentException(field + " must be 0 to " + max + ": " + field + "=" + value);
        }
    }
}
