package io.ringtape.journal;

import io.ringtape.journal.HostileBytes.Forger;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Makes CRCs right again, so that changed bytes get past them to what is behind. It believes the bytes as little as a
 * parser does: where they make no sense it stops.
 */
final class Forgery
{
    /** The first document keeps what it says of the one before. */
    static final long KEEP = -1;
    private static final int NOTE_START = 64;
    private static final int NOTE_CRC_AT = 28;
    private static final byte[] NO_CRC = new byte[Integer.BYTES];

    private Forgery()
    {
    }

    /** For a file by its name; null if it has no CRC. */
    static @Nullable Forger of(final String name)
    {
        if (name.endsWith(FileIndex.SUFFIX))
        {
            return (bytes) -> records(bytes, IndexEntry.BYTES);
        }
        if (name.endsWith(RollFiles.SUFFIX))
        {
            return (bytes) -> documents(bytes, 0, bytes.limit(), KEEP);
        }
        return switch (name)
        {
            case Manifest.NAME -> (bytes) -> records(bytes, Manifest.ENTRY_BYTES);
            case MarkFile.JOURNALED, MarkFile.DURABLE -> Forgery::mark;
            case ControlFile.NAME -> Forgery::control;
            case GatewaySideFile.NAME -> (bytes) -> side(bytes, GatewaySideFile.CAPACITY);
            case TapeMarker.NAME -> (bytes) -> put(bytes, 0, TapeMarker.CRC_AT);
            default -> null;
        };
    }

    /**
     * Chains documents.
     *
     * @param bytes that hold them.
     * @param from  offset of the first header.
     * @param to    where they end at the latest.
     * @param chain CRC of the document before, unsigned, or {@link #KEEP}.
     * @return the CRC of the last one, unsigned.
     */
    static long documents(final ByteBuffer bytes, final int from, final int to, final long chain)
    {
        long last = chain;
        long at = from;
        while (at + DocumentLayout.HEADER_BYTES <= to)
        {
            final int header = bytes.getInt((int)at);
            final int length = header & DocumentLayout.LENGTH_MASK;
            final long end = at + DocumentLayout.HEADER_BYTES + DocumentLayout.padded(length);
            final boolean isChronicles = (header & DocumentLayout.METADATA) != 0;
            if (header <= 0 || end > to || (!isChronicles && length < DocumentLayout.COMMON_BYTES))
            {
                return last;
            }
            if (!isChronicles)
            {
                last = document(bytes, (int)at + DocumentLayout.HEADER_BYTES, length, last);
            }
            at = end;
        }
        return last;
    }

    private static long document(final ByteBuffer bytes, final int at, final int length, final long chain)
    {
        if (chain != KEEP)
        {
            bytes.putInt(at + DocumentLayout.PREVIOUS_CRC_OFFSET, (int)chain);
        }
        final CRC32C crc = new CRC32C();
        crc.update(bytes.slice(at, DocumentLayout.CRC_OFFSET));
        crc.update(NO_CRC);
        crc.update(bytes.slice(at + DocumentLayout.CRC_END, length - DocumentLayout.CRC_END));
        bytes.putInt(at + DocumentLayout.CRC_OFFSET, (int)crc.getValue());
        return crc.getValue();
    }

    /** Records of one length, each with its CRC at its end. */
    static void records(final ByteBuffer bytes, final int length)
    {
        for (int at = 0; at + length <= bytes.limit(); at += length)
        {
            put(bytes, at, length - Integer.BYTES);
        }
    }

    static void mark(final ByteBuffer bytes)
    {
        for (int slot = 0; slot + NOTE_START + NOTE_CRC_AT + Integer.BYTES <= Math.min(
            bytes.limit(), MarkSlots.FILE_BYTES); slot += MarkSlots.DISTANCE)
        {
            put(bytes, slot, MarkSlots.CRC_AT);
            put(bytes, slot + NOTE_START, NOTE_CRC_AT);
        }
    }

    static void control(final ByteBuffer bytes)
    {
        for (int at = ControlLines.ALL_AT; at + ControlLines.LINE_BYTES <= bytes.limit(); at += ControlLines.LINE_BYTES)
        {
            put(bytes, at, ControlLines.CRC);
        }
    }

    /** Both slots, and as many records of each region as its slot says. */
    static void side(final ByteBuffer bytes, final int capacity)
    {
        for (int slot = 0; slot < 2 && SideFiles.slotAt(slot) + SideHeader.BYTES <= bytes.limit(); slot++)
        {
            final int at = (int)SideFiles.slotAt(slot);
            put(bytes, at, SideHeader.CRC_AT);
            final long generation = bytes.getLong(at + SideHeader.GENERATION_AT);
            final int count = Math.min(bytes.getInt(at + SideHeader.COUNT_AT), capacity);
            for (int number = 0; number < count; number++)
            {
                final int record = (int)SideFiles.recordAt(slot, number, capacity);
                if (record + SideRecords.BYTES > bytes.limit())
                {
                    break;
                }
                bytes.putInt(record + SideRecords.CRC_AT,
                    SideRecords.crc(bytes.slice(record, SideRecords.BYTES), generation, number));
            }
        }
    }

    static void snapshot(final ByteBuffer bytes)
    {
        if (bytes.limit() > SnapshotFile.HEADER_BYTES)
        {
            bytes.putLong(SnapshotFile.BODY_BYTES_AT, bytes.limit() - SnapshotFile.HEADER_BYTES);
            bytes.putInt(SnapshotFile.CRC_AT, SnapshotFile.crc(bytes));
        }
    }

    static void counters(final ByteBuffer bytes)
    {
        if (bytes.limit() >= CountersFile.HEADER_BYTES)
        {
            bytes.putInt(CountersFile.CRC_AT, CountersFile.crc(bytes));
        }
    }

    /** The CRC over the bytes from an offset to its own place. */
    static void put(final ByteBuffer bytes, final int from, final int length)
    {
        if (from + length + Integer.BYTES <= bytes.limit())
        {
            bytes.putInt(from + length, Checksum.over(bytes, from, length));
        }
    }
}
