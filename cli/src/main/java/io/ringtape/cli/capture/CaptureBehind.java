package io.ringtape.cli.capture;

import io.ringtape.event.EventBatch;

/**
 * A capture that is another one, but for what a subclass does otherwise.
 * <p>
 * Thread safety: none; one thread owns a capture.
 * Allocation: none of its own.
 */
public abstract class CaptureBehind implements Capture
{
    private final Capture capture;

    /**
     * A capture that gives what another one does.
     *
     * @param capture closed with this.
     */
    protected CaptureBehind(final Capture capture)
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
    public String file()
    {
        return capture.file();
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
