package io.ringtape.journal;

import io.ringtape.book.Books;
import io.ringtape.book.BooksSnapshot;
import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * The file of a snapshot: a header of 64 bytes, the books, and the states of other handlers, if there are some. It is
 * written under a temporary name, forced, and renamed, so that one with its name is whole or was damaged later.
 */
final class SnapshotFile
{
    /** Beside the runs, where nothing that a recorder does can meet it. */
    static final String DIRECTORY = "snapshots";
    static final int HEADER_BYTES = 64;
    /** Of a file: some 67 million orders. */
    static final int MAX_BYTES = 1 << 30;
    /** The system copies what is read or written to memory of its own, and keeps as much for the thread. */
    private static final int PIECE_BYTES = 1 << 20;
    static final int VERSION = 2;
    /** The first one: it had books alone, and is still read. */
    static final int BOOKS_VERSION = 1;
    static final int MAGIC_AT = 0;
    static final int VERSION_AT = 8;
    static final int BLOCK_CRC_AT = 12;
    static final int RUN_AT = 16;
    static final int SEQUENCE_AT = 24;
    static final int MAX_RECEIVE_TIME_AT = 32;
    static final int BOOK_HASH_AT = 40;
    static final int BODY_BYTES_AT = 48;
    static final int STATES_BYTES_AT = 56;
    static final int CRC_AT = 60;
    /** The ASCII bytes {@code RTBOOK}, 0, 1. */
    private static final long MAGIC = 0x0100_4B4F_4F42_5452L;
    private static final Pattern NAME = Pattern.compile("snapshot-(\\d{19})\\.rts");

    private SnapshotFile()
    {
    }

    static Path directory(final Path tape)
    {
        return tape.resolve(DIRECTORY);
    }

    static String name(final long sequence)
    {
        return String.format(Locale.ROOT, "snapshot-%019d.rts", sequence);
    }

    /**
     * The snapshots of a tape by their names.
     *
     * @param tape its directory.
     * @return in order of their sequences.
     * @throws IOException   if the directory cannot be read.
     * @throws TapeException if it is a symbolic link.
     */
    static List<SnapshotInfo> list(final Path tape) throws IOException
    {
        final Path directory = directory(tape);
        TapeFiles.requireNoLink(directory, Kind.UNREADABLE);
        final List<SnapshotInfo> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory))
        {
            for (final Path entry : entries)
            {
                final Matcher name = NAME.matcher(entry.getFileName().toString());
                if (name.matches() && isSequence(name.group(1)))
                {
                    found.add(new SnapshotInfo(Long.parseLong(name.group(1)), name.group(), length(entry)));
                }
            }
        }
        catch (final NoSuchFileException e)
        {
            return List.of();
        }
        found.sort(Comparator.comparingLong(SnapshotInfo::sequence));
        return found;
    }

    private static boolean isSequence(final String digits)
    {
        return digits.compareTo(Long.toString(Long.MAX_VALUE)) <= 0;
    }

    private static long length(final Path file) throws IOException
    {
        try
        {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Files.size(file) : 0;
        }
        catch (final NoSuchFileException e)
        {
            // Removed since it was listed.
            return 0;
        }
    }

    /**
     * Deletes snapshots.
     *
     * @param tape  its directory.
     * @param first sequence of those that go.
     * @param last  sequence of those that go.
     * @throws IOException if one cannot be deleted.
     */
    static void delete(final Path tape, final long first, final long last) throws IOException
    {
        for (final SnapshotInfo found : list(tape))
        {
            if (found.sequence() >= first && found.sequence() <= last)
            {
                Files.deleteIfExists(directory(tape).resolve(found.name()));
            }
        }
    }

    /** How many bytes the snapshots of a range of sequences have. */
    static long sizeBytes(final Path tape, final long first, final long last) throws IOException
    {
        return list(tape).stream().filter((found) -> found.sequence() >= first && found.sequence() <= last)
            .mapToLong(SnapshotInfo::lengthBytes).sum();
    }

    /**
     * Writes a snapshot.
     *
     * @param tape  its directory, with one for snapshots.
     * @param state books, and what is stored beside them.
     * @param at    the block that ends with the last event that they know.
     * @return what was written.
     * @throws IOException   if it cannot be written; nothing of it is left then.
     * @throws TapeException if the books are too large for a snapshot.
     */
    static SnapshotInfo write(final Path tape, final SnapshotHandlers state, final RunReader at) throws IOException
    {
        return write(tape, state, at, MAX_BYTES);
    }

    static SnapshotInfo write(
        final Path tape, final SnapshotHandlers state, final RunReader at, final int mostBytes) throws IOException
    {
        final Books books = state.books();
        final long statesBytes = StoredStates.sizeBytes(state.states(), state.isKept());
        final long size = HEADER_BYTES + BooksSnapshot.sizeBytes(books) + statesBytes;
        final long sequence = at.nextSequence() - 1;
        if (size > mostBytes)
        {
            throw new TapeException(Kind.CANNOT_CREATE, "books are too large for a snapshot: sequence=" + sequence +
                " bytes=" + size + " mostBytes=" + mostBytes);
        }
        final ByteBuffer bytes = encode(state, at, (int)size);
        TapeFiles.replace(directory(tape).resolve(name(sequence)), (made, channel) -> writeWhole(channel, bytes));
        Device.REAL.force(directory(tape));
        return new SnapshotInfo(sequence, name(sequence), size);
    }

    /** The bytes of a snapshot, of which there are so many. */
    static ByteBuffer encode(final SnapshotHandlers state, final RunReader at, final int size)
    {
        final Books books = state.books();
        final ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(MAGIC).putInt(VERSION).putInt(at.lastCrc()).putLong(at.head().run().runId())
            .putLong(at.nextSequence() - 1).putLong(at.maxReceiveTimeNs()).putLong(books.bookHash())
            .putLong(size - HEADER_BYTES).putInt((int)StoredStates.sizeBytes(state.states(), state.isKept()))
            .position(HEADER_BYTES);
        BooksSnapshot.write(books, bytes);
        StoredStates.write(state.states(), state.isKept(), bytes);
        return bytes.putInt(CRC_AT, crc(bytes.clear()));
    }

    private static void writeWhole(final FileChannel channel, final ByteBuffer bytes) throws IOException
    {
        while (bytes.position() < bytes.capacity())
        {
            channel.write(bytes.limit(Math.min(bytes.capacity(), bytes.position() + PIECE_BYTES)));
        }
        channel.force(true);
    }

    /** Deletes what a killed process left half-made; to be called while no other one makes snapshots. */
    static void deleteTemporary(final Path tape) throws IOException
    {
        try (DirectoryStream<Path> left =
            Files.newDirectoryStream(directory(tape), "snapshot-*" + RunDirectory.TEMPORARY_SUFFIX))
        {
            for (final Path file : left)
            {
                Files.delete(file);
            }
        }
    }

    /**
     * Takes the directory away if it holds no snapshot; for who holds its lock.
     *
     * @param tape its directory.
     * @throws TapeException if it cannot be removed.
     */
    static void removeUnused(final Path tape)
    {
        final Path directory = directory(tape);
        try
        {
            if (list(tape).isEmpty())
            {
                Files.deleteIfExists(directory.resolve(TapeOwner.NAME));
                Files.deleteIfExists(directory.resolve(TapeLock.NAME));
                removeEmpty(directory);
            }
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot remove", directory, e);
        }
    }

    /** Takes the directory away if it holds nothing at all, as for who did not come to lock it. */
    static void removeEmpty(final Path directory) throws IOException
    {
        try
        {
            Files.deleteIfExists(directory);
        }
        catch (final DirectoryNotEmptyException e)
        {
            // What is in it is for somebody else to remove.
            return;
        }
    }

    /**
     * Reads a snapshot as far as it can be told without its tape.
     *
     * @param tape its directory.
     * @param info of the snapshot.
     * @return the snapshot; its books are still to be held against definitions.
     * @throws IOException             if it cannot be read.
     * @throws SnapshotDamageException if it is damaged, or no file.
     */
    static BookSnapshot read(final Path tape, final SnapshotInfo info) throws IOException, SnapshotDamageException
    {
        final Path file = directory(tape).resolve(info.name());
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
        {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS))
            {
                throw new SnapshotDamageException(info, "it is no file");
            }
            throw new NoSuchFileException(file.toString());
        }
        try (SeekableByteChannel channel = TapeFiles.open(file, StandardOpenOption.READ))
        {
            return read(info, channel);
        }
    }

    static BookSnapshot read(final SnapshotInfo info, final SeekableByteChannel channel)
        throws IOException, SnapshotDamageException
    {
        final long size = channel.size();
        final ByteBuffer header = read(channel, (int)Math.min(HEADER_BYTES, size));
        // Nothing is made as large as the file says before the file is as large.
        if (size <= HEADER_BYTES || size > MAX_BYTES || header.getLong(MAGIC_AT) != MAGIC ||
            header.getLong(BODY_BYTES_AT) != size - HEADER_BYTES || header.getLong(SEQUENCE_AT) != info.sequence())
        {
            throw new SnapshotDamageException(info, "header makes no sense");
        }
        if (header.getInt(VERSION_AT) != VERSION && header.getInt(VERSION_AT) != BOOKS_VERSION)
        {
            throw new SnapshotDamageException(info, "version is not known");
        }
        final ByteBuffer bytes = read(channel, (int)size);
        if (bytes.limit() != size || bytes.getInt(CRC_AT) != crc(bytes))
        {
            throw new SnapshotDamageException(info, "crc does not match");
        }
        final StoredStates states = states(info, bytes);
        final int booksEnd = (int)size - bytes.getInt(STATES_BYTES_AT);
        return new BookSnapshot(info, bytes.getLong(RUN_AT), bytes.getLong(MAX_RECEIVE_TIME_AT),
            bytes.getLong(BOOK_HASH_AT), bytes.getInt(BLOCK_CRC_AT),
            bytes.duplicate().position(HEADER_BYTES).limit(booksEnd), states);
    }

    private static StoredStates states(final SnapshotInfo info, final ByteBuffer whole) throws SnapshotDamageException
    {
        final int length = whole.getInt(STATES_BYTES_AT);
        final boolean isBooks = whole.getInt(VERSION_AT) == BOOKS_VERSION;
        if (length < 0 || length >= whole.limit() - HEADER_BYTES || (isBooks && length != 0))
        {
            throw new SnapshotDamageException(info, "length of its states makes no sense");
        }
        try
        {
            return StoredStates.read(whole.duplicate().position(whole.limit() - length));
        }
        catch (final IllegalArgumentException e)
        {
            throw new SnapshotDamageException(info, String.valueOf(e.getMessage()));
        }
    }

    private static ByteBuffer read(final SeekableByteChannel channel, final int length) throws IOException
    {
        final ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        channel.position(0);
        int got = 0;
        while (bytes.position() < length && got >= 0)
        {
            got = channel.read(bytes.limit(Math.min(length, bytes.position() + PIECE_BYTES)));
        }
        return bytes.flip();
    }

    static int crc(final ByteBuffer whole)
    {
        final CRC32C crc = new CRC32C();
        crc.update(whole.duplicate().position(0).limit(CRC_AT));
        crc.update(whole.duplicate().position(HEADER_BYTES));
        return (int)crc.getValue();
    }
}
