package io.ringtape.journal;

import io.ringtape.journal.Documents.RunEnd;
import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a run's writer says of its finished files: what a reader must find, whatever became of the files. Records of 64
 * bytes, little-endian, that are only ever added; a record that a killed process left in part is none.
 * <pre>
 *   0 i64 run    8 i64 file   16 i64 first sequence   24 i64 last sequence   32 i64 end offset   40 i64 length
 *  48 i32 CRC    52 i32 kind   56 i32 entries of the index    60 i32 CRC-32C of the 60 bytes before
 * </pre>
 */
final class Manifest
{
    static final String NAME = "manifest";

    /** A file is full: its last document ends at the end offset, with the CRC. */
    static final int FINISHED = 1;
    /** A file is the run's last one, and its last document is the trailer. */
    static final int CLOSED = 2;
    /** A finished file was cut to the length and made read-only; the CRC is that of all its bytes. */
    static final int SEALED = 3;
    /** A sealed file was taken away to make room. */
    static final int REMOVED = 4;
    /** The sequences, from first to last, were used before the run and are on no tape; only the first record. */
    static final int UNJOURNALED = 5;
    /**
     * The sequences, from first to last, were journaled before the run, were not durable and were lost with the
     * machine. The run gives them again. Before the record of any file.
     */
    static final int LOST = 6;

    /**
     * What was missing before a run when it was started.
     *
     * @param unjournaled what the bus used while the tape was away, or null.
     * @param lost        what was lost with the machine, or null.
     * @param records     that say so.
     */
    record Before(@Nullable MissingRange unjournaled, @Nullable MissingRange lost, int records)
    {
        static final Before NOTHING = new Before(null, null, 0);
    }

    /**
     * A record.
     *
     * @param kind          one of the constants of {@link Manifest}.
     * @param runId         of the run.
     * @param fileNumber    from 0 in the run.
     * @param firstSequence of the file.
     * @param lastSequence  of the run up to the end of the file; one below the first if the file has no event.
     * @param endOffset     of the last document in the file; of a removed one see {@link #removed}.
     * @param length        of the file, once it is sealed; else 0.
     * @param crc           of the last document, or of the sealed file.
     * @param indexCount    entries of the file's index, once it is sealed; 0 without one.
     */
    record Entry(
        int kind, long runId, long fileNumber, long firstSequence, long lastSequence, long endOffset, long length,
        int crc, int indexCount)
    {
        static Entry before(final int kind, final long runId, final MissingRange missing)
        {
            return new Entry(kind, runId, 0, missing.firstSequence(), missing.lastSequence(), 0, 0, 0, 0);
        }

        /** The sequences of the file, for a message. */
        String sequences()
        {
            return "sequences=" + (lastSequence < firstSequence ? "none" : firstSequence + ".." + lastSequence);
        }

        boolean isEnd()
        {
            return kind == FINISHED || kind == CLOSED;
        }

        /** What a run that ends there has of a finished file: the rest was lost with the machine. */
        Entry upTo(final @Nullable RunEnd end)
        {
            return end == null || !end.isBefore(this) ? this : new Entry(
                FINISHED, runId, fileNumber, firstSequence, end.lastSequence(), end.endOffset(), 0, end.crc(), 0);
        }

        Entry sealed(final long newLength, final int newCrc, final int newIndexCount)
        {
            return new Entry(
                SEALED, runId, fileNumber, firstSequence, lastSequence, endOffset, newLength, newCrc, newIndexCount);
        }

        /** A file behind this one that has nothing of the run. */
        Entry emptyBehind(final long number)
        {
            return new Entry(FINISHED, runId, number, lastSequence + 1, lastSequence, 0, 0, 0, 0);
        }

        /** With the greatest receive time of the run up to the end of the file in the place of the end offset. */
        Entry removed(final long maxReceiveTimeNs)
        {
            return new Entry(
                REMOVED, runId, fileNumber, firstSequence, lastSequence, maxReceiveTimeNs, length, crc, indexCount);
        }
    }

    static final int ENTRY_BYTES = 64;
    private static final int INDEX_COUNT_AT = 56;
    private static final int CRC_AT = 60;
    /** More files than Chronicle can number, with all that can be said of each. */
    private static final int MAX_ENTRIES = 1 << 21;

    private final List<Entry> ends = new ArrayList<>();
    private final List<Entry> endsView = Collections.unmodifiableList(ends);
    private final Map<Long, Entry> seals = new HashMap<>();
    private final Map<Long, Entry> removals = new HashMap<>();
    private int lastBefore;

    private Manifest()
    {
    }

    /**
     * Makes the manifest of a new run, so that a missing one is never taken for an empty one.
     *
     * @param run directory of the run.
     * @throws IOException if it cannot be made.
     */
    static void create(final Path run) throws IOException
    {
        Permissions.createFile(run.resolve(NAME));
    }

    /**
     * Adds a record.
     *
     * @param run   directory of the run.
     * @param entry the record.
     * @throws IOException if it cannot be written.
     */
    static void append(final Path run, final Entry entry) throws IOException
    {
        append(run, List.of(entry));
    }

    /**
     * Adds records, all of them with one write: a process that is killed has added all or none.
     *
     * @param run     directory of the run.
     * @param entries the records.
     * @throws IOException if they cannot be written.
     */
    static synchronized void append(final Path run, final List<Entry> entries) throws IOException
    {
        final ByteBuffer bytes = ByteBuffer.allocate(entries.size() * ENTRY_BYTES);
        for (final Entry entry : entries)
        {
            bytes.put(encode(entry));
        }
        final Path path = run.resolve(NAME);
        TapeFiles.requireNoLink(path, Kind.UNREADABLE);
        // Not a channel: the recorder's thread may carry an interrupt, which would close one.
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw"))
        {
            // Behind the last whole record, over what a killed process left of one.
            file.seek(file.length() / ENTRY_BYTES * ENTRY_BYTES);
            file.write(bytes.array());
        }
    }

    static byte[] encode(final Entry entry)
    {
        final ByteBuffer bytes = ByteBuffer.allocate(ENTRY_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(entry.runId()).putLong(entry.fileNumber()).putLong(entry.firstSequence())
            .putLong(entry.lastSequence()).putLong(entry.endOffset()).putLong(entry.length())
            .putInt(entry.crc()).putInt(entry.kind()).putInt(entry.indexCount());
        return bytes.putInt(CRC_AT, crc(bytes)).array();
    }

    /**
     * Adds all that is said of the files of a run, which none of them is needed for, to another manifest.
     *
     * @param from the run.
     * @param run  directory with the other manifest, empty.
     * @throws IOException   if one cannot be read or written.
     * @throws TapeException if the first is damaged.
     */
    static void copy(final RunDirectory from, final Path run) throws IOException
    {
        final Manifest manifest = read(from);
        for (final Entry end : manifest.ends)
        {
            append(run, end);
        }
        for (final Entry removal : manifest.removals.values())
        {
            append(run, removal);
        }
    }

    /**
     * Reads what is said of the files of a run.
     *
     * @param run the run.
     * @return empty if no file is finished.
     * @throws IOException   if the manifest cannot be read.
     * @throws TapeException if it is damaged.
     */
    static Manifest read(final RunDirectory run) throws IOException
    {
        final Path file = run.path().resolve(NAME);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS))
        {
            throw new TapeException(Kind.DAMAGED,
                "tape is damaged, the manifest of a run is missing: run=" + run.runId() + " file=" + NAME);
        }
        try (SeekableByteChannel channel = TapeFiles.open(file, StandardOpenOption.READ))
        {
            return read(run.runId(), channel);
        }
    }

    static Manifest read(final long runId, final SeekableByteChannel channel) throws IOException
    {
        final Manifest manifest = new Manifest();
        final ByteBuffer bytes = ByteBuffer.allocate(ENTRY_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        final long count = Math.min(MAX_ENTRIES, channel.size() / ENTRY_BYTES);
        for (int i = 0; i < count; i++)
        {
            bytes.clear();
            int got = 0;
            while (bytes.hasRemaining() && got >= 0)
            {
                got = channel.read(bytes);
            }
            final Entry entry = decode(bytes.flip());
            if (entry == null || entry.runId() != runId || !manifest.add(entry))
            {
                throw new TapeException(Kind.DAMAGED, "tape is damaged, the manifest of a run is not whole: run=" +
                    runId + " entry=" + i + " file=" + NAME);
            }
        }
        return manifest;
    }

    /**
     * Reads what was missing before a run.
     *
     * @param run the run.
     * @return nothing also if the manifest does not tell.
     * @throws IOException if the manifest cannot be read.
     */
    static Before before(final RunDirectory run) throws IOException
    {
        final Path file = run.path().resolve(NAME);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
        {
            return Before.NOTHING;
        }
        final ByteBuffer bytes = ByteBuffer.allocate(2 * ENTRY_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = TapeFiles.open(file, StandardOpenOption.READ))
        {
            int got = 0;
            while (bytes.hasRemaining() && got >= 0)
            {
                got = channel.read(bytes);
            }
        }
        return before(bytes.flip(), run.runId());
    }

    /** The same from the bytes of a manifest, from 0 to the limit. */
    static Before before(final ByteBuffer bytes, final long runId)
    {
        final MissingRange unjournaled = before(bytes, 0, UNJOURNALED, runId);
        final int first = unjournaled == null ? 0 : 1;
        final MissingRange lost = before(bytes, first, LOST, runId);
        return new Before(unjournaled, lost, lost == null ? first : first + 1);
    }

    private static @Nullable MissingRange before(
        final ByteBuffer bytes, final int index, final int kind, final long runId)
    {
        final int at = index * ENTRY_BYTES;
        final Entry entry = bytes.limit() < at + ENTRY_BYTES ? null :
            decode(bytes.slice(at, ENTRY_BYTES).order(ByteOrder.LITTLE_ENDIAN));
        return entry == null || entry.kind() != kind || entry.runId() != runId || !isRange(entry) ?
            null : new MissingRange(entry.firstSequence(), entry.lastSequence());
    }

    private static boolean isRange(final Entry entry)
    {
        return entry.firstSequence() >= 0 && entry.lastSequence() >= entry.firstSequence();
    }

    /** The last file that was finished. */
    Optional<Entry> last()
    {
        return ends.isEmpty() ? Optional.empty() : Optional.of(ends.get(ends.size() - 1));
    }

    /** Whether it says that the run was closed. */
    boolean isClosed()
    {
        return !ends.isEmpty() && ends.get(ends.size() - 1).kind() == CLOSED;
    }

    /** The files that were finished, in order; a view. */
    List<Entry> ends()
    {
        return endsView;
    }

    /** What a file was when it was sealed. */
    Optional<Entry> seal(final long fileNumber)
    {
        return Optional.ofNullable(seals.get(fileNumber));
    }

    /** What was in a file that was taken away. */
    Optional<Entry> removal(final long fileNumber)
    {
        return Optional.ofNullable(removals.get(fileNumber));
    }

    private boolean add(final Entry entry)
    {
        if (entry.isEnd())
        {
            return entry.fileNumber() == ends.size() && ends.add(entry);
        }
        if (entry.kind() == UNJOURNALED || entry.kind() == LOST)
        {
            final boolean isInOrder = ends.isEmpty() && entry.kind() > lastBefore;
            lastBefore = entry.kind();
            return isInOrder && isRange(entry);
        }
        if (entry.fileNumber() < 0 || entry.fileNumber() >= ends.size())
        {
            return false;
        }
        (entry.kind() == SEALED ? seals : removals).put(entry.fileNumber(), entry);
        return true;
    }

    private static @Nullable Entry decode(final ByteBuffer bytes)
    {
        if (bytes.remaining() != ENTRY_BYTES || bytes.getInt(CRC_AT) != crc(bytes))
        {
            return null;
        }
        final int kind = bytes.getInt(52);
        return kind < FINISHED || kind > LOST ? null : new Entry(kind, bytes.getLong(0), bytes.getLong(8),
            bytes.getLong(16), bytes.getLong(24), bytes.getLong(32), bytes.getLong(40), bytes.getInt(48),
            bytes.getInt(INDEX_COUNT_AT));
    }

    private static int crc(final ByteBuffer bytes)
    {
        return Checksum.over(bytes, 0, CRC_AT);
    }
}
