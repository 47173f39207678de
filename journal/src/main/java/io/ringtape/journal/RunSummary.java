package io.ringtape.journal;

/**
 * What a recording process says of its run as it closes it, for a replay to compare with.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param inputCount input events of the run, void ones not counted.
 * @param ownCount   own events of the run.
 * @param eventHash  over the input events.
 * @param outputHash over the own events.
 * @param bookHash   over the books at the end.
 */
public record RunSummary(long inputCount, long ownCount, long eventHash, long outputHash, long bookHash)
{
}
