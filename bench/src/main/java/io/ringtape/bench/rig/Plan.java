package io.ringtape.bench.rig;

import java.util.concurrent.TimeUnit;

/**
 * How much is measured: of each row as many rounds as its time allows, and never fewer than {@link #LEAST_ROUNDS} where
 * the plan has as many.
 * <p>
 * Thread safety: immutable.
 * Allocation: none.
 *
 * @param rounds   of each row.
 * @param forks    how often each peer gets a fresh JVM, spread over the rounds.
 * @param turnMs   least time of a peer's turn in a round.
 * @param warmUpMs least time that a fresh JVM runs its peer before the first round.
 * @param band     how far canaries may be off before a round is dropped, see {@link Round}.
 * @param seed     of the order of the peers within the rounds.
 */
public record Plan(int rounds, int forks, int turnMs, int warmUpMs, double band, long seed)
{
    /** So many are run whatever they take: some may be dropped, and {@link Outcome#MINIMUM_ROUNDS} have to be left. */
    public static final int LEAST_ROUNDS = 9;
    /** What a full run takes. */
    public static final Plan FULL = new Plan(21, 3, 200, 1_500, 0.3, 1);
    /** What a quick run takes. */
    public static final Plan QUICK = new Plan(15, 3, 100, 1_000, 0.3, 1);
    /** For all rows of a full run: within an hour, with what starting and ending take. */
    public static final long FULL_LIMIT_NS = TimeUnit.MINUTES.toNanos(57);
    /** For all rows of a quick run: within 8 minutes. */
    public static final long QUICK_LIMIT_NS = TimeUnit.SECONDS.toNanos(450);

    /**
     * Checks.
     *
     * @param rounds   at least 1.
     * @param forks    1 to the number of rounds.
     * @param turnMs   at least 1.
     * @param warmUpMs 0 or more.
     * @param band     above 0.
     * @param seed     any.
     * @throws IllegalArgumentException if a value is out of its range.
     */
    public Plan
    {
        if (rounds < 1)
        {
            throw new IllegalArgumentException("rounds must be at least 1: rounds=" + rounds);
        }
        if (forks < 1 || forks > rounds)
        {
            throw new IllegalArgumentException(
                "forks must be from 1 to the rounds: forks=" + forks + " rounds=" + rounds);
        }
        if (turnMs < 1)
        {
            throw new IllegalArgumentException("a turn takes at least 1 ms: turnMs=" + turnMs);
        }
        if (warmUpMs < 0)
        {
            throw new IllegalArgumentException("warm-up must not be negative: warmUpMs=" + warmUpMs);
        }
        if (!(band > 0))
        {
            throw new IllegalArgumentException("band must be above 0: band=" + band);
        }
    }

    /**
     * How many rounds of a row there will be.
     *
     * @param done    rounds so far.
     * @param leftNs  time for more of them, below 0 if it is used up.
     * @param roundNs that one takes.
     * @return from those done or the least to the plan's.
     */
    int fitting(final int done, final long leftNs, final long roundNs)
    {
        final long more = Math.min(rounds - done, Math.max(0, leftNs) / Math.max(1, roundNs));
        return (int)Math.max(done + more, Math.min(LEAST_ROUNDS, rounds));
    }
}
