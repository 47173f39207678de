package io.ringtape.cli.session;

import static io.ringtape.cli.session.QuietContext.context;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.cli.capture.Capture;
import io.ringtape.cli.capture.CaptureException;
import io.ringtape.cli.demo.DemoSession;
import io.ringtape.cli.report.CheckCount;
import io.ringtape.cli.report.RecordReport;
import io.ringtape.cli.report.ReplayReport;
import io.ringtape.cli.report.ReplayReport.Comparison;
import io.ringtape.cli.report.RunSummary;
import io.ringtape.cli.report.ScanReport;
import io.ringtape.cli.request.RecordRequest.OnBadInput;
import io.ringtape.cli.tape.TapeScan;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventHandler;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeRange;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same session gives the same tape whatever the threads do, and a replay makes the same decisions.
 */
@Timeout(60)
final class SessionDeterminismTest
{
    private static final long EVENTS = 60_000;

    @TempDir
    private Path directory;

    @Test
    void shouldRecordTheSameTwice() throws CaptureException
    {
        final RunSummary first = record("first", RecordLayout.INLINE, Stall.NONE);
        final RunSummary second = record("second", RecordLayout.INLINE, Stall.NONE);

        assertSame(first, second);
        assertTrue(first.counts().orders() > 0, "orders=" + first.counts().orders());
        assertTrue(first.counts().rejects() > 0, "rejects=" + first.counts().rejects());
    }

    @Test
    void shouldRecordTheSameTwiceOnOneTape() throws CaptureException
    {
        final RunSummary first = record("tape", RecordLayout.INLINE, Stall.NONE);
        final RunSummary second = record("tape", RecordLayout.INLINE, Stall.NONE);

        assertSame(first, second);
        assertEquals(first.span().lastSequence() + 1, second.span().firstSequence());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldRecordTheSameWhenEveryThreadStallsAtRandom(final long seed) throws CaptureException
    {
        final RunSummary steady = record("steady", RecordLayout.INLINE, Stall.NONE);

        final boolean inline = (seed & 1) == 0;
        final RecordLayout layout = new RecordLayout(
            inline, Optional.of(new Stall(seed, 300)), Optional.of(new Stall(seed + 100, 300)));
        final RunSummary stalled = record("stalled", layout, new Stall(seed + 200, 300));

        assertSame(steady, stalled);
    }

    @Test
    void shouldMakeTheSameDecisionsInAReplay() throws CaptureException
    {
        final RunSummary recorded = record("tape", RecordLayout.INLINE, Stall.NONE);

        final ReplayReport replayed =
            new ReplaySession(context()).run(Tape.open(directory.resolve("tape")), TapeRange.ALL);

        assertTrue(replayed.matches(), () -> replayed.firstDifference().toString());
        assertTrue(replayed.trailer());
        assertSame(recorded, replayed.run());
        assertEquals(recorded.span().firstSequence(), replayed.run().span().firstSequence());
        assertEquals(recorded.span().lastSequence(), replayed.run().span().lastSequence());
        assertTrue(recorded.cost().journalBytes() > recorded.events() * OrderBookEvent.SIZE_BYTES);
        assertEquals(recorded.cost().journalBytes(), replayed.run().cost().journalBytes());
        assertEquals(recorded.cost().tapeBytes(), replayed.run().cost().tapeBytes());
    }

    @Test
    void shouldCountTheSameEventEndsInAScan() throws CaptureException
    {
        final RunSummary recorded = record("tape", RecordLayout.INLINE, Stall.NONE);

        final ScanReport scanned = new TapeScan().run(
            Tape.open(directory.resolve("tape")), TapeRange.ALL, context().progress(), context().clock());

        assertEquals(recorded.books().counts().eventEnds(), scanned.eventEnds());
        assertEquals(recorded.hashes().events(), scanned.eventHash());
        assertEquals(recorded.cost().journalBytes(), scanned.cost().journalBytes());
    }

    @Test
    void shouldCompareARangeInsideARun() throws CaptureException
    {
        record("tape", RecordLayout.INLINE, Stall.NONE);

        final ReplayReport replayed = new ReplaySession(context())
            .run(Tape.open(directory.resolve("tape")), TapeRange.sequences(10_001, 15_000));

        assertTrue(replayed.matches(), () -> replayed.firstDifference().toString());
        assertEquals(10_001, replayed.run().span().firstSequence());
        assertEquals(15_000, replayed.run().span().lastSequence());
        assertEquals(5_000, replayed.run().events());
    }

    @Test
    void shouldCountOverAllRunsWhatEventsCounts() throws CaptureException
    {
        final RunSummary first = record("tape", RecordLayout.INLINE, Stall.NONE);
        final RunSummary second = record("tape", RecordLayout.INLINE, Stall.NONE);

        final ReplayReport replayed =
            new ReplaySession(context()).run(Tape.open(directory.resolve("tape")), TapeRange.ALL);

        final RunSummary both = replayed.run();
        assertTrue(replayed.trailer());
        assertEquals(first.events() + second.events(), both.events());
        assertEquals(first.books().counts().plus(second.books().counts()), both.books().counts());
        assertEquals(first.counts().rejects() + second.counts().rejects(), both.counts().rejects());
        assertEquals(5, both.counts().instruments());
        assertEquals(first.cost().journalBytes() + second.cost().journalBytes(), both.cost().journalBytes());
        assertEquals(second.books().liveOrders(), both.books().liveOrders());
        assertEquals(OptionalLong.of(2), both.books().run());
        assertEquals(OptionalLong.empty(), first.books().run());
    }

    @Test
    void shouldCountTheRangeOnlyAndNotWhatLedUpToIt() throws CaptureException
    {
        final RunSummary recorded = record("tape", RecordLayout.INLINE, Stall.NONE);
        final Tape tape = Tape.open(directory.resolve("tape"));
        final long middle = recorded.span().lastSequence() / 2;

        final ReplayReport left = new ReplaySession(context()).run(tape, TapeRange.sequences(0, middle));
        final ReplayReport right =
            new ReplaySession(context()).run(tape, TapeRange.sequences(middle + 1, Long.MAX_VALUE));

        assertEquals(Comparison.PART, left.comparison());
        assertEquals(Comparison.PART, right.comparison());
        assertTrue(left.run().books().counts().eventEnds() > 0 && right.run().books().counts().eventEnds() > 0);
        assertEquals(recorded.books().counts(), left.run().books().counts().plus(right.run().books().counts()));
        assertEquals(recorded.books().liveOrders(), right.run().books().liveOrders());
    }

    @Test
    void shouldMatchWhereverTheRangeEnds() throws CaptureException
    {
        record("tape", RecordLayout.INLINE, Stall.NONE);
        final Tape tape = Tape.open(directory.resolve("tape"));

        for (long to = 5_000; to < 5_100; to++)
        {
            final ReplayReport replayed = new ReplaySession(context()).run(tape, TapeRange.sequences(0, to));

            assertEquals(Optional.empty(), replayed.firstDifference(), "to=" + to);
        }
    }

    @Test
    void shouldTellRejectsByCheck() throws CaptureException
    {
        final RunSummary recorded = record("tape", RecordLayout.INLINE, Stall.NONE);

        final long sum = recorded.counts().rejectsByCheck().stream().mapToLong(CheckCount::count).sum();
        assertEquals(recorded.counts().rejects(), sum, recorded.counts().rejectsByCheck().toString());
    }

    private RunSummary record(final String tape, final RecordLayout layout, final Stall writerStall)
        throws CaptureException
    {
        final Definitions definitions = new Definitions();
        try (Capture session = new GatedCapture(DemoSession.open(EVENTS, 1, definitions), writerStall::isOver))
        {
            final RecordReport report =
                new RecordSession(definitions, session, context())
                    .run(directory.resolve(tape), layout, OnBadInput.DISCARD);
            return report.run();
        }
    }

    private static void assertSame(final RunSummary expected, final RunSummary actual)
    {
        assertEquals(expected.events(), actual.events());
        assertEquals(expected.hashes().events(), actual.hashes().events());
        assertEquals(expected.hashes().outputs(), actual.hashes().outputs());
        assertEquals(expected.hashes().books(), actual.hashes().books());
        assertEquals(expected.counts().orders(), actual.counts().orders());
        assertEquals(expected.counts().rejects(), actual.counts().rejects());
        assertEquals(expected.counts().byType(), actual.counts().byType());
    }

    /**
     * Keeps its thread busy for a random while at random events.
     */
    private static final class Stall implements EventHandler
    {
        static final Stall NONE = new Stall(0, Integer.MAX_VALUE);

        private final SplittableRandom random;
        private final int oneIn;

        Stall(final long seed, final int oneIn)
        {
            random = new SplittableRandom(seed);
            this.oneIn = oneIn;
        }

        @Override
        public void onEvent(final OrderBookEvent event)
        {
            stall();
        }

        /** Stalls, and says that it is over. */
        boolean isOver()
        {
            stall();
            return true;
        }

        void stall()
        {
            if (random.nextInt(oneIn) == 0)
            {
                final int spins = random.nextInt(20_000);
                for (int i = 0; i < spins; i++)
                {
                    Thread.onSpinWait();
                }
            }
        }
    }
}
