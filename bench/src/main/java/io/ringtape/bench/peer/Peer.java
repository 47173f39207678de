package io.ringtape.bench.peer;

import org.HdrHistogram.Histogram;

/**
 * One way to carry events from where they are made to where they are read: ours, or what a user would take instead.
 * <p>
 * Every peer does the same work, see {@link Work}: it writes each event in place as eight longs, and reads all eight
 * into a {@link Tally}. Every peer of a row has the same capacity, never parks, and publishes as the row says. The rig
 * calls {@link #prepare(int)}, {@link #run(int)} and {@link #checksum()} in turn, times {@code run} alone and holds the
 * checksum against {@link #expected(long, int)}.
 * <p>
 * Thread safety: one thread owns a peer.
 * Allocation: none in {@link #run(int)} once warm, but for what the measured library itself allocates.
 */
public interface Peer extends AutoCloseable
{
    /**
     * Sequence of the first event of the next run.
     *
     * @return 0 unless the sequences of the runs of a peer follow each other.
     */
    default long firstSequence()
    {
        return 0;
    }

    /**
     * Makes everything ready for a run; not timed.
     *
     * @param count events of the run.
     */
    default void prepare(final int count)
    {
    }

    /**
     * Carries events and returns when the reading side has the last of them; timed.
     *
     * @param count how many events, as given to {@link #prepare(int)}.
     */
    void run(int count);

    /**
     * What the reading side made of the events of the last run; not timed, so that a peer that writes a file may read
     * it back here.
     *
     * @return the sum of a {@link Tally}.
     */
    long checksum();

    /**
     * What the checksum of the last run must be, worked out in some other way; not timed, called after
     * {@link #checksum()}.
     *
     * @param first sequence of the first event of the run.
     * @param count events of the run.
     * @return the sum of the {@link Work} of these sequences, unless the peer has other events.
     */
    default long expected(final long first, final int count)
    {
        return Work.expected(first, count);
    }

    /**
     * What the last run cost; not timed, called after {@link #checksum()}.
     *
     * @param elapsedNs that {@link #run(int)} took.
     * @return the time, unless the row compares something else: nanoseconds, or bytes, of the whole run.
     */
    default long cost(final long elapsedNs)
    {
        return elapsedNs;
    }

    /**
     * Adds the latencies of the last run in nanoseconds; not timed, called after {@link #checksum()}.
     *
     * @param sum to add to; stays as it is where the peer has no latencies of single events.
     */
    default void addLatencies(final Histogram sum)
    {
    }

    @Override
    void close();
}
