package io.ringtape.cli.faults;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which rows of the fault matrix to run, and how often.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param rows         ids of the rows; empty for all.
 * @param rounds       of each row; empty for a share of the full number.
 * @param sharePercent of the full number of rounds, above 0 to 100; at least one round is run.
 * @param seed         of the first round of each row; round n has n more.
 * @param directory    to put the scratch directory in; empty for the system's temporary directory.
 * @param strict       whether the times of the matrix are held against what was measured; else only hangs count.
 */
public record FaultRequest(
    List<String> rows, OptionalLong rounds, double sharePercent, long seed, Optional<Path> directory, boolean strict)
{
    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a value is out of its range; the message names it.
     */
    public FaultRequest
    {
        rows = List.copyOf(rows);
        if (!(sharePercent > 0 && sharePercent <= 100))
        {
            throw new IllegalArgumentException("sharePercent must be above 0 to 100: sharePercent=" + sharePercent);
        }
        if (rounds.isPresent() && rounds.getAsLong() < 1)
        {
            throw new IllegalArgumentException("rounds must be 1 or more: rounds=" + rounds.getAsLong());
        }
    }

    long roundsOf(final FaultRow row)
    {
        return rounds.orElse(Math.max(1, (long)Math.ceil(row.fullRounds() * sharePercent / 100)));
    }
}
