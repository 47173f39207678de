package io.ringtape.journal.readme;

import io.ringtape.book.Books;
import io.ringtape.bus.EventBus;
import io.ringtape.bus.JoinFrom;
import io.ringtape.bus.Lane;
import io.ringtape.event.BookKind;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.event.SourceDefinition;
import io.ringtape.journal.RunListener;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeConfig;
import io.ringtape.journal.TapeHistory;
import io.ringtape.journal.TapeRange;
import io.ringtape.journal.TapeReader;
import io.ringtape.journal.TapeWriter;
import java.nio.file.Path;
import org.agrona.concurrent.OffsetEpochNanoClock;
import org.agrona.concurrent.YieldingIdleStrategy;

/**
 * The README's example: an event through a bus onto tape, and back into the same kind of handler.
 */
final class QuickStart
{
    private QuickStart()
    {
    }

    static Books record(final Path directory)
    {
        // README: record
        final Definitions definitions = new Definitions();
        definitions.add(new SourceDefinition(0, SourceDefinition.Kind.FEED, "my venue", 0, 0, 0));
        definitions.add(new InstrumentDefinition(0, "AMZN", 0, -9, 0, BookKind.MBO, 0, 0, 1, 1));
        final Books books = new Books(definitions);
        try (TapeWriter tape = TapeWriter.open(
            directory, TapeConfig.defaults(), definitions, new OffsetEpochNanoClock()))
        {
            final EventBus bus = EventBus.builder().firstSequence(tape.firstSequence())
                .lane(Lane.named("order").orderLane().inline().handler("books", books).build())
                .lane(Lane.named("tape").rangeHandler("recorder", tape).build())
                .build();
            bus.start();
            final EventBatch packet = new EventBatch(16);
            packet.append().type(EventType.ORDER_ADD).flags(Side.BID | EventFlags.LAST).orderId(7)
                .price(223_950_000_000L).quantity(100);
            bus.writer().publish(packet);
            bus.close(10_000_000_000L);
        }
        // README: end
        return books;
    }

    static Books join(final Path directory, final Definitions definitions, final EventBatch packet)
    {
        // README: join
        final Books books = new Books(definitions);
        try (TapeWriter tape = TapeWriter.open(
            directory, TapeConfig.defaults(), definitions, new OffsetEpochNanoClock()))
        {
            final EventBus bus = EventBus.builder().firstSequence(tape.firstSequence())
                .lane(Lane.named("tape").rangeHandler("recorder", tape).build())
                .history(new TapeHistory(directory, tape), "tape").build();
            bus.start();
            bus.writer().publish(packet);
            bus.attach(Lane.named("late").idle(new YieldingIdleStrategy()).handler("books", books).build(),
                JoinFrom.start());
            bus.writer().publish(packet);
            bus.close(10_000_000_000L);
        }
        // README: end
        return books;
    }

    static Books replay(final Path directory)
    {
        try (TapeReader reader = Tape.open(directory).read(TapeRange.ALL, RunListener.NONE))
        {
            reader.nextBlock();
            final Books books = new Books(reader.definitions());
            final OrderBookEvent event = new OrderBookEvent();
            do
            {
                for (int i = 0; i < reader.count(); i++)
                {
                    books.onEvent(reader.event(i, event));
                }
            }
            while (reader.nextBlock());
            return books;
        }
    }
}
