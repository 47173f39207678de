package io.ringtape.journal;

import java.nio.file.Files;
import java.nio.file.Path;
import net.openhft.posix.PosixAPI;
import org.jspecify.annotations.Nullable;

/**
 * Calls of the system that Java has not, by the library that comes with Chronicle.
 * <p>
 * Thread safety: immutable.
 * Allocation: on loading only.
 */
final class Posix
{
    private static final Path PROCESSES = Path.of("/proc/self");

    /** Null where there is none: who calls uses values of Linux. */
    static final @Nullable PosixAPI API = linux();

    private Posix()
    {
    }

    private static @Nullable PosixAPI linux()
    {
        if (!Files.isDirectory(PROCESSES))
        {
            return null;
        }
        try
        {
            return PosixAPI.posix();
        }
        catch (final RuntimeException | LinkageError e)
        {
            // No native library can be loaded here.
            return null;
        }
    }
}
