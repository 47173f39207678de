package io.ringtape.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.book.Books;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventHashes;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.SourceDefinition;
import io.ringtape.order.OwnOrders;
import io.ringtape.risk.AccountLimits;
import io.ringtape.risk.RiskGate;
import io.ringtape.risk.RiskLimits;
import io.ringtape.strategy.ExampleParameters;
import io.ringtape.strategy.ExampleStrategy;
import io.ringtape.strategy.StrategyHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The example strategy finds something to do in the generated session, with the default limits, and not too much. */
@Timeout(60)
final class DemoTradingTest
{
    private static final int EVENTS = 300_000;

    private final long[] counts = new long[EventType.LIMIT];
    private final EventBatch outbox = new EventBatch(64);

    @Test
    void shouldGiveOrdersCancelsAndRejectsAtAModestRate()
    {
        run(1);

        final long orders = counts[EventType.OWN_NEW];
        final long rejects = counts[EventType.OWN_REJECTED];
        final long messages = orders + rejects + counts[EventType.OWN_CANCEL];
        assertTrue(orders > 1_000, "orders=" + orders);
        assertTrue(counts[EventType.OWN_CANCEL] > 1_000);
        assertTrue(rejects > 10 && rejects < orders / 5, "orders=" + orders + " rejects=" + rejects);
        assertTrue(messages > EVENTS / 100 && messages < EVENTS / 20, "messages=" + messages);
    }

    @Test
    void shouldSendTheSameOrdersTwice()
    {
        assertEquals(run(4), run(4));
    }

    private long run(final long seed)
    {
        final Definitions definitions = new Definitions();
        final EventHashes hashes = new EventHashes();
        final EventBatch batch = new EventBatch(1_024);
        try (DemoSession session = DemoSession.open(EVENTS, seed, definitions))
        {
            final SourceDefinition source = new SourceDefinition(
                definitions.sourceCount(), SourceDefinition.Kind.STRATEGY, "example", 1, 0, 0);
            definitions.add(source);
            final Books books = new Books(definitions);
            final RiskGate gate =
                RiskGate.builder(definitions, books::book).otherLimits(RiskLimits::defaultsFor)
                    .otherAccounts(AccountLimits.defaults()).build();
            final OwnOrders orders = new OwnOrders(1, source, definitions, gate, this::offer);
            final StrategyHandler strategy = new StrategyHandler(
                new ExampleStrategy(definitions, ExampleParameters.defaults()), orders, definitions, books::book);
            long sequence = 0;
            while (session.next(batch))
            {
                append(batch);
                batch.clear();
                for (int i = 0; i < outbox.count(); i++)
                {
                    // A copy, because what the strategy sends grows the outbox.
                    final OrderBookEvent event = batch.append().copyFrom(outbox.event(i)).sequence(sequence++);
                    counts[event.type()]++;
                    hashes.onEvent(event);
                    books.onEvent(event);
                    gate.onEvent(event);
                    strategy.onEvent(event);
                }
                outbox.clear();
            }
        }
        return hashes.outputHash();
    }

    private int offer(final EventBatch own)
    {
        append(own);
        return EventPublisher.ACCEPTED;
    }

    private void append(final EventBatch events)
    {
        for (int i = 0; i < events.count(); i++)
        {
            outbox.append().copyFrom(events.event(i));
        }
    }
}
