package io.ringtape.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** A file on a device that has gone: nothing works, but for a lock where a test has one. */
final class BrokenChannel extends FileChannel
{
    private final Locking locking;

    BrokenChannel()
    {
        this(() ->
        {
            throw broken();
        });
    }

    /**
     * A channel with a lock.
     *
     * @param locking is called at each try to lock.
     */
    BrokenChannel(final Locking locking)
    {
        this.locking = locking;
    }

    /** Locks another channel, or not. */
    @FunctionalInterface
    interface Locking
    {
        FileLock lock() throws IOException;
    }

    @Override
    public int read(final ByteBuffer target) throws IOException
    {
        throw broken();
    }

    @Override
    public long read(final ByteBuffer[] targets, final int offset, final int length) throws IOException
    {
        throw broken();
    }

    @Override
    public int write(final ByteBuffer source) throws IOException
    {
        throw broken();
    }

    @Override
    public long write(final ByteBuffer[] sources, final int offset, final int length) throws IOException
    {
        throw broken();
    }

    @Override
    public long position() throws IOException
    {
        throw broken();
    }

    @Override
    public FileChannel position(final long newPosition) throws IOException
    {
        throw broken();
    }

    @Override
    public long size() throws IOException
    {
        throw broken();
    }

    @Override
    public FileChannel truncate(final long size) throws IOException
    {
        throw broken();
    }

    @Override
    public void force(final boolean metaData) throws IOException
    {
        throw broken();
    }

    @Override
    public long transferTo(final long position, final long count, final WritableByteChannel target)
        throws IOException
    {
        throw broken();
    }

    @Override
    public long transferFrom(final ReadableByteChannel source, final long position, final long count)
        throws IOException
    {
        throw broken();
    }

    @Override
    public int read(final ByteBuffer target, final long position) throws IOException
    {
        throw broken();
    }

    @Override
    public int write(final ByteBuffer source, final long position) throws IOException
    {
        throw broken();
    }

    @Override
    public MappedByteBuffer map(final MapMode mode, final long position, final long size) throws IOException
    {
        throw broken();
    }

    @Override
    public FileLock lock(final long position, final long size, final boolean isShared) throws IOException
    {
        throw broken();
    }

    @Override
    public FileLock tryLock(final long position, final long size, final boolean isShared) throws IOException
    {
        return locking.lock();
    }

    @Override
    protected void implCloseChannel() throws IOException
    {
        throw broken();
    }

    private static IOException broken()
    {
        return new IOException("Input/output error");
    }
}
