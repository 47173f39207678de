package io.ringtape.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.event.VenueEvents;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeRange;
import io.ringtape.order.KillReason;
import io.ringtape.order.NewOrder;
import io.ringtape.order.OrderType;
import io.ringtape.order.TimeInForce;
import io.ringtape.risk.AccountLimits;
import io.ringtape.risk.KillRules;
import io.ringtape.risk.LimitSet;
import io.ringtape.risk.RiskGate;
import io.ringtape.risk.RiskLimits;
import io.ringtape.strategy.Strategy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A backtest that the gate stops says by which event, when and why. */
@Timeout(30)
final class BacktestKillTest
{
    private static final long SECOND_NS = 1_000_000_000L;
    private static final KillRules RULES = new KillRules(true, 5 * SECOND_NS);
    private static final RiskLimits LIMITS = new RiskLimits(1L << 60, 1L << 60, 1L << 60, 1L << 60, 10_000, 1L << 60,
        RiskLimits.MAX_MESSAGES, RiskLimits.MAX_MESSAGES, 1L << 60);
    private static final AccountLimits ACCOUNT =
        new AccountLimits(1L << 60, 1L << 60, RiskLimits.MAX_MESSAGES, RiskLimits.MAX_MESSAGES);
    private static final BacktestKill.Orders ONE_LEFT = new BacktestKill.Orders(1, 0, 0, 0, 0);
    private static final BacktestKill.Orders NOTHING_OPEN = new BacktestKill.Orders(0, 0, 0, 0, 0);
    private static final LatencyModel AT_ONCE = LatencyModel.constant(0, 0);
    /** Rests with one more unit at each bid. */
    private static final Strategy BIDDER = (event, book, sender) ->
    {
        if (event.type() == EventType.LEVEL_SET && event.side() == Side.BID)
        {
            sender.newLimit(MarketTape.BY_PRICE, Side.BID, 95, 1);
        }
    };

    @TempDir
    private Path parent;

    private Path directory;

    @BeforeEach
    void setUp()
    {
        directory = parent.resolve("tape");
    }

    @Test
    void shouldSayAtWhichEventOldDataStoppedIt()
    {
        open().level(6 * SECOND_NS, Side.BID, 98, 1).level(7 * SECOND_NS, Side.BID, 97, 1).record(directory);

        final BacktestResult result = run(RULES, TapeRange.ALL);

        assertEquals(List.of(new BacktestKill(1, 2, MarketTape.START_NS + 6 * SECOND_NS, KillReason.STALE,
            Optional.of("LVL"), 2, ONE_LEFT)), result.kills());
        assertEquals(Map.of("killed", 2L), result.counts().rejects());
        assertEquals(1, result.counts().orders());
    }

    @Test
    void shouldSayInEachRunAtWhichGapItWasStopped()
    {
        final MarketTape market = gap(open(), SECOND_NS).level(2 * SECOND_NS, Side.BID, 98, 1);
        market.record(directory);
        market.record(directory);

        final BacktestResult result = run(RULES, TapeRange.ALL);

        final long timeNs = MarketTape.START_NS + SECOND_NS;
        assertEquals(List.of(new BacktestKill(1, 2, timeNs, KillReason.GAP, Optional.empty(), 1, ONE_LEFT),
            new BacktestKill(2, 6, timeNs, KillReason.GAP, Optional.empty(), 1, ONE_LEFT)), result.kills());
        assertEquals(Map.of("killed", 2L), result.counts().rejects());
    }

    @Test
    void shouldSayThatAGapAheadOfTheRangeStoppedIt()
    {
        gap(open(), SECOND_NS).level(2 * SECOND_NS, Side.BID, 98, 1).record(directory);

        final BacktestResult result = run(RULES, TapeRange.sequences(3, 3));

        assertEquals(List.of(new BacktestKill(1, 2, MarketTape.START_NS + SECOND_NS, KillReason.GAP,
            Optional.empty(), 1, NOTHING_OPEN)), result.kills());
    }

    @Test
    void shouldSayThatThereWasNoTimeYet()
    {
        final MarketTape market = new MarketTape();
        market.at(0).instrumentId(MarketTape.BY_PRICE).type(EventType.LEVEL_SET).price(99).quantity(1)
            .flags(Side.BID | EventFlags.LAST | EventFlags.BAD_TIME);
        market.at(0).type(EventType.GAP).price(OrderBookEvent.NULL_PRICE).quantity(3)
            .flags(EventFlags.LAST | EventFlags.BAD_TIME);
        market.record(directory);

        final BacktestResult result = run(RULES, TapeRange.ALL);

        assertEquals(List.of(new BacktestKill(1, 1, BacktestResult.NO_TIME, KillReason.GAP, Optional.empty(), 0,
            NOTHING_OPEN)), result.kills());
    }

    @Test
    void shouldSayWhatBecameOfTheOrdersThatWereOpen()
    {
        open().level(6 * SECOND_NS, Side.BID, 98, 1).level(6 * SECOND_NS, Side.BID, 98, 0)
            .level(7 * SECOND_NS, Side.BID, 99, 0).level(8 * SECOND_NS, Side.ASK, 97, 1)
            .level(9 * SECOND_NS, Side.ASK, 96, 2).record(directory);
        final Map<Long, Long> ids = new TreeMap<>();

        final BacktestResult result = run(RULES, TapeRange.ALL, AT_ONCE, (event, book, sender) ->
        {
            if (ids.isEmpty() && event.type() == EventType.LEVEL_SET && event.side() == Side.BID)
            {
                ids.put(101L, sender.newLimit(MarketTape.BY_PRICE, Side.BID, 101, 2));
                ids.put(97L, sender.newLimit(MarketTape.BY_PRICE, Side.BID, 97, 1));
                ids.put(96L, sender.newLimit(MarketTape.BY_PRICE, Side.BID, 96, 4));
                ids.put(95L, sender.newLimit(MarketTape.BY_PRICE, Side.BID, 95, 1));
                ids.put(94L, sender.newLimit(MarketTape.BY_PRICE, Side.BID, 94, 1));
            }
            else if (event.receiveTimeNs() == MarketTape.START_NS + 7 * SECOND_NS)
            {
                sender.cancel(ids.get(94L));
            }
        });

        // The one at 101 was filled ahead of the kill; of that at 96 two of four behind it, and it stays with 95.
        final BacktestKill.Orders orders = result.kills().get(0).orders();
        assertEquals(new BacktestKill.Orders(4, 1, 0, 1, 2), orders);
        assertEquals(2, orders.left());
        assertEquals(2, result.instruments().get(0).openOrders());
        assertEquals(5, result.counts().orders());
        assertEquals(3, result.counts().fills());
        assertEquals(Map.of(), result.counts().rejects());
    }

    @Test
    void shouldCountOrdersThatWereOnTheirWay()
    {
        final MarketTape market = open();
        market.at(4_900_000_000L).type(EventType.HEARTBEAT).sourceSequence(VenueEvents.WRITERS_HEARTBEAT);
        market.at(5_500_000_000L).type(EventType.HEARTBEAT).sourceSequence(VenueEvents.WRITERS_HEARTBEAT);
        market.level(6 * SECOND_NS, Side.BID, 98, 1).record(directory);

        final BacktestResult result = run(RULES, TapeRange.ALL, LatencyModel.constant(SECOND_NS, SECOND_NS),
            (event, book, sender) ->
            {
                if (event.type() == EventType.HEARTBEAT)
                {
                    sender.send(MarketTape.BY_PRICE, Side.BID, OrderType.LIMIT, TimeInForce.GOOD_TILL_CANCEL,
                        NewOrder.POST_ONLY, 101, 1);
                }
                BIDDER.onEvent(event, book, sender);
            });

        // The second heartbeat stops it; the order of the first would take, and is rejected when it comes.
        assertEquals(List.of(new BacktestKill(1, 3, MarketTape.START_NS + 5_500_000_000L, KillReason.STALE,
            Optional.of("LVL"), 2, new BacktestKill.Orders(2, 0, 1, 0, 0))), result.kills());
        assertEquals(1, result.kills().get(0).orders().left());
    }

    @Test
    void shouldHaveAChartFromTheFirstFillToTheKill()
    {
        open().level(SECOND_NS, Side.ASK, 100, 1).level(2 * SECOND_NS, Side.ASK, 100, 2)
            .level(7_500_000_000L, Side.ASK, 101, 6).level(3_600 * SECOND_NS, Side.ASK, 101, 5).record(directory);

        final BacktestResult result = run(RULES, TapeRange.ALL, AT_ONCE, (event, book, sender) ->
        {
            final long ns = event.receiveTimeNs() - MarketTape.START_NS;
            if (event.type() == EventType.LEVEL_SET && (ns == 10 || ns == 2 * SECOND_NS))
            {
                sender.newLimit(MarketTape.BY_PRICE, Side.BID, 101, 1);
                sender.newLimit(MarketTape.BY_PRICE, Side.BID, 90, 1);
            }
        });

        final List<InstrumentResult.MarkPoint> traded = result.instruments().get(0).tradedChart();
        final List<Long> times = List.of(10L, SECOND_NS, 2 * SECOND_NS, 7_500_000_000L);
        assertEquals(MarketTape.START_NS + 7_500_000_000L, result.kills().get(0).timeNs());
        assertEquals(times, traded.stream().map((point) -> point.timeNs() - MarketTape.START_NS).toList());
        assertEquals(times,
            result.tradedChart().stream().map(BacktestResult.PnlPoint::elapsedNs).toList());
    }

    @Test
    void shouldOpenNoAccountForAKill()
    {
        gap(open(), SECOND_NS).record(directory);

        final BacktestResult result = run(RULES, TapeRange.ALL);

        assertEquals(1, result.kills().size());
        assertEquals(List.of("LVL"), result.instruments().stream().map((one) -> one.instrument().symbol()).toList());
    }

    @Test
    void shouldSayNothingWhereNothingWasStopped()
    {
        gap(open(), SECOND_NS).level(9 * SECOND_NS, Side.BID, 98, 1).record(directory);

        final BacktestResult result = run(KillRules.OFF, TapeRange.ALL);

        assertEquals(List.of(), result.kills());
    }

    /** A book with two sides, and an order behind the second. */
    private static MarketTape open()
    {
        return new MarketTape().level(0, Side.ASK, 101, 5).level(10, Side.BID, 99, 5);
    }

    private static MarketTape gap(final MarketTape market, final long ns)
    {
        market.at(ns).type(EventType.GAP).price(OrderBookEvent.NULL_PRICE).quantity(3).flags(EventFlags.LAST);
        return market;
    }

    private BacktestResult run(final KillRules rules, final TapeRange range)
    {
        return run(rules, range, AT_ONCE, BIDDER);
    }

    private BacktestResult run(
        final KillRules rules, final TapeRange range, final LatencyModel latency, final Strategy strategy)
    {
        final LimitSet limits = LimitSet.builder(1).otherInstruments(LIMITS).otherAccounts(ACCOUNT).killRules(rules)
            .build();
        return new Backtest(
            BacktestConfig.of(QueueModel.PESSIMISTIC, latency, FeeSchedule.FREE),
            BacktestHandlers.factory((definitions, books) ->
                RiskGate.builder(definitions, books::book).venueAnswers().limits(limits).build(),
                (definitions) -> strategy, "test", 1, 16), FillListener.NONE)
            .run(Tape.open(directory), range, (sequence) ->
            {
            });
    }
}
