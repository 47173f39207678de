package io.ringtape.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.Side;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeEnd;
import io.ringtape.journal.TapeException;
import io.ringtape.journal.TapeRange;
import io.ringtape.order.FeeRate;
import io.ringtape.risk.AccountLimits;
import io.ringtape.risk.RiskGate;
import io.ringtape.risk.RiskLimits;
import io.ringtape.strategy.ExampleParameters;
import io.ringtape.strategy.ExampleStrategy;
import io.ringtape.strategy.Strategy;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class BacktestTest
{
    private static final int LVL = MarketTape.BY_PRICE;
    private static final long CENT_NANO = 10_000_000L;

    private final List<String> log = new ArrayList<>();
    private final List<String> fills = new ArrayList<>();

    @TempDir
    private Path parent;

    private Path directory;

    @BeforeEach
    void setUp()
    {
        directory = parent.resolve("tape");
    }

    @Test
    void shouldTakeAnOrderToTheVenueAndAnswersBackInTheirTime()
    {
        new MarketTape().level(0, Side.ASK, 101, 5).level(100, Side.BID, 99, 5).level(1_000, Side.ASK, 102, 1)
            .level(1_600, Side.ASK, 101, 9).level(2_000, Side.BID, 98, 1).record(directory);
        final Strategy strategy = logged((event, book, sender) ->
        {
            if (event.type() == EventType.LEVEL_SET && event.price() == 99)
            {
                sender.newLimit(LVL, Side.BID, 101, 7);
            }
        });

        final BacktestResult result = run(strategy, LatencyModel.constant(1_000, 300), TapeRange.ALL);

        // Sent at 100, there at 1,100, where 5 of 7 are displayed; 2 more come at 1,600.
        assertEquals(List.of("level-set 0 #0", "level-set 100 #1", "own-new 100 #2", "detail", "level-set 1000 #4",
            "own-accepted 1400 #5", "own-fill 1400 #6", "detail", "level-set 1600 #8", "own-fill 1900 #9", "detail",
            "level-set 2000 #11"), log);
        assertEquals(List.of("LVL 1100 bid 5@101 2 at=2 position=5", "LVL 1600 bid 2@101 2 at=3 position=7"), fills);
        assertEquals(5, result.events());
        assertEquals(7, result.ownEvents());
        assertEquals(MarketTape.START_NS, result.startTimeNs());
        assertEquals(MarketTape.START_NS + 2_000, result.endTimeNs());
        assertEquals(new TapeEnd(TapeEnd.Kind.CLOSED, ""), result.end());
    }

    @Test
    void shouldBeginWithTheFirstGoodTime()
    {
        final MarketTape market = new MarketTape();
        market.at(5).instrumentId(LVL).type(EventType.LEVEL_SET).price(99).quantity(1)
            .flags(Side.BID | EventFlags.LAST | EventFlags.BAD_TIME);
        market.level(100, Side.BID, 99, 5).level(200, Side.ASK, 101, 5);
        market.record(directory);
        market.record(directory);

        final BacktestResult result = run((event, book, sender) ->
        {
        }, LatencyModel.constant(0, 0), TapeRange.ALL);

        assertEquals(6, result.events());
        assertEquals(MarketTape.START_NS + 100, result.startTimeNs());
        assertEquals(MarketTape.START_NS + 200, result.endTimeNs());
        assertEquals(List.of(0L, 100L, 200L), result.chart().stream().map(BacktestResult.PnlPoint::elapsedNs).toList());
        assertEquals(MarketTape.START_NS + 200, result.instruments().get(0).chart().get(0).timeNs());
    }

    @Test
    void shouldFillAtTheBookThatTheOrderMeetsNotTheOneThatItWasSentAt()
    {
        new MarketTape().level(0, Side.ASK, 101, 5).level(10, Side.ASK, 101, 0).level(20, Side.ASK, 103, 5)
            .level(900, Side.BID, 98, 1).record(directory);
        final Strategy strategy = (event, book, sender) ->
        {
            if (event.type() == EventType.LEVEL_SET && event.price() == 101 && event.quantity() == 5)
            {
                sender.newLimit(LVL, Side.BID, 104, 2);
            }
        };

        run(strategy, LatencyModel.constant(50, 0), TapeRange.ALL);

        assertEquals(List.of("LVL 50 bid 2@103 1 at=2 position=2"), fills);
    }

    @Test
    void shouldCountAndValueWhatWasDone()
    {
        new MarketTape().level(0, Side.BID, 99, 5).level(0, Side.ASK, 101, 5).level(10, Side.ASK, 101, 1)
            .level(15, Side.ASK, 101, 0)
            .level(20, Side.BID, 104, 8).level(30, Side.ASK, 106, 8).level(40, Side.BID, 90, 1).record(directory);
        final Strategy strategy = (event, book, sender) ->
        {
            if (event.type() != EventType.LEVEL_SET)
            {
                return;
            }
            if (event.receiveTimeNs() == MarketTape.START_NS + 10)
            {
                sender.newLimit(LVL, Side.BID, 101, 4);
                sender.newLimit(LVL, Side.BID, 101, 5_000);
            }
            else if (event.receiveTimeNs() == MarketTape.START_NS + 30)
            {
                sender.newLimit(LVL, Side.ASK, 104, 1);
            }
        };

        final BacktestResult result = new Backtest(
            BacktestConfig.of(QueueModel.PESSIMISTIC, LatencyModel.constant(0, 0),
                FeeSchedule.of(FeeRate.ofUnits(-1_000_000, 2_000_000))),
            factory(strategy), FillListener.NONE).run(Tape.open(directory), TapeRange.ALL, BacktestTest::ignore);

        // One bought at 101 of what is displayed, three more stay; one sold at 104; the middle is 105 at the end.
        final InstrumentResult level = instrument(result, "LVL");
        assertEquals(0, level.position());
        assertEquals(105, level.markPrice());
        assertEquals(1, level.openOrders());
        assertEquals(new BacktestMoney(3 * CENT_NANO, 0, 4_000_000, 3 * CENT_NANO - 4_000_000, 2_000_000 + CENT_NANO,
            new BigDecimal("2.05")), level.money());
        assertEquals(new BacktestCounts(2, 0, 2, 0, 0, 2, 1, 1, 0, Map.of("max-order-quantity", 1L)), level.counts());
        assertEquals(level.money(), result.money());
        assertEquals(level.counts(), result.counts());
        assertEquals(OptionalDouble.of(1.0), result.counts().orderToTrade());
        assertEquals(List.of(new InstrumentResult.FillPoint(MarketTape.START_NS + 10, Side.BID, 101, 1, false),
            new InstrumentResult.FillPoint(MarketTape.START_NS + 30, Side.ASK, 104, 1, false)), level.chartFills());
    }

    @Test
    void shouldValueAFillAtTheBookBehindTheVenueEventThatBroughtIt()
    {
        final MarketTape tape = new MarketTape().level(0, Side.ASK, 101, 5).level(10, Side.BID, 99, 5);
        tape.at(20).instrumentId(LVL).type(EventType.LEVEL_SET).flags(Side.BID).price(99).quantity(0);
        tape.at(20).instrumentId(LVL).type(EventType.LEVEL_SET).flags(Side.BID).price(89).quantity(1);
        tape.level(20, Side.ASK, 91, 1).record(directory);

        final BacktestResult result = run(bidAt(98, 1), LatencyModel.constant(0, 0), TapeRange.ALL);

        // The middle is 100 before the fill at 98, and 90 at the end: it is never worth more than it cost.
        assertEquals(List.of("LVL 20 bid 1@98 2 at=4 position=1"), fills);
        assertEquals(-8 * CENT_NANO, result.money().pnlNano());
        assertEquals(8 * CENT_NANO, result.money().maxDrawdownNano());
    }

    @Test
    void shouldKnowWhereTheRangeStartsThatTheVenueDoesNotTrade()
    {
        final MarketTape tape = new MarketTape().level(0, Side.ASK, 101, 5);
        tape.at(10).instrumentId(LVL).type(EventType.TRADING_STATUS).flags(EventFlags.LAST).price(-1);
        tape.level(20, Side.BID, 99, 1).level(30, Side.BID, 98, 1).record(directory);

        final BacktestResult result = run(bidAt(102, 9), LatencyModel.constant(0, 0), TapeRange.sequences(2, 3));

        assertEquals(List.of(), fills);
        assertEquals(1, result.counts().accepted());
    }

    @Test
    void shouldBringTimersBetweenMarketEventsAtTheirDeadlines()
    {
        new MarketTape().level(0, Side.BID, 99, 5).level(5_000, Side.BID, 99, 6).record(directory);
        final TimerStrategy strategy = new TimerStrategy(logged((event, book, sender) ->
        {
        }));

        final BacktestResult result = run(strategy, LatencyModel.constant(0, 0), TapeRange.ALL);

        assertEquals(List.of("level-set 0 #0", "timer-request 0 #1", "timer 3000 #2", "timer-request 3000 #3",
            "timer 4000 #4", "level-set 5000 #5"), log);
        assertEquals(2, result.timers());
    }

    @Test
    void shouldPassOverOwnEventsTimersAndControlsOfTheTape()
    {
        final MarketTape tape = new MarketTape().level(0, Side.BID, 99, 5);
        tape.at(1).type(EventType.OWN_NEW).flags(EventFlags.OWN | Side.BID).price(99).quantity(1).sourceId(1);
        tape.at(1).type(EventType.DETAIL).flags(EventFlags.OWN | EventFlags.LAST).sourceId(1);
        tape.at(2).type(EventType.TIMER).flags(0);
        tape.at(2).type(EventType.CONTROL).flags(EventFlags.LAST).orderId(1);
        tape.at(3).type(EventType.TRADE).flags(Side.BID).instrumentId(LVL).price(99).quantity(1);
        tape.at(3).type(EventType.DETAIL).flags(EventFlags.LAST).instrumentId(LVL);
        tape.at(4).type(EventType.VOID);
        tape.at(5).type(EventType.HEARTBEAT);
        tape.record(directory);

        run(logged((event, book, sender) ->
        {
        }), LatencyModel.constant(0, 0), TapeRange.ALL);

        assertEquals(List.of("level-set 0 #0", "trade 3 #1", "detail", "heartbeat 5 #3"), log);
    }

    @Test
    void shouldKnowTheBooksWhereTheRangeStartsInsideTheRun()
    {
        new MarketTape().level(0, Side.ASK, 101, 5).level(10, Side.ASK, 102, 5).level(20, Side.BID, 99, 1)
            .level(30, Side.BID, 98, 1).record(directory);
        final Strategy strategy = logged((event, book, sender) ->
        {
            if (event.type() == EventType.LEVEL_SET && event.price() == 99)
            {
                sender.newLimit(LVL, Side.BID, 102, 9);
            }
        });

        final BacktestResult result =
            run(strategy, LatencyModel.constant(0, 1_000), TapeRange.sequences(2, 3));

        assertEquals(List.of("level-set 20 #2", "own-new 20 #3", "detail", "level-set 30 #5"), log);
        assertEquals(List.of("LVL 20 bid 5@101 3 at=2 position=5", "LVL 20 bid 4@102 3 at=2 position=9"), fills);
        assertEquals(2, result.events());
    }

    @Test
    void shouldNotTellTheGateOfOrdersThatWereRecordedAheadOfTheRange()
    {
        final MarketTape tape = new MarketTape().level(0, Side.ASK, 101, 5).level(10, Side.BID, 99, 5);
        tape.at(15).instrumentId(LVL).type(EventType.OWN_NEW).flags(Side.BID | EventFlags.OWN | EventFlags.LAST)
            .orderId(7).price(99).quantity(5);
        tape.level(20, Side.BID, 98, 1).record(directory);
        final List<RiskGate> gates = new ArrayList<>();
        final List<Long> open = new ArrayList<>();
        final BacktestHandlers.Factory handlers = BacktestHandlers.factory((definitions, books) ->
        {
            gates.add(RiskGate.builder(definitions, books::book).otherLimits(RiskLimits::defaultsFor)
                .otherAccounts(AccountLimits.defaults()).build());
            return gates.get(0);
        }, (definitions) -> (event, book, sender) -> open.add(gates.get(0).openQuantity(LVL, Side.BID)), "test", 1, 16);

        new Backtest(BacktestConfig.of(QueueModel.PESSIMISTIC, LatencyModel.constant(0, 0), FeeSchedule.FREE),
            handlers, FillListener.NONE).run(Tape.open(directory), TapeRange.sequences(3, 3), BacktestTest::ignore);

        assertEquals(List.of(0L), open);
    }

    @Test
    void shouldEndWithTheRange()
    {
        new MarketTape().random(1, 400).record(directory);

        final BacktestResult part = run(new Quoter(2, 20), LatencyModel.constant(10, 10), TapeRange.sequences(0, 199));
        final BacktestResult timed = run(new Quoter(2, 20), LatencyModel.constant(10, 10),
            TapeRange.times(Long.MIN_VALUE, part.endTimeNs()));

        assertEquals(200, part.events());
        assertEquals(part.endTimeNs(), timed.endTimeNs());
        assertTrue(timed.events() >= 200);
    }

    @Test
    void shouldDoTheSameTwiceAndOtherwiseWithAnotherSeed()
    {
        new MarketTape().random(7, 3_000).record(directory);
        final LatencyTable table = LatencyTable.of(new int[]{0, LatencyTable.WHOLE}, new long[]{0, 20_000});

        final BacktestResult one = run(new Quoter(2, 20), LatencyModel.roundTrips(table, 42), TapeRange.ALL);
        final BacktestResult same = run(new Quoter(2, 20), LatencyModel.roundTrips(table, 42), TapeRange.ALL);
        final BacktestResult other = run(new Quoter(2, 20), LatencyModel.roundTrips(table, 43), TapeRange.ALL);

        assertTrue(one.counts().fills() > 100, () -> "counts=" + one.counts());
        assertTrue(one.counts().makerFills() > 10, () -> "counts=" + one.counts());
        assertEquals(one.fillHash(), same.fillHash());
        assertEquals(one.instruments(), same.instruments());
        assertEquals(one.chart(), same.chart());
        assertEquals(one.money(), same.money());
        assertNotEquals(one.fillHash(), other.fillHash());
    }

    @Test
    void shouldUseTheQueueModelThatEachBookAllows()
    {
        final MarketTape tape = new MarketTape().level(0, Side.BID, 98, 5);
        order(tape, 10, EventType.ORDER_ADD, 1);
        order(tape, 20, EventType.ORDER_ADD, 2);
        order(tape, 40, EventType.ORDER_ADD, 3);
        order(tape, 50, EventType.ORDER_DELETE, 1);
        order(tape, 60, EventType.ORDER_EXECUTE, 2);
        order(tape, 70, EventType.ORDER_EXECUTE, 3);
        tape.record(directory);

        final BacktestResult exact = run(QueueModel.EXACT_BY_ORDER_ID);
        final BacktestResult pessimistic = run(QueueModel.PESSIMISTIC);

        // The own order comes behind orders 1 and 2; the first of them leaves, so by order ids the third is behind it.
        assertEquals(QueueModel.EXACT_BY_ORDER_ID, instrument(exact, "ORD").queueModel());
        assertEquals(QueueModel.PESSIMISTIC, instrument(exact, "LVL").queueModel());
        assertEquals(5, instrument(exact, "ORD").position());
        assertEquals(QueueModel.PESSIMISTIC, instrument(pessimistic, "ORD").queueModel());
        assertEquals(0, instrument(pessimistic, "ORD").position());
        assertEquals(1, instrument(pessimistic, "ORD").openOrders());
    }

    @Test
    void shouldStartEachRunAnewAndAddThemUp()
    {
        new MarketTape().random(1, 500).record(directory);
        final BacktestResult one = run(new Quoter(2, 20), LatencyModel.constant(10, 10), TapeRange.ALL);
        new MarketTape().random(2, 500).record(directory);

        final BacktestResult both = run(new Quoter(2, 20), LatencyModel.constant(10, 10), TapeRange.ALL);

        assertEquals(2, both.runs());
        assertEquals(4, both.instruments().size());
        assertEquals(one.instruments(), both.instruments().subList(0, 2));
        assertEquals(2, both.instruments().get(2).runId());
        assertEquals(both.instruments().stream().mapToLong((instrument) -> instrument.money().pnlNano()).sum(),
            both.money().pnlNano());
        assertEquals(one.counts().plus(both.instruments().get(2).counts()).plus(both.instruments().get(3).counts()),
            both.counts());
    }

    @Test
    void shouldRunTheExampleBehindTheRiskGate()
    {
        new MarketTape().random(3, 3_000).record(directory);
        final BacktestHandlers.Factory handlers = BacktestHandlers.factory(
            (definitions, books) ->
                RiskGate.builder(definitions, books::book).venueAnswers()
                    .otherLimits(RiskLimits::defaultsFor).otherAccounts(AccountLimits.defaults()).build(),
            (definitions) -> new ExampleStrategy(definitions, ExampleParameters.defaults()), "example", 1, 256);

        final BacktestResult result = new Backtest(BacktestConfig.of(QueueModel.EXACT_BY_ORDER_ID,
            LatencyModel.constant(50, 50), FeeSchedule.FREE), handlers, FillListener.NONE)
            .run(Tape.open(directory), TapeRange.ALL, BacktestTest::ignore);

        assertTrue(result.counts().orders() > 10, () -> "counts=" + result.counts());
        assertTrue(result.counts().orders() - result.counts().accepted() <= 2, () -> "counts=" + result.counts());
    }

    @Test
    void shouldBoundWhatIsKeptForCharts()
    {
        new MarketTape().random(7, 3_000).record(directory);
        final BacktestConfig config = new BacktestConfig(
            QueueModel.PESSIMISTIC, LatencyModel.constant(10, 10), FeeSchedule.FREE, 1, 50, 20);

        final BacktestResult result = new Backtest(config, factory(new Quoter(2, 20)), FillListener.NONE)
            .run(Tape.open(directory), TapeRange.ALL, BacktestTest::ignore);

        assertTrue(result.counts().fills() > 20);
        assertEquals(20, result.instruments().stream().mapToInt((one) -> one.chartFills().size()).sum());
        assertTrue(result.chart().size() <= 50 && result.chart().size() > 20, () -> "points=" + result.chart().size());
        assertEquals(result.money().pnlNano(), result.chart().get(result.chart().size() - 1).pnlNano());
        assertEquals(result.money().maxDrawdownNano(),
            result.chart().stream().mapToLong(BacktestResult.PnlPoint::drawdownNano).max().orElse(-1));
    }

    @Test
    void shouldRefuseATapeThatIsDamagedInTheRange() throws IOException
    {
        new MarketTape().random(1, 500).record(directory);
        flipByte(directory);

        final TapeException failure = assertThrows(TapeException.class,
            () -> run(new Quoter(2, 20), LatencyModel.constant(0, 0), TapeRange.ALL));

        assertEquals(TapeException.Kind.DAMAGED, failure.kind());
        assertFalse(fills.isEmpty());
    }

    @Test
    void shouldRefuseARangeThatIsNotOnTheTape()
    {
        new MarketTape().random(1, 50).record(directory);

        final TapeException failure = assertThrows(TapeException.class,
            () -> run(new Quoter(2, 20), LatencyModel.constant(0, 0), TapeRange.sequences(5_000, 6_000)));

        assertEquals(TapeException.Kind.OUT_OF_RANGE, failure.kind());
    }

    // Ten units at 99, so many ns behind the start.
    private static void order(final MarketTape tape, final long ns, final int type, final long id)
    {
        tape.at(ns).instrumentId(MarketTape.BY_ORDER).type(type).flags(Side.BID | EventFlags.LAST).price(99)
            .quantity(10).orderId(id);
    }

    private BacktestResult run(final QueueModel model)
    {
        final Strategy strategy = (event, book, sender) ->
        {
            if (event.type() == EventType.ORDER_ADD && event.orderId() == 2)
            {
                sender.newLimit(MarketTape.BY_ORDER, Side.BID, 99, 5);
            }
        };
        return new Backtest(BacktestConfig.of(model, LatencyModel.constant(10, 10), FeeSchedule.FREE),
            factory(strategy), FillListener.NONE).run(Tape.open(directory), TapeRange.ALL, BacktestTest::ignore);
    }

    private BacktestResult run(final Strategy strategy, final LatencyModel latency, final TapeRange range)
    {
        final FillListener listener = (instrument, fill, detail, tapeSequence, position) ->
            fills.add(instrument.symbol() + " " + (fill.receiveTimeNs() - MarketTape.START_NS) + " " +
                Side.name(fill.side()) + " " + fill.quantity() + "@" + fill.price() + " " + fill.sourceSequence() +
                " at=" + tapeSequence + " position=" + position);
        return new Backtest(BacktestConfig.of(QueueModel.PESSIMISTIC, latency, FeeSchedule.FREE), factory(strategy),
            listener).run(Tape.open(directory), range, BacktestTest::ignore);
    }

    private static BacktestHandlers.Factory factory(final Strategy strategy)
    {
        return BacktestHandlers.factory(
            (definitions, books) -> new OpenGate(1_000), (definitions) -> strategy, "test", 1, 16);
    }

    private static Strategy bidAt(final long price, final long quantity)
    {
        return (event, book, sender) ->
        {
            if (event.type() == EventType.LEVEL_SET && event.price() == 99 && event.quantity() > 0)
            {
                sender.newLimit(LVL, Side.BID, price, quantity);
            }
        };
    }

    // Writes down what a strategy gets: type, time behind the start, sequence.
    private Strategy logged(final Strategy strategy)
    {
        return (event, book, sender) ->
        {
            final String type = EventType.name(event.type());
            log.add(event.type() == EventType.DETAIL ? type :
                type + " " + (event.receiveTimeNs() - MarketTape.START_NS) + " #" + event.sequence());
            strategy.onEvent(event, book, sender);
        };
    }

    private static InstrumentResult instrument(final BacktestResult result, final String symbol)
    {
        return result.instruments().stream().filter((one) -> one.instrument().symbol().equals(symbol)).findFirst()
            .orElseThrow();
    }

    private static void flipByte(final Path directory) throws IOException
    {
        try (Stream<Path> files = Files.walk(directory))
        {
            final Path roll = files.filter((file) -> file.toString().endsWith(".cq4"))
                .filter((file) -> file.toFile().length() > 20_000).findFirst().orElseThrow();
            assertTrue(roll.toFile().setWritable(true));
            try (RandomAccessFile file = new RandomAccessFile(roll.toFile(), "rw"))
            {
                final long middle = file.length() * 3 / 4;
                file.seek(middle);
                final int value = file.read();
                file.seek(middle);
                file.write(value ^ 1);
            }
        }
    }

    private static void ignore(final long sequence)
    {
        // The result is what counts.
    }
}
