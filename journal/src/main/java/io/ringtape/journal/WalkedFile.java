package io.ringtape.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.BufferUtil;

/**
 * A file that a {@link Walker} steps over. A seam: hostile bytes are tried in memory, where a case takes microseconds.
 */
interface WalkedFile extends AutoCloseable
{
    /** The files of a tape, mapped read-only. */
    Opener MAPPED = (path) -> new Mapped(TapeFiles.open(path, StandardOpenOption.READ));

    /**
     * How long it is now.
     *
     * @return bytes.
     * @throws IOException if it cannot be told.
     */
    long size() throws IOException;

    /**
     * Its bytes, in memory that ends with them.
     *
     * @param start  of the window in the file.
     * @param length of the window, which lies in the file.
     * @return direct, to be given back.
     * @throws IOException if it cannot be mapped.
     */
    ByteBuffer map(long start, int length) throws IOException;

    /** Gives a window back, which nobody reads any more. */
    void unmap(ByteBuffer window);

    @Override
    void close() throws IOException;

    /** Opens files. */
    @FunctionalInterface
    interface Opener
    {
        /**
         * Opens a file.
         *
         * @param path of the file.
         * @return to be closed.
         * @throws IOException if it cannot be opened.
         */
        WalkedFile open(Path path) throws IOException;
    }

    /**
     * A file of the file system.
     *
     * @param channel of the file, for reading.
     */
    record Mapped(FileChannel channel) implements WalkedFile
    {
        @Override
        public long size() throws IOException
        {
            return channel.size();
        }

        @Override
        public ByteBuffer map(final long start, final int length) throws IOException
        {
            return channel.map(FileChannel.MapMode.READ_ONLY, start, length);
        }

        @Override
        public void unmap(final ByteBuffer window)
        {
            BufferUtil.free((MappedByteBuffer)window);
        }

        @Override
        public void close() throws IOException
        {
            channel.close();
        }
    }
}
