package io.ringtape.order;

import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.event.SourceDefinition;
import io.ringtape.event.Stateful;

/**
 * The order sender of one strategy: asks the gate, makes the client order id, writes the own events and hands them to
 * the outbox. Hot path.
 * <pre>
 *   new order -&gt; gate passed   -&gt; OWN_NEW      + DETAIL (order type, time in force, account, strategy, 0,
 *                                                     instructions)
 *             -&gt; gate rejected -&gt; OWN_REJECTED + DETAIL (check, value, limit, 0, 0, 0)
 *   cancel    -&gt; order is open -&gt; OWN_CANCEL
 * </pre>
 * All lines carry {@link EventFlags#OWN} and the order's side, the final one {@link EventFlags#LAST}. The source is the
 * strategy's. The source sequence is the sequence of the input event in hand, and the times are that event's; with an
 * own event in hand they are those of its cause. The cause never goes back: an own event that comes back behind a later
 * input, and is answered, counts as answered at the latest cause written so far.
 * <p>
 * The lane calls {@link #inHand(OrderBookEvent)} for each event before the strategy gets it. The outbox is an
 * {@link EventPublisher}: an inbox of the bus, or the comparator of a replay. Cancels have room of their own in it, for
 * half as many as its capacity: one that is full of other events refuses an order with {@link #OUTBOX_FULL}, and takes
 * a cancel.
 * <p>
 * Thread safety: none; the order lane.
 * Allocation: none in steady state.
 */
public final class OwnOrders implements OrderSender
{
    /**
     * How many cancels {@link #cancelAll()} sends at most. An outbox of twice as many events has room for them whatever
     * else is in it, so that how many are sent depends on events alone, as a replay must find it.
     */
    public static final int MOST_CANCELS = 1 << 11;

    /**
     * How many own events may come of one input event, in a recording, its replay and a backtest: strategies that make
     * more answer their own events without end, and fail.
     */
    public static final int MOST_AT_ONE_INPUT = 1 << 20;

    private final EventBatch batch = new EventBatch(2);
    private final NewOrder order = new NewOrder();
    private final Cause cause = new Cause();
    private final Definitions definitions;
    private final OrderGate gate;
    private final OpenOrders openOrders;
    private final EventPublisher outbox;
    private final int sourceId;
    private final int account;
    private final long firstId;
    private long lastCounter;

    /**
     * A sender.
     *
     * @param run         that the client order ids name, 0 to {@link ClientOrderIds#MAX_RUN}, see
     *                    {@link ClientOrderIds#runOf(long)}.
     * @param strategy    the source of the own events; its id is the strategy in client order ids, its publisher the
     *                    account.
     * @param definitions of the instruments that may be traded.
     * @param gate        that every new order must pass.
     * @param outbox      that takes the own events.
     * @throws IllegalArgumentException if the source is not a strategy or the run is out of its range.
     */
    public OwnOrders(
        final int run, final SourceDefinition strategy, final Definitions definitions, final OrderGate gate,
        final EventPublisher outbox)
    {
        if (strategy.kind() != SourceDefinition.Kind.STRATEGY)
        {
            throw new IllegalArgumentException("source must be a strategy: sourceId=" + strategy.sourceId() +
                " kind=" + strategy.kind());
        }
        firstId = ClientOrderIds.of(run, strategy.sourceId(), 0);
        sourceId = strategy.sourceId();
        account = strategy.publisher();
        this.definitions = definitions;
        this.gate = gate;
        this.outbox = outbox;
        openOrders = gate.openOrders();
        gate.useControls(new OwnControls(this));
    }

    /**
     * Takes the event in hand as the cause of what is sent until the next call.
     *
     * @param event that the strategy is about to get.
     */
    public void inHand(final OrderBookEvent event)
    {
        cause.take(event);
    }

    @Override
    public long newLimit(final int instrumentId, final int side, final long price, final long quantity)
    {
        return send(order.limit(instrumentId, side, price, quantity));
    }

    @Override
    public long send(
        final int instrumentId, final int side, final int orderType, final int timeInForce, final int instructions,
        final long price, final long quantity)
    {
        return send(
            order.limit(instrumentId, side, price, quantity).terms(orderType, timeInForce, instructions));
    }

    private long send(final NewOrder asked)
    {
        final int instrumentId = asked.instrumentId();
        if (instrumentId < 0 || instrumentId >= definitions.instrumentCount())
        {
            return UNKNOWN_INSTRUMENT;
        }
        if (lastCounter == ClientOrderIds.MAX_COUNTER)
        {
            return CLOSED;
        }
        final long clientOrderId = firstId | (lastCounter + 1);
        final int check = gate.check(asked.from(clientOrderId, sourceId, account));
        write(asked, check);
        final int answer = sent(outbox.offer(batch));
        if (answer != EventPublisher.ACCEPTED)
        {
            return refused(answer);
        }
        lastCounter++;
        if (check != OrderGate.PASSED)
        {
            return REJECTED;
        }
        gate.onAccepted(asked);
        return clientOrderId;
    }

    private void write(final NewOrder asked, final int check)
    {
        final boolean passed = check == OrderGate.PASSED;
        final int side = asked.side() == Side.BID || asked.side() == Side.ASK ? asked.side() : Side.NONE;
        batch.clear();
        append(passed ? EventType.OWN_NEW : EventType.OWN_REJECTED, asked.instrumentId(), side)
            .orderId(asked.clientOrderId()).price(asked.price()).quantity(asked.quantity());
        final OrderBookEvent detail = appendDetail(asked.instrumentId(), side);
        if (passed)
        {
            detail.detail(0, asked.orderType()).detail(1, asked.timeInForce()).detail(2, account)
                .detail(3, sourceId).detail(5, asked.instructions());
        }
        else
        {
            detail.detail(0, check).detail(1, gate.failedValue()).detail(2, gate.failedLimit());
        }
    }

    @Override
    public long cancel(final long clientOrderId)
    {
        final int slot = openOrders.find(clientOrderId);
        final boolean mine = (clientOrderId ^ firstId) >>> ClientOrderIds.STRATEGY_SHIFT == 0;
        if (!mine || slot == OpenOrders.NO_SLOT || openOrders.isCancelPending(slot))
        {
            return NOT_OPEN;
        }
        final int side = openOrders.side(slot);
        batch.clear();
        append(EventType.OWN_CANCEL, openOrders.instrumentId(slot), side)
            .orderId(clientOrderId).price(openOrders.price(slot)).quantity(openOrders.quantity(slot))
            .flags(EventFlags.OWN | EventFlags.LAST | side);
        final int answer = sent(outbox.offerReserved(batch));
        if (answer != EventPublisher.ACCEPTED)
        {
            return refused(answer);
        }
        gate.onCancelSent(slot);
        return clientOrderId;
    }

    /**
     * Sends a cancel of each open order of this strategy that has none, in the order of their ids, up to
     * {@link #MOST_CANCELS} and as far as the outbox takes them: what a run ends with. Cold.
     */
    public void cancelAll()
    {
        int left = MOST_CANCELS;
        for (final long clientOrderId : openOrders.ids())
        {
            if (left == 0)
            {
                return;
            }
            final long answer = cancel(clientOrderId);
            if (answer == OUTBOX_FULL)
            {
                return;
            }
            if (answer == clientOrderId)
            {
                left--;
            }
        }
    }

    @Override
    public boolean isOpen(final long clientOrderId)
    {
        return openOrders.find(clientOrderId) != OpenOrders.NO_SLOT;
    }

    /**
     * What the sender knows, but for the orders that are open, which are the gate's: how far its ids have come, and
     * causes.
     *
     * @return reads and changes this sender.
     */
    public Stateful state()
    {
        return new OwnOrdersState(this);
    }

    long lastCounter()
    {
        return lastCounter;
    }

    void restart(final long counter)
    {
        lastCounter = counter;
    }

    /** The id that has no counter: run and strategy. */
    long firstId()
    {
        return firstId;
    }

    int account()
    {
        return account;
    }

    Cause cause()
    {
        return cause;
    }

    EventPublisher outbox()
    {
        return outbox;
    }

    int sourceId()
    {
        return sourceId;
    }

    private OrderBookEvent append(final int type, final int instrumentId, final int side)
    {
        return cause.write(
            batch.append().type(type).flags(EventFlags.OWN | side).sourceId(sourceId).instrumentId(instrumentId));
    }

    // A blank event holds the null price and quantity in two of the detail's values.
    private OrderBookEvent appendDetail(final int instrumentId, final int side)
    {
        return batch.append().type(EventType.DETAIL).flags(EventFlags.OWN | EventFlags.LAST | side)
            .sourceId(sourceId).instrumentId(instrumentId).detail(3, 0).detail(4, 0);
    }

    private int sent(final int answer)
    {
        if (answer == EventPublisher.ACCEPTED)
        {
            cause.onSent();
        }
        return answer;
    }

    private static long refused(final int answer)
    {
        return answer == EventPublisher.FULL ? OUTBOX_FULL : CLOSED;
    }
}
