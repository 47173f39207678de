package io.ringtape.cli.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How much room a device has.
 * <p>
 * Thread safety: stateless.
 * Allocation: on each call.
 */
public final class FreeSpace
{
    private FreeSpace()
    {
    }

    /**
     * The room for a file or directory that need not be there yet, nor its parents.
     *
     * @param place where it is to be made.
     * @return bytes that this user may still write.
     * @throws IOException if the system does not tell.
     */
    public static long bytes(final Path place) throws IOException
    {
        Path path = place.toAbsolutePath();
        while (!Files.exists(path) && path.getParent() != null)
        {
            path = path.getParent();
        }
        return Files.getFileStore(path).getUsableSpace();
    }
}
