package io.ringtape.journal;

import io.ringtape.bus.BusCounters;
import io.ringtape.bus.CounterSnapshot;
import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What another process, dead or alive, said of its bus in the {@link CountersFile} beside a tape. The file is copied
 * and then read, so that whatever it does meanwhile, be cut or replaced, harms nobody. A copy that the other process
 * was in the middle of is taken again; if that process died there, it is taken as it is.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param pid       of the process.
 * @param startedAt when the process started.
 * @param isAlive   whether it still runs, as far as this machine can tell; a process that is stopped is alive.
 * @param runId     that it records, from 1.
 * @param createdNs when it made the counters, ns since the epoch, UTC.
 * @param isWhole   whether all counters are of the same moment.
 * @param snapshot  the counters.
 */
public record CountersReading(
    long pid, Instant startedAt, boolean isAlive, long runId, long createdNs, boolean isWhole, CounterSnapshot snapshot)
{
    // Some hundred times the time of a copy; each attempt reads the file anew.
    private static final int ATTEMPTS = 100;
    private static final long LOOKS_OF_A_COPY = 2;

    /**
     * Reads the counters beside a tape.
     *
     * @param directory of the tape.
     * @return what they say now, or said last.
     * @throws TapeException if the directory is missing or no tape, has no counters or none yet, or they are damaged,
     *     of another version, or a symbolic link.
     */
    public static CountersReading read(final Path directory)
    {
        TapeMarker.check(directory);
        final Path file = directory.resolve(CountersFile.NAME);
        TapeFiles.requireNoLink(file, Kind.UNREADABLE);
        if (!Files.exists(file))
        {
            throw new TapeException(Kind.MISSING, "tape has no counters: directory=" + directory);
        }
        if (!Files.isRegularFile(file))
        {
            throw new TapeException(Kind.UNREADABLE, "counters are not a file: file=" + file);
        }
        try (SeekableByteChannel channel = TapeFiles.open(file, StandardOpenOption.READ))
        {
            return read(channel, file);
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot read", file, e);
        }
    }

    static CountersReading read(final SeekableByteChannel channel, final Path file) throws IOException
    {
        final ByteBuffer header = header(channel, file);
        final int capacity = header.getInt(CountersFile.CAPACITY_AT);
        final int sizeBytes = CountersFile.sizeBytes(capacity);
        if (channel.size() < sizeBytes)
        {
            throw damaged(file, "lengthBytes=" + channel.size());
        }
        final ByteBuffer counters = buffer(sizeBytes - CountersFile.HEADER_BYTES);
        boolean isWhole = false;
        for (int attempt = 0; attempt < ATTEMPTS && !isWhole; attempt++)
        {
            isWhole = copy(channel, counters, file);
        }
        if (counters.getLong(0) < LOOKS_OF_A_COPY)
        {
            throw empty(owner(header), file);
        }
        final CounterSnapshot found = snapshot(counters, capacity, file);
        final TapeOwner owner = owner(header);
        return new CountersReading(owner.pid(), owner.startedAt(), owner.isAlive(BootId.current()),
            header.getLong(CountersFile.RUN_AT), header.getLong(CountersFile.CREATED_AT), isWhole, found);
    }

    /** The file is there before the bus is; a first copy that is not whole is of no moment. */
    private static TapeException empty(final TapeOwner owner, final Path file)
    {
        return new TapeException(Kind.MISSING, owner.isAlive(BootId.current()) ?
            "counters are still empty: file=" + file :
            "counters are empty, their process ended ahead of its bus: pid=" + owner.pid() + " file=" + file);
    }

    private static ByteBuffer header(final SeekableByteChannel channel, final Path file) throws IOException
    {
        final ByteBuffer header = buffer(CountersFile.HEADER_BYTES);
        fill(channel, header, 0, file);
        if (header.getLong(0) != CountersFile.MAGIC)
        {
            throw new TapeException(Kind.UNREADABLE, "file is no counters: file=" + file);
        }
        final int version = header.getInt(CountersFile.VERSION_AT);
        if (header.getInt(CountersFile.CRC_AT) != CountersFile.crc(header))
        {
            throw damaged(file, "header");
        }
        if (version != CountersFile.VERSION)
        {
            throw new TapeException(Kind.UNREADABLE, "counters are of another version: version=" + version +
                " readable=" + CountersFile.VERSION + " file=" + file);
        }
        final int capacity = header.getInt(CountersFile.CAPACITY_AT);
        if (capacity < 1 || capacity > CountersFile.MAX_CAPACITY)
        {
            throw damaged(file, "capacity=" + capacity);
        }
        return header;
    }

    /** Whether the copy is whole: its first counter is even, and the same behind the copy as before. */
    private static boolean copy(final SeekableByteChannel channel, final ByteBuffer counters, final Path file)
        throws IOException
    {
        final ByteBuffer looks = buffer(Long.BYTES);
        fill(channel, looks, CountersFile.HEADER_BYTES, file);
        final long before = looks.getLong(0);
        VarHandle.fullFence();
        fill(channel, counters, CountersFile.HEADER_BYTES, file);
        VarHandle.fullFence();
        fill(channel, looks, CountersFile.HEADER_BYTES, file);
        return (before & 1) == 0 && looks.getLong(0) == before;
    }

    private static CounterSnapshot snapshot(final ByteBuffer counters, final int capacity, final Path file)
    {
        final int valuesBytes = BusCounters.valuesBytes(capacity);
        try
        {
            return CounterSnapshot.read(
                new UnsafeBuffer(counters, valuesBytes, counters.capacity() - valuesBytes),
                new UnsafeBuffer(counters, 0, valuesBytes));
        }
        catch (final IllegalArgumentException e)
        {
            throw damaged(file, e.getMessage());
        }
    }

    private static TapeOwner owner(final ByteBuffer header)
    {
        return new TapeOwner(header.getLong(CountersFile.PID_AT), startedAt(header),
            new UUID(header.getLong(CountersFile.BOOT_HIGH_AT), header.getLong(CountersFile.BOOT_LOW_AT)),
            HostName.current());
    }

    private static Instant startedAt(final ByteBuffer header)
    {
        try
        {
            return Instant.ofEpochSecond(
                header.getLong(CountersFile.STARTED_SECONDS_AT), header.getInt(CountersFile.STARTED_NANOS_AT));
        }
        catch (final DateTimeException | ArithmeticException e)
        {
            // Behind a CRC that fits: somebody made it up, and no process has that start.
            return Instant.EPOCH;
        }
    }

    private static ByteBuffer buffer(final int length)
    {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void fill(
        final SeekableByteChannel channel, final ByteBuffer bytes, final long position, final Path file)
        throws IOException
    {
        bytes.clear();
        channel.position(position);
        while (bytes.hasRemaining())
        {
            if (channel.read(bytes) < 0)
            {
                throw damaged(file, "lengthBytes=" + channel.size());
            }
        }
    }

    private static TapeException damaged(final Path file, final String what)
    {
        return new TapeException(Kind.DAMAGED, "counters are damaged, " + what + ": file=" + file);
    }
}
