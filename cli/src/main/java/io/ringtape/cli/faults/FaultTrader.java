package io.ringtape.cli.faults;

import io.ringtape.event.Definitions;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventHandler;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.event.SourceDefinition;
import io.ringtape.order.ClientOrderIds;
import io.ringtape.order.NewOrder;
import io.ringtape.order.OpenOrders;
import io.ringtape.order.OrderGate;
import io.ringtape.order.OwnOrders;
import java.util.SplittableRandom;

/**
 * A strategy that sends and cancels at random, behind a gate that lets everything pass, and keeps some orders open.
 */
final class FaultTrader implements EventHandler
{
    private static final int MAX_OPEN = 24;
    private static final int MAX_QUANTITY = 100;
    /** It does something at one market event of so many. */
    private static final int SELDOM = 8;

    private final OpenGate gate = new OpenGate();
    private final SplittableRandom random;
    private final Definitions definitions;
    private final OwnOrders orders;

    FaultTrader(
        final long runId, final SourceDefinition source, final Definitions definitions, final EventPublisher outbox,
        final SplittableRandom random)
    {
        this.random = random;
        this.definitions = definitions;
        orders = new OwnOrders(ClientOrderIds.runOf(runId), source, definitions, gate, outbox);
    }

    @Override
    public void onEvent(final OrderBookEvent event)
    {
        if (event.has(EventFlags.OWN))
        {
            if (definitions.source(event.sourceId()).kind() == SourceDefinition.Kind.GATEWAY)
            {
                gate.onAnswer(event);
            }
        }
        else if (random.nextInt(SELDOM) == 0)
        {
            orders.inHand(event);
            trade();
        }
    }

    private void trade()
    {
        final long[] open = gate.open.ids();
        if (open.length < MAX_OPEN && (open.length == 0 || random.nextBoolean()))
        {
            orders.newLimit(0, Side.BID, 1 + random.nextInt(MAX_QUANTITY), 1 + random.nextInt(MAX_QUANTITY));
        }
        else
        {
            orders.cancel(open[random.nextInt(open.length)]);
        }
    }

    /** Knows what is open. */
    private static final class OpenGate implements OrderGate
    {
        private final OpenOrders open = new OpenOrders();

        void onAnswer(final OrderBookEvent answer)
        {
            final int type = answer.type();
            final int slot = type == EventType.DETAIL ? OpenOrders.NO_SLOT : open.find(answer.orderId());
            if (slot != OpenOrders.NO_SLOT && (type == EventType.OWN_CANCELLED || type == EventType.OWN_REJECTED ||
                (type == EventType.OWN_FILL && open.reduce(slot, answer.quantity()) <= 0)))
            {
                open.remove(slot);
            }
        }

        @Override
        public int check(final NewOrder order)
        {
            return PASSED;
        }

        @Override
        public long failedValue()
        {
            return 0;
        }

        @Override
        public long failedLimit()
        {
            return 0;
        }

        @Override
        public void onAccepted(final NewOrder order)
        {
            open.add(order.clientOrderId(), order.instrumentId(), order.side(), order.price(), order.quantity());
        }

        @Override
        public void onCancelSent(final int slot)
        {
            open.markCancelPending(slot);
        }

        @Override
        public OpenOrders openOrders()
        {
            return open;
        }
    }
}
