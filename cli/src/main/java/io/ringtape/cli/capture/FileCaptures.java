package io.ringtape.cli.capture;

import io.ringtape.event.EventBatch;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads file after file, with one open at a time.
 */
final class FileCaptures implements Capture
{
    private final List<FileSource> sources;
    private @Nullable Reading reading;
    private @Nullable CaptureException failure;
    private int index;
    private long bytesBefore;
    private long skippedBefore;

    FileCaptures(final List<FileSource> sources)
    {
        this.sources = sources;
    }

    @Override
    public String format()
    {
        return sources.stream().map(FileSource::format).distinct().collect(Collectors.joining("+"));
    }

    @Override
    public boolean next(final EventBatch batch) throws CaptureException
    {
        batch.clear();
        if (failure != null)
        {
            throw failure;
        }
        try
        {
            return fill(batch);
        }
        catch (final CaptureException e)
        {
            failure = e;
            throw e;
        }
    }

    @Override
    public String file()
    {
        return sources.get(Math.min(index, sources.size() - 1)).file();
    }

    @Override
    public long bytesRead()
    {
        final Reading current = reading;
        return current == null ? bytesBefore : bytesBefore + current.bytesRead();
    }

    @Override
    public long totalBytes()
    {
        long total = 0;
        for (final FileSource source : sources)
        {
            total += source.totalBytes();
        }
        return total;
    }

    @Override
    public long skippedRecords()
    {
        final Reading current = reading;
        return current == null ? skippedBefore : skippedBefore + current.skippedRecords();
    }

    @Override
    public void close()
    {
        final Reading current = reading;
        if (current != null)
        {
            current.close();
        }
    }

    private boolean fill(final EventBatch batch) throws CaptureException
    {
        while (index < sources.size())
        {
            Reading current = reading;
            if (current == null)
            {
                current = sources.get(index).open();
                reading = current;
            }
            if (current.next(batch))
            {
                return true;
            }
            skippedBefore += current.skippedRecords();
            bytesBefore += sources.get(index).totalBytes();
            current.close();
            reading = null;
            index++;
        }
        return false;
    }
}
