package io.ringtape.cli.capture;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Decompresses gzip of any number of members, and checks every one.
 * <p>
 * The JDK's own stream takes whatever it cannot read behind a member for the end of the file, so damage in the header
 * of a later member would shorten the data in silence. Here only zero bytes may follow the last member. Format: RFC
 * 1952.
 */
final class GzipStream extends BlockStream
{
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int FLAG_HEADER_CRC = 2;
    private static final int FLAG_EXTRA = 4;
    private static final int FLAG_NAME = 8;
    private static final int FLAG_COMMENT = 16;
    private static final int RESERVED_FLAGS = 0xE0;

    private final InputStream in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;
    private long memberBytes;
    private boolean inMember;
    private boolean ended;

    GzipStream(final InputStream in)
    {
        this.in = in;
    }

    @Override
    public int read(final byte[] target, final int offset, final int length) throws IOException
    {
        if (length == 0)
        {
            return 0;
        }
        while (!ended)
        {
            if (!inMember)
            {
                openMember();
                continue;
            }
            final int count = inflate(target, offset, length);
            if (count > 0)
            {
                crc.update(target, offset, count);
                memberBytes += count;
                return count;
            }
            if (inflater.finished())
            {
                closeMember();
            }
            else if (inflater.needsDictionary())
            {
                throw new ZipException("gzip member needs a dictionary");
            }
            else
            {
                feed();
            }
        }
        return -1;
    }

    @Override
    public void close() throws IOException
    {
        inflater.end();
        in.close();
    }

    private int inflate(final byte[] target, final int offset, final int length) throws ZipException
    {
        try
        {
            return inflater.inflate(target, offset, length);
        }
        catch (final DataFormatException e)
        {
            final String message = e.getMessage();
            final ZipException exception = new ZipException(message == null ? "invalid deflate data" : message);
            exception.initCause(e);
            throw exception;
        }
    }

    private void feed() throws IOException
    {
        if (position == limit && !refill())
        {
            throw new EOFException("file ends within a gzip member");
        }
        inflater.setInput(buffer, position, limit - position);
        position = limit;
    }

    private void openMember() throws IOException
    {
        final int first = memberStart();
        if (first < 0)
        {
            ended = true;
            return;
        }
        if (first != 0x1F || next() != 0x8B || next() != 8)
        {
            throw new ZipException("not a gzip member");
        }
        final int flags = next();
        if ((flags & RESERVED_FLAGS) != 0)
        {
            throw new ZipException("reserved gzip flags are set");
        }
        skip(6);
        if ((flags & FLAG_EXTRA) != 0)
        {
            skip(next() | (next() << 8));
        }
        if ((flags & FLAG_NAME) != 0)
        {
            skipText();
        }
        if ((flags & FLAG_COMMENT) != 0)
        {
            skipText();
        }
        if ((flags & FLAG_HEADER_CRC) != 0)
        {
            skip(2);
        }
        crc.reset();
        memberBytes = 0;
        inflater.reset();
        inMember = true;
    }

    // Zero bytes pad a file to blocks; they may only stand behind the last member.
    private int memberStart() throws IOException
    {
        boolean padded = false;
        while (position < limit || refill())
        {
            final int value = buffer[position++] & 0xFF;
            if (value != 0)
            {
                if (padded)
                {
                    throw new ZipException("data behind the last gzip member");
                }
                return value;
            }
            padded = true;
        }
        return -1;
    }

    private void closeMember() throws IOException
    {
        position = limit - inflater.getRemaining();
        final long expectedCrc = littleEndianInt();
        final long expectedBytes = littleEndianInt();
        if (expectedCrc != crc.getValue())
        {
            throw new ZipException("gzip checksum differs");
        }
        if (expectedBytes != (memberBytes & 0xFFFF_FFFFL))
        {
            throw new ZipException("gzip length differs");
        }
        inMember = false;
    }

    private long littleEndianInt() throws IOException
    {
        return next() | ((long)next() << 8) | ((long)next() << 16) | ((long)next() << 24);
    }

    private int next() throws IOException
    {
        if (position == limit && !refill())
        {
            throw new EOFException("file ends within a gzip member");
        }
        return buffer[position++] & 0xFF;
    }

    private void skip(final int count) throws IOException
    {
        for (int i = 0; i < count; i++)
        {
            next();
        }
    }

    private void skipText() throws IOException
    {
        int character = next();
        while (character != 0)
        {
            character = next();
        }
    }

    private boolean refill() throws IOException
    {
        position = 0;
        limit = Math.max(0, in.read(buffer, 0, buffer.length));
        return limit > 0;
    }
}
