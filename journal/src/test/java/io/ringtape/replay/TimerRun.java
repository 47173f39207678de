package io.ringtape.replay;

import io.ringtape.book.Books;
import io.ringtape.book.OrderBook;
import io.ringtape.bus.EventBus;
import io.ringtape.bus.Lane;
import io.ringtape.event.BookKind;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventHandler;
import io.ringtape.event.EventHashes;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.EventType;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.event.SourceDefinition;
import io.ringtape.journal.RunSummary;
import io.ringtape.journal.TapeConfig;
import io.ringtape.journal.TapeWriter;
import io.ringtape.order.ClientOrderIds;
import io.ringtape.order.OrderSender;
import io.ringtape.order.OwnOrders;
import io.ringtape.order.OwnTimers;
import io.ringtape.order.Timers;
import io.ringtape.risk.AccountLimits;
import io.ringtape.risk.RiskGate;
import io.ringtape.risk.RiskLimits;
import io.ringtape.strategy.Strategy;
import io.ringtape.strategy.StrategyHandler;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.YieldingIdleStrategy;

/**
 * Records a market in step, with a strategy that asks for timers, sets them anew, cancels them, and sends an order at
 * each that comes.
 */
final class TimerRun
{
    static final int TIMERS = 16;

    private static final long CLOSE_LIMIT_NS = 10_000_000_000L;

    private final Path directory;
    private final boolean inline;
    private final SplittableRandom stalls;
    private Optional<EventBus> bus = Optional.empty();

    TimerRun(final Path directory, final boolean inline, final long stallSeed)
    {
        this.directory = directory;
        this.inline = inline;
        stalls = new SplittableRandom(stallSeed);
    }

    /**
     * Records a run.
     *
     * @param venueEvents how many.
     * @return what the trailer got.
     */
    RunSummary record(final int venueEvents)
    {
        final Definitions definitions = definitions();
        final EventHashes hashes = new EventHashes();
        try (TapeWriter tape =
            TapeWriter.open(directory, TapeConfig.defaults(), definitions, SystemEpochNanoClock.INSTANCE))
        {
            final Handlers handlers =
                new Handlers(tape.runId(), definitions, (batch) -> bus.orElseThrow().inbox("out").offer(batch), -1);
            final Lane.Builder order = Lane.named("order").orderLane().idle(new YieldingIdleStrategy())
                .handler("order-stall", stall(stalls.split())).handler("handlers", handlers);
            final EventBus running = EventBus.builder().capacity(256).firstSequence(tape.firstSequence())
                .inbox("out", 256).timers(TIMERS).idle(new YieldingIdleStrategy())
                .lane((inline ? order.inline() : order).build())
                .lane(Lane.named("tape").idle(new YieldingIdleStrategy()).handler("tape-stall", stall(stalls.split()))
                    .rangeHandler("recorder", tape).rangeHandler("hashes", hashes).build())
                .build();
            bus = Optional.of(running);
            running.start();
            publish(running, venueEvents);
            if (!running.close(CLOSE_LIMIT_NS))
            {
                throw new AssertionError(running.fault().toString());
            }
            final RunSummary summary = new RunSummary(hashes.inputCount(), hashes.ownCount(), hashes.eventHash(),
                hashes.outputHash(), handlers.bookHash());
            tape.close(summary);
            return summary;
        }
    }

    static Definitions definitions()
    {
        final Definitions definitions = new Definitions();
        definitions.add(new SourceDefinition(0, SourceDefinition.Kind.FEED, "venue", 0, 0, 0));
        definitions.add(new SourceDefinition(1, SourceDefinition.Kind.STRATEGY, "timed", 0, 0, 0));
        definitions.add(new InstrumentDefinition(0, "SYM", 0, -9, 0, BookKind.MBO, 0, 0, 0, 1));
        return definitions;
    }

    private static void publish(final EventBus bus, final int venueEvents)
    {
        final SplittableRandom random = new SplittableRandom(42);
        final EventBatch batch = new EventBatch(4);
        long timeNs = 1_000;
        for (int i = 0; i < venueEvents; i++)
        {
            batch.clear();
            final int count = 1 + random.nextInt(4);
            for (int j = 0; j < count; j++)
            {
                timeNs += random.nextInt(12) - 2;
                final int side = i % 2 == 0 ? Side.BID : Side.ASK;
                batch.append().type(EventType.ORDER_ADD).flags(side | (j == count - 1 ? EventFlags.LAST : 0))
                    .orderId(4L * i + j).price(side * 1_000_000L + 1_000_000_000L).quantity(1).eventTimeNs(timeNs)
                    .receiveTimeNs(timeNs);
            }
            bus.writer().publishInStep(batch);
        }
    }

    private static EventHandler stall(final SplittableRandom random)
    {
        return (event) ->
        {
            if (random.nextInt(50) == 0)
            {
                for (int spins = random.nextInt(20_000); spins > 0; spins--)
                {
                    Thread.onSpinWait();
                }
            }
        };
    }

    /**
     * Books, gate and strategy, in a recording and in a replay.
     */
    static final class Handlers implements ReplayHandlers
    {
        private final Books books;
        private final RiskGate gate;
        private final StrategyHandler strategy;

        /**
         * Handlers that have seen nothing.
         *
         * @param runId       of the run.
         * @param definitions of the run.
         * @param outbox      gets orders and requests.
         * @param wrongOrder  the venue's order at which another deadline is asked for than in the recording; -1 for
         *                    none.
         */
        Handlers(
            final long runId, final Definitions definitions, final EventPublisher outbox, final long wrongOrder)
        {
            books = new Books(definitions);
            gate = RiskGate.builder(definitions, books::book).otherLimits(RiskLimits::defaultsFor)
                .otherAccounts(AccountLimits.defaults()).build();
            final OwnOrders orders = new OwnOrders(
                ClientOrderIds.runOf(runId), definitions.source(1), definitions, gate, outbox);
            strategy = new StrategyHandler(
                new Alarms(wrongOrder), orders, new OwnTimers(orders, TIMERS), definitions, books::book);
        }

        @Override
        public void onEvent(final OrderBookEvent event)
        {
            books.onEvent(event);
            gate.onEvent(event);
            strategy.onEvent(event);
        }

        @Override
        public long bookHash()
        {
            return books.bookHash();
        }
    }

    private static final class Alarms implements Strategy
    {
        private final long wrongOrder;
        private Optional<Timers> timers = Optional.empty();

        Alarms(final long wrongOrder)
        {
            this.wrongOrder = wrongOrder;
        }

        @Override
        public void useTimers(final Timers mine)
        {
            timers = Optional.of(mine);
        }

        @Override
        public void onEvent(final OrderBookEvent event, final OrderBook book, final OrderSender sender)
        {
            final Timers mine = timers.orElseThrow();
            if (event.type() == EventType.TIMER)
            {
                sender.newLimit(0, Side.BID, 1_000_000_000L, 1);
                if (event.orderId() % 2 == 0)
                {
                    mine.schedule((int)event.orderId() + 1, event.receiveTimeNs() + 3);
                }
            }
            else if (event.type() == EventType.ORDER_ADD)
            {
                final long id = event.orderId();
                final long wrong = id == wrongOrder ? 1 : 0;
                // Now and then a deadline that has passed.
                mine.schedule((int)(id % 12), event.receiveTimeNs() + (id * 7) % 40 - 3 + wrong);
                if (id % 5 == 0)
                {
                    mine.cancel((int)(id % 7));
                }
            }
        }
    }
}
