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
import io.ringtape.order.ClientOrderIds;
import io.ringtape.order.NewOrder;
import io.ringtape.order.OrderGate;
import io.ringtape.order.OrderType;
import io.ringtape.order.OwnOrders;
import io.ringtape.order.TimeInForce;
import io.ringtape.risk.AccountLimits;
import io.ringtape.risk.RiskGate;
import io.ringtape.risk.RiskLimits;

/**
 * New orders through every check of the risk gate, of instrument and account, which all of them pass: buys and sells
 * around a touch, one in eight a market order, with tick and lot, behind a fill, so that profit and loss are summed up
 * too. Each is checked and counted as open; or it is sent through the order sender, which writes its two events and
 * hands them to an outbox that only counts. What counts is the mean over a block of {@link BlockMeans#EVENTS} orders,
 * of the blocks of a run the one in the middle. Between blocks, and not counted, the orders of the block are cancelled
 * and the market moves on, so that no limit is used up.
 * <p>
 * Thread safety: one thread owns it. Allocation: none in a run once warm.
 */
final class GateOrders implements Peer
{
    private static final int RUN = 1;
    private static final int ACCOUNT = 1;
    private static final int TICKETS = 1 << 10;
    private static final int MARKET_MASK = 7;
    private static final long TICK = 5;
    private static final long LOT = 10;
    private static final long MIDDLE = 100_000;
    private static final int MANY = 1_000_000;
    /** As long as two thousand messages take at the rate: more than any block has. */
    private static final long BLOCK_NS = 2_000_000;
    private static final RiskLimits LIMITS =
        new RiskLimits(1_000, 1L << 40, 1L << 40, 1L << 40, 500, 10_000_000_000L, MANY, MANY, 1L << 50);
    private static final AccountLimits ACCOUNT_LIMITS = new AccountLimits(1L << 60, 1L << 50, MANY, MANY);

    private final BlockMeans means = new BlockMeans();
    private final Definitions definitions = new Definitions();
    private final Books books = new Books(definitions);
    private final OrderBookEvent event = new EventBatch(1).append();
    private final NewOrder[] tickets = new NewOrder[TICKETS];
    private final RiskGate gate;
    private final OwnOrders sender;
    private final boolean isSending;
    private long lastCounter;
    private long blockCounter;
    private long timeNs = Work.TIME_NS;
    private long sent;
    private long passed;

    GateOrders(final boolean isSending)
    {
        this.isSending = isSending;
        final SourceDefinition source =
            new SourceDefinition(0, SourceDefinition.Kind.STRATEGY, "bench", ACCOUNT, 0, 0);
        definitions.add(source);
        definitions.add(new InstrumentDefinition(0, "BENCH", 0, InstrumentDefinition.DEFAULT_PRICE_EXPONENT, 0,
            BookKind.MBP, 0, TICK, LOT, 1));
        gate = RiskGate.builder(definitions, books::book).otherLimits((definition) -> LIMITS)
            .otherAccounts(ACCOUNT_LIMITS).build();
        sender = new OwnOrders(RUN, source, definitions, gate, (batch) ->
        {
            sent += batch.count();
            return EventPublisher.ACCEPTED;
        });
        for (int i = 0; i < TICKETS; i++)
        {
            tickets[i] = ticket(i);
        }
        moveOn();
        deliver(event.reset().type(EventType.OWN_FILL).orderId(ClientOrderIds.of(RUN, 0, 0)).price(MIDDLE)
            .quantity(LOT).flags(EventFlags.OWN | EventFlags.LAST | Side.BID));
    }

    @Override
    public void prepare(final int count)
    {
        means.begin(count);
        passed = 0;
        sent = 0;
    }

    @Override
    public void run(final int count)
    {
        int from = 0;
        for (int i = 0; i < means.blocks(); i++)
        {
            final int to = means.end(i);
            final long start = PeerClock.nanoTime();
            passed += isSending ? send(from, to) : check(from, to);
            means.took(i, PeerClock.nanoTime() - start);
            cancelAll();
            moveOn();
            from = to;
        }
    }

    private long check(final int from, final int to)
    {
        final RiskGate risk = gate;
        long good = 0;
        for (int i = from; i < to; i++)
        {
            final NewOrder order =
                tickets[i & (TICKETS - 1)].from(ClientOrderIds.of(RUN, 0, ++lastCounter), 0, ACCOUNT);
            if (risk.check(order) == OrderGate.PASSED)
            {
                risk.onAccepted(order);
                good++;
            }
        }
        return good;
    }

    private long send(final int from, final int to)
    {
        final OwnOrders orders = sender;
        long good = 0;
        for (int i = from; i < to; i++)
        {
            final NewOrder order = tickets[i & (TICKETS - 1)];
            lastCounter++;
            good += orders.send(0, order.side(), order.orderType(), order.timeInForce(), 0, order.price(),
                order.quantity()) > 0 ? 1 : 0;
        }
        return good;
    }

    private void cancelAll()
    {
        while (blockCounter < lastCounter)
        {
            deliver(event.reset().type(EventType.OWN_CANCELLED)
                .orderId(ClientOrderIds.of(RUN, 0, ++blockCounter)).flags(EventFlags.OWN | EventFlags.LAST));
        }
    }

    private void moveOn()
    {
        timeNs += BLOCK_NS;
        level(Side.BID, MIDDLE - TICK);
        level(Side.ASK, MIDDLE + TICK);
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

    private static NewOrder ticket(final int index)
    {
        final boolean isBuy = (index & 1) == 0;
        final long quantity = LOT * (1 + index % 9);
        final int side = isBuy ? Side.BID : Side.ASK;
        if ((index & MARKET_MASK) == MARKET_MASK)
        {
            return new NewOrder().limit(0, side, OrderBookEvent.NULL_PRICE, quantity)
                .terms(OrderType.MARKET, TimeInForce.IMMEDIATE_OR_CANCEL, 0);
        }
        final long away = TICK * (index % 16);
        return new NewOrder().limit(0, side, isBuy ? MIDDLE - away : MIDDLE + away, quantity);
    }

    @Override
    public long checksum()
    {
        return passed + sent;
    }

    /** Every order passes, and where it is sent it comes to two events. */
    @Override
    public long expected(final long first, final int count)
    {
        return count + (isSending ? 2L * count : 0);
    }

    @Override
    public long cost(final long elapsedNs)
    {
        return means.cost();
    }

    @Override
    public void close()
    {
        // It holds nothing.
    }
}
