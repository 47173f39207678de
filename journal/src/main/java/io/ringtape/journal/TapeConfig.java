package io.ringtape.journal;

import java.util.Objects;

/**
 * How a tape is written.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param rollBytes     a file that reached this length is the last one to grow: the next block starts another;
 *                      1 MiB to 1 TiB.
 * @param reserveBytes  space on the device that the writer leaves alone: it stops before it is used; 0 or more.
 * @param durability    when the tape is forced to the device.
 * @param anyFileSystem whether file systems are allowed that may not keep the promises of a tape: over a network, in
 *                      user space, or unknown. Off by default.
 * @param failurePolicy what becomes of the bus when the tape cannot go on; halted by default.
 */
public record TapeConfig(
    long rollBytes, long reserveBytes, Durability durability, boolean anyFileSystem, TapeFailurePolicy failurePolicy)
{
    /** The usual {@link #rollBytes()}: 1 GiB. */
    public static final long DEFAULT_ROLL_BYTES = 1L << 30;
    /** The usual {@link #reserveBytes()}: 64 MiB. */
    public static final long DEFAULT_RESERVE_BYTES = 64L << 20;
    /** The least {@link #rollBytes()}: 1 MiB. */
    public static final long MIN_ROLL_BYTES = 1L << 20;
    /** The greatest {@link #rollBytes()}: 1 TiB. */
    public static final long MAX_ROLL_BYTES = 1L << 40;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a value is out of its range; the message names it.
     */
    public TapeConfig
    {
        Objects.requireNonNull(durability, "durability");
        Objects.requireNonNull(failurePolicy, "failurePolicy");
        if (rollBytes < MIN_ROLL_BYTES || rollBytes > MAX_ROLL_BYTES)
        {
            throw new IllegalArgumentException("rollBytes must be " + MIN_ROLL_BYTES + " to " + MAX_ROLL_BYTES +
                ": rollBytes=" + rollBytes);
        }
        if (reserveBytes < 0)
        {
            throw new IllegalArgumentException("reserveBytes must not be negative: reserveBytes=" + reserveBytes);
        }
    }

    /**
     * The usual values.
     *
     * @return a configuration.
     */
    public static TapeConfig defaults()
    {
        return new TapeConfig(DEFAULT_ROLL_BYTES, DEFAULT_RESERVE_BYTES, Durability.PAGE_CACHE, false,
            TapeFailurePolicy.HALT);
    }

    /**
     * The same with another length of files.
     *
     * @param newRollBytes 1 MiB to 1 TiB.
     * @return a configuration.
     * @throws IllegalArgumentException if it is out of its range.
     */
    public TapeConfig withRollBytes(final long newRollBytes)
    {
        return new TapeConfig(newRollBytes, reserveBytes, durability, anyFileSystem, failurePolicy);
    }

    /**
     * The same with another reserve.
     *
     * @param newReserveBytes 0 or more.
     * @return a configuration.
     * @throws IllegalArgumentException if it is out of its range.
     */
    public TapeConfig withReserveBytes(final long newReserveBytes)
    {
        return new TapeConfig(rollBytes, newReserveBytes, durability, anyFileSystem, failurePolicy);
    }

    /**
     * The same with another durability.
     *
     * @param newDurability when the tape is forced to the device.
     * @return a configuration.
     */
    public TapeConfig withDurability(final Durability newDurability)
    {
        return new TapeConfig(rollBytes, reserveBytes, newDurability, anyFileSystem, failurePolicy);
    }

    /**
     * The same with all file systems allowed, or only those that are known to keep what a tape relies on: locks that
     * other processes see, shared mappings, and forces that reach the device.
     *
     * @param newAnyFileSystem true to allow all.
     * @return a configuration.
     */
    public TapeConfig withAnyFileSystem(final boolean newAnyFileSystem)
    {
        return new TapeConfig(rollBytes, reserveBytes, durability, newAnyFileSystem, failurePolicy);
    }

    /**
     * The same with another policy for a tape that cannot go on.
     *
     * @param newFailurePolicy what becomes of the bus.
     * @return a configuration.
     */
    public TapeConfig withFailurePolicy(final TapeFailurePolicy newFailurePolicy)
    {
        return new TapeConfig(rollBytes, reserveBytes, durability, anyFileSystem, newFailurePolicy);
    }
}
