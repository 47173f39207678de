package io.ringtape.cli.faults;

import io.ringtape.book.OrderBook;
import io.ringtape.cli.request.TradingSetup;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventFlags;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.order.OrderSender;
import io.ringtape.risk.AccountLimits;
import io.ringtape.risk.LimitSet;
import io.ringtape.risk.RiskLimits;
import io.ringtape.strategy.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A strategy that sends and cancels at random, within limits that let everything pass, and keeps some orders open.
 */
final class FaultTrader implements Strategy
{
    private static final int MAX_OPEN = 24;
    private static final int MAX_LOTS = 100;
    private static final int INSTRUMENT = 0;
    private static final int MANY = 1_000_000;
    private static final LimitSet WIDE = LimitSet.builder(1)
        .otherInstruments(new RiskLimits(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, 10_000,
            Long.MAX_VALUE, MANY, MANY, Long.MAX_VALUE))
        .otherAccounts(new AccountLimits(Long.MAX_VALUE, Long.MAX_VALUE, MANY, MANY)).build();

    private final List<Long> open = new ArrayList<>();
    private final Definitions definitions;
    private final SplittableRandom random;

    private FaultTrader(final Definitions definitions, final SplittableRandom random)
    {
        this.definitions = definitions;
        this.random = random;
    }

    /** What a recording runs. */
    static TradingSetup setup(final SplittableRandom random)
    {
        return new TradingSetup(
            "trader", (definitions) -> new FaultTrader(definitions, random), Optional.of(WIDE));
    }

    @Override
    public void onEvent(final OrderBookEvent event, final OrderBook book, final OrderSender sender)
    {
        if (book.instrumentId() == INSTRUMENT && !event.has(EventFlags.OWN) && event.has(EventFlags.LAST) &&
            book.isTwoSided())
        {
            trade(book, sender);
        }
    }

    private void trade(final OrderBook book, final OrderSender sender)
    {
        open.removeIf((id) -> !sender.isOpen(id));
        if (open.size() < MAX_OPEN && (open.isEmpty() || random.nextBoolean()))
        {
            final long lot = Math.max(1, definitions.instrument(INSTRUMENT).lotSize());
            final long id = sender.newLimit(
                INSTRUMENT, Side.BID, book.bestBid(), (1 + random.nextInt(MAX_LOTS)) * lot);
            if (id >= 0)
            {
                open.add(id);
            }
        }
        else
        {
            sender.cancel(open.get(random.nextInt(open.size())));
        }
    }
}
