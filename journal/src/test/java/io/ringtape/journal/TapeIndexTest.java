package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.event.Definitions;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The index beside a file takes a reader past what it need not read, and can take it nowhere else. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class TapeIndexTest
{
    private static final int BLOCK = 64;
    /** Three MiB and some: three entries. */
    private static final int BLOCKS = 900;
    private static final long EVENTS = (long)BLOCKS * BLOCK;
    private static final long DAY_NS = 86_400_000_000_000L;
    private static final String INDEX = "run=1 file=19700101-00LX.cq4.index";
    private static final List<TapeRange> RANGES = List.of(TapeRange.sequences(40_000, 40_100),
        TapeRange.sequences(57_000, Long.MAX_VALUE), TapeRange.sequences(3, 4), times(20_000, 20_010),
        times(50_000, Long.MAX_VALUE), times(0, 10));

    private final Path tape = Tapes.fresh("index");

    @AfterEach
    void clean()
    {
        Thread.interrupted();
        Tapes.delete(tape);
    }

    private static TapeRange times(final long from, final long to)
    {
        return TapeRange.times(Tapes.START_NS + 10 * from,
            to == Long.MAX_VALUE ? Long.MAX_VALUE : Tapes.START_NS + 10 * to);
    }

    private Path index()
    {
        return FileIndex.path(tape.resolve(RunDirectory.name(1)), 0);
    }

    private static TapeReport ok(final long events)
    {
        return new TapeReport(TapeStatus.OK, events, 0, events - 1, 1, "all runs are whole: runs=1");
    }

    private TapeReport damaged(final String detail)
    {
        return new TapeReport(TapeStatus.DAMAGED, EVENTS, 0, EVENTS - 1, 1, "tape is damaged, " + detail +
            "; no event is, it is made anew by: ringtape repair --journal " + tape + " --indexes");
    }

    @Test
    void shouldNameABlockAMebibyte() throws IOException
    {
        Tapes.record(tape, BLOCKS, BLOCK);

        final FileIndex index = FileIndex.read(1, Tape.open(tape).runs().get(0).files().get(0));

        assertTrue(index.isWhole());
        assertEquals(3, index.entries().size());
        long before = 0;
        long first = 0;
        for (final IndexEntry entry : index.entries())
        {
            assertTrue(entry.offset() - before >= Stretch.BYTES, entry.toString());
            assertTrue(entry.offset() - before < Stretch.BYTES + 2 * BLOCK * 65, entry.toString());
            assertEquals(before, entry.startOffset());
            assertEquals(entry.firstSequence(), entry.blockNumber() * BLOCK);
            assertEquals(Tapes.START_NS + 10 * first, entry.minNs());
            assertEquals(Tapes.START_NS + 10 * (entry.firstSequence() - 1), entry.maxNs());
            assertEquals(entry.maxNs(), entry.maxBeforeNs());
            assertEquals(List.of(1, 1), List.of(entry.instruments(), entry.sources()));
            before = entry.offset();
            first = entry.firstSequence();
        }
        assertEquals(3L * IndexEntry.BYTES, Files.size(index()));
        assertEquals(3, Manifest.read(Tape.open(tape).runs().get(0)).seal(0).orElseThrow().indexCount());
        assertEquals(ok(EVENTS), TapeVerifier.verify(tape));
    }

    @Test
    void shouldReadNothingBetweenTheStartOfTheFileAndTheStretch() throws IOException
    {
        Tapes.record(tape, BLOCKS, BLOCK);
        final Path file = TapeBytes.rollFile(tape, 1, 0);
        final byte[] bytes = Files.readAllBytes(file);
        final int from = TapeBytes.blockStart(bytes, 1);
        final int to = (int)FileIndex.read(1, Tape.open(tape).runs().get(0).files().get(0)).entries().get(2).offset();
        Arrays.fill(bytes, from, to, (byte)0x5A);
        TapeBytes.overwrite(file, bytes);
        final long first = EVENTS - 2000;

        assertEquals(LongStream.range(first, EVENTS).boxed().toList(),
            Tapes.sequences(tape, TapeRange.sequences(first, Long.MAX_VALUE)));
        assertEquals(LongStream.range(first, EVENTS).boxed().toList(), Tapes.sequences(tape, times(first, EVENTS)));
        Files.delete(index());
        assertThrows(TapeException.class,
            () -> Tapes.sequences(tape, TapeRange.sequences(first, Long.MAX_VALUE)));
    }

    @Test
    void shouldReadTheSameWhateverBecameOfTheIndex() throws IOException
    {
        Tapes.record(tape, BLOCKS, BLOCK);
        final byte[] good = Files.readAllBytes(index());
        final byte[] second = Arrays.copyOfRange(good, IndexEntry.BYTES, 2 * IndexEntry.BYTES);
        final List<List<Long>> expected = read();

        requireSame(expected, new byte[0], damaged("an index is missing: " + INDEX));
        requireSame(expected, Arrays.copyOf(good, 2 * IndexEntry.BYTES), wrong(2));
        requireSame(expected, Arrays.copyOf(good, 2 * IndexEntry.BYTES + 7), wrong(2));
        requireSame(expected, Arrays.copyOf(good, 4 * IndexEntry.BYTES), wrong(3));
        requireSame(expected, new byte[good.length], wrong(0));
        requireSame(expected, second, wrong(0));
        for (int bit = 0; bit < 8 * good.length; bit += 61)
        {
            final byte[] flipped = good.clone();
            flipped[bit / 8] ^= (byte)(1 << bit % 8);
            requireSame(expected, flipped, wrong(bit / 8 / IndexEntry.BYTES));
        }
        // Lies with a right CRC: of another run, another block, another sequence, a definition too few.
        requireSame(expected, lie(good, 0, 2), wrong(1));
        requireSame(expected, lie(good, IndexEntry.OFFSET_AT, 64), wrong(1));
        requireSame(expected, lie(good, IndexEntry.SEQUENCE_AT, 1), wrong(1));
        requireSame(expected, lie(good, IndexEntry.BLOCK_NUMBER_AT, 1), wrong(1));
        requireSame(expected, lie(good, IndexEntry.INSTRUMENTS_AT, 1), wrong(1));
        requireSame(expected, lie(good, IndexEntry.PREVIOUS_CRC_AT, 1), wrong(1));
        Files.delete(index());
        assertEquals(expected, read());
        assertEquals(damaged("an index is missing: " + INDEX), TapeVerifier.verify(tape));
    }

    private TapeReport wrong(final int entry)
    {
        return damaged("an index is not that of its file: " + INDEX + " entry=" + entry);
    }

    private void requireSame(final List<List<Long>> expected, final byte[] index, final TapeReport report)
        throws IOException
    {
        TapeBytes.overwrite(index(), index);

        assertEquals(expected, read());
        assertEquals(report, TapeVerifier.verify(tape));
    }

    private List<List<Long>> read()
    {
        return RANGES.stream().map((range) -> Tapes.sequences(tape, range)).toList();
    }

    /** Adds to a field of the second entry. */
    private static byte[] lie(final byte[] good, final int field, final int by)
    {
        final ByteBuffer bytes = ByteBuffer.wrap(good.clone()).order(ByteOrder.LITTLE_ENDIAN);
        final int at = IndexEntry.BYTES;
        bytes.putInt(at + field, bytes.getInt(at + field) + by);
        final CRC32C crc = new CRC32C();
        crc.update(bytes.array(), at, IndexEntry.CRC_AT);
        bytes.putInt(at + IndexEntry.CRC_AT, (int)crc.getValue());
        return bytes.array();
    }

    @Test
    void shouldLetTheIndexOfAFileThatIsNotSealedBeShort() throws IOException
    {
        try (TapeWriter writer = Tapes.open(tape, TapeConfig.defaults()))
        {
            Tapes.write(writer, BLOCKS, BLOCK);
            // Room that was made ahead is not cut yet.
            assertEquals(128L * IndexEntry.BYTES, Files.size(index()));
            assertEquals(List.of(50_000L), Tapes.sequences(tape, TapeRange.sequences(50_000, 50_000)));
        }
        final byte[] good = Files.readAllBytes(index());
        final String open = TapeVerifier.verify(tape).detail();

        TapeBytes.overwrite(index(), Arrays.copyOf(good, 2 * IndexEntry.BYTES + 50));

        assertEquals(new TapeReport(TapeStatus.OK, EVENTS, 0, EVENTS - 1, 1, open), TapeVerifier.verify(tape));
        assertEquals(List.of(50_000L), Tapes.sequences(tape, TapeRange.sequences(50_000, 50_000)));
        TapeBytes.overwrite(index(), lie(good, IndexEntry.MIN_AT, 1));
        assertEquals(wrong(1), TapeVerifier.verify(tape));
    }

    @Test
    void shouldRefuseAnIndexThatIsLongerThanItsFileAllows() throws IOException
    {
        try (TapeWriter writer = Tapes.open(tape, TapeConfig.defaults()))
        {
            Tapes.write(writer, BLOCKS, BLOCK);
        }
        final RunDirectory.RollFile file = Tape.open(tape).runs().get(0).files().get(0);
        final byte[] good = Files.readAllBytes(index());
        final String open = TapeVerifier.verify(tape).detail();
        final long most = (Files.size(file.path()) / Stretch.BYTES + 129) * IndexEntry.BYTES;

        TapeBytes.overwrite(index(), Arrays.copyOf(good, (int)most));
        assertEquals(3, FileIndex.read(1, file).entries().size());
        assertEquals(new TapeReport(TapeStatus.OK, EVENTS, 0, EVENTS - 1, 1, open), TapeVerifier.verify(tape));

        // Each entry is right; those behind are a hole in the file.
        for (final long size : new long[]{most + 1, 1L << 40})
        {
            TapeBytes.overwrite(index(), good);
            try (FileChannel longer = FileChannel.open(index(), StandardOpenOption.WRITE))
            {
                longer.write(ByteBuffer.allocate(1), size - 1);
            }
            assertEquals(new FileIndex(List.of(), false), FileIndex.read(1, file));
            assertEquals(damaged("an index is longer than its file allows: " + INDEX + " sizeBytes=" + size),
                TapeVerifier.verify(tape));
            assertEquals(List.of(50_000L), Tapes.sequences(tape, TapeRange.sequences(50_000, 50_000)));
        }
    }

    @Test
    void shouldRecordOnWhereNoIndexCanBeWritten() throws IOException
    {
        try (TapeWriter writer = Tapes.open(tape, TapeConfig.defaults()))
        {
            Files.createDirectory(index());
            Tapes.write(writer, BLOCKS, BLOCK);
            writer.close(Tapes.SUMMARY);
        }

        assertEquals(ok(EVENTS), TapeVerifier.verify(tape));
        assertEquals(List.of(50_000L), Tapes.sequences(tape, TapeRange.sequences(50_000, 50_000)));
    }

    @Test
    void shouldWriteTheIndexUnderAnInterrupt()
    {
        try (TapeWriter writer = Tapes.open(tape, TapeConfig.defaults()))
        {
            Thread.currentThread().interrupt();
            Tapes.write(writer, BLOCKS, BLOCK);
            assertTrue(Thread.interrupted());
            writer.close(Tapes.SUMMARY);
        }

        assertEquals(ok(EVENTS), TapeVerifier.verify(tape));
        assertTrue(Files.exists(index()));
    }

    @Test
    void shouldMissNoDefinitionInTheMiddleOfAFile()
    {
        final Definitions definitions = Tapes.definitions();
        try (TapeWriter writer = TapeWriter.open(
            tape, TapeConfig.defaults().withReserveBytes(0), definitions, () -> Tapes.START_NS))
        {
            for (int i = 1; i < 8; i++)
            {
                Tapes.write(writer, BLOCKS / 2, BLOCK);
                definitions.add(Tapes.instrument(i));
            }
            Tapes.write(writer, BLOCKS, BLOCK);
            writer.close(Tapes.SUMMARY);
        }

        for (final long from : new long[]{1, 30_000, 60_000, 100_000, 150_000, 250_000})
        {
            try (TapeReader reader =
                Tape.open(tape).read(TapeRange.sequences(from, Long.MAX_VALUE), RunListener.NONE))
            {
                assertTrue(reader.nextBlock());
                assertEquals(from, reader.firstSequence());
                assertEquals(1 + Math.min(7, from / (BLOCKS / 2 * BLOCK)), reader.definitions().instrumentCount());
            }
        }
    }

    @Test
    void shouldRemoveAnIndexWithItsFile() throws IOException
    {
        Tapes.record(tape, BLOCKS, BLOCK);
        Tapes.record(tape, 1, BLOCK);
        final Tape opened = Tape.open(tape);

        final Retention would = TapeRetention.keepBytes(opened, 0, false);
        final Retention gone = TapeRetention.keepBytes(opened, 0, true);

        assertEquals(would, gone);
        assertFalse(Files.exists(index()));
        assertEquals(opened.sizeBytes(), gone.sizeBytes());
        assertEquals(TapeStatus.OK, TapeVerifier.verify(tape).status());
    }

    @Test
    void shouldMakeANewIndexInARepairedTape() throws IOException
    {
        Tapes.record(tape, BLOCKS, BLOCK);
        final byte[] good = Files.readAllBytes(index());
        TapeBytes.overwrite(index(), lie(good, IndexEntry.MAX_AT, 1));
        final Path copy = tape.resolveSibling("copy");

        final TapeCopy copied = TapeRepair.repair(Tape.open(tape), copy, (events) ->
        {
        });

        assertEquals(wrong(1).detail(), copied.problem());
        assertEquals(ok(EVENTS), TapeVerifier.verify(copy));
        assertEquals(good.length, Files.size(FileIndex.path(copy.resolve(RunDirectory.name(1)), 0)));
    }

    @Test
    void shouldFindADayWhereverItStands() throws IOException
    {
        final int half = BLOCKS * BLOCK / 2;
        // Two captures in one run, the newer one first, and then the other way around.
        final List<LongUnaryOperator> orders = List.of(
            (sequence) -> sequence < half ? DAY_NS + sequence : sequence - half,
            (sequence) -> sequence < half ? sequence : DAY_NS + sequence - half);
        for (int run = 0; run < 2; run++)
        {
            record(orders.get(run));
        }
        final List<Long> older = new ArrayList<>();
        older.addAll(range(half + 100, half + 200));
        older.addAll(range(EVENTS + 100, EVENTS + 200));
        final List<Long> newer = new ArrayList<>();
        newer.addAll(range(100, 200));
        newer.addAll(range(EVENTS + half + 100, EVENTS + half + 200));

        requireTimes(100, 200, older);
        requireTimes(DAY_NS + 100, DAY_NS + 200, newer);
        Files.delete(index());
        requireTimes(100, 200, older);
        requireTimes(DAY_NS + 100, DAY_NS + 200, newer);
    }

    private static List<Long> range(final long from, final long to)
    {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    private void record(final LongUnaryOperator timeNs)
    {
        final UnsafeBuffer room = Tapes.room(BLOCK);
        final OrderBookEvent event = new OrderBookEvent();
        try (TapeWriter writer = Tapes.open(tape, TapeConfig.defaults()))
        {
            final long start = writer.firstSequence();
            for (long i = 0; i < EVENTS; i++)
            {
                final int slot = (int)(i % BLOCK);
                event.wrap(room, slot * OrderBookEvent.SIZE_BYTES).reset().sequence(start + i)
                    .receiveTimeNs(timeNs.applyAsLong(i)).type(EventType.TRADE);
                if (slot == BLOCK - 1)
                {
                    writer.onRange(room, 0, start + i - slot, BLOCK);
                }
            }
            writer.close(Tapes.SUMMARY);
        }
    }

    private void requireTimes(final long from, final long to, final List<Long> expected)
    {
        final List<Long> found = new ArrayList<>();
        try (TapeReader reader = Tape.open(tape).read(TapeRange.times(from, to), RunListener.NONE))
        {
            while (reader.nextBlock())
            {
                found.addAll(range(reader.firstSequence(), reader.firstSequence() + reader.count() - 1));
            }
        }
        assertEquals(expected, found);
    }
}
