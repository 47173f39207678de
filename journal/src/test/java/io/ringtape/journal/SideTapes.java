package io.ringtape.journal;

import io.ringtape.event.Definitions;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.SourceDefinition;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Runs with a gateway whose answers are on tape or beside it, for tests of the side file: cancelled orders, told by
 * their ids.
 */
final class SideTapes
{
    /** The source of the gateway. */
    static final int GATEWAY = 1;

    private SideTapes()
    {
    }

    static Definitions definitions()
    {
        final Definitions definitions = Tapes.definitions();
        definitions.add(new SourceDefinition(GATEWAY, SourceDefinition.Kind.GATEWAY, "loopback", 0, 0, 0));
        return definitions;
    }

    /** Adds the source of what an earlier run's gateway left. */
    static SourceDefinition left(final Definitions definitions)
    {
        final SourceDefinition source = new SourceDefinition(
            definitions.sourceCount(), SourceDefinition.Kind.GATEWAY, GatewaySideFile.SOURCE_NAME, 0, 0, 0);
        definitions.add(source);
        return source;
    }

    static TapeWriter writer(final Path tape, final Definitions definitions)
    {
        return TapeWriter.open(tape, TapeConfig.defaults().withReserveBytes(0), definitions, () -> Tapes.START_NS);
    }

    /** Puts answers of a source on tape; those of source 0 are no own ones. */
    static void write(final TapeWriter writer, final int sourceId, final long... ids)
    {
        final UnsafeBuffer room = Tapes.room(1);
        final OrderBookEvent event = new OrderBookEvent().wrap(room, 0);
        for (final long id : ids)
        {
            final long sequence = writer.journaledSequence() + 1;
            answer(event.reset(), sourceId, id).sequence(sequence);
            writer.onRange(room, 0, sequence, 1);
        }
    }

    static OrderBookEvent answer(final OrderBookEvent event, final int sourceId, final long id)
    {
        return event.type(EventType.OWN_CANCELLED).sourceId(sourceId).orderId(id).price(5).quantity(6)
            .flags(EventFlags.LAST | (sourceId == 0 ? 0 : EventFlags.OWN));
    }
}
