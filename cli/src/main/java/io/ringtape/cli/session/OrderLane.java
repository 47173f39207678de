package io.ringtape.cli.session;

import io.ringtape.book.Books;
import io.ringtape.cli.report.BookCounts;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.SourceDefinition;
import io.ringtape.order.ClientOrderIds;
import io.ringtape.order.OwnOrders;
import io.ringtape.order.OwnTimers;
import io.ringtape.replay.ReplayHandlers;
import io.ringtape.risk.AccountLimits;
import io.ringtape.risk.RiskGate;
import io.ringtape.risk.RiskLimits;
import io.ringtape.strategy.ExampleParameters;
import io.ringtape.strategy.ExampleStrategy;
import io.ringtape.strategy.StrategyHandler;
import java.util.Optional;

/**
 * The handlers of the order lane, in their order: books, risk, strategy. The same ones run when a session is recorded
 * and when it is replayed; they cannot tell which. Hot path.
 * <p>
 * Thread safety: none; the order lane.
 * Allocation: as its handlers.
 */
final class OrderLane implements ReplayHandlers
{
    /** The name of the strategy's source. */
    static final String STRATEGY = "example";

    /** How many timers the strategy may have. */
    static final int TIMERS = 256;

    private static final int ACCOUNT = 1;

    private final Books books;
    private final RiskGate risk;
    private final StrategyHandler strategy;
    private Optional<BookCounts> beforeRange = Optional.empty();

    /**
     * Handlers that have seen nothing.
     *
     * @param definitions of the instruments; more may be added any time.
     * @param source      of the own events.
     * @param runId       that the client order ids name.
     * @param outbox      that takes the own events.
     */
    OrderLane(
        final Definitions definitions, final SourceDefinition source, final long runId, final EventPublisher outbox)
    {
        books = new Books(definitions);
        risk = RiskGate.builder(definitions, books::book).otherLimits(RiskLimits::defaultsFor)
            .otherAccounts(AccountLimits.defaults()).build();
        final OwnOrders orders =
            new OwnOrders(ClientOrderIds.runOf(runId), source, definitions, risk, outbox);
        strategy = new StrategyHandler(new ExampleStrategy(definitions, ExampleParameters.defaults()), orders,
            new OwnTimers(orders, TIMERS), definitions, books::book);
    }

    /**
     * The source that a recording defines for its strategy.
     *
     * @param sourceId the next one.
     * @return a definition.
     */
    static SourceDefinition source(final int sourceId)
    {
        return new SourceDefinition(sourceId, SourceDefinition.Kind.STRATEGY, STRATEGY, ACCOUNT, 0, 0);
    }

    @Override
    public void onEvent(final OrderBookEvent event)
    {
        books.onEvent(event);
        risk.onEvent(event);
        strategy.onEvent(event);
    }

    @Override
    public void onRangeStart()
    {
        beforeRange = Optional.of(BookCounts.of(books));
    }

    /**
     * What the books had counted before the range of a replay.
     *
     * @return empty if no event of the range has come.
     */
    Optional<BookCounts> beforeRange()
    {
        return beforeRange;
    }

    @Override
    public long bookHash()
    {
        return books.bookHash();
    }

    Books books()
    {
        return books;
    }

    RiskGate risk()
    {
        return risk;
    }

    StrategyHandler strategy()
    {
        return strategy;
    }
}
