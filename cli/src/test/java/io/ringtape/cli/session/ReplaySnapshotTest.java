package io.ringtape.cli.session;

import static io.ringtape.cli.session.QuietContext.context;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.cli.report.EventCounts;
import io.ringtape.cli.report.EventSpan;
import io.ringtape.cli.report.FinalBooks;
import io.ringtape.cli.report.ReplayReport;
import io.ringtape.cli.report.RunSummary;
import io.ringtape.cli.report.SessionHashes;
import io.ringtape.cli.request.DemoRequest;
import io.ringtape.cli.request.TradingSetup;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventPublisher;
import io.ringtape.journal.RunInfo;
import io.ringtape.journal.SnapshotInfo;
import io.ringtape.journal.SnapshotMaker;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeRange;
import io.ringtape.replay.TapeReplay;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A replay of the demo's session behind a snapshot reports what one from the start of the run does. */
@Timeout(120)
final class ReplaySnapshotTest
{
    private static final long EVENTS = 200_000;
    private static final int EVERY = 8_000;

    private final List<String> said = new ArrayList<>();

    @TempDir
    private Path directory;

    private Tape tape;
    private List<SnapshotInfo> snapshots;

    /** All that a report says, but for what it cost. */
    private record Outcome(
        boolean matches, boolean trailer, String notice, EventCounts counts, EventSpan span, SessionHashes hashes,
        FinalBooks books)
    {
        static Outcome of(final ReplayReport report)
        {
            final RunSummary run = report.run();
            return new Outcome(report.matches(), report.trailer(), report.notice(), run.counts(), run.span(),
                run.hashes(), run.books());
        }
    }

    @BeforeEach
    void record() throws Exception
    {
        final Path journal = directory.resolve("tape");
        new DemoRun(new DemoRequest(EVENTS, 3, Optional.of(journal)), context()).run();
        tape = Tape.open(journal);
        try (SnapshotMaker maker =
            SnapshotMaker.open(tape, EVERY, 0, said::add, new TapeSessions().snapshotHandlers()))
        {
            maker.advance(new AtomicLong()::set);
        }
        snapshots = tape.snapshots().list();
        assertTrue(snapshots.size() > 20, () -> "snapshots=" + snapshots);
    }

    @Test
    void shouldReportTheSameFromWhereverItStarts()
    {
        for (int i = 1; i < snapshots.size(); i += 3)
        {
            final long at = snapshots.get(i).sequence();
            // Right behind the snapshot, in a venue event perhaps, and far from it.
            for (final long from : new long[]{at, at + 1, at + 2, at + 4_321})
            {
                final TapeRange range = TapeRange.sequences(from, i % 2 == 0 ? from + 5_000 : Long.MAX_VALUE);
                final ReplayReport whole = new ReplaySession(context()).run(tape, range, false);
                final ReplayReport fast = new ReplaySession(context()).run(tape, range, true);

                assertEquals(Outcome.of(whole), Outcome.of(fast));
                assertTrue(whole.matches());
                assertEquals(OptionalLong.empty(), whole.snapshot());
                assertEquals(from == at ? snapshots.get(i - 1).sequence() : at, fast.snapshot().orElseThrow());
            }
        }
        assertEquals(List.of(), said);
    }

    @Test
    void shouldHaveOrdersOpenBehindSnapshots()
    {
        int open = 0;
        final long last = tape.verify().lastSequence();
        for (final SnapshotInfo snapshot : snapshots)
        {
            // Where blocks end differs from run to run: the last snapshot may stand at the tape's last event.
            final long at = Math.min(snapshot.sequence() + 1, last);
            final OrderLane lane = (OrderLane)TapeReplay.behindSnapshot(ReplaySnapshotTest::lane, (event) ->
            {
            }, TapeRange.sequences(at, at), said::add).run(tape, new AtomicLong()::set).handlers().orElseThrow();
            open += lane.risk().openOrders().size();
        }

        assertTrue(open > 0, "open=" + open);
        assertEquals(List.of(), said);
    }

    private static OrderLane lane(
        final RunInfo run, final Definitions definitions, final EventPublisher outbox)
    {
        return OrderLane.of(TradingSetup.EXAMPLE, run, definitions, outbox);
    }
}
