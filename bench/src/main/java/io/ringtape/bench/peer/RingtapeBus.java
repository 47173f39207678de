package io.ringtape.bench.peer;

import io.ringtape.bus.EventBus;
import io.ringtape.bus.Lane;
import io.ringtape.bus.Writer;
import io.ringtape.event.EventHandler;
import io.ringtape.event.OrderBookEvent;
import java.util.concurrent.TimeUnit;

/**
 * Ours: claims, writes in place and publishes on this thread; one lane with one handler on its own. The bus writes the
 * first of the eight longs, the sequence, itself.
 * <p>
 * Thread safety: one thread owns it. Allocation: none once made.
 */
final class RingtapeBus implements Peer
{
    private static final long CLOSE_LIMIT_NS = TimeUnit.SECONDS.toNanos(10);

    private final Tally tally = new Tally();
    private final EventBus bus;
    private final Writer writer;
    private final int packet;

    RingtapeBus(final int packet)
    {
        this.packet = packet;
        bus = EventBus.builder()
            .capacity(Work.CAPACITY)
            .lane(Lane.named("reader").handler("reader", new Reader(tally)).build())
            .build();
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
        tally.begin(count);
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
        tally.await();
    }

    @Override
    public long checksum()
    {
        return tally.sum();
    }

    @Override
    public void close()
    {
        if (!bus.close(CLOSE_LIMIT_NS))
        {
            throw new IllegalStateException("bus did not end in order: state=" + bus.state());
        }
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
