package io.ringtape.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.ringtape.journal.Documents.RunEnd;
import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.CRC32C;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A mark on disk: two slots, written in turn, so that a kill or a torn page leaves the one before. The tape has two of
 * them: what is journaled, set after each document, and what is durable, set after each force.
 * <pre>
 *  slot k at 4096 k, little-endian
 *   0 i64 generation, even in slot 0, odd in slot 1; the higher one counts
 *   8 i64 run   16 i64 file   24 i64 end offset   32 i64 last sequence
 *  40 i64 boot id, high half   48 i64 boot id, low half
 *  56 i32 CRC of the document that ends there   60 i32 CRC-32C of the 60 bytes before
 * </pre>
 * Behind the slots stands what was not journaled, see {@link UnjournaledNote}.
 * <p>
 * Hot path: {@link #store} allocates nothing.
 */
final class MarkFile implements AutoCloseable
{
    static final String JOURNALED = "mark-journaled";
    static final String DURABLE = "mark-durable";

    static final int SLOT_DISTANCE = 4096;
    static final int FILE_BYTES = 2 * SLOT_DISTANCE;
    static final int SLOT_BYTES = 64;
    private static final int RUN_AT = 8;
    private static final int FILE_AT = 16;
    private static final int END_AT = 24;
    private static final int SEQUENCE_AT = 32;
    private static final int BOOT_HIGH_AT = 40;
    private static final int BOOT_LOW_AT = 48;
    private static final int DOCUMENT_CRC_AT = 56;
    static final int CRC_AT = 60;
    /** A live writer changes one slot while the other is read. */
    private static final int ATTEMPTS = 4;

    private final CRC32C crc = new CRC32C();
    private final MappedByteBuffer bytes;
    private final ByteBuffer view;
    private final UnsafeBuffer buffer;
    private final BootId bootId;
    private final UnjournaledNote unjournaled;
    private long generation;

    private MarkFile(final MappedByteBuffer bytes, final BootId bootId)
    {
        this.bytes = bytes;
        this.bootId = bootId;
        view = bytes.duplicate();
        buffer = new UnsafeBuffer(bytes);
        unjournaled = new UnjournaledNote(bytes, buffer);
        generation = Math.max(buffer.getLong(0, LITTLE_ENDIAN), buffer.getLong(SLOT_DISTANCE, LITTLE_ENDIAN));
        if (generation < 0 || generation == Long.MAX_VALUE)
        {
            generation = 0;
        }
    }

    /**
     * Opens a mark for writing; it is made if it is not there.
     *
     * @param tape   its directory, locked.
     * @param name   of the file.
     * @param bootId of the machine.
     * @return the mark.
     * @throws IOException if it cannot be made or mapped.
     */
    static MarkFile open(final Path tape, final String name, final BootId bootId) throws IOException
    {
        final Path file = tape.resolve(name);
        if (!Files.exists(file))
        {
            Permissions.createFile(file);
        }
        try (FileChannel channel = TapeFiles.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE))
        {
            if (channel.size() < FILE_BYTES)
            {
                // Written, not just extended: a store to a page that the device has no room for would end the process.
                final ByteBuffer zeros = ByteBuffer.allocate(FILE_BYTES);
                while (zeros.hasRemaining())
                {
                    channel.write(zeros, zeros.position());
                }
            }
            return new MarkFile(channel.map(FileChannel.MapMode.READ_WRITE, 0, FILE_BYTES), bootId);
        }
    }

    /**
     * Sets the mark.
     *
     * @param run          of the document.
     * @param file         of the document.
     * @param end          of the document in the file.
     * @param lastSequence of the tape.
     * @param documentCrc  of the document.
     */
    void store(final long run, final long file, final long end, final long lastSequence, final int documentCrc)
    {
        store(run, file, end, lastSequence, documentCrc, bootId);
    }

    private void store(
        final long run, final long file, final long end, final long lastSequence, final int documentCrc,
        final BootId boot)
    {
        final long next = generation + 1;
        final int slot = (int)(next & 1) * SLOT_DISTANCE;
        final UnsafeBuffer to = buffer;
        to.putLong(slot, next, LITTLE_ENDIAN);
        to.putLong(slot + RUN_AT, run, LITTLE_ENDIAN);
        to.putLong(slot + FILE_AT, file, LITTLE_ENDIAN);
        to.putLong(slot + END_AT, end, LITTLE_ENDIAN);
        to.putLong(slot + SEQUENCE_AT, lastSequence, LITTLE_ENDIAN);
        to.putLong(slot + BOOT_HIGH_AT, boot.high(), LITTLE_ENDIAN);
        to.putLong(slot + BOOT_LOW_AT, boot.low(), LITTLE_ENDIAN);
        to.putInt(slot + DOCUMENT_CRC_AT, documentCrc, LITTLE_ENDIAN);
        crc.reset();
        crc.update(view.limit(slot + CRC_AT).position(slot));
        to.putIntRelease(slot + CRC_AT, (int)crc.getValue());
        generation = next;
    }

    /** Whether it was ever set. */
    boolean isSet()
    {
        return generation > 0;
    }

    void store(final Mark mark)
    {
        store(mark.runId(), mark.fileNumber(), mark.endOffset(), mark.lastSequence(), mark.crc());
    }

    /** Sets the mark as it was, also if that was before the machine started. */
    void restore(final Mark mark)
    {
        store(mark.runId(), mark.fileNumber(), mark.endOffset(), mark.lastSequence(), mark.crc(), mark.bootId());
    }

    /**
     * What the mark says: where the last document ends that it was set after.
     *
     * @return as it was stored last; nothing is read from the file.
     */
    RunEnd stored()
    {
        final int slot = (int)(generation & 1) * SLOT_DISTANCE;
        return new RunEnd(buffer.getLong(slot + RUN_AT, LITTLE_ENDIAN), buffer.getLong(slot + FILE_AT, LITTLE_ENDIAN),
            buffer.getLong(slot + END_AT, LITTLE_ENDIAN), buffer.getInt(slot + DOCUMENT_CRC_AT, LITTLE_ENDIAN),
            buffer.getLong(slot + SEQUENCE_AT, LITTLE_ENDIAN));
    }

    /** What is noted of an outage of the tape. */
    UnjournaledNote unjournaled()
    {
        return unjournaled;
    }

    /** Writes the mark to the device and waits for it. */
    void force()
    {
        bytes.force();
    }

    @Override
    public void close()
    {
        buffer.wrap(0, 0);
        BufferUtil.free(bytes);
    }

    /**
     * Reads a mark.
     *
     * @param tape its directory.
     * @param name of the file.
     * @return the mark.
     * @throws TapeException if it is missing, damaged, or was never set; as unreadable if it is a symbolic link.
     */
    static Mark read(final Path tape, final String name)
    {
        return read(tape, name, MarkFile::decode);
    }

    /**
     * Reads a mark from bytes.
     *
     * @param bytes of the file, little-endian, from 0 to the position.
     * @return empty if no slot is whole.
     */
    static Optional<Mark> decode(final ByteBuffer bytes)
    {
        final Mark first = decode(bytes, 0);
        final Mark second = decode(bytes, SLOT_DISTANCE);
        return first == null && second == null ? Optional.empty() : Optional.of(later(bytes, first, second));
    }

    /**
     * Reads what is noted of the last outage of the tape.
     *
     * @param tape its directory.
     * @return null if nothing is.
     * @throws TapeException if the journaled mark is missing or the note is damaged; as unreadable if the mark is a
     *     symbolic link.
     */
    static @Nullable MissingRange readUnjournaled(final Path tape)
    {
        return read(tape, JOURNALED, MarkFile::decodeUnjournaled).orElse(null);
    }

    /** What is noted, if that can be told; bytes as in {@link #decode(ByteBuffer)}. */
    static Optional<Optional<MissingRange>> decodeUnjournaled(final ByteBuffer bytes)
    {
        return bytes.position() < FILE_BYTES || UnjournaledNote.isBroken(bytes) ?
            Optional.empty() : Optional.of(Optional.ofNullable(UnjournaledNote.read(bytes)));
    }

    private static <T> T read(final Path tape, final String name, final Function<ByteBuffer, Optional<T>> decoder)
    {
        final Path file = tape.resolve(name);
        TapeFiles.requireNoLink(file, Kind.UNREADABLE);
        if (!Files.isRegularFile(file))
        {
            throw new TapeException(Kind.DAMAGED, "tape is damaged, a mark is missing: file=" + name);
        }
        try (FileChannel channel = TapeFiles.open(file, StandardOpenOption.READ))
        {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++)
            {
                final ByteBuffer bytes = ByteBuffer.allocate(FILE_BYTES).order(LITTLE_ENDIAN);
                while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) > 0)
                {
                    Thread.onSpinWait();
                }
                final Optional<T> found = decoder.apply(bytes);
                if (found.isPresent())
                {
                    return found.get();
                }
            }
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot read", file, e);
        }
        throw new TapeException(Kind.DAMAGED, "tape is damaged, a mark is not whole: file=" + name);
    }

    private static Mark later(final ByteBuffer bytes, final @Nullable Mark first, final @Nullable Mark second)
    {
        if (first == null || second == null)
        {
            return Objects.requireNonNull(first == null ? second : first);
        }
        return bytes.getLong(0) > bytes.getLong(SLOT_DISTANCE) ? first : second;
    }

    private static @Nullable Mark decode(final ByteBuffer bytes, final int slot)
    {
        // A generation that does not belong here: of 0xFFFFFFFF and zeros the CRC is 0xFFFFFFFF.
        if (bytes.position() < slot + SLOT_BYTES || bytes.getLong(slot) <= 0 ||
            (bytes.getLong(slot) & 1) != slot / SLOT_DISTANCE)
        {
            return null;
        }
        final CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate().limit(slot + CRC_AT).position(slot));
        return bytes.getInt(slot + CRC_AT) != (int)crc.getValue() ? null :
            new Mark(bytes.getLong(slot + RUN_AT), bytes.getLong(slot + FILE_AT), bytes.getLong(slot + END_AT),
                bytes.getLong(slot + SEQUENCE_AT), bytes.getInt(slot + DOCUMENT_CRC_AT),
                new BootId(bytes.getLong(slot + BOOT_HIGH_AT), bytes.getLong(slot + BOOT_LOW_AT)));
    }
}
