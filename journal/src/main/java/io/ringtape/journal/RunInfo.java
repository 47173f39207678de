package io.ringtape.journal;

/**
 * The header of a run: one life of a recording process.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param runId         from 1, one more for each run of a tape.
 * @param firstSequence of the first event that the run can hold.
 * @param startTimeNs   when the run was opened, ns since the epoch, UTC.
 * @param previousRunId the run before, or -1.
 * @param pid           the process that recorded.
 */
public record RunInfo(long runId, long firstSequence, long startTimeNs, long previousRunId, long pid)
{
}
