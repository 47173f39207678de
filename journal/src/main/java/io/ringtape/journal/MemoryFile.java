package io.ringtape.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/**
 * Bytes in memory as a file that the parsers of a tape read. Its windows end where it ends, so that a parser that reads
 * on is caught by its buffer.
 */
final class MemoryFile implements SeekableByteChannel, WalkedFile
{
    private final ByteBuffer bytes;
    private final int start;
    private final int length;
    private long position;

    /**
     * A file over a part of a buffer.
     *
     * @param bytes  direct; position and limit are not used.
     * @param start  of the file in it.
     * @param length of the file.
     */
    MemoryFile(final ByteBuffer bytes, final int start, final int length)
    {
        this.bytes = bytes;
        this.start = start;
        this.length = length;
    }

    @Override
    public long size()
    {
        return length;
    }

    @Override
    public ByteBuffer map(final long from, final int windowLength)
    {
        return bytes.slice(start + Math.toIntExact(from), windowLength);
    }

    @Override
    public void unmap(final ByteBuffer window)
    {
        // Who made the buffer has it still.
    }

    @Override
    public int read(final ByteBuffer to)
    {
        if (position >= length)
        {
            return -1;
        }
        final int count = (int)Math.min(to.remaining(), length - position);
        to.put(to.position(), bytes, start + (int)position, count).position(to.position() + count);
        position += count;
        return count;
    }

    @Override
    public long position()
    {
        return position;
    }

    @Override
    public SeekableByteChannel position(final long newPosition) throws IOException
    {
        if (newPosition < 0)
        {
            throw new IOException("position is negative: position=" + newPosition);
        }
        position = newPosition;
        return this;
    }

    @Override
    public int write(final ByteBuffer from)
    {
        throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(final long size)
    {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen()
    {
        return true;
    }

    @Override
    public void close()
    {
        // It can be read again.
    }
}
