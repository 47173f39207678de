package io.ringtape.journal;

import static io.ringtape.journal.MarkSlots.BOOT_HIGH_AT;
import static io.ringtape.journal.MarkSlots.BOOT_LOW_AT;
import static io.ringtape.journal.MarkSlots.CRC_AT;
import static io.ringtape.journal.MarkSlots.DISTANCE;
import static io.ringtape.journal.MarkSlots.DOCUMENT_CRC_AT;
import static io.ringtape.journal.MarkSlots.END_AT;
import static io.ringtape.journal.MarkSlots.FILE_AT;
import static io.ringtape.journal.MarkSlots.FILE_BYTES;
import static io.ringtape.journal.MarkSlots.RUN_AT;
import static io.ringtape.journal.MarkSlots.SEQUENCE_AT;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.ringtape.journal.Documents.RunEnd;
import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A mark on disk: two slots, written in turn, so that a kill or a torn page leaves the one before. The tape has two of
 * them: what is journaled, set after each document, and what is durable, set after each force. While a slot is being
 * written it has no CRC, so that what a kill leaves is told from damage, see {@link MarkSlots}.
 * <pre>
 *  slot k at 4096 k, little-endian
 *   0 i64 generation, even in slot 0, odd in slot 1; the higher one counts
 *   8 i64 run   16 i64 file   24 i64 end offset   32 i64 last sequence
 *  40 i64 boot id, high half   48 i64 boot id, low half
 *  56 i32 CRC of the document that ends there   60 i32 CRC-32C of the 60 bytes before
 * </pre>
 * Behind the slots stands what was not journaled, see {@link UnjournaledNote}.
 * <p>
 * Hot path: {@link #store}.
 * Thread safety: none; one thread writes, and any process may read the slots meanwhile. Who writes while another
 * thread may close holds the monitor.
 * Allocation: none in it.
 */
final class MarkFile implements AutoCloseable
{
    static final String JOURNALED = "mark-journaled";
    static final String DURABLE = "mark-durable";

    /** A live writer changes the slots while they are read. */
    private static final int ATTEMPTS = 16;

    private final Checksum crc;
    private final MappedByteBuffer bytes;
    private final ByteBuffer view;
    private final UnsafeBuffer buffer;
    private final BootId bootId;
    private final UnjournaledNote unjournaled;
    private final boolean wasDouble;
    private long generation;

    private MarkFile(final MappedByteBuffer bytes, final BootId bootId, final Checksum crc)
    {
        this.crc = crc;
        this.bytes = bytes;
        this.bootId = bootId;
        view = bytes.duplicate();
        buffer = new UnsafeBuffer(bytes);
        unjournaled = new UnjournaledNote(bytes, buffer);
        final ByteBuffer found = bytes.duplicate().order(LITTLE_ENDIAN).position(FILE_BYTES);
        wasDouble = MarkSlots.isWhole(found, 0) && MarkSlots.isWhole(found, 1);
        generation = MarkSlots.generation(found);
        if (generation == 0)
        {
            // Readers have said so before; what is left of a slot must not look like damage of the next mark.
            buffer.setMemory(0, MarkSlots.BYTES, (byte)0);
            buffer.setMemory(DISTANCE, MarkSlots.BYTES, (byte)0);
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
        return open(tape, name, bootId, new CRC32C());
    }

    static MarkFile open(final Path tape, final String name, final BootId bootId, final Checksum crc)
        throws IOException
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
            return new MarkFile(channel.map(FileChannel.MapMode.READ_WRITE, 0, FILE_BYTES), bootId, crc);
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
        final int slot = (int)(next & 1) * DISTANCE;
        final UnsafeBuffer to = buffer;
        // A slot without its CRC is one that is being written: a kill leaves it so, and damage does not.
        to.putIntRelease(slot + CRC_AT, 0);
        VarHandle.storeStoreFence();
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

    /** Sets the mark as it is, in the other slot too: then either of them says the same. */
    void again()
    {
        final int slot = (int)(generation & 1) * DISTANCE;
        final RunEnd end = stored();
        store(end.runId(), end.fileNumber(), end.endOffset(), end.lastSequence(), end.crc(), new BootId(
            buffer.getLong(slot + BOOT_HIGH_AT, LITTLE_ENDIAN), buffer.getLong(slot + BOOT_LOW_AT, LITTLE_ENDIAN)));
    }

    /** Sets the mark as it is over a slot that was damaged when it was opened, or never written. */
    void mend()
    {
        if (!wasDouble)
        {
            again();
        }
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
        final int slot = (int)(generation & 1) * DISTANCE;
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
    public synchronized void close()
    {
        buffer.wrap(0, 0);
        BufferUtil.free(bytes);
    }

    /**
     * Reads a mark.
     *
     * @param tape its directory.
     * @param name of the file.
     * @return the mark that a whole slot holds.
     * @throws TapeException if it is missing, damaged, or was never set; as unreadable if it is a symbolic link.
     */
    static Mark read(final Path tape, final String name)
    {
        return read(tape, name, MarkSlots::of, (slots) -> true).mark();
    }

    /**
     * Reads a mark and what is wrong with it, if a slot of it can be believed.
     *
     * @param tape its directory.
     * @param name of the file.
     * @return the slots.
     * @throws TapeException as {@link #read(Path, String)}.
     */
    static MarkSlots readSlots(final Path tape, final String name)
    {
        return read(tape, name, MarkSlots::of, (slots) -> slots.other() == MarkSlots.Other.FINE);
    }

    /**
     * Reads what is noted of the last outage of the tape.
     *
     * @param tape its directory.
     * @return what is noted, and whether it is damaged.
     * @throws TapeException if the journaled mark is missing; as unreadable if it is a symbolic link.
     */
    static UnjournaledNote.Found readUnjournaled(final Path tape)
    {
        return read(tape, JOURNALED, (bytes) -> bytes.position() < FILE_BYTES ? null : UnjournaledNote.find(bytes),
            (found) -> !found.isBroken());
    }

    /** Again and again until it is good, and what was found at last if it never was. */
    private static <T> T read(
        final Path tape, final String name, final Function<ByteBuffer, @Nullable T> decoder, final Predicate<T> good)
    {
        final Path file = tape.resolve(name);
        TapeFiles.requireNoLink(file, Kind.UNREADABLE);
        if (!Files.isRegularFile(file))
        {
            throw new TapeException(Kind.DAMAGED, "tape is damaged, a mark is missing: file=" + name);
        }
        T last = null;
        try (FileChannel channel = TapeFiles.open(file, StandardOpenOption.READ))
        {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++)
            {
                final ByteBuffer bytes = ByteBuffer.allocate(FILE_BYTES).order(LITTLE_ENDIAN);
                while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) > 0)
                {
                    Thread.onSpinWait();
                }
                final T found = decoder.apply(bytes);
                if (found != null && good.test(found))
                {
                    return found;
                }
                last = found == null ? last : found;
            }
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot read", file, e);
        }
        if (last == null)
        {
            throw new TapeException(Kind.DAMAGED, "tape is damaged, a mark is not whole: file=" + name);
        }
        return last;
    }
}
