package io.ringtape.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The index beside a roll file, as far as it makes sense by itself. What an entry says is believed of a block only once
 * it was held against it; what is missing, damaged or of another file costs time, and changes no event that is read.
 *
 * @param entries in order of their blocks; each starts its stretch where the one before ends.
 * @param isWhole whether all entries that stand there make sense.
 */
record FileIndex(List<IndexEntry> entries, boolean isWhole)
{
    static final String SUFFIX = ".index";
    private static final int PIECE_BYTES = 128 * IndexEntry.BYTES;
    private static final FileIndex NONE = new FileIndex(List.of(), true);

    /**
     * Where the index of a roll file stands.
     *
     * @param run        directory of the run.
     * @param fileNumber of the roll file.
     * @return a path of a file that may not be there.
     */
    static Path path(final Path run, final long fileNumber)
    {
        return run.resolve(RollFiles.name(fileNumber).concat(SUFFIX));
    }

    /**
     * How many entries an index has room for, sense or not.
     *
     * @param run        directory of the run.
     * @param fileNumber of the roll file.
     * @return 0 without an index.
     * @throws IOException if its size cannot be read.
     */
    static int count(final Path run, final long fileNumber) throws IOException
    {
        return (int)Math.min(Integer.MAX_VALUE, sizeBytes(run, fileNumber) / IndexEntry.BYTES);
    }

    /**
     * How many bytes an index has.
     *
     * @param run        directory of the run.
     * @param fileNumber of the roll file.
     * @return 0 without an index.
     * @throws IOException if its size cannot be read.
     */
    static long sizeBytes(final Path run, final long fileNumber) throws IOException
    {
        final Path path = path(run, fileNumber);
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) ? Files.size(path) : 0;
    }

    /**
     * Whether an index is longer than its file can have made it: a writer adds an entry for each stretch of the file,
     * and makes room for {@link IndexWriter#CHUNK_ENTRIES} at once.
     *
     * @param file the roll file.
     * @return false without an index.
     * @throws IOException if a size cannot be read.
     */
    static boolean isTooLong(final RunDirectory.RollFile file) throws IOException
    {
        final Path run = file.path().resolveSibling("");
        // The index first: a writer may be adding to both.
        final long size = sizeBytes(run, file.number());
        final long stretches = Math.min(Files.size(file.path()), TapeConfig.MAX_ROLL_BYTES) / Stretch.BYTES + 1;
        return size > (stretches + IndexWriter.CHUNK_ENTRIES) * IndexEntry.BYTES;
    }

    /**
     * Reads the index of a roll file.
     *
     * @param runId of the run.
     * @param file  the roll file.
     * @return up to the first entry that makes no sense; nothing without an index, or of one that is too long.
     * @throws IOException if the roll file or the index cannot be read.
     */
    static FileIndex read(final long runId, final RunDirectory.RollFile file) throws IOException
    {
        final Path path = file.path().resolveSibling(file.name().concat(SUFFIX));
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
        {
            return NONE;
        }
        if (isTooLong(file))
        {
            return new FileIndex(List.of(), false);
        }
        try (FileChannel channel = TapeFiles.open(path, StandardOpenOption.READ))
        {
            return read(runId, file.number(), channel);
        }
    }

    static FileIndex read(final long runId, final long fileNumber, final ReadableByteChannel channel)
        throws IOException
    {
        final List<IndexEntry> entries = new ArrayList<>();
        final ByteBuffer bytes = ByteBuffer.allocate(PIECE_BYTES).order(LITTLE_ENDIAN);
        IndexEntry before = null;
        while (fill(bytes, channel) >= IndexEntry.BYTES)
        {
            for (int at = 0; at + IndexEntry.BYTES <= bytes.limit(); at += IndexEntry.BYTES)
            {
                final IndexEntry entry = IndexEntry.decode(bytes, at);
                if (entry == null || entry.runId() != runId || entry.fileNumber() != fileNumber ||
                    !entry.follows(before))
                {
                    return new FileIndex(List.copyOf(entries), isZero(bytes.position(at), channel));
                }
                entries.add(entry);
                before = entry;
            }
        }
        return new FileIndex(List.copyOf(entries), true);
    }

    /** The next piece, which is short only at the end of the file. */
    private static int fill(final ByteBuffer bytes, final ReadableByteChannel channel) throws IOException
    {
        bytes.clear();
        int got = 0;
        while (bytes.hasRemaining() && got >= 0)
        {
            got = channel.read(bytes);
        }
        return bytes.flip().limit();
    }

    /** The writer makes room ahead, and cuts what it did not need when the file is finished. */
    private static boolean isZero(final ByteBuffer rest, final ReadableByteChannel channel) throws IOException
    {
        int left = rest.remaining();
        while (left > 0)
        {
            while (rest.hasRemaining())
            {
                if (rest.get() != 0)
                {
                    return false;
                }
            }
            left = fill(rest, channel);
        }
        return true;
    }
}
