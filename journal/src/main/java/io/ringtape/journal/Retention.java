package io.ringtape.journal;

import java.util.List;

/**
 * What was removed from a tape, or would be.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param files         from the oldest on.
 * @param firstSequence of the tape without them.
 * @param sizeBytes     of the tape without them.
 * @param isWithinLimit whether the tape without them keeps no more than was asked for; false where the next file would
 *                      have to go too and must stay: a mark stands in it, it is not sealed, or it is the newest one.
 */
public record Retention(List<File> files, long firstSequence, long sizeBytes, boolean isWithinLimit)
{
    /**
     * Makes the list its own.
     */
    public Retention
    {
        files = List.copyOf(files);
    }

    /**
     * A file.
     *
     * @param runId         of its run.
     * @param name          of the file.
     * @param firstSequence that it can hold.
     * @param lastSequence  of the run up to its end.
     * @param lengthBytes   of the file, and of files that go with it, as they stand behind what its run has: lost with
     *                      the machine.
     */
    public record File(long runId, String name, long firstSequence, long lastSequence, long lengthBytes)
    {
    }
}
