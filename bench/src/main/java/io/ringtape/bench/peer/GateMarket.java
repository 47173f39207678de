package io.ringtape.bench.peer;

import io.ringtape.book.Books;
import io.ringtape.event.BookKind;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.EventType;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.event.SourceDefinition;
import io.ringtape.event.TradingStatus;
import io.ringtape.order.ClientOrderIds;
import io.ringtape.order.OwnOrders;
import io.ringtape.risk.AccountLimits;
import io.ringtape.risk.RiskGate;
import io.ringtape.risk.RiskLimits;

/**
 * What {@link GateOrders} is around: a gate with limits of instrument and account, which are so wide that nothing
 * reaches them, and a sender, behind a fill, so that profit and loss are summed up too. The fill is smaller than any
 * order: each order turns or raises the position, so that one limit of 0 rejects all of them.
 * <p>
 * Thread safety: one thread owns it. Allocation: none once warm.
 */
final class GateMarket
{
    private static final int RUN = 1;
    static final int ACCOUNT = 1;
    static final long TICK = 5;
    static final long LOT = 10;
    /** Between the touch. */
    static final long MIDDLE = 100_000;
    private static final int MANY = 1_000_000;
    /** As long as two thousand messages take at the rate: more than any block has. */
    private static final long BLOCK_NS = 2_000_000;
    /** Nothing reaches them. */
    static final RiskLimits WIDE =
        new RiskLimits(1_000, 1L << 40, 1L << 40, 1L << 40, 500, 10_000_000_000L, MANY, MANY, 1L << 50);
    private static final AccountLimits ACCOUNT_LIMITS = new AccountLimits(1L << 60, 1L << 50, MANY, MANY);

    private final OrderBookEvent event = new EventBatch(1).append();
    private final Books books;
    private final RiskGate gate;
    private final OwnOrders sender;
    private long timeNs = Work.TIME_NS;
    private long sent;

    GateMarket(final RiskLimits limits)
    {
        final SourceDefinition source =
            new SourceDefinition(0, SourceDefinition.Kind.STRATEGY, "bench", ACCOUNT, 0, 0);
        final Definitions definitions = new Definitions();
        books = new Books(definitions);
        definitions.add(source);
        definitions.add(new InstrumentDefinition(0, "BENCH", 0, InstrumentDefinition.DEFAULT_PRICE_EXPONENT, 0,
            BookKind.MBP, 0, TICK, LOT, 1));
        gate = RiskGate.builder(definitions, books::book).otherLimits((definition) -> limits)
            .otherAccounts(ACCOUNT_LIMITS).build();
        sender = new OwnOrders(RUN, source, definitions, gate, (batch) ->
        {
            sent += batch.count();
            return EventPublisher.ACCEPTED;
        });
        moveOn();
        deliver(event.reset().type(EventType.OWN_FILL).orderId(orderId(0)).price(MIDDLE).quantity(LOT / 2)
            .flags(EventFlags.OWN | EventFlags.LAST | Side.BID));
    }

    RiskGate gate()
    {
        return gate;
    }

    OwnOrders sender()
    {
        return sender;
    }

    /** A run begins. */
    void begin()
    {
        sent = 0;
    }

    /** Events that the sender handed out since then. */
    long sent()
    {
        return sent;
    }

    static long orderId(final long counter)
    {
        return ClientOrderIds.of(RUN, 0, counter);
    }

    /** The venue cancels an order. */
    void cancel(final long counter)
    {
        deliver(event.reset().type(EventType.OWN_CANCELLED).orderId(orderId(counter))
            .flags(EventFlags.OWN | EventFlags.LAST));
    }

    /** The market moves on, so that no limit is used up. */
    void moveOn()
    {
        timeNs += BLOCK_NS;
        level(Side.BID, MIDDLE - TICK);
        level(Side.ASK, MIDDLE + TICK);
    }

    /** The venue takes no orders from here on. */
    void halt()
    {
        deliver(event.reset().type(EventType.TRADING_STATUS).price(TradingStatus.HALTED).eventTimeNs(timeNs)
            .receiveTimeNs(timeNs).flags(EventFlags.LAST));
    }

    private void level(final int side, final long price)
    {
        deliver(event.reset().type(EventType.LEVEL_SET).price(price).quantity(LOT).eventTimeNs(timeNs)
            .receiveTimeNs(timeNs).flags(side | EventFlags.LAST));
    }

    private void deliver(final OrderBookEvent delivered)
    {
        books.onEvent(delivered);
        gate.onEvent(delivered);
        sender.inHand(delivered);
    }
}
