package io.ringtape.cli.capture;

import java.io.IOException;
import java.io.InputStream;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The part of a stream that is in memory: what decoders look at, moved on as they use it up.
 * <p>
 * Memory stays bounded: the window grows only while a single line or header is longer than it, up to a limit.
 */
final class ByteWindow implements AutoCloseable
{
    private static final int INITIAL_BYTES = 256 * 1024;

    private final Input input;
    private final InputStream in;
    private final CountingStream counter;
    private final long rawShare;
    private final long decodedShare;
    private byte[] bytes = new byte[INITIAL_BYTES];
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    private int position;
    private int limit;
    private long offset;
    private boolean ended;
    private int lineLimit;
    private boolean blankLine;

    /** The stream's bytes on disk are those of the counter times raw by decoded. */
    ByteWindow(
        final Input input, final InputStream in, final CountingStream counter, final long raw, final long decoded)
    {
        this.input = input;
        this.in = in;
        this.counter = counter;
        rawShare = raw;
        decodedShare = decoded;
    }

    UnsafeBuffer buffer()
    {
        return buffer;
    }

    int position()
    {
        return position;
    }

    void position(final int newPosition)
    {
        position = newPosition;
    }

    int limit()
    {
        return limit;
    }

    /** Behind the last whole line in the window, after {@link #hasLine(int)} was true. */
    int lineLimit()
    {
        return lineLimit;
    }

    int remaining()
    {
        return limit - position;
    }

    /** Where the position is in the decompressed stream. */
    long streamOffset()
    {
        return offset + position;
    }

    long rawBytesRead()
    {
        return (long)((double)counter.count() * rawShare / decodedShare);
    }

    Input input()
    {
        return input;
    }

    /** Reads more behind what is left; false at the end of the stream. */
    boolean fill(final int maxBytes) throws CaptureException
    {
        if (ended)
        {
            return false;
        }
        makeRoom(maxBytes);
        final int read;
        try
        {
            read = in.read(bytes, limit, bytes.length - limit);
        }
        catch (final IOException e)
        {
            throw counter.hasFailed() && !isZipEntry() ?
                CaptureException.io(input.display(), counter.count(), e) : input.corrupt(rawBytesRead(), e);
        }
        ended = read < 0;
        limit += Math.max(0, read);
        return !ended;
    }

    /** Reads until so many bytes are there; false if the stream ends before. */
    boolean require(final int count) throws CaptureException
    {
        while (remaining() < count)
        {
            if (!fill(count))
            {
                return false;
            }
        }
        return true;
    }

    /**
     * Reads until a whole line is there, to be called at the start of one; false at the end of the stream. Lines
     * without a character are stepped over, see {@link #isBehindBlankLine()}.
     */
    boolean hasLine(final int maxBytes) throws CaptureException
    {
        blankLine = false;
        do
        {
            while (position < lineLimit)
            {
                if (!isLineEnd(bytes[position]))
                {
                    return true;
                }
                blankLine = true;
                position++;
            }
        }
        while (findLine(maxBytes));
        return false;
    }

    /** Whether a blank line stands before the one that {@link #hasLine(int)} found. */
    boolean isBehindBlankLine()
    {
        return blankLine;
    }

    @Override
    public void close()
    {
        try
        {
            in.close();
        }
        catch (final IOException e)
        {
            // Nothing was written, and what was read was checked: there is nothing left to lose.
            ended = true;
        }
    }

    private boolean isZipEntry()
    {
        return !input.entry().isEmpty();
    }

    private boolean findLine(final int maxBytes) throws CaptureException
    {
        int searched = 0;
        while (fill(maxBytes))
        {
            final int end = lineEnd(position + searched);
            if (end > 0)
            {
                lineLimit = end;
                return true;
            }
            searched = remaining();
        }
        lineLimit = limit;
        return position < limit;
    }

    private int lineEnd(final int from)
    {
        for (int i = limit - 1; i >= from; i--)
        {
            if (bytes[i] == '\n')
            {
                return i + 1;
            }
        }
        return -1;
    }

    private static boolean isLineEnd(final byte character)
    {
        return character == '\n' || character == '\r';
    }

    private void makeRoom(final int maxBytes) throws CaptureException
    {
        if (position > 0)
        {
            final int shift = position;
            System.arraycopy(bytes, shift, bytes, 0, limit - shift);
            offset += shift;
            position = 0;
            limit -= shift;
            lineLimit = Math.max(0, lineLimit - shift);
        }
        if (limit == bytes.length)
        {
            if (limit >= maxBytes)
            {
                throw CaptureException.bad(
                    input.display(), "line is too long", "byte", streamOffset(), "most=" + maxBytes);
            }
            final byte[] larger = new byte[(int)Math.min(maxBytes, 2L * bytes.length)];
            System.arraycopy(bytes, 0, larger, 0, limit);
            bytes = larger;
            buffer.wrap(larger);
        }
    }
}
