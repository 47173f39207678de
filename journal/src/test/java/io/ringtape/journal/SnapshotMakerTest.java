package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.book.Books;
import io.ringtape.book.BooksSnapshot;
import io.ringtape.event.Definitions;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Snapshots are made while a tape grows and after, and books that start with one are those that read it all. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class SnapshotMakerTest
{
    private static final TapeConfig SMALL = TapeConfig.defaults().withRollBytes(TapeConfig.MIN_ROLL_BYTES);

    private final Path tape = Tapes.fresh("snapshots");
    private final List<String> said = new ArrayList<>();

    @AfterEach
    void clean()
    {
        Tapes.delete(tape);
    }

    @Test
    void shouldStartWithEachSnapshotAndComeToTheSameBooks()
    {
        Markets.record(tape, SMALL, 1, 900);
        Markets.record(tape, SMALL, 2, 900);
        final List<RunInfo> runs = Tape.open(tape).runInfos();
        final long last = Markets.lastSequence(tape);

        final int made = make(2_000, 0);

        final List<SnapshotInfo> all = Tape.open(tape).snapshots().list();
        assertEquals(all.size(), made);
        assertTrue(made > 20, () -> "made=" + made);
        for (final SnapshotInfo info : all)
        {
            final BookSnapshot found = newest(0, info.sequence()).orElseThrow();
            final RunInfo run = runs.get((int)found.runId() - 1);
            final long runEnd = found.runId() == 1 ? runs.get(1).firstSequence() - 1 : last;
            assertEquals(info.sequence(), found.sequence());
            assertEquals(Markets.booksAt(tape, run.firstSequence(), info.sequence()),
                Markets.booksAt(tape, found, info.sequence()));
            assertEquals(Markets.booksAt(tape, run.firstSequence(), runEnd), Markets.booksAt(tape, found, runEnd));
        }
        assertEquals(Optional.empty(), newest(runs.get(1).firstSequence(), runs.get(1).firstSequence() + 1_999));
        assertEquals(List.of(), said);
        assertEquals(new TapeReport(TapeStatus.OK, last + 1, 0, last, 2, "all runs are whole: runs=2"),
            TapeVerifier.verify(tape));
    }

    @Test
    void shouldRefuseBooksThatAreTooLarge() throws IOException
    {
        Markets.record(tape, SMALL, 1, 100);
        Files.createDirectory(SnapshotFile.directory(tape));
        try (TapeReader reader = Tape.open(tape).read(TapeRange.ALL, RunListener.NONE))
        {
            assertTrue(reader.nextBlock());
            final Books books = new Books(reader.definitions());
            final OrderBookEvent event = new OrderBookEvent();
            for (int i = 0; i < reader.count(); i++)
            {
                books.onEvent(reader.event(i, event));
            }
            final int bytes = (int)BooksSnapshot.sizeBytes(books) + SnapshotFile.HEADER_BYTES;

            final TapeException refused = assertThrows(TapeException.class,
                () -> SnapshotFile.write(tape, books, reader.current(), bytes - 1));
            final List<SnapshotInfo> before = SnapshotFile.list(tape);
            SnapshotFile.write(tape, books, reader.current(), bytes);

            assertEquals("books are too large for a snapshot: sequence=" + (reader.count() - 1) + " bytes=" + bytes +
                " mostBytes=" + (bytes - 1), refused.getMessage());
            assertEquals(Kind.CANNOT_CREATE, refused.kind());
            assertEquals(List.of(), before);
            assertEquals(bytes, SnapshotFile.list(tape).get(0).lengthBytes());
        }
    }

    @Test
    void shouldGoOnWithTheNewestOneAndMakeTheSame() throws IOException
    {
        final Path once = Tapes.fresh("snapshots-once");
        for (final Path each : List.of(tape, once))
        {
            Markets.record(each, SMALL, 3, 400);
            if (each.equals(tape))
            {
                make(1_500, 0);
                assertEquals(0, make(1_500, 0));
            }
            Markets.record(each, SMALL, 4, 400);
        }

        make(1_500, 0);
        make(once, 1_500, 0);

        final Map<String, byte[]> expected = files(once);
        final Map<String, byte[]> found = files(tape);
        assertEquals(expected.keySet(), found.keySet());
        assertTrue(expected.size() > 10, () -> "size=" + expected.size());
        expected.forEach((name, bytes) -> assertArrayEquals(bytes, found.get(name), name));
        Tapes.delete(once);
    }

    @Test
    void shouldFollowATapeThatIsBeingWritten()
    {
        final Definitions definitions = Markets.definitions();
        try (TapeWriter writer = Markets.open(tape, SMALL, definitions);
            SnapshotMaker maker = SnapshotMaker.open(Tape.open(tape), 500, 0, said::add))
        {
            final Markets market = Markets.of(writer, definitions, 5);
            int made = 0;

            for (int i = 0; i < 40; i++)
            {
                market.write(i);
                made += maker.advance(Markets::ignore);
                final Optional<BookSnapshot> newest = newest(0, Long.MAX_VALUE);
                assertTrue(newest.isEmpty() || newest.get().sequence() <= writer.journaledSequence());
                assertTrue(writer.journaledSequence() - newest.map(BookSnapshot::sequence).orElse(-1L) < 564);
            }

            assertEquals(made, Tape.open(tape).snapshots().list().size());
            assertTrue(made > 30, "made=" + made);
            final BookSnapshot newest = newest(0, Long.MAX_VALUE).orElseThrow();
            assertEquals(Markets.booksAt(tape, 0, newest.sequence()), Markets.booksAt(tape, newest, newest.sequence()));
            assertEquals(TapeStatus.OK, TapeVerifier.verify(tape).status());
        }
    }

    @Test
    void shouldWaitForTheJournaledMark() throws IOException
    {
        final Definitions definitions = Markets.definitions();
        final Path mark = tape.resolve(MarkFile.JOURNALED);
        try (TapeWriter writer = Markets.open(tape, SMALL, definitions))
        {
            final Markets market = Markets.of(writer, definitions, 6);
            market.write(1);
            final byte[] early = Files.readAllBytes(mark);
            market.write(1);
            final byte[] late = Files.readAllBytes(mark);
            Files.write(mark, early);

            try (SnapshotMaker maker =
                SnapshotMaker.open(Tape.open(tape), writer.journaledSequence() + 1, 0, said::add))
            {
                assertEquals(0, maker.advance(Markets::ignore));
                assertEquals(0, maker.advance(Markets::ignore));
                Files.write(mark, late);
                assertEquals(1, maker.advance(Markets::ignore));
                assertEquals(0, maker.advance(Markets::ignore));
            }

            assertEquals(writer.journaledSequence(), newest(0, Long.MAX_VALUE).orElseThrow().sequence());
        }
    }

    @Test
    void shouldKeepTheNewest()
    {
        Markets.record(tape, SMALL, 7, 400);

        final int made = make(1_000, 3);
        final List<SnapshotInfo> kept = Tape.open(tape).snapshots().list();
        Markets.record(tape, SMALL, 8, 100);
        make(1_000, 2);

        assertTrue(made > 3);
        assertEquals(3, kept.size());
        final List<SnapshotInfo> now = Tape.open(tape).snapshots().list();
        assertEquals(2, now.size());
        assertTrue(now.get(0).sequence() > kept.get(2).sequence());
    }

    @Test
    void shouldKeepTheNewestAlsoWhereNoneIsToBeMade()
    {
        Markets.record(tape, SMALL, 7, 400);
        make(1_000, 0);
        final List<SnapshotInfo> all = Tape.open(tape).snapshots().list();

        assertEquals(0, make(1_000, 1));

        assertTrue(all.size() > 1);
        assertEquals(all.subList(all.size() - 1, all.size()), Tape.open(tape).snapshots().list());
    }

    @Test
    void shouldGiveBooksOfARunWhoseStartWasRemoved()
    {
        Markets.record(tape, SMALL, 9, 900);
        final Tape opened = Tape.open(tape);
        final long last = Markets.lastSequence(tape);
        final String expected = Markets.booksAt(tape, 0, last);
        make(2_000, 0);
        final List<SnapshotInfo> before = opened.snapshots().list();
        final long size = opened.sizeBytes();

        final Retention would = TapeRetention.keepBytes(opened, size - 1, false);
        final Retention gone = TapeRetention.keepBytes(opened, size - 1, true);

        assertEquals(would, gone);
        assertEquals(opened.sizeBytes(), gone.sizeBytes());
        final List<SnapshotInfo> left = opened.snapshots().list();
        assertEquals(before.stream().filter((info) -> info.sequence() >= gone.firstSequence()).toList(), left);
        assertFalse(left.isEmpty() || left.size() == before.size());
        final BookSnapshot found = newest(0, left.get(0).sequence()).orElseThrow();
        assertEquals(expected, Markets.booksAt(tape, found, last));
        assertEquals(TapeStatus.OK, TapeVerifier.verify(tape).status());
        // Nothing is to be had from the part that is left alone.
        left.forEach((info) -> assertTrue(file(info.sequence()).toFile().delete()));
        assertEquals(0, make(2_000, 0));
        assertEquals(List.of(), opened.snapshots().list());
    }

    @Test
    void shouldLeaveSnapshotsOutOfARepair()
    {
        Markets.record(tape, SMALL, 10, 100);
        make(1_000, 0);
        final Path copy = tape.resolveSibling("copy");

        TapeRepair.repair(Tape.open(tape), copy, Markets::ignore);

        assertEquals(List.of(), Tape.open(copy).snapshots().list());
        assertFalse(Files.exists(SnapshotFile.directory(copy)));
    }

    @Test
    void shouldLetOneMakerAtATapeAndLeaveNothingHalfMade() throws IOException
    {
        Markets.record(tape, SMALL, 11, 100);
        make(1_000, 0);
        final Path half = file(7).resolveSibling(SnapshotFile.name(7) + ".tmp");
        Files.write(half, new byte[10]);

        try (SnapshotMaker maker = SnapshotMaker.open(Tape.open(tape), 1_000, 0, said::add))
        {
            final TapeException refused = assertThrows(TapeException.class, () -> make(1_000, 0));

            assertEquals(Kind.IN_USE, refused.kind());
            assertFalse(Files.exists(half));
            assertEquals(0, maker.advance(Markets::ignore));
        }
        assertEquals(PosixFilePermissions.fromString("rwx------"),
            Files.getPosixFilePermissions(SnapshotFile.directory(tape)));
        final Path made = file(Tape.open(tape).snapshots().list().get(0).sequence());
        assertEquals(PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(made));
    }

    @Test
    void shouldRefuseNumbersThatMakeNoSense()
    {
        Markets.record(tape, SMALL, 12, 1);

        final IllegalArgumentException none = assertThrows(IllegalArgumentException.class, () -> make(0, 0));
        assertThrows(IllegalArgumentException.class, () -> make(1, -1));

        assertEquals("interval must be 1 or more, and what is kept 0 or more: everyEvents=0 keep=0", none.getMessage());
        assertFalse(Files.exists(SnapshotFile.directory(tape)));
    }

    @Test
    void shouldGoOnWithTheRunBehindAGap() throws IOException
    {
        Markets.record(tape, SMALL, 14, 900);
        Markets.record(tape, SMALL, 15, 100);
        final RunInfo second = Tape.open(tape).runInfos().get(1);
        Files.delete(TapeBytes.rollFile(tape, 1, 1));

        make(500, 0);

        final String detail = TapeVerifier.verify(tape).detail();
        final String missing = detail.substring(0, detail.indexOf("; whole behind it: run=2 "));
        assertEquals(TapeStatus.GAP, TapeVerifier.verify(tape).status());
        assertEquals(List.of(missing), said);
        final long last = Markets.lastSequence(tape);
        final BookSnapshot newest = newest(second.firstSequence(), last).orElseThrow();
        assertTrue(last - newest.sequence() < 564);
        assertEquals(Markets.booksAt(tape, second.firstSequence(), last), Markets.booksAt(tape, newest, last));
        assertTrue(newest(0, second.firstSequence() - 1).isPresent());
    }

    @Test
    void shouldMakeNothingBehindDamage() throws IOException
    {
        Markets.record(tape, SMALL, 13, 100);
        final Path roll = TapeBytes.rollFile(tape, 1, 0);
        final byte[] bytes = Files.readAllBytes(roll);
        bytes[TapeBytes.blockStart(bytes, 50) + 100] ^= 1;
        TapeBytes.overwrite(roll, bytes);

        final TapeException damaged = assertThrows(TapeException.class, () -> make(300, 0));

        assertEquals(Kind.DAMAGED, damaged.kind());
        final BookSnapshot newest = newest(0, Long.MAX_VALUE).orElseThrow();
        final Books books = new Books(Markets.definitions());
        newest.restore(books);
        assertEquals(newest.bookHash(), books.bookHash());
        assertEquals(Markets.booksAt(tape, 0, newest.sequence()), Markets.text(books));
    }

    private int make(final long everyEvents, final int keep)
    {
        return make(tape, everyEvents, keep);
    }

    private int make(final Path of, final long everyEvents, final int keep)
    {
        try (SnapshotMaker maker = SnapshotMaker.open(Tape.open(of), everyEvents, keep, said::add))
        {
            return maker.advance(Markets::ignore);
        }
    }

    private Optional<BookSnapshot> newest(final long from, final long to)
    {
        return Tape.open(tape).snapshots().newest(from, to, said::add);
    }

    private Path file(final long sequence)
    {
        return SnapshotFile.directory(tape).resolve(SnapshotFile.name(sequence));
    }

    private static Map<String, byte[]> files(final Path of) throws IOException
    {
        final Map<String, byte[]> files = new TreeMap<>();
        for (final SnapshotInfo info : Tape.open(of).snapshots().list())
        {
            // Run ids and times are the same; the CRC of a block is that of its tape.
            final byte[] bytes = Files.readAllBytes(SnapshotFile.directory(of).resolve(info.name()));
            for (int i = 0; i < 4; i++)
            {
                bytes[SnapshotFile.BLOCK_CRC_AT + i] = 0;
                bytes[SnapshotFile.CRC_AT + i] = 0;
            }
            files.put(info.name(), bytes);
        }
        return files;
    }
}
