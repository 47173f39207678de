package io.ringtape.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The name of the machine, or of the container. It is asked of the kernel: a resolver may take seconds.
 */
final class HostName
{
    /** Where the system does not tell. */
    static final String UNKNOWN = "unknown";
    private static final Path SOURCE = Path.of("/proc/sys/kernel/hostname");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private HostName()
    {
    }

    static String current()
    {
        return read(SOURCE);
    }

    static String read(final Path source)
    {
        try
        {
            final String name = Files.readString(source).trim();
            return NAME.matcher(name).matches() ? name : UNKNOWN;
        }
        catch (final IOException e)
        {
            // Not Linux, or hidden from a container.
            return UNKNOWN;
        }
    }
}
