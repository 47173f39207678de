package io.ringtape.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes files to the device and waits for it, and gets them space on it. A seam: what devices do when they fail is
 * tested through it.
 */
interface Device
{
    /** The device under the file system. */
    Device REAL = new Device()
    {
        @Override
        public void force(final Path path) throws IOException
        {
            // For reading: a sealed file takes no writer, and a directory never does.
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ))
            {
                channel.force(true);
            }
        }

        @Override
        public void force(final MarkFile mark)
        {
            mark.force();
        }

        @Override
        public boolean reserve(final Path file, final long from, final long length) throws IOException
        {
            return Preallocation.reserve(file, from, length);
        }

        @Override
        public void renew(final Path file, final long from, final long length) throws IOException
        {
            Preallocation.renew(file, from, length);
        }
    };

    /**
     * Writes a file, or the names in a directory.
     *
     * @param path of the file or directory.
     * @throws IOException if the device does not take it.
     */
    void force(Path path) throws IOException;

    /**
     * Writes a mark.
     *
     * @param mark to write.
     * @throws IOException if the device does not take it.
     */
    void force(MarkFile mark) throws IOException;

    /**
     * Gives a file space ahead of its end.
     *
     * @param file   that is there.
     * @param from   offset of the range.
     * @param length of the range.
     * @return false if it cannot be done here.
     * @throws IOException   if there is no room.
     * @throws TapeException if it fails in another way.
     */
    boolean reserve(Path file, long from, long length) throws IOException;

    /**
     * Makes a reserved range as if it had just been reserved: pages of it that are in memory go. Where that cannot be
     * done they stay.
     *
     * @param file   that is there.
     * @param from   offset of the range, in which nothing was written.
     * @param length of the range.
     * @throws IOException   if there is no room any more.
     * @throws TapeException if it fails in another way.
     */
    default void renew(final Path file, final long from, final long length) throws IOException
    {
        // They stay.
    }

    /**
     * A writer has done a step. A device that is there to write has nothing to do.
     *
     * @param step that was done.
     */
    default void step(final TapeStep step)
    {
        // Inlined to nothing.
    }
}
