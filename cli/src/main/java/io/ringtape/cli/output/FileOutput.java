package io.ringtape.cli.output;

import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * A file that is there when it is whole, and not before: it is written beside its place under a name that nobody has,
 * {@code ringtape-UUID.tmp}, forced to the device, and renamed. One that is not {@link #complete() completed} leaves
 * nothing behind, also when a signal ends the process; only where it dies at once, by SIGKILL or with its machine, does
 * the unfinished one stay. Nobody removes it, since the name does not tell whose it is and whether he still writes it.
 * <p>
 * Thread safety: none; one thread.
 * Allocation: on construction only.
 */
public final class FileOutput extends OutputStream
{
    private final Path file;
    private final Path temporary;
    private final FileChannel channel;
    private final Thread signalled = new Thread(this::removeQuietly, "ringtape-output");
    private boolean closed;

    private FileOutput(final Path file, final Path temporary, final FileChannel channel)
    {
        this.file = file;
        this.temporary = temporary;
        this.channel = channel;
        Runtime.getRuntime().addShutdownHook(signalled);
    }

    /**
     * Starts a file.
     *
     * @param wanted the file; one that is there is replaced when the new one is whole.
     * @return an output that is to be closed.
     * @throws CommandException if the name is that of something else than a file, or nothing can be written there.
     */
    public static FileOutput open(final Path wanted)
    {
        if (Files.exists(wanted) && !Files.isRegularFile(wanted))
        {
            // A rename would put a file in the place of a device.
            throw new CommandException(ExitCode.USAGE, "output is not a regular file: file=" + wanted);
        }
        try
        {
            final Path file = place(wanted);
            final Path temporary = file.resolveSibling("ringtape-" + UUID.randomUUID() + ".tmp");
            return new FileOutput(file, temporary,
                FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        }
        catch (final IOException e)
        {
            throw failed(wanted, e);
        }
    }

    /**
     * Where a file is written: behind symbolic links, but for one that leads nowhere, which is replaced itself.
     *
     * @param wanted the file, which need not be there.
     * @return its real path.
     * @throws IOException if the directory is not there, or cannot be reached.
     */
    static Path place(final Path wanted) throws IOException
    {
        if (Files.exists(wanted))
        {
            return wanted.toRealPath();
        }
        final Path absolute = wanted.toAbsolutePath();
        final Path parent = absolute.getParent();
        return parent == null ? absolute : parent.toRealPath().resolve(absolute.getName(absolute.getNameCount() - 1));
    }

    @Override
    public void write(final int b)
    {
        write(new byte[]{(byte)b}, 0, 1);
    }

    @Override
    public void write(final byte[] bytes, final int offset, final int length)
    {
        write(ByteBuffer.wrap(bytes, offset, length));
    }

    /**
     * Writes bytes behind those before.
     *
     * @param bytes whose remaining ones are written.
     * @throws CommandException if the device does not take them.
     */
    public void write(final ByteBuffer bytes)
    {
        try
        {
            while (bytes.hasRemaining())
            {
                channel.write(bytes);
            }
        }
        catch (final IOException e)
        {
            throw failed(file, e);
        }
    }

    /**
     * Writes bytes over those at the start.
     *
     * @param bytes whose remaining ones are written.
     * @throws CommandException if the device does not take them.
     */
    public void writeAtStart(final ByteBuffer bytes)
    {
        try
        {
            long at = 0;
            while (bytes.hasRemaining())
            {
                at += channel.write(bytes, at);
            }
        }
        catch (final IOException e)
        {
            throw failed(file, e);
        }
    }

    /**
     * The file is whole: it gets its name.
     *
     * @return its length in bytes.
     * @throws CommandException if the device does not take it.
     */
    public long complete()
    {
        try
        {
            final long length = channel.size();
            channel.force(true);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            end();
            return length;
        }
        catch (final IOException e)
        {
            throw failed(file, e);
        }
    }

    @Override
    public void close()
    {
        if (!closed)
        {
            end();
            removeQuietly();
        }
    }

    private void end()
    {
        closed = true;
        try
        {
            channel.close();
            Runtime.getRuntime().removeShutdownHook(signalled);
        }
        catch (final IllegalStateException e)
        {
            // The JVM is ending, and what the hook does is done.
            return;
        }
        catch (final IOException e)
        {
            throw failed(file, e);
        }
    }

    private void removeQuietly()
    {
        try
        {
            Files.deleteIfExists(temporary);
        }
        catch (final IOException e)
        {
            // Why the file is not whole has been said; that its remains could not be removed adds nothing.
            return;
        }
    }

    static CommandException failed(final Path file, final IOException cause)
    {
        return new CommandException(
            ExitCode.IO_ERROR, "output cannot be written: file=" + file + " reason=" + reason(cause), cause);
    }

    private static String reason(final IOException cause)
    {
        if (cause instanceof NoSuchFileException)
        {
            return "No such directory";
        }
        if (cause instanceof AccessDeniedException)
        {
            return "permission denied";
        }
        final String reason = cause instanceof FileSystemException about ? about.getReason() : cause.getMessage();
        return reason == null ? cause.toString() : reason;
    }
}
