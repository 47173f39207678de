package io.ringtape.cli.session;

import io.ringtape.cli.capture.Capture;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import java.util.ArrayList;
import java.util.List;

/** A capture of given events, an event a batch; a file is named as its source. */
final class GivenCapture implements Capture
{
    private final List<long[]> events = new ArrayList<>();
    private int at;

    GivenCapture event(final int source, final long timeNs)
    {
        events.add(new long[]{source, timeNs, 0});
        return this;
    }

    GivenCapture bad(final int source, final long timeNs)
    {
        events.add(new long[]{source, timeNs, EventFlags.BAD_TIME});
        return this;
    }

    int count()
    {
        return events.size();
    }

    @Override
    public boolean next(final EventBatch batch)
    {
        batch.clear();
        if (at == events.size())
        {
            return false;
        }
        final long[] event = events.get(at++);
        batch.append().sourceId((int)event[0]).receiveTimeNs(event[1]).flags((int)event[2]);
        return true;
    }

    @Override
    public String file()
    {
        return Long.toString(events.get(at - 1)[0]);
    }

    @Override
    public String format()
    {
        return "given";
    }

    @Override
    public long bytesRead()
    {
        return 0;
    }

    @Override
    public long totalBytes()
    {
        return 0;
    }

    @Override
    public long skippedRecords()
    {
        return 0;
    }

    @Override
    public void close()
    {
        at = events.size();
    }
}
