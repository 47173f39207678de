package io.ringtape.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes files to the device and waits for it. A seam: what devices do when they fail is tested through it.
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
}
