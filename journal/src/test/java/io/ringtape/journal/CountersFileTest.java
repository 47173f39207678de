package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.bus.BusCounter;
import io.ringtape.bus.BusCounters;
import io.ringtape.bus.EventBus;
import io.ringtape.bus.Lane;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventType;
import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The counters beside a tape, and what else may stand in their place. */
@Timeout(30)
final class CountersFileTest
{
    private static final long NOW_NS = 1_700_000_000_123_456_789L;
    private static final long CLOSE_LIMIT_NS = 5_000_000_000L;

    private final Path tape = Tapes.fresh("counters");

    @AfterEach
    void clean()
    {
        Tapes.delete(tape);
    }

    @Test
    void shouldSayWhatTheBusCountedAndWhoItWas() throws IOException
    {
        record(20);

        final CountersReading read = CountersReading.read(tape);

        assertEquals(ProcessHandle.current().pid(), read.pid());
        assertEquals(ProcessHandle.current().info().startInstant().orElseThrow(), read.startedAt());
        assertTrue(read.isAlive());
        assertTrue(read.isWhole());
        assertEquals(1, read.runId());
        assertEquals(NOW_NS, read.createdNs());
        assertEquals("CLOSED", read.snapshot().busState());
        assertEquals(19, read.snapshot().bus().get(BusCounter.CURSOR));
        assertEquals(19, read.snapshot().frontiers().get(0).get(BusCounter.FRONTIER_SEQUENCE));
        assertEquals("tape", read.snapshot().lanes().get(0).name());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
        assertEquals(CountersFile.sizeBytes(CountersFile.DEFAULT_CAPACITY), Files.size(file()));
    }

    @Test
    void shouldBeNoPartOfTheTape() throws IOException
    {
        record(20);
        final long withCounters = Tape.open(tape).sizeBytes();
        assertEquals(TapeStatus.OK, TapeVerifier.verify(tape).status());

        Files.delete(file());

        assertEquals(withCounters, Tape.open(tape).sizeBytes());
        assertEquals(TapeStatus.OK, TapeVerifier.verify(tape).status());
        assertKind(Kind.MISSING, "tape has no counters: directory=" + tape);
        record(5);
        assertEquals(2, CountersReading.read(tape).runId());
        assertEquals(20, CountersReading.read(tape).snapshot().bus().get(BusCounter.FIRST_SEQUENCE));
    }

    @Test
    void shouldBeTakenBackWithTheTape() throws IOException
    {
        Files.createDirectory(tape, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        final TapeWriter writer = Tapes.open(tape, TapeConfig.defaults());
        CountersFile.create(tape, writer.runId(), () -> NOW_NS).close();
        assertTrue(Files.exists(file()));

        writer.discard();

        try (var left = Files.list(tape))
        {
            assertEquals(0, left.count());
        }
    }

    @Test
    void shouldBeMadeByWhoHoldsTheTapeOnly() throws IOException
    {
        record(1);
        final byte[] before = Files.readAllBytes(file());

        final TapeException e =
            assertThrows(TapeException.class, () -> CountersFile.create(tape, 2, () -> NOW_NS));

        assertEquals(Kind.CANNOT_CREATE, e.kind());
        assertEquals("counters are made by who holds the tape: directory=" + tape, e.getMessage());
        assertEquals(-1, Arrays.mismatch(before, Files.readAllBytes(file())));
        assertEquals("capacity must be 1 to 8192: capacity=8193", assertThrows(
            IllegalArgumentException.class, () -> CountersFile.create(tape, 2, () -> NOW_NS, 8193)).getMessage());
    }

    @Test
    void shouldTellADeadProcessFromALiveOne() throws IOException
    {
        record(1);
        change((header) -> header.putLong(CountersFile.STARTED_SECONDS_AT, 1_000L));
        assertFalse(CountersReading.read(tape).isAlive());
        record(1);
        change((header) -> header.putLong(CountersFile.PID_AT, -7L));
        assertFalse(CountersReading.read(tape).isAlive());
        record(1);
        change((header) -> header.putLong(CountersFile.BOOT_LOW_AT, 5L));
        assertFalse(CountersReading.read(tape).isAlive());
        change((header) -> header.putLong(CountersFile.STARTED_SECONDS_AT, Long.MIN_VALUE));
        assertFalse(CountersReading.read(tape).isAlive());
    }

    @Test
    void shouldSayThatACopyIsNotWhole() throws IOException
    {
        record(1);
        final byte[] bytes = Files.readAllBytes(file());
        bytes[CountersFile.HEADER_BYTES] |= 1;
        Files.write(file(), bytes);

        assertFalse(CountersReading.read(tape).isWhole());
        assertEquals(0, CountersReading.read(tape).snapshot().bus().get(BusCounter.CURSOR));
    }

    @Test
    void shouldSayThatThereAreNoneUntilTheBusIsBuilt() throws IOException
    {
        final byte[] empty;
        try (TapeWriter writer = Tapes.open(tape, TapeConfig.defaults()))
        {
            try (CountersFile file = CountersFile.create(tape, writer.runId(), () -> NOW_NS))
            {
                assertKind(Kind.MISSING, "counters are still empty: file=" + file());
                empty = Files.readAllBytes(file());

                EventBus.builder().counters(file.counters())
                    .lane(Lane.named("tape").idle(new YieldingIdleStrategy()).rangeHandler("recorder", writer).build())
                    .build();

                assertEquals("NEW", CountersReading.read(tape).snapshot().busState());
            }
            Files.write(file(), empty);
            change((header) -> header.putLong(CountersFile.STARTED_SECONDS_AT, 1_000L));
            final String ended = "counters are empty, their process ended ahead of its bus: pid=" +
                ProcessHandle.current().pid() + " file=" + file();
            assertKind(Kind.MISSING, ended);
            change((header) -> header.put(CountersFile.HEADER_BYTES, (byte)1));
            assertKind(Kind.MISSING, ended);
        }
    }

    @Test
    void shouldStayMappedWhileACopyOfAClosedBusGoesOn()
    {
        final CountDownLatch isHeld = new CountDownLatch(1);
        final CountDownLatch isReleased = new CountDownLatch(1);
        try (TapeWriter writer = Tapes.open(tape, TapeConfig.defaults()))
        {
            final CountersFile file = CountersFile.create(tape, writer.runId(), () -> NOW_NS);
            final EventBus bus = EventBus.builder().counters(file.counters().frontier("held", () ->
            {
                if (Thread.currentThread().getName().equals("ringtape-counters"))
                {
                    isHeld.countDown();
                    awaitUninterrupted(isReleased);
                }
                return 0L;
            })).lane(Lane.named("tape").idle(new YieldingIdleStrategy()).rangeHandler("recorder", writer).build())
                .build();
            bus.start();
            awaitUninterrupted(isHeld);
            bus.close(1_000_000L);

            // The copy that goes on now writes to the mapping; without one it would end this process.
            file.close();
            isReleased.countDown();
            bus.close(CLOSE_LIMIT_NS);

            assertFalse(file.counters().isCopied());
            assertEquals("CLOSED", CountersReading.read(tape).snapshot().busState());
            file.close();
        }
    }

    @Test
    void shouldRefuseWhatIsNoCountersFile() throws IOException
    {
        record(3);
        final byte[] whole = Files.readAllBytes(file());

        Files.write(file(), new byte[0]);
        assertKind(Kind.DAMAGED, "counters are damaged, lengthBytes=0: file=" + file());
        Files.write(file(), Arrays.copyOf(whole, CountersFile.HEADER_BYTES));
        assertKind(Kind.DAMAGED, "counters are damaged, lengthBytes=128: file=" + file());
        Files.write(file(), Arrays.copyOf(whole, whole.length - 1));
        assertKind(Kind.DAMAGED, "counters are damaged, lengthBytes=" + (whole.length - 1) + ": file=" + file());
        Files.write(file(), new byte[whole.length]);
        assertKind(Kind.UNREADABLE, "file is no counters: file=" + file());
        Files.write(file(), whole);
        change((header) -> header.putInt(CountersFile.VERSION_AT, 2));
        assertKind(Kind.UNREADABLE, "counters are of another version: version=2 readable=1 file=" + file());
        Files.write(file(), whole);
        change((header) -> header.putInt(CountersFile.CAPACITY_AT, Integer.MAX_VALUE));
        assertKind(Kind.DAMAGED, "counters are damaged, capacity=2147483647: file=" + file());
        change((header) -> header.putInt(CountersFile.CAPACITY_AT, 0));
        assertKind(Kind.DAMAGED, "counters are damaged, capacity=0: file=" + file());
        final byte[] zeros = Arrays.copyOf(Arrays.copyOf(whole, CountersFile.HEADER_BYTES), whole.length);
        zeros[CountersFile.HEADER_BYTES] = 2;
        Files.write(file(), zeros);
        assertKind(Kind.DAMAGED,
            "counters are damaged, counters are not those of one bus: buses=0: file=" + file());
    }

    @Test
    void shouldRefuseAnyFlippedBitOfItsHeader() throws IOException
    {
        record(3);
        final byte[] whole = Files.readAllBytes(file());
        for (int bit = 0; bit < CountersFile.FIELDS_END * Byte.SIZE; bit++)
        {
            final byte[] flipped = whole.clone();
            flipped[bit / Byte.SIZE] ^= (byte)(1 << bit % Byte.SIZE);
            Files.write(file(), flipped);
            final String where = "bit=" + bit;

            final TapeException e = assertThrows(TapeException.class, () -> CountersReading.read(tape), where);

            assertTrue(e.kind() == Kind.DAMAGED || e.kind() == Kind.UNREADABLE, where);
        }
    }

    @Test
    void shouldReadOrRefuseAnyBytes() throws IOException
    {
        record(3);
        final byte[] whole = Files.readAllBytes(file());
        final long seed = ThreadLocalRandom.current().nextLong();
        final Random random = new Random(seed);
        int refused = 0;
        for (int round = 0; round < 500; round++)
        {
            final byte[] bytes = whole.clone();
            final int used = CountersFile.HEADER_BYTES + BusCounters.valuesBytes(CountersFile.DEFAULT_CAPACITY);
            for (int i = 0; i < 64; i++)
            {
                // Among the labels and types that are in use, else nearly all would be zeros.
                bytes[used + random.nextInt(40 * 512)] = (byte)random.nextInt();
                bytes[CountersFile.HEADER_BYTES + Long.BYTES + random.nextInt(40 * 128)] = (byte)random.nextInt();
            }
            Files.write(file(), bytes);
            refused += isRefused("seed=" + seed + " round=" + round) ? 1 : 0;
        }
        assertTrue(refused > 0, "seed=" + seed);
    }

    @Test
    void shouldLeaveNothingHalfMade() throws IOException
    {
        record(1);
        Files.delete(file());
        Files.createDirectories(file().resolve("full"));

        final TapeException e = assertThrows(TapeException.class, () -> record(1));

        assertEquals(Kind.CANNOT_CREATE, e.kind());
        assertFalse(Files.exists(tape.resolve("counters.tmp")));
    }

    @Test
    void shouldNotFollowALinkNorReadADirectory() throws IOException
    {
        record(1);
        final Path elsewhere = tape.resolveSibling("elsewhere");
        Files.move(file(), elsewhere);
        Files.createSymbolicLink(file(), elsewhere);
        assertKind(Kind.UNREADABLE, "tape must not hold a symbolic link: path=" + file());
        assertEquals(Kind.CANNOT_CREATE,
            assertThrows(TapeException.class, () -> Tapes.open(tape, TapeConfig.defaults())).kind());

        Files.delete(file());
        Files.createDirectory(file());

        assertKind(Kind.UNREADABLE, "counters are not a file: file=" + file());
        assertKindOf(tape.resolve("none"), Kind.MISSING, "tape is missing: directory=" + tape.resolve("none"));
    }

    private boolean isRefused(final String where)
    {
        try
        {
            return CountersReading.read(tape).snapshot().bus().values().isEmpty();
        }
        catch (final TapeException e)
        {
            assertEquals(Kind.DAMAGED, e.kind(), where);
            return true;
        }
    }

    private void assertKind(final Kind kind, final String message)
    {
        assertKindOf(tape, kind, message);
    }

    private static void assertKindOf(final Path directory, final Kind kind, final String message)
    {
        final TapeException e = assertThrows(TapeException.class, () -> CountersReading.read(directory));
        assertEquals(message, e.getMessage());
        assertEquals(kind, e.kind());
    }

    /** Changes the header, CRC included, as somebody would who means to. */
    private void change(final Consumer<ByteBuffer> change) throws IOException
    {
        final byte[] bytes = Files.readAllBytes(file());
        final ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        change.accept(header);
        header.putInt(CountersFile.CRC_AT, CountersFile.crc(header));
        Files.write(file(), bytes);
    }

    private static void awaitUninterrupted(final CountDownLatch latch)
    {
        try
        {
            latch.await();
        }
        catch (final InterruptedException e)
        {
            throw new IllegalStateException(e);
        }
    }

    private Path file()
    {
        return tape.resolve("counters");
    }

    private void record(final int events)
    {
        try (TapeWriter writer = Tapes.open(tape, TapeConfig.defaults());
            CountersFile file = CountersFile.create(tape, writer.runId(), () -> NOW_NS))
        {
            final EventBus bus = EventBus.builder().capacity(64).firstSequence(writer.firstSequence())
                .idle(new YieldingIdleStrategy())
                .counters(file.counters().frontier("journaled", writer::journaledSequence))
                .lane(Lane.named("tape").idle(new YieldingIdleStrategy()).rangeHandler("recorder", writer).build())
                .build();
            bus.start();
            final EventBatch event = new EventBatch(1);
            event.append().type(EventType.HEARTBEAT);
            for (int i = 0; i < events; i++)
            {
                bus.writer().publish(event);
            }
            assertTrue(bus.close(CLOSE_LIMIT_NS));
        }
    }
}
