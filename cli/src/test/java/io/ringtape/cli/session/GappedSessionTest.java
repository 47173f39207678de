package io.ringtape.cli.session;

import static io.ringtape.cli.session.QuietContext.progress;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.backtest.BacktestConfig;
import io.ringtape.backtest.FeeSchedule;
import io.ringtape.backtest.LatencyModel;
import io.ringtape.backtest.QueueModel;
import io.ringtape.cli.backtest.BacktestReport;
import io.ringtape.cli.backtest.BacktestRequest;
import io.ringtape.cli.backtest.BacktestSession;
import io.ringtape.cli.capture.Capture;
import io.ringtape.cli.capture.CaptureBehind;
import io.ringtape.cli.capture.CaptureException;
import io.ringtape.cli.demo.DemoSession;
import io.ringtape.cli.platform.StopSignal;
import io.ringtape.cli.report.ReplayReport;
import io.ringtape.cli.request.GatewaySetup;
import io.ringtape.cli.request.RecordRequest.OnBadInput;
import io.ringtape.cli.request.SessionContext;
import io.ringtape.cli.request.TradingSetup;
import io.ringtape.cli.value.EventRange;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.journal.RunListener;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeRange;
import io.ringtape.journal.TapeReader;
import io.ringtape.risk.RiskCheck;
import java.nio.file.Path;
import java.util.Optional;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A recording whose feed has a gap for a while, without a rule that kills: its tape, its replay, and its backtest. */
@Timeout(60)
final class GappedSessionTest
{
    private static final int EVENTS = 20_000;
    private static final int GAP_AT = 3_000;
    private static final int RECOVERED_AT = 9_000;

    private final SessionContext context = new SessionContext(new StopSignal(), progress(), (line) ->
    {
    }, SystemNanoClock.INSTANCE);

    @TempDir
    private Path directory;

    @Test
    void shouldLetNoOrderGoBetweenAGapAndItsRecovery() throws CaptureException
    {
        final Definitions definitions = new Definitions();
        try (DemoSession session = DemoSession.open(EVENTS, 1, definitions))
        {
            new RecordSession(definitions, new GapForAWhile(session), context, TradingSetup.EXAMPLE, GatewaySetup.NONE)
                .run(tape(), RecordLayout.INLINE, OnBadInput.DISCARD);
        }

        final long[] orders = new long[3];
        final long suspect = count(orders);
        assertTrue(orders[0] > 0 && orders[2] > 0, "before=" + orders[0] + " behind=" + orders[2]);
        assertEquals(0, orders[1], "in the gap");
        assertTrue(suspect > 0, "rejects");
        final ReplayReport replayed = new ReplaySession(context, TradingSetup.EXAMPLE).run(
            Tape.open(tape()), TapeRange.ALL);
        assertTrue(replayed.matches(), () -> replayed.firstDifference().toString());
        final BacktestReport tested = new BacktestSession(new BacktestRequest(tape(), EventRange.ALL,
            TradingSetup.EXAMPLE, BacktestConfig.of(QueueModel.PESSIMISTIC, LatencyModel.constant(0, 0),
                FeeSchedule.FREE), Optional.empty(), Optional.empty()), progress(), SystemNanoClock.INSTANCE).run();
        assertTrue(tested.result().counts().rejects().getOrDefault(RiskCheck.SUSPECT_BOOK.text(), 0L) > 0,
            () -> tested.result().counts().rejects().toString());
    }

    /** Counts orders ahead of the gap, in it and behind it, and gives back how many it held. */
    private long count(final long[] orders)
    {
        final OrderBookEvent event = new OrderBookEvent();
        long suspect = 0;
        int part = 0;
        int before = 0;
        try (TapeReader reader = Tape.open(tape()).read(TapeRange.ALL, RunListener.NONE))
        {
            while (reader.nextBlock())
            {
                for (int i = 0; i < reader.count(); i++)
                {
                    reader.event(i, event);
                    final int type = event.type();
                    part += type == EventType.GAP || type == EventType.RECOVERED ? 1 : 0;
                    orders[part] += type == EventType.OWN_NEW ? 1 : 0;
                    suspect += type == EventType.DETAIL && before == EventType.OWN_REJECTED &&
                        event.detail(0) == RiskCheck.SUSPECT_BOOK.code() ? 1 : 0;
                    before = type;
                }
            }
        }
        return suspect;
    }

    private Path tape()
    {
        return directory.resolve("tape");
    }

    /** A capture whose source has a gap, and is whole again later. */
    private static final class GapForAWhile extends CaptureBehind
    {
        private int count;
        private long timeNs;

        GapForAWhile(final Capture capture)
        {
            super(capture);
        }

        @Override
        public boolean next(final EventBatch batch) throws CaptureException
        {
            count++;
            if (count == GAP_AT || count == RECOVERED_AT)
            {
                batch.clear();
                batch.append().type(count == GAP_AT ? EventType.GAP : EventType.RECOVERED).eventTimeNs(timeNs)
                    .receiveTimeNs(timeNs).flags(EventFlags.LAST);
                return true;
            }
            final boolean more = super.next(batch);
            timeNs = more ? batch.event(0).receiveTimeNs() : timeNs;
            return more;
        }
    }
}
