package io.ringtape.journal;

import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The finished files of a run, as its writer saw them: what a reader must find, whatever became of the files. One
 * record of 64 bytes for each, little-endian, the last four bytes a CRC-32C of those before; a record that a killed
 * process left in part is none.
 */
final class Manifest
{
    static final String NAME = "manifest";

    /**
     * A finished file.
     *
     * @param runId        of the run.
     * @param fileNumber   from 0 in the run.
     * @param lastSequence of the run up to the end of the file.
     * @param endOffset    of the last document in the file.
     * @param crc          of the last document.
     * @param isClosed     whether the last document is the run's trailer.
     */
    record Entry(long runId, long fileNumber, long lastSequence, long endOffset, int crc, boolean isClosed)
    {
    }

    private static final int ENTRY_BYTES = 64;
    private static final int CRC_AT = 60;
    /** More files than Chronicle can number. */
    private static final int MAX_ENTRIES = 1 << 19;

    private Manifest()
    {
    }

    /**
     * Adds a finished file.
     *
     * @param run   directory of the run.
     * @param entry the file.
     * @throws IOException if it cannot be written.
     */
    static void append(final Path run, final Entry entry) throws IOException
    {
        final ByteBuffer bytes = ByteBuffer.allocate(ENTRY_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(entry.runId()).putLong(entry.fileNumber()).putLong(entry.lastSequence())
            .putLong(entry.endOffset()).putInt(entry.crc()).putInt(entry.isClosed() ? 1 : 0);
        bytes.putInt(CRC_AT, crc(bytes)).clear();
        final Path file = run.resolve(NAME);
        if (!Files.exists(file))
        {
            Permissions.createFile(file);
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND))
        {
            while (bytes.hasRemaining())
            {
                channel.write(bytes);
            }
        }
    }

    /**
     * Reads the finished files of a run.
     *
     * @param run the run.
     * @return in order; empty if no file is finished.
     * @throws IOException   if the manifest cannot be read.
     * @throws TapeException if it is damaged.
     */
    static List<Entry> read(final RunDirectory run) throws IOException
    {
        final Path file = run.path().resolve(NAME);
        final List<Entry> entries = new ArrayList<>();
        if (!Files.exists(file))
        {
            return entries;
        }
        final ByteBuffer bytes = ByteBuffer.allocate(ENTRY_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ))
        {
            final long count = Math.min(MAX_ENTRIES, channel.size() / ENTRY_BYTES);
            for (int i = 0; i < count; i++)
            {
                bytes.clear();
                int got = 0;
                while (bytes.hasRemaining() && got >= 0)
                {
                    got = channel.read(bytes);
                }
                entries.add(decode(run, file, bytes.flip(), entries));
            }
        }
        return entries;
    }

    private static Entry decode(
        final RunDirectory run, final Path file, final ByteBuffer bytes, final List<Entry> before)
    {
        final boolean whole = bytes.remaining() == ENTRY_BYTES && bytes.getInt(CRC_AT) == crc(bytes);
        final Entry entry = new Entry(bytes.getLong(0), bytes.getLong(8), bytes.getLong(16), bytes.getLong(24),
            bytes.getInt(32), bytes.getInt(36) != 0);
        final long last = before.isEmpty() ? -1 : before.get(before.size() - 1).fileNumber();
        if (!whole || entry.runId() != run.runId() || entry.fileNumber() != last + 1)
        {
            throw new TapeException(Kind.DAMAGED, "tape is damaged, the manifest of a run is not whole: run=" +
                run.runId() + " entry=" + before.size() + " file=" + file.getFileName());
        }
        return entry;
    }

    private static int crc(final ByteBuffer bytes)
    {
        final CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate().limit(CRC_AT).position(0));
        return (int)crc.getValue();
    }
}
