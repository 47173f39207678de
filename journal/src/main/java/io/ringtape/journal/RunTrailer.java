package io.ringtape.journal;

/**
 * The last document of a run that was closed in order.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param lastSequence of the run; one below its first sequence if it holds no event.
 * @param endTimeNs    when the run was closed, ns since the epoch, UTC.
 * @param summary      what the recording process says of the run.
 */
public record RunTrailer(long lastSequence, long endTimeNs, RunSummary summary)
{
}
