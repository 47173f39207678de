package io.ringtape.journal;

/**
 * A snapshot as its directory lists it; nothing of it was read.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param sequence    of the last event that the books hold, 0 or more.
 * @param name        of the file in the directory {@code snapshots} of the tape.
 * @param lengthBytes of the file.
 */
public record SnapshotInfo(long sequence, String name, long lengthBytes)
{
}
