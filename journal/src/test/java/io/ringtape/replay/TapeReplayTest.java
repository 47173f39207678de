package io.ringtape.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.ringtape.event.EventHandler;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeEnd;
import io.ringtape.journal.TapeRange;
import io.ringtape.journal.TapeWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class TapeReplayTest
{
    private static final EventHandler NOBODY = (event) ->
    {
    };

    private final List<EchoTape.Handlers> made = new ArrayList<>();
    private final List<Long> observed = new ArrayList<>();

    @TempDir
    private Path parent;

    private Path directory;
    private EchoTape tape;

    @BeforeEach
    void setUp()
    {
        directory = parent.resolve("tape");
        tape = new EchoTape(directory);
    }

    @Test
    void shouldMatchWhenTheHandlersMakeWhatIsOnTape()
    {
        tape.record(100, EchoTape.BOOK_HASH, true);

        final ReplayResult result = replay(TapeRange.ALL, -1);

        assertEquals(Optional.empty(), result.firstDifference());
        assertTrue(result.trailer());
        assertEquals(110, observed.size());
        assertEquals(100, made.get(0).inputs());
    }

    @Test
    void shouldNameTheFirstOutputThatDiffers()
    {
        tape.record(100, EchoTape.BOOK_HASH, true);

        final ReplayResult result = replay(TapeRange.ALL, 20);

        assertFalse(result.matches());
        assertEquals(Optional.of(new Difference(23, "echo", "price", "1020", "1021")), result.firstDifference());
    }

    @Test
    void shouldNameAHashOfTheTrailerThatDiffers()
    {
        tape.record(100, EchoTape.BOOK_HASH + 1, true);

        final ReplayResult result = replay(TapeRange.ALL, -1);

        assertEquals(Optional.of(
            new Difference(109, "trailer of run 1", "bookHash", "0000000000000064", "0000000000000063")),
            result.firstDifference());
    }

    @Test
    void shouldCompareARunThatWasCutUpToItsLastEvent()
    {
        // The last input is answered, and the run ends before the answer could be recorded.
        tape.record(100, EchoTape.BOOK_HASH, false);

        final ReplayResult result = replay(TapeRange.sequences(0, 99), -1);

        assertTrue(result.matches());
        assertFalse(result.trailer());
        assertEquals(100, observed.size());
    }

    @Test
    void shouldFeedTheHandlersFromTheStartOfTheRunWhenTheRangeStartsInside()
    {
        tape.record(1_000, EchoTape.BOOK_HASH, true);

        final ReplayResult result = replay(TapeRange.sequences(500, 599), -1);

        assertTrue(result.matches());
        assertFalse(result.trailer());
        assertEquals(500L, observed.get(0));
        assertEquals(599L, observed.get(observed.size() - 1));
        assertEquals(545, made.get(0).inputs());
    }

    @Test
    void shouldNotCompareBeforeTheRange()
    {
        tape.record(1_000, EchoTape.BOOK_HASH, true);

        final ReplayResult result = replay(TapeRange.sequences(500, 599), 20);

        assertTrue(result.matches());
    }

    @Test
    void shouldReplayARangeOfTimes()
    {
        tape.record(1_000, EchoTape.BOOK_HASH, true);

        final ReplayResult result = replay(TapeRange.times(500, 509), -1);

        assertTrue(result.matches());
        assertEquals(11, observed.size());
        assertEquals(550L, observed.get(0));
    }

    @Test
    void shouldReportWhatATapeThatIsBeingWrittenHoldsSoFar()
    {
        try (TapeWriter writer = tape.recordLive(100))
        {
            final ReplayResult same = replay(TapeRange.ALL, -1);
            final ReplayResult other = replay(TapeRange.ALL, 20);

            assertTrue(same.matches());
            assertFalse(same.trailer());
            assertTrue(same.whole());
            assertTrue(same.handlers().isPresent());
            assertEquals(TapeEnd.Kind.BEING_WRITTEN, same.end().kind());
            assertEquals(Optional.of(new Difference(23, "echo", "price", "1020", "1021")), other.firstDifference());
            assertEquals(0, writer.firstSequence());
        }
    }

    @Test
    void shouldFindExtraOutputsOfARunThatWasCut()
    {
        tape.record(1_000, EchoTape.BOOK_HASH, false);
        final long lastOrdinal = 999;

        final ReplayResult extra = replay(TapeRange.ALL, -1, 995);
        final ReplayResult last = replay(TapeRange.ALL, -1, lastOrdinal);

        // Each tenth input has an answer behind it, so input 995 has sequence 995 + 100.
        assertEquals(Optional.of(new Difference(1_095, "echo", "type", "none", "own-cancel")),
            extra.firstDifference());
        assertFalse(extra.trailer());
        assertTrue(extra.whole());
        assertEquals(Optional.empty(), last.firstDifference());
    }

    @Test
    void shouldFindExtraOutputsUpToTheEndOfARange()
    {
        tape.record(1_000, EchoTape.BOOK_HASH, true);

        final ReplayResult bySequence = replay(TapeRange.sequences(0, 1_097), -1, 995);
        final ReplayResult byTime = replay(TapeRange.times(Long.MIN_VALUE, 997), -1, 995);
        final ReplayResult before = replay(TapeRange.sequences(0, 1_095), -1, 995);
        final ReplayResult toTheEnd = replay(TapeRange.sequences(500, Long.MAX_VALUE), -1, 999);

        final Difference expected = new Difference(1_095, "echo", "type", "none", "own-cancel");
        assertEquals(Optional.of(expected), bySequence.firstDifference());
        assertEquals(Optional.of(expected), byTime.firstDifference());
        assertEquals(Optional.empty(), before.firstDifference());
        assertEquals(Optional.of(new Difference(1_099, "echo", "type", "none", "own-cancel")),
            toTheEnd.firstDifference());
    }

    @Test
    void shouldMatchWhereverARangeEnds()
    {
        tape.record(200, EchoTape.BOOK_HASH, true);

        for (long to = 0; to < 219; to++)
        {
            final ReplayResult result = replay(TapeRange.sequences(0, to), -1);

            assertEquals(Optional.empty(), result.firstDifference(), "to=" + to);
            assertFalse(result.trailer(), "to=" + to);
            assertFalse(result.whole(), "to=" + to);
        }
        assertTrue(replay(TapeRange.sequences(0, 219), -1).trailer());
        assertTrue(replay(TapeRange.sequences(0, 219), -1).whole());
    }

    @Test
    void shouldLeaveOutRunsWithoutAnEventInTheRange()
    {
        tape.record(100, EchoTape.BOOK_HASH, true);
        tape.record(50, EchoTape.BOOK_HASH, true);

        final ReplayResult result = replay(TapeRange.times(60, 80), -1);

        assertTrue(result.matches());
        assertFalse(result.whole());
        assertSame(made.get(0), result.handlers().orElseThrow());
        assertEquals(60, made.get(0).inputsBeforeRange());
    }

    @Test
    void shouldMakeNoHandlersForRunsBetweenWithoutAnEventInTheRange()
    {
        tape.record(100, EchoTape.BOOK_HASH, true);
        tape.record(50, EchoTape.BOOK_HASH, true);
        tape.record(100, EchoTape.BOOK_HASH, true);

        final ReplayResult result = replay(TapeRange.times(60, 80), -1);

        assertTrue(result.matches());
        assertEquals(2, made.size());
        assertSame(made.get(1), result.handlers().orElseThrow());
    }

    @Test
    void shouldNameTheRunsThatHaveNoTrailer()
    {
        tape.record(10, EchoTape.BOOK_HASH, false);
        final long first = Tape.open(directory).verify().lastSequence();
        tape.record(10, EchoTape.BOOK_HASH, true);
        final long second = Tape.open(directory).verify().lastSequence();
        tape.record(10, EchoTape.BOOK_HASH, false);

        final ReplayResult all = replay(TapeRange.ALL, -1);
        final ReplayResult insideTheFirst = replay(TapeRange.sequences(0, first - 2), -1);
        final ReplayResult fromTheSecond = replay(TapeRange.sequences(first + 1, Long.MAX_VALUE), -1);
        final ReplayResult theSecond = replay(TapeRange.sequences(first + 1, second), -1);

        assertEquals(List.of(1L, 3L), all.withoutTrailer());
        assertEquals(List.of(), insideTheFirst.withoutTrailer());
        assertEquals(List.of(3L), fromTheSecond.withoutTrailer());
        assertEquals(List.of(), theSecond.withoutTrailer());
        assertTrue(theSecond.trailer());
    }

    @Test
    void shouldMakeFreshHandlersForEachRun()
    {
        tape.record(100, EchoTape.BOOK_HASH, true);
        tape.record(200, EchoTape.BOOK_HASH, true);

        final ReplayResult result = replay(TapeRange.ALL, -1);

        assertTrue(result.matches());
        assertTrue(result.trailer());
        assertEquals(2, made.size());
        assertEquals(100, made.get(0).inputs());
        assertEquals(200, made.get(1).inputs());
        assertEquals(330, observed.size());
    }

    @Test
    void shouldHashOneRunAloneAndSeveralAsAChain()
    {
        tape.record(100, EchoTape.BOOK_HASH, true);
        final ReplayResult first = replay(TapeRange.ALL, -1);
        tape.record(100, EchoTape.BOOK_HASH, true);

        final ReplayResult both = replay(TapeRange.ALL, -1);
        final ReplayResult second = replay(TapeRange.sequences(110, Long.MAX_VALUE), -1);

        assertEquals(first.eventHash(), second.eventHash());
        assertEquals(first.outputHash(), second.outputHash());
        assertNotEquals(first.eventHash(), both.eventHash());
        assertNotEquals(first.outputHash(), both.outputHash());
    }

    @Test
    void shouldAllocateNothingForBlocksAndEvents()
    {
        tape.record(200_000, EchoTape.BOOK_HASH, true);
        final Windows windows = new Windows();
        final TapeReplay replay = new TapeReplay((run, definitions, outbox) -> new EchoTape.Handlers(outbox, -1),
            NOBODY, TapeRange.ALL);

        final ReplayResult result = replay.run(Tape.open(directory), windows);

        assertTrue(result.matches());
        assertEquals(0, windows.leastAllocated);
    }

    private ReplayResult replay(final TapeRange range, final long wrongOrdinal)
    {
        return replay(range, wrongOrdinal, -1);
    }

    private ReplayResult replay(final TapeRange range, final long wrongOrdinal, final long extraOrdinal)
    {
        made.clear();
        observed.clear();
        final TapeReplay replay = new TapeReplay((run, definitions, outbox) ->
        {
            final EchoTape.Handlers handlers = new EchoTape.Handlers(outbox, wrongOrdinal, extraOrdinal);
            made.add(handlers);
            return handlers;
        }, (event) -> observed.add(event.sequence()), range);
        return replay.run(Tape.open(directory), (sequence) ->
        {
        });
    }

    /**
     * Measures its thread over windows of blocks; a new mapping of a file costs some objects, a block none.
     */
    private static final class Windows implements LongConsumer
    {
        private static final int BLOCKS = 256;

        private final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
        private int blocks;
        private long mark;
        private long leastAllocated = Long.MAX_VALUE;

        @Override
        public void accept(final long sequence)
        {
            if (++blocks % BLOCKS == 0)
            {
                final long now = threads.getCurrentThreadAllocatedBytes();
                leastAllocated = blocks > BLOCKS ? Math.min(leastAllocated, now - mark) : leastAllocated;
                mark = threads.getCurrentThreadAllocatedBytes();
            }
        }
    }
}
