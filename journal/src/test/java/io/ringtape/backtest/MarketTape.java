package io.ringtape.backtest;

import io.ringtape.event.BookKind;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.SourceDefinition;
import io.ringtape.journal.RunSummary;
import io.ringtape.journal.TapeConfig;
import io.ringtape.journal.TapeWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes events of two instruments, one by order and one by price, as runs of a tape. */
final class MarketTape
{
    static final int BY_ORDER = 0;
    static final int BY_PRICE = 1;
    /** The time of the first event. */
    static final long START_NS = 1_700_000_000_000_000_000L;

    private static final int BLOCK = 64;

    private final EventBatch batch = new EventBatch(1024);

    static Definitions definitions()
    {
        final Definitions definitions = new Definitions();
        definitions.add(new SourceDefinition(0, SourceDefinition.Kind.FEED, "venue", 0, 0, 0));
        definitions.add(new InstrumentDefinition(0, "ORD", 0, -2, 0, BookKind.MBO, 0, 1, 1, 1));
        definitions.add(new InstrumentDefinition(1, "LVL", 0, -2, 0, BookKind.MBP, 0, 1, 1, 1));
        return definitions;
    }

    int count()
    {
        return batch.count();
    }

    UnsafeBuffer buffer()
    {
        return batch.buffer();
    }

    /** Moves all events on in time. */
    void shift(final long ns)
    {
        for (int i = 0; i < batch.count(); i++)
        {
            final OrderBookEvent event = batch.event(i);
            event.receiveTimeNs(event.receiveTimeNs() + ns);
        }
    }

    /** Adds a venue event that empties the books. */
    MarketTape clear()
    {
        for (int instrument = BY_ORDER; instrument <= BY_PRICE; instrument++)
        {
            at(0).instrumentId(instrument).type(EventType.BOOK_CLEAR).flags(EventFlags.LAST);
        }
        return this;
    }

    /** An event so many ns behind the start; the caller fills the rest. */
    OrderBookEvent at(final long ns)
    {
        return batch.append().eventTimeNs(START_NS + ns).receiveTimeNs(START_NS + ns);
    }

    /** A venue event of one level of the instrument by price. */
    MarketTape level(final long ns, final int side, final long price, final long quantity)
    {
        at(ns).instrumentId(BY_PRICE).type(EventType.LEVEL_SET).flags(side | EventFlags.LAST).price(price)
            .quantity(quantity);
        return this;
    }

    /** So many venue events of a random market in both instruments, a microsecond apart on average. */
    MarketTape random(final long seed, final int venueEvents)
    {
        final Random random = new Random(seed);
        final RandomMarket[] markets = {new RandomMarket(random, true), new RandomMarket(random, false)};
        long ns = 0;
        for (int i = 0; i < venueEvents; i++)
        {
            ns += random.nextInt(2_000);
            final int instrument = random.nextInt(2);
            final List<RandomMarket.Step> steps = markets[instrument].next();
            for (int j = 0; j < steps.size(); j++)
            {
                final RandomMarket.Step step = steps.get(j);
                at(ns).instrumentId(instrument).type(step.type()).price(step.price()).quantity(step.quantity())
                    .flags(step.side() | (j == steps.size() - 1 ? EventFlags.LAST : 0)).orderId(step.orderId());
            }
        }
        return this;
    }

    /** Writes the events as one run. */
    void record(final Path directory)
    {
        try (TapeWriter writer = TapeWriter.open(
            directory, TapeConfig.defaults().withReserveBytes(0), definitions(), () -> START_NS))
        {
            final long first = writer.firstSequence();
            for (int i = 0; i < batch.count(); i++)
            {
                batch.event(i).sequence(first + i);
            }
            for (int i = 0; i < batch.count(); i += BLOCK)
            {
                writer.onRange(batch.buffer(), i * OrderBookEvent.SIZE_BYTES, first + i,
                    Math.min(BLOCK, batch.count() - i));
            }
            writer.close(new RunSummary(batch.count(), 0, 1, 2, 3));
        }
    }
}
