package io.ringtape.bench.peer;

import io.ringtape.event.BookKind;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.event.SourceDefinition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Books of a size that does not change: live orders are deleted and added again, one after the other in random order.
 * Made, not captured.
 * <p>
 * Thread safety: immutable. Allocation: a stream a call.
 *
 * @param orders      live in all books together.
 * @param instruments that share them evenly.
 * @param levels      on a side of each book at most.
 */
record OrderCycle(int orders, int instruments, int levels) implements BookStream.Source
{
    /** Of a run. */
    static final int EVENTS = 1 << 18;

    private static final int USUAL_LEVELS = 50;
    private static final long TICK = 10_000_000L;
    private static final long MIDDLE = 100_000_000_000L;

    /** One instrument with 50 levels a side. */
    static OrderCycle of(final int orders)
    {
        return new OrderCycle(orders, 1, USUAL_LEVELS);
    }

    @Override
    public BookStream load(final int count)
    {
        final EventBatch start = new EventBatch(orders);
        final List<Integer> shuffled = new ArrayList<>(orders);
        for (int order = 0; order < orders; order++)
        {
            write(start.append(), order).type(EventType.ORDER_ADD);
            shuffled.add(order);
        }
        Collections.shuffle(shuffled, new Random(BookStream.SEED));
        final EventBatch events = new EventBatch(count);
        for (int i = 0; i < count; i++)
        {
            write(events.append(), shuffled.get(i / 2 % orders))
                .type(i % 2 == 0 ? EventType.ORDER_DELETE : EventType.ORDER_ADD);
        }
        return new BookStream(definitions(), start, events);
    }

    private Definitions definitions()
    {
        final Definitions definitions = new Definitions();
        for (int id = 0; id < instruments; id++)
        {
            definitions.add(new InstrumentDefinition(id, "BENCH-" + id, 1 + id,
                InstrumentDefinition.DEFAULT_PRICE_EXPONENT, 0, BookKind.MBO, 0, 1, 1, 1));
        }
        definitions.add(new SourceDefinition(0, SourceDefinition.Kind.FEED, "bench", 0, 0, 0));
        return definitions;
    }

    private OrderBookEvent write(final OrderBookEvent event, final int order)
    {
        final int inBook = order / instruments;
        final boolean isBid = (inBook & 1) == 0;
        final long away = TICK * (1 + inBook / 2 % levels);
        return event
            .instrumentId(order % instruments)
            .orderId(1 + order)
            .price(isBid ? MIDDLE - away : MIDDLE + away)
            .quantity(100 + order % 7)
            .flags((isBid ? Side.BID : Side.ASK) | EventFlags.LAST);
    }
}
