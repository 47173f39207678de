package io.ringtape.cli.session;

import io.ringtape.cli.capture.Capture;
import io.ringtape.cli.capture.CaptureException;
import io.ringtape.event.EventBatch;
import java.util.function.BooleanSupplier;

/**
 * A capture that asks ahead of each venue event whether it may go on, which may take a while.
 *
 * @param capture to read.
 * @param gate    false if the capture is to end.
 */
record GatedCapture(Capture capture, BooleanSupplier gate) implements Capture
{
    @Override
    public String format()
    {
        return capture.format();
    }

    @Override
    public boolean next(final EventBatch batch) throws CaptureException
    {
        return gate.getAsBoolean() && capture.next(batch);
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
