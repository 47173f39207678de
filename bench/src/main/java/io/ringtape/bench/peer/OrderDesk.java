package io.ringtape.bench.peer;

import io.ringtape.book.Books;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventHandler;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.SourceDefinition;
import io.ringtape.order.ClientOrderIds;
import io.ringtape.order.OwnOrders;
import io.ringtape.replay.ReplayHandlers;
import io.ringtape.risk.AccountLimits;
import io.ringtape.risk.RiskGate;
import io.ringtape.risk.RiskLimits;
import io.ringtape.strategy.ExampleParameters;
import io.ringtape.strategy.ExampleStrategy;
import io.ringtape.strategy.StrategyHandler;

/**
 * The handlers of an order lane as the commands wire them: books, risk gate, example strategy.
 * <p>
 * Thread safety: none. Allocation: on the first events of an instrument.
 */
final class OrderDesk implements ReplayHandlers
{
    private final Books books;
    private final RiskGate risk;
    private final StrategyHandler strategy;

    OrderDesk(
        final Definitions definitions, final SourceDefinition source, final long runId, final EventPublisher outbox)
    {
        books = new Books(definitions);
        risk = RiskGate.builder(definitions, books::book).otherLimits(RiskLimits::defaultsFor)
            .otherAccounts(AccountLimits.defaults()).build();
        strategy = new StrategyHandler(new ExampleStrategy(definitions, ExampleParameters.defaults()),
            new OwnOrders(ClientOrderIds.runOf(runId), source, definitions, risk, outbox), definitions, books::book);
    }

    @Override
    public void onEvent(final OrderBookEvent event)
    {
        books.onEvent(event);
        risk.onEvent(event);
        strategy.onEvent(event);
    }

    /** The first of the handlers, which needs none of the others. */
    EventHandler books()
    {
        return books;
    }

    @Override
    public long bookHash()
    {
        return books.bookHash();
    }
}
