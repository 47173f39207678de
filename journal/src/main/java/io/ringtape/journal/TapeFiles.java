package io.ringtape.journal;

import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Opens, makes and writes the files of a tape, and only those: a symbolic link leads out of it, to bytes that nobody
 * vouches for.
 */
final class TapeFiles
{
    private TapeFiles()
    {
    }

    /**
     * Opens a file that is there. The system itself refuses a link, so that none can be put in its place in between.
     *
     * @param file    to open.
     * @param options for reading, writing, or both.
     * @return a channel that is to be closed.
     * @throws IOException   if it cannot be opened.
     * @throws TapeException if it is a symbolic link.
     */
    static FileChannel open(final Path file, final OpenOption... options) throws IOException
    {
        final Set<OpenOption> all = new HashSet<>(List.of(options));
        all.add(LinkOption.NOFOLLOW_LINKS);
        try
        {
            return FileChannel.open(file, all);
        }
        catch (final IOException e)
        {
            requireNoLink(file, Kind.UNREADABLE);
            throw e;
        }
    }

    /**
     * What tells a file from another one that may stand under its name later.
     *
     * @param file that is there.
     * @return equal for the same file.
     * @throws IOException if it cannot be looked at.
     */
    static Object key(final Path file) throws IOException
    {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey();
    }

    /**
     * Whether a file starts with a magic number, little-endian.
     *
     * @param file  that is there.
     * @param magic of such files.
     * @return false for any other, and for one that is too short.
     * @throws IOException if it cannot be read.
     */
    static boolean startsWith(final Path file, final long magic) throws IOException
    {
        try (InputStream in = Files.newInputStream(file))
        {
            final byte[] start = in.readNBytes(Long.BYTES);
            return start.length == Long.BYTES &&
                ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong() == magic;
        }
    }

    /**
     * Makes a file whole under its name, or leaves the one that is there: another process may be at it too.
     *
     * @param file    to make.
     * @param content writes and forces all of it.
     * @throws IOException if it cannot be made.
     */
    static void make(final Path file, final Content content) throws IOException
    {
        final Path made = file.resolveSibling(
            file.getFileName() + "." + UUID.randomUUID() + RunDirectory.TEMPORARY_SUFFIX);
        Permissions.createFile(made);
        try (FileChannel channel = FileChannel.open(made, StandardOpenOption.WRITE))
        {
            content.write(made, channel);
            Files.createLink(file, made);
        }
        catch (final FileAlreadyExistsException e)
        {
            // The other process was first, and its file is as good.
            return;
        }
        finally
        {
            Files.deleteIfExists(made);
        }
    }

    /**
     * Makes a file anew, whole under its name or not there, for who knows that nobody else makes it at this moment.
     *
     * @param file    to make, in place of the one that is there.
     * @param content writes it, and forces it where that matters; the file it is given has another name still.
     * @throws IOException if it cannot be made; nothing of it stays then.
     */
    static void replace(final Path file, final Content content) throws IOException
    {
        final Path made = file.resolveSibling(file.getFileName() + RunDirectory.TEMPORARY_SUFFIX);
        Files.deleteIfExists(made);
        try
        {
            Permissions.createFile(made);
            try (FileChannel channel = open(made, StandardOpenOption.READ, StandardOpenOption.WRITE))
            {
                content.write(made, channel);
            }
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
        }
        finally
        {
            Files.deleteIfExists(made);
        }
    }

    /**
     * Removes what makers that were killed have left, for who knows that nobody makes the file at this moment.
     *
     * @param directory of the file.
     * @param name      of the file that they made.
     * @throws IOException if the directory cannot be read or a file not be removed.
     */
    static void deleteUnfinished(final Path directory, final String name) throws IOException
    {
        try (DirectoryStream<Path> left =
            Files.newDirectoryStream(directory, name + ".*" + RunDirectory.TEMPORARY_SUFFIX))
        {
            for (final Path path : left)
            {
                Files.delete(path);
            }
        }
    }

    /** Writes what a file is to hold. */
    @FunctionalInterface
    interface Content
    {
        void write(Path file, FileChannel channel) throws IOException;
    }

    /** Writes all bytes where the channel stands. */
    static void writeAll(final FileChannel channel, final ByteBuffer bytes) throws IOException
    {
        while (bytes.hasRemaining())
        {
            channel.write(bytes);
        }
    }

    /**
     * Refuses a symbolic link.
     *
     * @param path of a file or directory that may be missing.
     * @param kind to refuse with.
     * @throws TapeException if it is a symbolic link.
     */
    static void requireNoLink(final Path path, final Kind kind)
    {
        if (Files.isSymbolicLink(path))
        {
            throw new TapeException(kind, "tape must not hold a symbolic link: path=" + path);
        }
    }
}
