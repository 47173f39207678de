package io.ringtape.bench.peer;

import io.ringtape.bus.BackPressure;
import io.ringtape.bus.EventBus;
import io.ringtape.bus.EventFiller;
import io.ringtape.bus.Inbox;
import io.ringtape.bus.InputStage;
import io.ringtape.bus.Lane;
import io.ringtape.bus.SharedWriter;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventHandler;
import io.ringtape.event.OrderBookEvent;
import org.agrona.concurrent.YieldingIdleStrategy;

/**
 * Ours, two ways: through an inbox, or through a ring of many producers. Either has one thread beside the publishers':
 * the writer's with the handler inline, or the lane's.
 * <p>
 * Thread safety: see {@link Crowd}. Allocation: none once sources are made.
 */
final class RingtapeCrowd implements Crowd
{
    private final Reader reader = new Reader();
    private final EventBus bus;
    private final boolean shared;

    RingtapeCrowd(final boolean shared)
    {
        this.shared = shared;
        final Lane.Builder lane =
            Lane.named("reader").idle(YieldingIdleStrategy.INSTANCE).batchLimit(Work.READ_EVENTS)
                .handler("reader", reader);
        bus = shared ?
            EventBus.builder().capacity(Work.CAPACITY).idle(YieldingIdleStrategy.INSTANCE)
                .multiProducer(BackPressure.YIELD).lane(lane.build()).build() :
            EventBus.builder().capacity(Work.CAPACITY).idle(YieldingIdleStrategy.INSTANCE).ownWriterThread()
                .inbox(InputStage.INBOUND, "in", Work.CAPACITY, BackPressure.YIELD).lane(lane.inline().build())
                .build();
        bus.start();
    }

    @Override
    public Source source()
    {
        return shared ? new Direct(bus.sharedWriter()) : new Offering(bus.inbox("in"));
    }

    @Override
    public CrowdTally tally()
    {
        return reader.tally;
    }

    @Override
    public void end()
    {
        BusEnd.close(bus);
    }

    /** Writes the event into a batch, which the inbox copies. */
    private static final class Offering implements Source
    {
        private final EventBatch batch = new EventBatch(1);
        private final Inbox inbox;

        private Offering(final Inbox inbox)
        {
            this.inbox = inbox;
        }

        @Override
        public void publish(final long number)
        {
            batch.clear();
            Work.fill(batch.append(), number);
            inbox.offer(batch);
        }
    }

    /** Writes the event in place. */
    private static final class Direct implements Source, EventFiller
    {
        private final SharedWriter writer;
        private long next;

        private Direct(final SharedWriter writer)
        {
            this.writer = writer;
        }

        @Override
        public void publish(final long number)
        {
            next = number;
            writer.offer(1, this);
        }

        @Override
        public void fill(final OrderBookEvent event, final int index)
        {
            Work.fill(event, next);
        }
    }

    private static final class Reader implements EventHandler
    {
        private final CrowdTally tally = new CrowdTally();

        @Override
        public void onEvent(final OrderBookEvent event)
        {
            tally.add(event);
        }
    }
}
