package io.ringtape.bench.peer;

import io.ringtape.event.EventBatch;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import java.util.function.Consumer;

/**
 * Streams whose events go a part of the way through a book, so that it is our own code that is timed on that part. The
 * books stand as the whole stream left them, and stay so.
 * <p>
 * What cannot be had in this way: the levels of a book by price alone, since an event that finds its level also sets
 * it; and one by one the map, the queue and the level that an add or a delete changes.
 * <p>
 * Thread safety: stateless. Allocation: a stream a call.
 */
final class BookStages
{
    private BookStages()
    {
    }

    /** The events as trades: their book is found, and nothing of it changes. */
    static BookStream.Source dispatched(final BookStream.Source source)
    {
        return of(source, (event) -> event.type(EventType.TRADE));
    }

    /** Deletes of orders that no book has: the id is looked up in the map. */
    static BookStream.Source lookedUp(final BookStream.Source source)
    {
        return of(source, (event) -> event.type(EventType.ORDER_DELETE).orderId(-event.orderId()));
    }

    /** Orders that are reduced by nothing: found, and order and level are written. */
    static BookStream.Source written(final BookStream.Source source)
    {
        return of(source, (event) -> event.type(EventType.ORDER_REDUCE).quantity(0));
    }

    private static BookStream.Source of(final BookStream.Source source, final Consumer<OrderBookEvent> change)
    {
        return (count) ->
        {
            final BookStream whole = source.load(count);
            final EventBatch start = new EventBatch(whole.start().count() + count);
            copy(whole.start(), start);
            copy(whole.events(), start);
            final EventBatch events = new EventBatch(count);
            copy(whole.events(), events);
            for (int i = 0; i < count; i++)
            {
                change.accept(events.event(i));
            }
            return new BookStream(whole.definitions(), start, events);
        };
    }

    private static void copy(final EventBatch from, final EventBatch to)
    {
        for (int i = 0; i < from.count(); i++)
        {
            final OrderBookEvent event = to.append();
            event.buffer().putBytes(event.offset(), from.buffer(), i * Work.EVENT_BYTES, Work.EVENT_BYTES);
        }
    }
}
