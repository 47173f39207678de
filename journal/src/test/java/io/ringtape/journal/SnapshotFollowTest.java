package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.book.Books;
import io.ringtape.event.Definitions;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Stateful;
import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One maker that stays with a tape, advanced again and again, makes what one pass over the whole tape makes. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class SnapshotFollowTest
{
    private static final TapeConfig SMALL = TapeConfig.defaults().withRollBytes(TapeConfig.MIN_ROLL_BYTES);
    private static final int EVERY = 500;
    private static final int VISITS = 200;

    private final Path tape = Tapes.fresh("snapshot-follow");
    private final List<String> said = new ArrayList<>();
    private final List<SnapshotInfo> made = new ArrayList<>();
    private long fedCount;

    @AfterEach
    void clean()
    {
        Tapes.delete(tape);
    }

    @Test
    void shouldFollowOverTheEndsOfRuns() throws IOException
    {
        try (TapeWriter empty = Markets.open(tape, SMALL, Markets.definitions());
            SnapshotMaker maker = open())
        {
            advance(maker);
            empty.close(Tapes.SUMMARY);
            for (int run = 0; run < 4; run++)
            {
                write(maker, run, 15);
                advance(maker);
            }
            // A run that starts and ends between two looks, and gets a definition.
            Markets.record(tape, SMALL, 9, 200);
            advance(maker);
        }

        requireAsInOnePass();
        assertTrue(made.size() > 30, () -> "made=" + made);
        assertEquals(made, Tape.open(tape).snapshots().list());
        assertEquals(List.of(), said);
        assertEquals(TapeStatus.OK, TapeVerifier.verify(tape).status());
    }

    @Test
    void shouldFollowAWriterThatDoesNotWait() throws Exception
    {
        final FutureTask<Long> writing = new FutureTask<>(() ->
        {
            for (int run = 0; run < 3; run++)
            {
                Markets.record(tape, SMALL, run, 300);
            }
            return Markets.lastSequence(tape);
        });
        Markets.record(tape, SMALL, 7, 10);

        try (SnapshotMaker maker = open())
        {
            new Thread(writing, "writer").start();
            while (!writing.isDone())
            {
                advance(maker);
            }
            advance(maker);
        }

        requireAsInOnePass();
        assertEquals(made, Tape.open(tape).snapshots().list());
        final BookSnapshot newest =
            Tape.open(tape).snapshots().newest(0, Long.MAX_VALUE, said::add).orElseThrow();
        final long last = writing.get();
        final long first = Tape.open(tape).runInfos().get(3).firstSequence();
        assertEquals(Markets.booksAt(tape, first, last), Markets.booksAt(tape, newest, last));
        assertTrue(last - newest.sequence() < EVERY + 64, newest::toString);
        assertEquals(List.of(), said);
    }

    @Test
    void shouldReadNothingTwiceInARunAndAtMostAnIntervalBehindIt()
    {
        final SnapshotHandlers.Factory counting = (run, definitions) -> new Counting(new Books(definitions));
        final Definitions definitions = Markets.definitions();
        Markets.record(tape, SMALL, 1, 1);
        try (SnapshotMaker maker = SnapshotMaker.open(Tape.open(tape), EVERY, 0, said::add, counting))
        {
            advance(maker);
            fedCount = 0;
            final long inRun;
            try (TapeWriter writer = Markets.open(tape, SMALL, definitions))
            {
                final long first = writer.firstSequence();
                final Markets market = Markets.of(writer, definitions, 2);
                market.write(60);
                advance(maker);
                final long before = fedCount;
                final long behind = writer.journaledSequence();
                for (int i = 0; i < 200; i++)
                {
                    market.write(1);
                    advance(maker);
                    advance(maker);
                }
                assertEquals(writer.journaledSequence() - behind, fedCount - before);
                inRun = writer.journaledSequence() - first + 1;
            }
            assertTrue(fedCount - inRun <= EVERY, () -> "fedCount=" + fedCount + " inRun=" + inRun);

            final int runs = 5;
            final long before = fedCount;
            final long behind = Markets.lastSequence(tape);
            for (int i = 0; i < runs; i++)
            {
                Markets.record(tape, SMALL, i, 60);
                advance(maker);
                advance(maker);
            }
            final long read = fedCount - before;
            final long written = Markets.lastSequence(tape) - behind;
            assertTrue(read <= written + runs * (EVERY + 64), () -> "read=" + read + " written=" + written);
        }
        assertEquals(made, Tape.open(tape).snapshots().list());
    }

    @Test
    void shouldGoOnWithTheRunBehindOneThatWasTakenBack() throws IOException
    {
        Markets.record(tape, SMALL, 1, 100);
        final List<SnapshotInfo> gone;
        try (SnapshotMaker maker = open())
        {
            advance(maker);
            final int before = made.size();
            final Definitions definitions = Markets.definitions();
            try (TapeWriter writer = Markets.open(tape, SMALL, definitions))
            {
                Markets.of(writer, definitions, 2).write(100);
                advance(maker);
                gone = List.copyOf(made.subList(before, made.size()));
                writer.discard();
            }
            advance(maker);
            // It has the number of the one that was taken back, and its sequences.
            Markets.record(tape, SMALL, 3, 200);
            advance(maker);
        }

        requireAsInOnePass();
        assertFalse(gone.isEmpty());
        final List<String> foreign = new ArrayList<>(
            gone.stream().map((snapshot) -> "snapshot is not of this tape: file=" + snapshot.name()).toList());
        said.sort(null);
        assertEquals(foreign, said);
    }

    @Test
    void shouldMakeTheFirstSnapshotsOfARunThatIsShorterThanTheOneBeforeItWhichWasTakenBack() throws IOException
    {
        Markets.record(tape, SMALL, 1, 10);
        try (SnapshotMaker maker = open())
        {
            advance(maker);
            final Definitions definitions = Markets.definitions();
            try (TapeWriter writer = Markets.open(tape, SMALL, definitions))
            {
                Markets.of(writer, definitions, 2).write(300);
                advance(maker);
                writer.discard();
            }
            advance(maker);
            Markets.record(tape, SMALL, 3, 100);
            advance(maker);
        }

        requireAsInOnePass();
    }

    @Test
    void shouldLetFilesBeRemovedWhileNobodyWrites() throws IOException
    {
        Markets.record(tape, SMALL, 1, 900);
        final Tape opened = Tape.open(tape);
        try (SnapshotMaker maker = open())
        {
            advance(maker);
            final Retention removed = TapeRetention.keepBytes(opened, 0, true);
            final long first = Markets.lastSequence(tape) + 1;
            advance(maker);
            Markets.record(tape, SMALL, 2, 100);
            advance(maker);

            assertTrue(removed.firstSequence() > 0, removed::toString);
            final List<SnapshotInfo> all = opened.snapshots().list();
            final SnapshotInfo newest = all.get(all.size() - 1);
            final long last = Markets.lastSequence(tape);
            assertTrue(last - newest.sequence() < EVERY + 64, newest::toString);
            assertEquals(Markets.booksAt(tape, first, last), Markets.booksAt(tape,
                opened.snapshots().newest(first, Long.MAX_VALUE, said::add).orElseThrow(), last));
        }
        assertEquals(List.of(), said);
    }

    @Test
    void shouldGoOnBehindARefusalWhileFilesAreBeingRemoved() throws IOException
    {
        Markets.record(tape, SMALL, 1, 100);
        try (SnapshotMaker maker = open())
        {
            advance(maker);
            final int before = made.size();
            Markets.record(tape, SMALL, 2, 100);
            try (TapeReaders.Hold removing = TapeReaders.keepOff(tape))
            {
                requireInUse(maker, "files of the tape are being removed: directory=" + tape);
                assertEquals(before, made.size(), removing::toString);
            }
            advance(maker);
        }

        requireAsInOnePass();
        assertEquals(List.of(), said);
    }

    @Test
    void shouldOnlyBeRefusedAsInUseWhereOthersComeAndGo() throws Exception
    {
        Markets.record(tape, SMALL, 1, 1);
        final FutureTask<Void> other = new FutureTask<>(this::comeAndGo, null);

        new Thread(other, "other").start();
        comeAndGo();

        other.get();
        assertFalse(Files.exists(SnapshotFile.directory(tape)));
    }

    private void comeAndGo()
    {
        for (int i = 0; i < VISITS; i++)
        {
            try (SnapshotMaker maker = SnapshotMaker.open(Tape.open(tape), 1_000_000, 0, said::add))
            {
                assertEquals(0, maker.advance(Markets::ignore));
            }
            catch (final TapeException e)
            {
                assertEquals(Kind.IN_USE, e.kind(), e::getMessage);
            }
        }
    }

    @Test
    void shouldTellWhatIsMissingWhenTheTapeWasAwayAndGoOnBehindIt()
    {
        final Outage outage = new Outage(tape);
        final MissingRange missing;
        try (TapeWriter writer = outage.open(Durability.PAGE_CACHE);
            SnapshotMaker maker = open())
        {
            outage.feed(writer, 2);
            advance(maker);
            outage.isFull = true;
            outage.feedUntil(writer, false);
            outage.feed(writer, 2);
            advance(maker);
            outage.isFull = false;
            outage.feedUntil(writer, true);
            missing = writer.missingRanges().get(0);
            outage.feed(writer, 3);
            advance(maker);

            assertEquals(writer.journaledSequence(), made.get(made.size() - 1).sequence());
        }

        assertEquals(List.of("sequences " + missing.text() + " are missing: not journaled, before run=2"), said);
    }

    @Test
    void shouldComeBackBetweenTwoBlocksWhenItIsTold()
    {
        Markets.record(tape, SMALL, 1, 100);
        final List<Long> read = new ArrayList<>();
        try (SnapshotMaker maker = SnapshotMaker.open(Tape.open(tape), 1, 0, said::add))
        {
            assertEquals(0, maker.advance((sequence) -> !read.add(sequence), made::add));
            assertEquals(1, maker.advance((sequence) -> !read.add(sequence), made::add));
        }

        assertEquals(2, read.size());
        assertEquals(List.of(read.get(0)), made.stream().map(SnapshotInfo::sequence).toList());
    }

    @Test
    void shouldSayThatTheTapeIsGone() throws IOException
    {
        Markets.record(tape, SMALL, 1, 100);
        try (SnapshotMaker maker = open())
        {
            advance(maker);
            Files.move(tape, tape.resolveSibling("moved"));

            final TapeException gone = assertThrows(TapeException.class, () -> advance(maker));

            assertEquals("tape is missing: directory=" + tape, gone.getMessage());
            assertEquals(Kind.MISSING, gone.kind());
        }
        assertFalse(Files.exists(tape));
    }

    @Test
    void shouldLeaveNoDirectoryWhereItMadeNone() throws IOException
    {
        final Path directory = SnapshotFile.directory(tape);
        Markets.record(tape, SMALL, 1, 10);
        final SnapshotMaker early = SnapshotMaker.open(Tape.open(tape), 1_000_000, 0, said::add);
        assertEquals(0, early.advance(Markets::ignore));
        assertTrue(Files.exists(directory));
        early.close();
        assertFalse(Files.exists(directory));

        try (TapeReaders.Hold removing = TapeReaders.keepOff(tape))
        {
            final TapeException refused = assertThrows(TapeException.class, this::open);
            assertEquals("files of the tape are being removed: directory=" + tape, refused.getMessage());
            assertEquals(Kind.IN_USE, refused.kind());
            assertFalse(Files.exists(directory), removing::toString);
        }

        final Path roll = TapeBytes.rollFile(tape, 1, 0);
        final byte[] bytes = Files.readAllBytes(roll);
        bytes[TapeBytes.blockStart(bytes, 2) + 100] ^= 1;
        TapeBytes.overwrite(roll, bytes);
        try (SnapshotMaker maker = open())
        {
            assertEquals(Kind.DAMAGED, assertThrows(TapeException.class, () -> advance(maker)).kind());
        }
        assertFalse(Files.exists(directory));

        // A maker that was closed has nothing to say of the next one.
        try (SnapshotMaker next = open())
        {
            early.close();
            assertTrue(Files.exists(directory), next::toString);
        }
        assertFalse(Files.exists(directory));
    }

    private SnapshotMaker open()
    {
        return SnapshotMaker.open(Tape.open(tape), EVERY, 0, said::add);
    }

    private void advance(final SnapshotMaker maker)
    {
        final int before = made.size();
        assertEquals(maker.advance((sequence) -> true, made::add), made.size() - before);
    }

    private void requireInUse(final SnapshotMaker maker, final String message)
    {
        final TapeException refused = assertThrows(TapeException.class, () -> advance(maker));
        assertEquals(message, refused.getMessage());
        assertEquals(Kind.IN_USE, refused.kind());
    }

    /** A run that is followed in steps; each other one is left as a kill leaves it. */
    private void write(final SnapshotMaker maker, final int seed, final int steps)
    {
        final Definitions definitions = Markets.definitions();
        try (TapeWriter writer = Markets.open(tape, SMALL, definitions))
        {
            final Markets market = Markets.of(writer, definitions, seed);
            for (int i = 0; i < steps; i++)
            {
                market.write(seed == 3 ? 1 : 10);
                advance(maker);
                assertTrue(made.isEmpty() ||
                    made.get(made.size() - 1).sequence() <= writer.journaledSequence());
            }
            // Read by the maker that comes back when this is over.
            market.write(20);
            if (seed % 2 == 0)
            {
                writer.close(Tapes.SUMMARY);
            }
        }
    }

    /** The same files, to the last bit. */
    private void requireAsInOnePass() throws IOException
    {
        final Map<String, byte[]> found = files();
        for (final String name : found.keySet())
        {
            Files.delete(SnapshotFile.directory(tape).resolve(name));
        }
        try (SnapshotMaker once = open())
        {
            once.advance(Markets::ignore);
        }
        final Map<String, byte[]> expected = files();
        assertEquals(expected.keySet(), found.keySet());
        expected.forEach((name, bytes) -> assertArrayEquals(bytes, found.get(name), name));
    }

    private Map<String, byte[]> files() throws IOException
    {
        final Map<String, byte[]> files = new TreeMap<>();
        for (final SnapshotInfo info : Tape.open(tape).snapshots().list())
        {
            files.put(info.name(), Files.readAllBytes(SnapshotFile.directory(tape).resolve(info.name())));
        }
        return files;
    }

    /** Books that count what they are fed. */
    private final class Counting implements SnapshotHandlers
    {
        private final BooksOnly books;

        private Counting(final Books books)
        {
            this.books = new BooksOnly(books);
        }

        @Override
        public Books books()
        {
            return books.books();
        }

        @Override
        public List<Stateful> states()
        {
            return List.of();
        }

        @Override
        public boolean isKept()
        {
            return books.isKept();
        }

        @Override
        public void restore(final BookSnapshot snapshot)
        {
            books.restore(snapshot);
        }

        @Override
        public void onEvent(final OrderBookEvent event)
        {
            fedCount++;
            books.onEvent(event);
        }
    }
}
