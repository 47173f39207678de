package io.ringtape.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtape.event.Definitions;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeRange;
import io.ringtape.order.KillReason;
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
            Optional.of("LVL"), 2)), result.kills());
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
        assertEquals(List.of(new BacktestKill(1, 2, timeNs, KillReason.GAP, Optional.empty(), 1),
            new BacktestKill(2, 6, timeNs, KillReason.GAP, Optional.empty(), 1)), result.kills());
        assertEquals(Map.of("killed", 2L), result.counts().rejects());
    }

    @Test
    void shouldSayThatAGapAheadOfTheRangeStoppedIt()
    {
        gap(open(), SECOND_NS).level(2 * SECOND_NS, Side.BID, 98, 1).record(directory);

        final BacktestResult result = run(RULES, TapeRange.sequences(3, 3));

        assertEquals(List.of(new BacktestKill(1, 2, MarketTape.START_NS + SECOND_NS, KillReason.GAP,
            Optional.empty(), 1)), result.kills());
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

        assertEquals(List.of(new BacktestKill(1, 1, BacktestResult.NO_TIME, KillReason.GAP, Optional.empty(), 0)),
            result.kills());
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
        final LimitSet limits = LimitSet.builder(1).otherInstruments(LIMITS).otherAccounts(ACCOUNT).killRules(rules)
            .build();
        return new Backtest(
            BacktestConfig.of(QueueModel.PESSIMISTIC, LatencyModel.constant(0, 0), FeeSchedule.FREE),
            BacktestHandlers.factory((definitions, books) ->
                RiskGate.builder(definitions, books::book).venueAnswers().limits(limits).build(),
                BacktestKillTest::strategy, "test", 1, 16), FillListener.NONE)
            .run(Tape.open(directory), range, (sequence) ->
            {
            });
    }

    private static Strategy strategy(final Definitions definitions)
    {
        return BIDDER;
    }
}
