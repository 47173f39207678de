package io.ringtape.cli.session;

import io.ringtape.cli.capture.Capture;
import io.ringtape.cli.capture.CaptureException;
import io.ringtape.event.EventBatch;

/** A capture that is another one, but for what a test changes. */
abstract class CaptureBehind implements Capture
{
    private final Capture capture;

    CaptureBehind(final Capture capture)
    {
        this.capture = capture;
    }

    @Override
    public String format()
    {
        return capture.format();
    }

    @Override
    public boolean next(final EventBatch batch) throws CaptureException
    {
        return capture.next(batch);
    }

    @Override
    public long bytesRead()
    {
        return capture.bytesRead();
    }

    @Override
    public long totalBytes()
    {
        return capture.totalBytes();
    }

    @Override
    public long skippedRecords()
    {
        return capture.skippedRecords();
    }

    @Override
    public void close()
    {
        capture.close();
    }
}
