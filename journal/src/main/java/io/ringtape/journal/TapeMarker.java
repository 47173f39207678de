package io.ringtape.journal;

import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The small file that says that a directory is a tape, and of which format: 8 bytes of magic, the format number and a
 * CRC-32C of both, little-endian.
 */
final class TapeMarker
{
    static final String NAME = "ringtape";
    private static final String TEMPORARY = NAME + RunDirectory.TEMPORARY_SUFFIX;
    private static final long MAGIC = 0x4550_4154_474E_4952L;
    private static final int LENGTH = 16;
    static final int CRC_AT = 12;

    private TapeMarker()
    {
    }

    /**
     * Refuses a directory that is not a tape of this format.
     *
     * @param directory of the tape.
     * @throws TapeException if it is missing, no tape, or of another format.
     */
    static void check(final Path directory)
    {
        if (!Files.exists(directory))
        {
            throw new TapeException(Kind.MISSING, "tape is missing: directory=" + directory);
        }
        if (!Files.isDirectory(directory))
        {
            throw new TapeException(Kind.UNREADABLE, "tape is not a directory: path=" + directory);
        }
        if (!Files.isExecutable(directory) || !Files.isReadable(directory))
        {
            throw new TapeException(Kind.IO, "tape cannot be read, permission denied: directory=" + directory,
                new AccessDeniedException(directory.toString()));
        }
        final Path file = directory.resolve(NAME);
        TapeFiles.requireNoLink(file, Kind.UNREADABLE);
        if (!Files.isRegularFile(file))
        {
            throw new TapeException(Kind.UNREADABLE, "directory is not a tape, it has no file " + NAME +
                ": directory=" + directory);
        }
        try
        {
            check(file, read(file));
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot read", file, e);
        }
    }

    /**
     * Whether a directory has a marker, of whatever format, also one that is damaged behind its magic.
     *
     * @param directory any.
     * @return false if it has none, or another file of that name.
     * @throws IOException if the file cannot be read.
     */
    static boolean isIn(final Path directory) throws IOException
    {
        final Path file = directory.resolve(NAME);
        return Files.isRegularFile(file) && TapeFiles.startsWith(file, MAGIC);
    }

    private static ByteBuffer read(final Path file) throws IOException
    {
        final ByteBuffer bytes = ByteBuffer.allocate(LENGTH + 1).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = TapeFiles.open(file, StandardOpenOption.READ))
        {
            int got = channel.read(bytes);
            while (got > 0)
            {
                got = channel.read(bytes);
            }
        }
        return bytes.flip();
    }

    static void check(final Path file, final ByteBuffer bytes)
    {
        if (bytes.remaining() < LENGTH || bytes.getLong(0) != MAGIC)
        {
            throw new TapeException(Kind.UNREADABLE, "file is not a tape's marker: file=" + file);
        }
        final int format = bytes.getInt(Long.BYTES);
        if (bytes.getInt(CRC_AT) != crc(bytes))
        {
            throw new TapeException(Kind.UNREADABLE, "marker of the tape is damaged: file=" + file);
        }
        if (format != Tape.FORMAT)
        {
            throw new TapeException(Kind.UNREADABLE, "tape is of another format: format=" + format + " readable=" +
                Tape.FORMAT + " directory=" + file.getParent());
        }
    }

    /**
     * Whether a directory holds nothing but what a killed attempt to mark it may have left, or a kill at the moment in
     * which a tape in it was taken back.
     *
     * @param directory that has no marker.
     * @return names of what else is in it, at most a few.
     * @throws IOException if it cannot be read.
     */
    static List<String> foreign(final Path directory) throws IOException
    {
        final List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory))
        {
            for (final Path entry : entries)
            {
                if (names.isEmpty() && !isOwn(entry))
                {
                    names.add(entry.getFileName().toString());
                }
            }
        }
        return names;
    }

    private static boolean isOwn(final Path entry) throws IOException
    {
        final String name = entry.getFileName().toString();
        return name.equals(TEMPORARY) || name.equals(TapeLock.NAME) ||
            (name.equals(ControlFile.NAME) && ControlFormat.isOf(entry));
    }

    /**
     * Marks a directory as a tape: from nothing to the whole file in one step.
     *
     * @param directory that is a tape from now on.
     * @throws IOException if the file cannot be written.
     */
    static void write(final Path directory) throws IOException
    {
        final ByteBuffer bytes = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(0, MAGIC).putInt(Long.BYTES, Tape.FORMAT).putInt(CRC_AT, crc(bytes));
        TapeFiles.replace(directory.resolve(NAME), (made, channel) ->
        {
            TapeFiles.writeAll(channel, bytes);
            channel.force(true);
        });
    }

    private static int crc(final ByteBuffer bytes)
    {
        return Checksum.over(bytes, 0, CRC_AT);
    }
}
