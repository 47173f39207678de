package io.ringtape.bench.peer;

import io.ringtape.bus.EventBus;
import io.ringtape.bus.Lane;
import io.ringtape.bus.Writer;
import io.ringtape.event.EventHandler;
import io.ringtape.event.OrderBookEvent;

/**
 * Ours: claims, writes in place and publishes on this thread; one lane with its handlers on its own. The bus writes
 * the first of the eight longs, the sequence, itself.
 * <p>
 * Thread safety: one thread owns it. Allocation: none once made.
 */
final class RingtapeBus implements Peer
{

    private final Tally[] tallies;
    private final EventBus bus;
    private final Writer writer;
    private final int packet;

    /**
     * A bus that runs.
     *
     * @param packet   events of a claim.
     * @param handlers of the lane, each of which reads every event.
     */
    RingtapeBus(final int packet, final int handlers)
    {
        this.packet = packet;
        tallies = Tally.some(handlers);
        final Lane.Builder lane = Lane.named("reader");
        for (int i = 0; i < handlers; i++)
        {
            lane.handler("reader-" + i, new Reader(tallies[i]));
        }
        bus = EventBus.builder().capacity(Work.CAPACITY).lane(lane.build()).build();
        bus.start();
        writer = bus.writer();
    }

    @Override
    public long firstSequence()
    {
        return writer.cursor() + 1;
    }

    @Override
    public void run(final int count)
    {
        Tally.begin(tallies, count);
        final Writer to = writer;
        final int size = packet;
        for (int i = 0; i < count; i += size)
        {
            final long first = to.claim(size);
            for (long sequence = first; sequence < first + size; sequence++)
            {
                Work.fill(to.slot(sequence), sequence);
            }
            to.publish();
        }
        Tally.await(tallies);
    }

    @Override
    public long checksum()
    {
        return Tally.sum(tallies);
    }

    @Override
    public void close()
    {
        BusEnd.close(bus);
    }

    private static final class Reader implements EventHandler
    {
        private final Tally tally;

        private Reader(final Tally tally)
        {
            this.tally = tally;
        }

        @Override
        public void onEvent(final OrderBookEvent event)
        {
            tally.add(Work.fold(event.buffer(), event.offset()));
        }
    }
}
