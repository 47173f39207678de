package io.ringtape.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeRange;
import io.ringtape.order.OrderSender;
import io.ringtape.order.OrderType;
import io.ringtape.order.TimeInForce;
import io.ringtape.strategy.Strategy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What positions of several instruments are worth, and in which runs of a range there are any. */
@Timeout(60)
final class BacktestValueTest
{
    private static final int ORD = MarketTape.BY_ORDER;
    private static final int LVL = MarketTape.BY_PRICE;
    private static final long CENT_NANO = 10_000_000L;

    private final List<Strategy> made = new ArrayList<>();

    @TempDir
    private Path parent;

    private Path directory;

    @BeforeEach
    void setUp()
    {
        directory = parent.resolve("tape");
    }

    @Test
    void shouldValueAtOnceAllThatAVenueEventMoves()
    {
        final MarketTape tape = bothAt100();
        move(tape, LVL);
        move(tape, ORD).flags(Side.ASK | EventFlags.LAST);
        tape.record(directory);

        // One bought and one sold, at a loss of a cent each: together they are worth the same wherever both go.
        final BacktestResult result = run((event, book, sender) ->
        {
            if (event.type() == EventType.TRADE)
            {
                market(sender, LVL, Side.BID);
                market(sender, ORD, Side.ASK);
            }
        }, TapeRange.ALL);

        assertEquals(-2 * CENT_NANO, result.money().pnlNano());
        assertEquals(2 * CENT_NANO, result.money().maxDrawdownNano());
    }

    @Test
    void shouldValueAFillAtTheBookOfAnInstrumentThatHasNoEventInTheRange()
    {
        final MarketTape tape = bothAt100();
        final int last = tape.count() - 1;
        tape.level(20, Side.ASK, 102, 5).record(directory);

        final BacktestResult result = run((event, book, sender) ->
        {
            if (event.type() == EventType.TRADE)
            {
                market(sender, ORD, Side.BID);
            }
        }, TapeRange.sequences(last, last + 1));

        final InstrumentResult ord = result.instruments().get(0);
        assertEquals("ORD", ord.instrument().symbol());
        assertEquals(100, ord.markPrice());
        assertEquals(-CENT_NANO, ord.money().pnlNano());
    }

    @Test
    void shouldMakeNoStrategyForARunWithoutAnEventInTheRange()
    {
        new MarketTape().level(0, Side.BID, 99, 5).level(100, Side.BID, 99, 6).record(directory);
        new MarketTape().level(0, Side.BID, 99, 5).record(directory);
        new MarketTape().level(100, Side.BID, 99, 5).record(directory);

        final BacktestResult result = run((event, book, sender) ->
        {
        }, TapeRange.times(MarketTape.START_NS + 50, MarketTape.START_NS + 150));

        assertEquals(2, made.size());
        assertEquals(2, result.runs());
        assertEquals(2, result.events());
    }

    /** Five each at 99 and 101 in both, and a trade in the one by price. */
    private static MarketTape bothAt100()
    {
        final MarketTape tape = new MarketTape().level(0, Side.BID, 99, 5).level(0, Side.ASK, 101, 5);
        tape.at(0).instrumentId(ORD).type(EventType.ORDER_ADD).flags(Side.BID | EventFlags.LAST).orderId(1).price(99)
            .quantity(5);
        tape.at(0).instrumentId(ORD).type(EventType.ORDER_ADD).flags(Side.ASK | EventFlags.LAST).orderId(2).price(101)
            .quantity(5);
        tape.at(10).instrumentId(LVL).type(EventType.TRADE).flags(Side.BID | EventFlags.LAST).price(90).quantity(1);
        return tape;
    }

    /** Both sides of an instrument go up by ten, in a venue event that does not end yet. */
    private static OrderBookEvent move(final MarketTape tape, final int instrument)
    {
        final boolean byOrder = instrument == ORD;
        final int add = byOrder ? EventType.ORDER_MODIFY : EventType.LEVEL_SET;
        if (!byOrder)
        {
            tape.at(20).instrumentId(instrument).type(add).flags(Side.BID).price(99).quantity(0);
            tape.at(20).instrumentId(instrument).type(add).flags(Side.ASK).price(101).quantity(0);
        }
        tape.at(20).instrumentId(instrument).type(add).flags(Side.BID).orderId(1).price(109).quantity(5);
        return tape.at(20).instrumentId(instrument).type(add).flags(Side.ASK).orderId(2).price(111).quantity(5);
    }

    private static void market(final OrderSender sender, final int instrument, final int side)
    {
        sender.send(instrument, side, OrderType.MARKET, TimeInForce.IMMEDIATE_OR_CANCEL, 0, OrderBookEvent.NULL_PRICE,
            1);
    }

    private BacktestResult run(final Strategy strategy, final TapeRange range)
    {
        return new Backtest(
            BacktestConfig.of(QueueModel.PESSIMISTIC, LatencyModel.constant(0, 0), FeeSchedule.FREE),
            BacktestHandlers.factory((definitions, books) -> new OpenGate(1_000), (definitions) ->
            {
                made.add(strategy);
                return strategy;
            }, "test", 1, 16), FillListener.NONE).run(Tape.open(directory), range, (sequence) ->
            {
            });
    }
}
