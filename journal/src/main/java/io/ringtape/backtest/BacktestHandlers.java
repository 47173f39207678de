package io.ringtape.backtest;

import io.ringtape.book.Books;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventHandler;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.SourceDefinition;
import io.ringtape.journal.RunInfo;
import io.ringtape.order.ClientOrderIds;
import io.ringtape.order.OrderGate;
import io.ringtape.order.OwnOrders;
import io.ringtape.order.OwnTimers;
import io.ringtape.strategy.Strategy;
import io.ringtape.strategy.StrategyHandler;
import java.util.Objects;

/**
 * The handlers of one run in a backtest, the very ones of the order lane.
 * <p>
 * Books and risk get the run from its start, so that both know the market where the range starts; the strategy gets the
 * range.
 * <p>
 * Thread safety: the thread of the backtest.
 * Allocation: on construction only.
 *
 * @param books    of the run; the venue matches against them too.
 * @param risk     the gate as a handler.
 * @param strategy behind the gate.
 */
public record BacktestHandlers(Books books, EventHandler risk, EventHandler strategy)
{
    /** The source of the strategy's events; no source of a tape's own may have it. */
    public static final int STRATEGY_SOURCE_ID = Definitions.MAX_SOURCE_ID - 1;
    /** The source of the simulated venue's answers. */
    public static final int VENUE_SOURCE_ID = Definitions.MAX_SOURCE_ID;

    /**
     * Makes fresh handlers for each run of a tape.
     */
    @FunctionalInterface
    public interface Factory
    {
        /**
         * Makes handlers that have seen nothing.
         *
         * @param run         its header.
         * @param definitions of the run; those that come later are added while it is read.
         * @param outbox      where the strategy's orders go.
         * @return the handlers.
         */
        BacktestHandlers create(RunInfo run, Definitions definitions, EventPublisher outbox);
    }

    /**
     * Makes the gate of a run.
     *
     * @param <G> the gate as a handler too.
     */
    @FunctionalInterface
    public interface GateFactory<G extends EventHandler & OrderGate>
    {
        /**
         * Makes a gate that has seen nothing.
         *
         * @param definitions of the run.
         * @param books       of the run.
         * @return the gate.
         */
        G create(Definitions definitions, Books books);
    }

    /**
     * Makes the strategy of a run.
     */
    @FunctionalInterface
    public interface StrategyFactory
    {
        /**
         * Makes a strategy that has seen nothing.
         *
         * @param definitions of the run.
         * @return the strategy.
         */
        Strategy create(Definitions definitions);
    }

    /**
     * Checks that all are there.
     */
    public BacktestHandlers
    {
        Objects.requireNonNull(books, "books");
        Objects.requireNonNull(risk, "risk");
        Objects.requireNonNull(strategy, "strategy");
    }

    /**
     * A factory of books, one gate, and one strategy with timers.
     *
     * @param <G>      the gate as a handler too.
     * @param gate     makes the gate.
     * @param strategy makes the strategy.
     * @param name     of the strategy's source, not empty.
     * @param account  of the strategy.
     * @param timers   how many timers the strategy may have.
     * @return the factory.
     */
    public static <G extends EventHandler & OrderGate> Factory factory(
        final GateFactory<G> gate, final StrategyFactory strategy, final String name, final int account,
        final int timers)
    {
        final SourceDefinition source = new SourceDefinition(
            STRATEGY_SOURCE_ID, SourceDefinition.Kind.STRATEGY, name, account, 0, 0);
        return (run, definitions, outbox) ->
        {
            final Books books = new Books(definitions);
            final G made = gate.create(definitions, books);
            final OwnOrders orders =
                new OwnOrders(ClientOrderIds.runOf(run.runId()), source, definitions, made, outbox);
            return new BacktestHandlers(books, made, new StrategyHandler(strategy.create(definitions), orders,
                new OwnTimers(orders, timers), definitions, books::book));
        };
    }
}
