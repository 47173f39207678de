package io.ringtape.cli.capture;

import io.ringtape.event.EventBatch;

/**
 * A capture that is being read.
 */
interface Reading extends AutoCloseable
{
    /** Fills a cleared batch; false at the end. */
    boolean next(EventBatch batch) throws CaptureException;

    /** Bytes on disk that were read. */
    long bytesRead();

    /** Records that made no events. */
    long skippedRecords();

    @Override
    void close();
}
