package io.ringtape.cli.capture;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Counts what is read from a file, and keeps the system's own failures apart from those of decompressors above it.
 */
final class CountingStream extends BlockStream
{
    private final InputStream in;
    private long count;
    private @Nullable IOException failure;

    CountingStream(final InputStream in)
    {
        this.in = in;
    }

    long count()
    {
        return count;
    }

    boolean hasFailed()
    {
        return failure != null;
    }

    @Override
    public int read(final byte[] target, final int offset, final int length) throws IOException
    {
        try
        {
            final int read = in.read(target, offset, length);
            count += Math.max(0, read);
            return read;
        }
        catch (final IOException e)
        {
            failure = e;
            throw e;
        }
    }

    @Override
    public int available() throws IOException
    {
        return in.available();
    }

    @Override
    public void close() throws IOException
    {
        in.close();
    }
}
