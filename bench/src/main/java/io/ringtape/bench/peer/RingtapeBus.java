package io.ringtape.bench.peer;

import io.ringtape.bus.EventBus;
import io.ringtape.bus.Lane;
import io.ringtape.bus.Writer;
import io.ringtape.event.EventHandler;
import io.ringtape.event.OrderBookEvent;
import java.nio.file.Path;
import java.util.List;

/**
 * Ours: claims, writes in place and publishes; one lane with its handlers on a thread of its own. The bus writes the
 * first of the eight longs, the sequence, itself.
 * <p>
 * Thread safety: see {@link Carrier}. Allocation: none once made.
 */
final class RingtapeBus implements Carrier
{
    private final EventBus bus;
    private final Writer writer;
    private final int packet;

    RingtapeBus(final Path directory, final int packet, final List<EventReader> readers)
    {
        this.packet = packet;
        final Lane.Builder lane = Lane.named("reader").batchLimit(Work.READ_EVENTS);
        for (int i = 0; i < readers.size(); i++)
        {
            lane.handler("reader-" + i, new Handler(readers.get(i)));
        }
        bus = EventBus.builder().capacity(Work.CAPACITY).lane(lane.build()).build();
        bus.start();
        writer = bus.writer();
    }

    @Override
    public void publish(final long first, final int count)
    {
        final Writer to = writer;
        final int size = packet;
        for (int i = 0; i < count; i += size)
        {
            final long from = to.claim(size);
            for (long sequence = from; sequence < from + size; sequence++)
            {
                Work.fill(to.slot(sequence), sequence);
            }
            to.publish();
        }
    }

    @Override
    public void close()
    {
        BusEnd.close(bus);
    }

    private static final class Handler implements EventHandler
    {
        private final EventReader reader;

        private Handler(final EventReader reader)
        {
            this.reader = reader;
        }

        @Override
        public void onStart(final long firstSequence)
        {
            reader.onStart();
        }

        @Override
        public void onEvent(final OrderBookEvent event)
        {
            reader.onEvent(event.sequence(), Work.fold(event.buffer(), event.offset()));
        }
    }
}
