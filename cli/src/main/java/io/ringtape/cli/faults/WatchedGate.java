package io.ringtape.cli.faults;

import io.ringtape.event.EventBatch;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.order.NewOrder;
import io.ringtape.order.OpenOrders;
import io.ringtape.order.OrderGate;
import io.ringtape.risk.RiskCheck;
import java.util.Optional;
import org.agrona.collections.LongHashSet;

/**
 * Stands on both sides of an order sender: between it and its gate, whose one check it can switch off, and in the place
 * of its outbox, where each order must be one that the gate has passed, as it has passed it, and comes once.
 */
final class WatchedGate implements OrderGate, EventPublisher
{
    private final EventBatch left = new EventBatch(2);
    private final LongHashSet passed = new LongHashSet();
    private final OrderGate gate;
    private final int off;
    private String wrong = "";
    private int lastAnswer;
    private long passedPrice;
    private long passedQuantity;
    private int passedSide;
    private boolean isFull;

    WatchedGate(final OrderGate gate, final Optional<RiskCheck> off)
    {
        this.gate = gate;
        this.off = off.map(RiskCheck::code).orElse(PASSED);
    }

    @Override
    public int check(final NewOrder order)
    {
        final int answer = gate.check(order);
        if (answer == PASSED)
        {
            passed.add(order.clientOrderId());
            passedPrice = order.price();
            passedQuantity = order.quantity();
            passedSide = order.side();
        }
        lastAnswer = answer == off ? PASSED : answer;
        return lastAnswer;
    }

    @Override
    public int offer(final EventBatch batch)
    {
        if (isFull)
        {
            return FULL;
        }
        final OrderBookEvent event = batch.event(0);
        if (event.type() == EventType.OWN_NEW && wrong.isEmpty())
        {
            if (!passed.remove(event.orderId()))
            {
                wrong = "an order left without its accept: " + event;
            }
            else if (event.price() != passedPrice || event.quantity() != passedQuantity || event.side() != passedSide)
            {
                wrong = "an order left as it was not accepted: " + event;
            }
        }
        left.clear();
        for (int i = 0; i < batch.count(); i++)
        {
            left.append().copyFrom(batch.event(i));
        }
        return ACCEPTED;
    }

    /** What left last. */
    EventBatch left()
    {
        return left;
    }

    void full(final boolean full)
    {
        isFull = full;
    }

    String wrong()
    {
        return wrong;
    }

    int lastAnswer()
    {
        return lastAnswer;
    }

    @Override
    public long failedValue()
    {
        return gate.failedValue();
    }

    @Override
    public long failedLimit()
    {
        return gate.failedLimit();
    }

    @Override
    public void onAccepted(final NewOrder order)
    {
        // What should not have gone may make no sense, and the case ends with it.
        if (wrong.isEmpty())
        {
            gate.onAccepted(order);
        }
    }

    @Override
    public void onCancelSent(final int slot)
    {
        gate.onCancelSent(slot);
    }

    @Override
    public OpenOrders openOrders()
    {
        return gate.openOrders();
    }
}
