package io.ringtape.journal;

import java.util.List;

/**
 * Which indexes of a tape were made anew.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param files   roll files whose indexes were looked at.
 * @param rebuilt the indexes that were missing or wrong and are right now, by their paths below the tape.
 * @param problem why another one was left as it is, one line; empty if all are right.
 */
public record IndexRepair(int files, List<String> rebuilt, String problem)
{
    /**
     * Makes the list its own.
     */
    public IndexRepair
    {
        rebuilt = List.copyOf(rebuilt);
    }
}
