package io.ringtape.gateway;

import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.event.SourceDefinition;
import io.ringtape.order.ClientOrderIds;
import io.ringtape.order.TimeInForce;
import java.util.ArrayList;
import java.util.List;

/** An inbox and a ring, moved by hand. */
final class FakeRing implements EventPublisher
{
    static final int STRATEGY = 1;
    static final int GATEWAY = 2;
    static final int LEFT = 3;
    static final int ACCOUNT = 7;

    final Definitions definitions = new Definitions();
    final SourceDefinition gateway =
        new SourceDefinition(GATEWAY, SourceDefinition.Kind.GATEWAY, "loopback", 0, 0, 0);
    final List<String> published = new ArrayList<>();
    int answer = ACCEPTED;
    boolean isHalted;
    private final EventBatch waiting = new EventBatch(64);
    private final OrderBookEvent event = new EventBatch(1).append();
    private long nextSequence = 100;

    FakeRing()
    {
        definitions.add(new SourceDefinition(0, SourceDefinition.Kind.FEED, "feed", 0, 0, 0));
        definitions.add(new SourceDefinition(STRATEGY, SourceDefinition.Kind.STRATEGY, "s", ACCOUNT, 0, 0));
        definitions.add(gateway);
        definitions.add(new SourceDefinition(LEFT, SourceDefinition.Kind.GATEWAY, "gateway-side", 0, 0, 0));
    }

    static long id(final int counter)
    {
        return ClientOrderIds.of(1, STRATEGY, counter);
    }

    @Override
    public int offer(final EventBatch batch)
    {
        for (int i = 0; answer == ACCEPTED && i < batch.count(); i++)
        {
            waiting.append().copyFrom(batch.event(i));
        }
        return answer;
    }

    GatewayHandler connected(final GatewayHandler handler)
    {
        handler.connect(this, nextSequence, () -> isHalted);
        return handler;
    }

    void order(final GatewayHandler handler, final int counter)
    {
        order(handler, counter, TimeInForce.GOOD_TILL_CANCEL);
    }

    void order(final GatewayHandler handler, final int counter, final int timeInForce)
    {
        own(EventType.OWN_NEW, counter, EventFlags.OWN | Side.BID);
        deliver(handler);
        event.reset().type(EventType.DETAIL).sourceId(STRATEGY).flags(EventFlags.OWN | EventFlags.LAST | Side.BID)
            .detail(0, 2).detail(1, timeInForce).detail(2, ACCOUNT).detail(3, STRATEGY).detail(4, 0).detail(5, 0);
        deliver(handler);
    }

    void cancel(final GatewayHandler handler, final int counter, final int sourceId)
    {
        own(EventType.OWN_CANCEL, counter, EventFlags.OWN | EventFlags.LAST | Side.BID).sourceId(sourceId);
        deliver(handler);
    }

    void market(final GatewayHandler handler)
    {
        event.reset().type(EventType.TRADE).receiveTimeNs(nextSequence).flags(EventFlags.LAST);
        deliver(handler);
    }

    /** What waits in the inbox goes on the ring. */
    void drain(final GatewayHandler handler)
    {
        for (int i = 0; i < waiting.count(); i++)
        {
            event.copyFrom(waiting.event(i));
            published.add(text(event));
            deliver(handler);
        }
        waiting.clear();
        handler.onBatchEnd(nextSequence - 1);
    }

    long lastSequence()
    {
        return nextSequence - 1;
    }

    static String text(final OrderBookEvent event)
    {
        return event.type() != EventType.DETAIL ?
            EventType.name(event.type()) + " " + ClientOrderIds.counter(event.orderId()) + " " + event.quantity() :
            "detail " + event.detail(0) + " " + event.detail(1) + " " + event.detail(2);
    }

    private OrderBookEvent own(final int type, final int counter, final int flags)
    {
        return event.reset().type(type).sourceId(STRATEGY).flags(flags).orderId(id(counter)).price(1_000)
            .quantity(10).eventTimeNs(5).receiveTimeNs(6).sourceSequence(50);
    }

    private void deliver(final GatewayHandler handler)
    {
        handler.onEvent(event.sequence(nextSequence++));
    }
}
