package io.ringtape.journal;

import io.ringtape.bus.BusCounter;
import io.ringtape.bus.BusCounters;
import io.ringtape.gateway.GatewayCount;
import io.ringtape.gateway.GatewayHandler;
import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.agrona.IoUtil;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The file {@code counters} beside a tape: what the bus counts that records onto it, for another process to look at
 * while it runs or after it has died, see {@link CountersReading}.
 * <pre>{@code
 * try (CountersFile file = CountersFile.create(directory, tape.runId(), clock))
 * {
 *     final EventBus bus = EventBus.builder().counters(file.counters()) ... build();
 *     bus.start();
 *     ...
 *     bus.close(limitNs);
 * }
 * }</pre>
 * It is no part of the tape: nothing of the tape depends on it, and it may be removed. Its bytes: a header of
 * {@value #HEADER_BYTES} bytes with a CRC, then the values and the metadata of Agrona's counters; all of it is written
 * once when it is made, so that a full device is found out then and not by a store.
 * <p>
 * Thread safety: for one thread; the counters as they say.
 * Allocation: on construction only.
 */
public final class CountersFile implements AutoCloseable
{
    /** How many counters a file holds: enough for a bus, a gateway, forty lanes and as many inboxes. */
    public static final int DEFAULT_CAPACITY = 720;

    static final String NAME = "counters";
    static final int MAX_CAPACITY = 1 << 13;
    static final long MAGIC = 0x5352_544E_554F_4352L;
    static final int VERSION = 1;
    static final int HEADER_BYTES = 128;
    static final int VERSION_AT = 8;
    static final int CAPACITY_AT = 12;
    static final int PID_AT = 16;
    static final int STARTED_SECONDS_AT = 24;
    static final int STARTED_NANOS_AT = 32;
    static final int CRC_AT = 36;
    static final int BOOT_HIGH_AT = 40;
    static final int BOOT_LOW_AT = 48;
    static final int RUN_AT = 56;
    static final int CREATED_AT = 64;
    static final int FIELDS_END = 72;

    private static final Map<BusCounter, GatewayCount> GATEWAY_COUNTS = gatewayCounts();
    private static final String TEMPORARY = NAME + RunDirectory.TEMPORARY_SUFFIX;

    private final MappedByteBuffer mapped;
    private final BusCounters counters;
    private boolean closed;

    private CountersFile(final MappedByteBuffer mapped, final int capacity, final EpochNanoClock clock)
    {
        this.mapped = mapped;
        final int valuesBytes = BusCounters.valuesBytes(capacity);
        counters = new BusCounters(
            new UnsafeBuffer(mapped, HEADER_BYTES + valuesBytes, BusCounters.metadataBytes(capacity)),
            new UnsafeBuffer(mapped, HEADER_BYTES, valuesBytes), clock);
    }

    /**
     * Makes the file, in the place of that of a run before.
     *
     * @param directory of the tape, which this process holds for writing.
     * @param runId     of the run that is recorded.
     * @param clock     for the times in it.
     * @return to be closed behind the bus.
     * @throws TapeException if this process does not hold the tape, or the file cannot be made.
     */
    public static CountersFile create(final Path directory, final long runId, final EpochNanoClock clock)
    {
        return create(directory, runId, clock, DEFAULT_CAPACITY);
    }

    /**
     * The same, for a bus of many lanes.
     *
     * @param directory of the tape, which this process holds for writing.
     * @param runId     of the run that is recorded.
     * @param clock     for the times in it.
     * @param capacity  of counters, 1 to 8,192; see {@link BusCounters#metadataBytes(int)}.
     * @return to be closed behind the bus.
     * @throws TapeException if this process does not hold the tape, or the file cannot be made.
     * @throws IllegalArgumentException if the capacity is out of its range.
     */
    public static CountersFile create(
        final Path directory, final long runId, final EpochNanoClock clock, final int capacity)
    {
        if (capacity < 1 || capacity > MAX_CAPACITY)
        {
            throw new IllegalArgumentException(
                "capacity must be 1 to " + MAX_CAPACITY + ": capacity=" + capacity);
        }
        final TapeOwner self = TapeOwner.self(BootId.current());
        if (TapeOwner.read(directory).filter(self::equals).isEmpty())
        {
            throw new TapeException(
                Kind.CANNOT_CREATE, "counters are made by who holds the tape: directory=" + directory);
        }
        try
        {
            final ByteBuffer header = header(self, runId, clock.nanoTime(), capacity);
            return new CountersFile(make(directory, header, sizeBytes(capacity)), capacity, clock);
        }
        catch (final IOException e)
        {
            throw new TapeException(Kind.CANNOT_CREATE,
                "cannot make the counters: directory=" + directory + ": " + Tape.reason(e), e);
        }
    }

    private static MappedByteBuffer make(final Path directory, final ByteBuffer header, final int sizeBytes)
        throws IOException
    {
        final Path temporary = directory.resolve(TEMPORARY);
        Files.deleteIfExists(temporary);
        Permissions.createFile(temporary);
        try (FileChannel channel = TapeFiles.open(temporary, StandardOpenOption.READ, StandardOpenOption.WRITE))
        {
            write(channel, header, sizeBytes);
            final MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, sizeBytes);
            Files.move(temporary, directory.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
            return mapped;
        }
        finally
        {
            Files.deleteIfExists(temporary);
        }
    }

    /**
     * The counters, for {@link io.ringtape.bus.EventBusBuilder#counters(BusCounters)}.
     *
     * @return always the same ones, of one bus.
     */
    public BusCounters counters()
    {
        return counters;
    }

    /**
     * Adds a gateway to what is counted, before the bus is built.
     *
     * @param name    unique among the gateways of the bus.
     * @param gateway on a lane of the bus.
     * @throws IllegalArgumentException if the name is empty or taken.
     */
    public void gateway(final String name, final GatewayHandler gateway)
    {
        counters.gateway(name, (counter) -> gateway.count(Objects.requireNonNull(GATEWAY_COUNTS.get(counter))));
    }

    /**
     * Lets go of the file, which stays; only once the bus, if it was started, is closed. If it was closed while its
     * last copy waited for the file system, the file stays mapped until that is done and nobody refers to it.
     */
    @Override
    public void close()
    {
        // A store to what is not mapped ends the process.
        if (!closed && !counters.isCopied())
        {
            closed = true;
            IoUtil.unmap(mapped);
        }
    }

    static int sizeBytes(final int capacity)
    {
        return HEADER_BYTES + BusCounters.valuesBytes(capacity) + BusCounters.metadataBytes(capacity);
    }

    static int crc(final ByteBuffer header)
    {
        final CRC32C crc = new CRC32C();
        crc.update(header.slice(0, CRC_AT));
        crc.update(header.slice(BOOT_HIGH_AT, FIELDS_END - BOOT_HIGH_AT));
        return (int)crc.getValue();
    }

    private static ByteBuffer header(
        final TapeOwner self, final long runId, final long createdNs, final int capacity)
    {
        final Instant started = self.startedAt();
        final ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(0, MAGIC).putInt(VERSION_AT, VERSION).putInt(CAPACITY_AT, capacity)
            .putLong(PID_AT, self.pid()).putLong(STARTED_SECONDS_AT, started.getEpochSecond())
            .putInt(STARTED_NANOS_AT, started.getNano())
            .putLong(BOOT_HIGH_AT, self.bootId().getMostSignificantBits())
            .putLong(BOOT_LOW_AT, self.bootId().getLeastSignificantBits())
            .putLong(RUN_AT, runId).putLong(CREATED_AT, createdNs);
        return header.putInt(CRC_AT, crc(header));
    }

    // Zeros that are written take their blocks on the device now; a hole would take them when a page is written back.
    private static void write(final FileChannel channel, final ByteBuffer header, final int sizeBytes)
        throws IOException
    {
        final ByteBuffer all = ByteBuffer.allocate(sizeBytes);
        all.put(0, header, 0, HEADER_BYTES);
        TapeFiles.writeAll(channel, all);
    }

    private static Map<BusCounter, GatewayCount> gatewayCounts()
    {
        final Map<BusCounter, GatewayCount> counts = new EnumMap<>(BusCounter.class);
        for (final GatewayCount count : GatewayCount.values())
        {
            counts.put(BusCounter.valueOf("GATEWAY_" + count.name()), count);
        }
        return counts;
    }
}
