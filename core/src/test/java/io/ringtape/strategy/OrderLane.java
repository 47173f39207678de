package io.ringtape.strategy;

import io.ringtape.book.Books;
import io.ringtape.event.BookKind;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventHashes;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.EventType;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.SourceDefinition;
import io.ringtape.order.OwnOrders;
import io.ringtape.risk.AccountLimits;
import io.ringtape.risk.RiskGate;
import io.ringtape.risk.RiskLimits;

/**
 * The order lane without a bus, as a deterministic recording runs it: books, gate and strategy get an event each, and
 * the own events made meanwhile follow the venue event.
 */
final class OrderLane
{
    final Definitions definitions = new Definitions();
    final Books books = new Books(definitions);
    final EventHashes hashes = new EventHashes();
    final RiskGate gate;
    final int[] counts = new int[EventType.LIMIT];
    int outboxAnswer = EventPublisher.ACCEPTED;
    private final StrategyHandler handler;
    private final OrderBookEvent event = new OrderBookEvent();
    private EventBatch outbox = new EventBatch(64);
    private EventBatch spare = new EventBatch(64);
    private long sequence;

    OrderLane(final ExampleParameters parameters, final RiskLimits limits)
    {
        definitions.add(new InstrumentDefinition(0, "ORDERS", 0, -9, 0, BookKind.MBO, 0, 0, 0, 1));
        definitions.add(new InstrumentDefinition(1, "LEVELS", 0, -2, -8, BookKind.MBP, 0, 1, 10, 1));
        definitions.add(new SourceDefinition(0, SourceDefinition.Kind.FEED, "feed", 0, 0, 0));
        final SourceDefinition source = new SourceDefinition(1, SourceDefinition.Kind.STRATEGY, "example", 1, 0, 0);
        definitions.add(source);
        gate = RiskGate.builder(definitions, books::book).otherLimits(definition -> limits)
            .otherAccounts(new AccountLimits(Long.MAX_VALUE, Long.MAX_VALUE, 1_000_000, 1_000_000)).build();
        final OwnOrders orders = new OwnOrders(1, source, definitions, gate, this::offer);
        handler = new StrategyHandler(new ExampleStrategy(definitions, parameters), orders, definitions, books::book);
    }

    /** Delivers a venue event, and all that follows from it. */
    void publish(final EventBatch batch)
    {
        deliver(batch);
        while (outbox.count() > 0)
        {
            final EventBatch own = outbox;
            outbox = spare;
            spare = own;
            deliver(own);
            own.clear();
        }
    }

    private void deliver(final EventBatch batch)
    {
        for (int i = 0; i < batch.count(); i++)
        {
            event.wrap(batch.buffer(), i * OrderBookEvent.SIZE_BYTES).sequence(sequence++);
            if (event.has(EventFlags.OWN))
            {
                counts[event.type()]++;
            }
            hashes.onEvent(event);
            books.onEvent(event);
            gate.onEvent(event);
            handler.onEvent(event);
        }
    }

    private int offer(final EventBatch batch)
    {
        if (outboxAnswer == EventPublisher.ACCEPTED)
        {
            for (int i = 0; i < batch.count(); i++)
            {
                outbox.append().copyFrom(batch.event(i));
            }
        }
        return outboxAnswer;
    }
}
