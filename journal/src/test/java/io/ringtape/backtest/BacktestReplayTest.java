package io.ringtape.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.book.Books;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventHandler;
import io.ringtape.event.EventHashes;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.SourceDefinition;
import io.ringtape.journal.RunInfo;
import io.ringtape.journal.RunSummary;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeConfig;
import io.ringtape.journal.TapeRange;
import io.ringtape.journal.TapeWriter;
import io.ringtape.order.ClientOrderIds;
import io.ringtape.order.FeeRate;
import io.ringtape.order.OwnOrders;
import io.ringtape.order.OwnTimers;
import io.ringtape.replay.ReplayHandlers;
import io.ringtape.replay.ReplayResult;
import io.ringtape.replay.TapeReplay;
import io.ringtape.risk.AccountLimits;
import io.ringtape.risk.RiskGate;
import io.ringtape.risk.RiskLimits;
import io.ringtape.strategy.StrategyHandler;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Recorded = replayed = backtest: what a backtest did, its accepts, fills and cancels included, is put on a tape as a
 * recording would. A replay that is fed those back makes the same orders, and a backtest over that tape the same
 * events.
 */
@Timeout(60)
final class BacktestReplayTest
{
    private static final int BLOCK = 64;
    private static final int STRATEGY = 1;
    private static final int VENUE = 2;
    /** Some less than the quoter would send, a microsecond being an event long. */
    private static final int MESSAGES = 1_000_000;
    private static final int BURST = 200;

    @TempDir
    private Path parent;

    @Test
    void shouldMakeTheSameOrdersWhenItsFillsAreFedBack()
    {
        new MarketTape().random(11, 4_000).record(parent.resolve("market"));
        final EventBatch did = backtest(parent.resolve("market"), 3);
        final Books books = record(did);

        final ReplayResult replayed = replay(3, books.bookHash());
        final EventBatch again = backtest(parent.resolve("tape"), 3);

        assertEquals(Optional.empty(), replayed.firstDifference());
        assertTrue(replayed.trailer());
        assertTrue(count(did, EventType.OWN_FILL) > 100, () -> "fills=" + count(did, EventType.OWN_FILL));
        assertTrue(count(did, EventType.OWN_REJECTED) > 0, "rejects");
        assertTrue(count(did, EventType.OWN_CANCELLED) > 10, "cancels");
        requireSame(did, again);
    }

    @Test
    void shouldNameTheFirstOrderThatAnotherParameterChanges()
    {
        new MarketTape().random(11, 4_000).record(parent.resolve("market"));
        final EventBatch did = backtest(parent.resolve("market"), 3);
        final Books books = record(did);

        final ReplayResult replayed = replay(4, books.bookHash());

        assertEquals("quantity", replayed.firstDifference().orElseThrow().field());
        assertEquals("3", replayed.firstDifference().orElseThrow().recorded());
        assertEquals("4", replayed.firstDifference().orElseThrow().replayed());
        assertEquals(firstOwn(did), replayed.firstDifference().orElseThrow().sequence());
    }

    private static EventBatch backtest(final Path tape, final long quantity)
    {
        final EventBatch seen = new EventBatch(1024);
        final BacktestConfig config = BacktestConfig.of(QueueModel.EXACT_BY_ORDER_ID,
            LatencyModel.constant(700, 900), FeeSchedule.of(new FeeRate(-20, 30, 0, 0)));
        new Backtest(config, (run, definitions, outbox) ->
        {
            final Lane lane = new Lane(run, definitions, outbox, quantity);
            final EventHandler gate = (event) ->
            {
                final OrderBookEvent copy = seen.append().copyFrom(event);
                copy.sourceId(copy.sourceId() == BacktestHandlers.VENUE_SOURCE_ID ? VENUE : copy.sourceId());
                lane.gate.onEvent(event);
            };
            return new BacktestHandlers(lane.books, gate, lane.strategy);
        }, FillListener.NONE).run(Tape.open(tape), TapeRange.ALL, (sequence) ->
        {
        });
        return seen;
    }

    /** Puts the events of a backtest on a tape; gives the books behind them. */
    private Books record(final EventBatch events)
    {
        final Definitions definitions = MarketTape.definitions();
        addSources(definitions);
        final Books books = new Books(definitions);
        final EventHashes hashes = new EventHashes();
        try (TapeWriter writer = TapeWriter.open(parent.resolve("tape"), TapeConfig.defaults().withReserveBytes(0),
            definitions, () -> MarketTape.START_NS))
        {
            for (int i = 0; i < events.count(); i++)
            {
                final OrderBookEvent event = events.event(i);
                assertEquals(i, event.sequence());
                books.onEvent(event);
                hashes.onEvent(event);
            }
            for (int i = 0; i < events.count(); i += BLOCK)
            {
                writer.onRange(
                    events.buffer(), i * OrderBookEvent.SIZE_BYTES, i, Math.min(BLOCK, events.count() - i));
            }
            writer.close(new RunSummary(hashes.inputCount(), hashes.ownCount(), hashes.eventHash(),
                hashes.outputHash(), books.bookHash()));
        }
        return books;
    }

    private ReplayResult replay(final long quantity, final long bookHash)
    {
        final TapeReplay replay = new TapeReplay((run, definitions, outbox) ->
        {
            final Lane lane = new Lane(run, definitions, outbox, quantity);
            return new ReplayHandlers()
            {
                @Override
                public void onEvent(final OrderBookEvent event)
                {
                    lane.books.onEvent(event);
                    lane.gate.onEvent(event);
                    lane.strategy.onEvent(event);
                }

                @Override
                public long bookHash()
                {
                    assertEquals(bookHash, lane.books.bookHash());
                    return bookHash;
                }
            };
        }, (event) ->
        {
        }, TapeRange.ALL);
        return replay.run(Tape.open(parent.resolve("tape")), (sequence) ->
        {
        });
    }

    private static void addSources(final Definitions definitions)
    {
        definitions.add(new SourceDefinition(STRATEGY, SourceDefinition.Kind.STRATEGY, "quoter", 1, 0, 0));
        definitions.add(new SourceDefinition(VENUE, SourceDefinition.Kind.GATEWAY, "simulated", 0, 0, 0));
    }

    private static int count(final EventBatch events, final int type)
    {
        int count = 0;
        for (int i = 0; i < events.count(); i++)
        {
            count += events.event(i).type() == type ? 1 : 0;
        }
        return count;
    }

    private static long firstOwn(final EventBatch events)
    {
        int i = 0;
        while (!events.event(i).has(EventFlags.OWN))
        {
            i++;
        }
        return events.event(i).sequence();
    }

    private static void requireSame(final EventBatch expected, final EventBatch actual)
    {
        assertEquals(expected.count(), actual.count());
        for (int i = 0; i < expected.count(); i++)
        {
            final OrderBookEvent one = expected.event(i);
            final OrderBookEvent other = actual.event(i);
            for (int word = 0; word < OrderBookEvent.SIZE_BYTES / Long.BYTES; word++)
            {
                assertEquals(one.word(word), other.word(word), () -> "expected " + one + " but was " + other);
            }
        }
    }

    /** The same books, gate and strategy, whoever feeds them. */
    private static final class Lane
    {
        private final Books books;
        private final RiskGate gate;
        private final StrategyHandler strategy;

        private Lane(
            final RunInfo run, final Definitions definitions, final EventPublisher outbox, final long quantity)
        {
            books = new Books(definitions);
            gate = RiskGate.builder(definitions, books::book).venueAnswers()
                .otherLimits((definition) -> RiskLimits.defaultsFor(definition).toBuilder()
                    .messagesPerSecond(MESSAGES).messageBurst(BURST).build())
                .otherAccounts(new AccountLimits(Long.MAX_VALUE, Long.MAX_VALUE, MESSAGES, MESSAGES)).build();
            final OwnOrders orders = new OwnOrders(ClientOrderIds.runOf(run.runId()),
                new SourceDefinition(STRATEGY, SourceDefinition.Kind.STRATEGY, "quoter", 1, 0, 0), definitions, gate,
                outbox);
            strategy = new StrategyHandler(
                new Quoter(quantity, 40), orders, new OwnTimers(orders, 4), definitions, books::book);
        }
    }
}
