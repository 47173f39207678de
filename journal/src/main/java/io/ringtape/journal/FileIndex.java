package io.ringtape.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
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
     * Reads the index of a roll file.
     *
     * @param runId of the run.
     * @param file  the roll file.
     * @return up to the first entry that makes no sense; nothing without an index.
     * @throws IOException if the roll file or the index cannot be read.
     */
    static FileIndex read(final long runId, final RunDirectory.RollFile file) throws IOException
    {
        final Path path = file.path().resolveSibling(file.name().concat(SUFFIX));
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
        {
            return NONE;
        }
        // No file has room for more stretches.
        final long most = Files.size(file.path()) / Stretch.BYTES + 1;
        try (FileChannel channel = TapeFiles.open(path, StandardOpenOption.READ))
        {
            final long count = Math.min(most, channel.size() / IndexEntry.BYTES);
            final ByteBuffer bytes = ByteBuffer.allocate((int)Math.min(count * IndexEntry.BYTES, Integer.MAX_VALUE / 2))
                .order(LITTLE_ENDIAN);
            while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) > 0)
            {
                // Reads on until the buffer or the file is full.
                Thread.onSpinWait();
            }
            return decode(runId, file.number(), bytes.flip());
        }
    }

    private static FileIndex decode(final long runId, final long fileNumber, final ByteBuffer bytes)
    {
        final List<IndexEntry> entries = new ArrayList<>();
        IndexEntry before = null;
        for (int at = 0; at + IndexEntry.BYTES <= bytes.limit(); at += IndexEntry.BYTES)
        {
            final IndexEntry entry = IndexEntry.decode(bytes, at);
            if (entry == null || entry.runId() != runId || entry.fileNumber() != fileNumber || !entry.follows(before))
            {
                return new FileIndex(List.copyOf(entries), isZero(bytes.position(at)));
            }
            entries.add(entry);
            before = entry;
        }
        return new FileIndex(List.copyOf(entries), true);
    }

    /** The writer makes room ahead, and cuts what it did not need when the file is finished. */
    private static boolean isZero(final ByteBuffer rest)
    {
        while (rest.hasRemaining())
        {
            if (rest.get() != 0)
            {
                return false;
            }
        }
        return true;
    }
}
