package io.ringtape.replay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.event.EventHandler;
import io.ringtape.event.EventHashes;
import io.ringtape.journal.SnapshotHandlers;
import io.ringtape.journal.SnapshotInfo;
import io.ringtape.journal.SnapshotMaker;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeConfig;
import io.ringtape.journal.TapeException;
import io.ringtape.journal.TapeRange;
import io.ringtape.journal.TapeRetention;
import io.ringtape.journal.TapeStatus;
import io.ringtape.journal.TapeVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A replay behind a snapshot makes and compares what one from the start of the run does; the strategy has timers
 * pending, orders open, and outputs on their way wherever it starts.
 */
@Timeout(120)
final class SnapshotReplayTest
{
    private static final int VENUE_EVENTS = 1_500;
    private static final int EVERY = 700;
    private static final long WRONG_ORDER = 4L * (VENUE_EVENTS - 200);

    private final List<String> said = new ArrayList<>();

    @TempDir
    private Path parent;

    private Path directory;
    private Tape tape;
    private long last;

    @BeforeEach
    void record()
    {
        directory = parent.resolve("tape");
        new TimerRun(directory, true, 1).record(50);
        new TimerRun(directory, true, 2).record(VENUE_EVENTS);
        tape = Tape.open(directory);
        last = tape.info().runs().get(1).lastSequence().orElseThrow();
    }

    /** What a replay made, and how many events its last handlers were fed with. */
    private record Outcome(
        long eventHash, long outputHash, long bookHash, String firstDifference, boolean trailer, boolean whole,
        long observed)
    {
    }

    @Test
    void shouldMakeTheSameFromWhereverItStarts()
    {
        make(ReplayStates.of(right()));
        final Random random = new Random(5);
        final long secondRun = tape.info().runs().get(1).firstSequence().orElseThrow();
        int behind = 0;
        for (int i = 0; i < 60; i++)
        {
            final long from = random.nextInt((int)last);
            final long to = random.nextBoolean() ? Long.MAX_VALUE : Math.min(last, from + random.nextInt(200));
            final TapeRange range = TapeRange.sequences(from, to);
            final Replay whole = new Replay(right(), range, false);
            final Replay fast = new Replay(right(), range, true);

            assertEquals(whole.outcome, fast.outcome, () -> "range=" + range);
            assertEquals("none", whole.outcome.firstDifference);
            assertEquals(OptionalLong.empty(), whole.result.snapshot());
            if (fast.result.snapshot().isPresent())
            {
                behind++;
                final long snapshot = fast.result.snapshot().getAsLong();
                assertTrue(snapshot < from && snapshot > from - 3 * EVERY, () -> "snapshot=" + snapshot + range);
                assertTrue(to == Long.MAX_VALUE || (from < secondRun && to >= secondRun) ||
                    fast.fedCount() <= to - snapshot, () -> "fed=" + fast.fedCount());
            }
        }
        assertTrue(behind > 40, "behind=" + behind);
        assertEquals(List.of(), said);
        assertEquals(TapeStatus.OK, TapeVerifier.verify(directory).status());
    }

    @Test
    void shouldMakeTheSameOfARangeOfTimes()
    {
        make(ReplayStates.of(right()));
        final TapeRange range = TapeRange.times(4_500, 9_000);

        final Replay whole = new Replay(right(), range, false);
        final Replay fast = new Replay(right(), range, true);

        assertEquals(whole.outcome, fast.outcome);
        assertTrue(fast.result.snapshot().isEmpty() || fast.fedCount() < whole.fedCount());
    }

    @Test
    void shouldFindTheSameFirstDifferenceBehindASnapshot()
    {
        make(ReplayStates.of(right()));
        final TapeRange range = TapeRange.sequences(last / 2, Long.MAX_VALUE);
        // It says that it is the right one: a mistake that nobody told.
        final ReplayHandlers.Factory wrong = (run, definitions, outbox) ->
            new TimerRun.Handlers(run.runId(), definitions, outbox, WRONG_ORDER, -1);

        final Replay whole = new Replay(wrong, range, false);
        final Replay fast = new Replay(wrong, range, true);

        assertTrue(fast.result.snapshot().isPresent());
        assertEquals(whole.outcome, fast.outcome);
        assertTrue(fast.outcome.firstDifference.contains("handler=timed field=price"), fast.outcome.firstDifference);
    }

    @Test
    void shouldStartWithTheRunWhereTheParametersAreOthers()
    {
        make(ReplayStates.of(right()));
        final TapeRange range = TapeRange.sequences(last / 2, Long.MAX_VALUE);

        final Replay whole = new Replay(wrong(), range, false);
        final Replay other = new Replay(wrong(), range, true);

        assertEquals(OptionalLong.empty(), other.result.snapshot());
        assertEquals(whole.outcome, other.outcome);
        assertEquals(whole.fedCount(), other.fedCount());
        assertTrue(said.get(0).startsWith("snapshots have not the states of these handlers: count="), said.get(0));
        assertEquals(1, said.size());
    }

    @Test
    void shouldStartWithTheRunWhereThereAreOnlyBooksAndMakeThemAnew()
    {
        make(SnapshotHandlers.BOOKS);
        final TapeRange range = TapeRange.sequences(last - 10, Long.MAX_VALUE);
        final Replay whole = new Replay(right(), range, true);
        assertEquals(OptionalLong.empty(), whole.result.snapshot());
        final List<SnapshotInfo> before = tape.snapshots().list();
        said.clear();

        make(ReplayStates.of(right()));

        final Replay fast = new Replay(right(), range, true);
        assertTrue(fast.result.snapshot().isPresent());
        assertEquals(whole.outcome, fast.outcome);
        assertEquals(sequences(before), sequences(tape.snapshots().list()));
        final long first = tape.info().runs().get(1).firstSequence().orElseThrow();
        assertEquals(List.of("snapshots have not the states of these handlers, and are made anew: firstSequence=" +
            first + " lastSequence=" + before.get(before.size() - 1).sequence()), said);
    }

    @Test
    void shouldStoreNoStatesFromTheFirstDifferenceOn() throws IOException
    {
        make(ReplayStates.of(wrong()));
        final List<byte[]> atOnce = files();
        final TapeRange range = TapeRange.sequences(last - 10, Long.MAX_VALUE);

        final Replay whole = new Replay(wrong(), range, false);
        final Replay fast = new Replay(wrong(), range, true);

        assertEquals(whole.outcome, fast.outcome);
        // The last snapshot ahead of the difference, far from the newest.
        final long snapshot = fast.result.snapshot().orElseThrow();
        final long difference = new Replay(wrong(), TapeRange.ALL, false).result.firstDifference().orElseThrow()
            .sequence();
        assertTrue(snapshot < difference && snapshot > difference - 3 * EVERY, "snapshot=" + snapshot);
        assertTrue(sequences(tape.snapshots().list()).get(atOnce.size() - 1) > difference + 2 * EVERY);
        // Whoever goes on knows that there is nothing to be had.
        final List<SnapshotInfo> all = tape.snapshots().list();
        Files.delete(directory.resolve("snapshots").resolve(all.get(all.size() - 1).name()));
        make(ReplayStates.of(wrong()));
        requireSame(atOnce, files());
    }

    @Test
    void shouldReplayWhatIsLeftOfARunWhoseStartWasRemoved()
    {
        directory = parent.resolve("small");
        new TimerRun(directory, true, 3, TapeConfig.defaults().withRollBytes(TapeConfig.MIN_ROLL_BYTES))
            .record(VENUE_EVENTS);
        tape = Tape.open(directory);
        last = tape.info().runs().get(0).lastSequence().orElseThrow();
        make(ReplayStates.of(right()));
        final TapeRange range = TapeRange.sequences(last - 100, Long.MAX_VALUE);
        final Replay whole = new Replay(right(), range, false);

        TapeRetention.keepBytes(tape, tape.sizeBytes() - 1, true);

        tape = Tape.open(directory);
        assertEquals(whole.outcome, new Replay(right(), range, true).outcome);
        final TapeException refused = assertThrows(TapeException.class, () -> new Replay(right(), range, false));
        assertTrue(String.valueOf(refused.getMessage()).startsWith("sequences were removed: sequences=0.."),
            refused.getMessage());
    }

    @Test
    void shouldMakeTheSameBytesInStepsAndAtOnce() throws IOException
    {
        make(ReplayStates.of(right()));
        final List<byte[]> atOnce = files();
        final List<SnapshotInfo> all = tape.snapshots().list();
        for (final int i : new int[]{all.size() - 1, all.size() / 2, 1})
        {
            for (int j = i; j < all.size(); j++)
            {
                Files.deleteIfExists(directory.resolve("snapshots").resolve(all.get(j).name()));
            }
            make(ReplayStates.of(right()));
        }

        requireSame(atOnce, files());
        assertEquals(List.of(), said);
    }

    private static void requireSame(final List<byte[]> expected, final List<byte[]> actual)
    {
        assertEquals(expected.size(), actual.size());
        for (int i = 0; i < expected.size(); i++)
        {
            assertArrayEquals(expected.get(i), actual.get(i));
        }
    }

    private List<byte[]> files() throws IOException
    {
        final List<byte[]> files = new ArrayList<>();
        for (final SnapshotInfo info : tape.snapshots().list())
        {
            files.add(Files.readAllBytes(directory.resolve("snapshots").resolve(info.name())));
        }
        return files;
    }

    private static List<Long> sequences(final List<SnapshotInfo> all)
    {
        return all.stream().map(SnapshotInfo::sequence).toList();
    }

    private void make(final SnapshotHandlers.Factory factory)
    {
        try (SnapshotMaker maker = SnapshotMaker.open(tape, EVERY, 0, said::add, factory))
        {
            maker.advance((sequence) ->
            {
            });
        }
    }

    private static ReplayHandlers.Factory right()
    {
        return (run, definitions, outbox) -> new TimerRun.Handlers(run.runId(), definitions, outbox, -1);
    }

    private static ReplayHandlers.Factory wrong()
    {
        return (run, definitions, outbox) -> new TimerRun.Handlers(run.runId(), definitions, outbox, WRONG_ORDER);
    }

    /** A replay that has ended. */
    private final class Replay
    {
        private final EventHashes seen = new EventHashes();
        private final ReplayResult result;
        private final Outcome outcome;

        private Replay(final ReplayHandlers.Factory factory, final TapeRange range, final boolean behindSnapshot)
        {
            final EventHandler observer = seen;
            final TapeReplay replay = behindSnapshot ? TapeReplay.behindSnapshot(factory, observer, range, said::add) :
                new TapeReplay(factory, observer, range);
            result = replay.run(tape, (sequence) ->
            {
            });
            outcome = new Outcome(result.eventHash(), result.outputHash(),
                result.handlers().map(ReplayHandlers::bookHash).orElse(0L),
                result.firstDifference().map(Difference::toString).orElse("none"), result.trailer(), result.whole(),
                seen.eventHash() ^ seen.outputHash());
        }

        private long fedCount()
        {
            return ((TimerRun.Handlers)result.handlers().orElseThrow()).fedCount();
        }
    }
}
