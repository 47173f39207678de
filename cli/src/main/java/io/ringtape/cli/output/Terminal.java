package io.ringtape.cli.output;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What stands behind a standard stream.
 * <p>
 * Asked of the kernel, because {@link System#console()} cannot tell: up to JDK 21 it is there only if standard input
 * and output are both terminals, from JDK 22 on it is there always, and it never speaks of standard error.
 * <p>
 * Thread safety: stateless.
 * Allocation: a path or two.
 */
final class Terminal
{
    private static final Path DESCRIPTORS = Path.of("/dev/fd");

    private Terminal()
    {
    }

    /**
     * Whether a stream is a terminal.
     *
     * @param descriptor 0 to 2.
     * @return false also where it cannot be told.
     */
    static boolean isTerminal(final int descriptor)
    {
        final String target = target(descriptor);
        return target.isEmpty() ? hasTerminalDevice(descriptor) : isTerminalName(target);
    }

    /**
     * Whether a stream is a pipe or a socket.
     *
     * @param descriptor 0 to 2.
     * @return false also where it cannot be told.
     */
    static boolean isPipe(final int descriptor)
    {
        final String target = target(descriptor);
        return target.startsWith("pipe:") || target.startsWith("socket:");
    }

    static boolean isTerminalName(final String target)
    {
        return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
    }

    private static String target(final int descriptor)
    {
        try
        {
            // Linux: the link's text names the device, "pipe:[…]" or a file.
            return Files.readSymbolicLink(Path.of("/proc/self/fd", Integer.toString(descriptor))).toString();
        }
        catch (final IOException | UnsupportedOperationException e)
        {
            return "";
        }
    }

    private static boolean hasTerminalDevice(final int descriptor)
    {
        // macOS: a pseudo terminal's slave is /dev/ttysNNN, and only one of them has the stream's device number.
        try (var devices = Files.newDirectoryStream(Path.of("/dev"), "tty*"))
        {
            final Object wanted = device(DESCRIPTORS.resolve(Integer.toString(descriptor)));
            for (final Path candidate : devices)
            {
                if (wanted.equals(device(candidate)))
                {
                    return true;
                }
            }
            return false;
        }
        catch (final IOException | UnsupportedOperationException e)
        {
            return false;
        }
    }

    private static Object device(final Path path) throws IOException
    {
        return Files.getAttribute(path, "unix:rdev");
    }
}
