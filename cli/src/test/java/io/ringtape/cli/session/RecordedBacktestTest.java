package io.ringtape.cli.session;

import static io.ringtape.cli.session.QuietContext.context;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.backtest.Backtest;
import io.ringtape.backtest.BacktestConfig;
import io.ringtape.backtest.BacktestHandlers;
import io.ringtape.backtest.FeeSchedule;
import io.ringtape.backtest.FillListener;
import io.ringtape.backtest.LatencyModel;
import io.ringtape.backtest.QueueModel;
import io.ringtape.cli.capture.Capture;
import io.ringtape.cli.capture.CaptureBehind;
import io.ringtape.cli.capture.CaptureException;
import io.ringtape.cli.demo.DemoSession;
import io.ringtape.cli.report.ReplayReport;
import io.ringtape.cli.report.RunSummary;
import io.ringtape.cli.request.GatewaySetup;
import io.ringtape.cli.request.GatewaySetup.Venue;
import io.ringtape.cli.request.GatewaySetup.WriteAhead;
import io.ringtape.cli.request.RecordRequest.OnBadInput;
import io.ringtape.cli.request.TradingSetup;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.SourceDefinition;
import io.ringtape.journal.RunListener;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeRange;
import io.ringtape.journal.TapeReader;
import io.ringtape.order.ClientOrderIds;
import io.ringtape.order.Control;
import io.ringtape.risk.RiskGate;
import io.ringtape.strategy.MarketMaker;
import io.ringtape.strategy.StrategyParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.agrona.IoUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Recorded = replayed = backtest, on one tape: what a strategy did behind the simulated gateway it does again in a
 * replay, and in a backtest of that tape's market without latency, fees and recorded answers: the same orders, cancels,
 * rejects, answers and fills, in one order, each at its time.
 */
@Timeout(120)
final class RecordedBacktestTest
{
    private static final int EVENTS = 20_000;
    private static final int ACCOUNT = 1;

    private final Path directory = Path.of("target", "recorded-backtest");
    private final Path tape = directory.resolve("tape");

    @BeforeEach
    void clear() throws IOException
    {
        IoUtil.delete(directory.toFile(), true);
        Files.createDirectories(directory);
    }

    @ParameterizedTest(name = "{0} inline={1}")
    @CsvSource({"example, true", "example, false", "maker, true", "maker, false"})
    void shouldDoTheSameLiveReplayedAndInABacktest(final String name, final boolean isInline) throws CaptureException
    {
        final TradingSetup trading = name.equals("example") ? TradingSetup.EXAMPLE : maker();

        final RunSummary recorded = record(trading, isInline);
        final ReplayReport replayed =
            new ReplaySession(context(), trading).run(Tape.open(tape), TapeRange.ALL);
        final Own live = new Own();
        readTape(live);
        final Own again = new Own();
        backtest(trading, again);

        assertTrue(replayed.matches(), () -> replayed.firstDifference().toString());
        assertEquals(recorded.hashes(), replayed.run().hashes());
        assertTrue(recorded.counts().fills() > 20, "fills=" + recorded.counts().fills());
        assertTrue(recorded.counts().cancelled() > 20, "cancelled=" + recorded.counts().cancelled());
        assertEquals(live.events, again.events);
    }

    @Test
    void shouldDoTheSameLiveAndInABacktestWhereTimesAreBad() throws CaptureException
    {
        final Definitions definitions = new Definitions();
        final TradingSetup trading = TradingSetup.EXAMPLE;
        try (Capture session = new BadTimes(DemoSession.open(EVENTS, 1, definitions)))
        {
            new RecordSession(definitions, session, context(), trading,
                new GatewaySetup(Venue.SIMULATED, WriteAhead.OFF))
                .run(tape, RecordLayout.INLINE, OnBadInput.DISCARD);
        }
        final Own live = new Own();
        readTape(live);
        final Own again = new Own();
        backtest(trading, again);

        assertTrue(live.events.size() > 100, () -> "events=" + live.events.size());
        assertEquals(live.events, again.events);
    }

    private static TradingSetup maker()
    {
        return new TradingSetup("MarketMaker", (definitions) ->
            new MarketMaker(definitions, new StrategyParameters(Map.of("lots", "2", "max-lots", "9"))),
            Optional.empty());
    }

    private RunSummary record(final TradingSetup trading, final boolean isInline) throws CaptureException
    {
        final Definitions definitions = new Definitions();
        try (Capture session = DemoSession.open(EVENTS, 1, definitions))
        {
            return new RecordSession(definitions, session, context(), trading,
                new GatewaySetup(Venue.SIMULATED, WriteAhead.OFF))
                .run(tape, new RecordLayout(isInline, Optional.empty(), Optional.empty()), OnBadInput.DISCARD).run();
        }
    }

    private void readTape(final Own own)
    {
        final OrderBookEvent event = new OrderBookEvent();
        try (TapeReader reader = Tape.open(tape).read(TapeRange.ALL, RunListener.NONE))
        {
            while (reader.nextBlock())
            {
                for (int i = 0; i < reader.count(); i++)
                {
                    reader.event(i, event);
                    own.take(event,
                        reader.definitions().source(event.sourceId()).kind() == SourceDefinition.Kind.STRATEGY);
                }
            }
        }
    }

    private void backtest(final TradingSetup trading, final Own own)
    {
        final BacktestHandlers.Factory factory = BacktestHandlers.factory(
            (definitions, books) -> TradingSetup.limit(
                RiskGate.builder(definitions, books::book).venueAnswers(), trading.limits()).build(),
            trading.strategy()::apply, trading.name(), ACCOUNT, OrderLane.TIMERS);
        final BacktestConfig config = BacktestConfig.of(
            QueueModel.EXACT_BY_ORDER_ID, LatencyModel.constant(0, 0), FeeSchedule.FREE);
        new Backtest(config, (run, definitions, outbox) ->
        {
            final BacktestHandlers made = factory.create(run, definitions, outbox);
            return new BacktestHandlers(made.books(), (event) ->
            {
                own.take(event, event.sourceId() == BacktestHandlers.STRATEGY_SOURCE_ID);
                made.risk().onEvent(event);
            }, made.strategy());
        }, FillListener.NONE).run(Tape.open(tape), TapeRange.ALL, (sequence) ->
        {
        });
    }

    /** Of its first venue events, and then of each third one, the times are bad, and far ahead. */
    private static final class BadTimes extends CaptureBehind
    {
        private static final int FIRST = 2_000;
        private static final long AHEAD_NS = 3_600_000_000_000L;

        private int count;

        BadTimes(final Capture capture)
        {
            super(capture);
        }

        @Override
        public boolean next(final EventBatch batch) throws CaptureException
        {
            final boolean more = super.next(batch);
            if (++count < FIRST || count % 3 == 0)
            {
                for (int i = 0; i < batch.count(); i++)
                {
                    final OrderBookEvent event = batch.event(i);
                    event.receiveTimeNs(event.receiveTimeNs() + AHEAD_NS)
                        .flags(event.flags() | EventFlags.BAD_TIME);
                }
            }
            return more;
        }
    }

    /**
     * Own events as text, without what a backtest numbers anew: sequences, and the sources, which ids name. The cancels
     * at the end of a recording are no decision of the strategy's, and a backtest has none.
     */
    private static final class Own
    {
        private static final int STRATEGY_DETAIL = 3;

        private final List<String> events = new ArrayList<>();
        private int lastType;
        private boolean hasEnded;

        void take(final OrderBookEvent event, final boolean isStrategys)
        {
            hasEnded |= event.type() == EventType.CONTROL && event.orderId() == Control.END;
            if (hasEnded || !event.has(EventFlags.OWN) || event.type() == EventType.TIMER_REQUEST)
            {
                return;
            }
            events.add((isStrategys ? "strategy: " : "venue: ") +
                (event.type() == EventType.DETAIL ? detail(event) : text(event)));
            lastType = event.type();
        }

        private static String text(final OrderBookEvent event)
        {
            return EventType.name(event.type()) + " " + ClientOrderIds.counter(event.orderId()) + " instrument=" +
                event.instrumentId() + " flags=" + event.flags() + " " + event.quantity() + "@" + event.price() +
                " eventTimeNs=" + event.eventTimeNs() + " receiveTimeNs=" + event.receiveTimeNs();
        }

        private String detail(final OrderBookEvent event)
        {
            final StringBuilder text = new StringBuilder("detail");
            for (int i = 0; i < OrderBookEvent.DETAIL_COUNT; i++)
            {
                text.append(' ').append(i == STRATEGY_DETAIL && lastType == EventType.OWN_NEW ? 0 : event.detail(i));
            }
            return text.toString();
        }
    }
}
