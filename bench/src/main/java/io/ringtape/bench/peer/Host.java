package io.ringtape.bench.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the machine has that a row may need.
 * <p>
 * Thread safety: immutable.
 * Allocation: none.
 *
 * @param processors    for the peers.
 * @param freeDiskBytes where the tapes are written.
 */
public record Host(int processors, long freeDiskBytes)
{
    /**
     * Looks at this machine.
     *
     * @param directory where the tapes are written.
     * @return what it has now.
     * @throws IOException if the file system does not say how much is free.
     */
    public static Host here(final Path directory) throws IOException
    {
        return new Host(Runtime.getRuntime().availableProcessors(),
            Files.getFileStore(directory).getUsableSpace());
    }
}
