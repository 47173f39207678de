package io.ringtape.cli.capture;

import io.ringtape.event.EventBatch;

/**
 * The events of one or more capture files, in the order of the files.
 * <p>
 * Thread safety: none; one thread owns a capture.
 * Allocation: {@link #next(EventBatch)} allocates nothing once warm, but for new files and instruments.
 */
public interface Capture extends AutoCloseable
{
    /** Most events that {@link #next(EventBatch)} gives at once. */
    int MAX_EVENTS = 1_024;

    /**
     * The formats of the files.
     *
     * @return for example {@code lobster}, or {@code lobster+dbn} for both.
     */
    String format();

    /**
     * Fills a batch with the next venue event, or the next chunk of a long one.
     * <p>
     * Definitions of the instruments and sources that the events name were added before this returns. All events before
     * a mistake in a file are given out before the mistake is thrown.
     *
     * @param batch cleared, then filled with 1 to {@link #MAX_EVENTS} events.
     * @return false at the end of the last file, with the batch empty.
     * @throws CaptureException if a file is not as its format has it or cannot be read; thrown again if called again.
     */
    boolean next(EventBatch batch) throws CaptureException;

    /**
     * Where the last events are from.
     *
     * @return the file as messages name it, one of a pair; of what is no file, the format.
     */
    String file();

    /**
     * How much of the files was read.
     *
     * @return bytes as on disk, for progress; for zip entries worked out from their share.
     */
    long bytesRead();

    /**
     * The size of all files.
     *
     * @return bytes as on disk, or -1 if unknown.
     */
    long totalBytes();

    /**
     * How many records were skipped because they are of a type that makes no events.
     *
     * @return 0 or more.
     */
    long skippedRecords();

    /**
     * Closes the files.
     */
    @Override
    void close();
}
