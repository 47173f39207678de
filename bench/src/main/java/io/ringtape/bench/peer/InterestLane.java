package io.ringtape.bench.peer;

import io.ringtape.bus.EventBus;
import io.ringtape.bus.Lane;
import io.ringtape.bus.Writer;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventType;
import io.ringtape.event.Interest;

/**
 * An inline lane with a first handler of every event and a second one that gets some, none, or is not there. All of it
 * is on one thread, 64 events a packet, so that what differs is the lane's loop and not the hop between processors.
 * <p>
 * Thread safety: one thread owns it and writes. Allocation: none in a run.
 */
final class InterestLane implements Peer
{
    private static final int INSTRUMENTS = 10;
    /** One of those that six of a packet's 64 events have: nine in ten are kept away. */
    private static final int WANTED = 7;

    private final SequenceAdder first = new SequenceAdder();
    private final SequenceAdder second = new SequenceAdder();
    private final EventBatch packet = new EventBatch(Work.BLOCK_EVENTS);
    private final Second who;
    private final EventBus bus;
    private final Writer writer;
    private long next;

    /** Who is on the lane behind the first handler. */
    enum Second
    {
        /** Nobody. */
        NONE,
        /** A handler of every event. */
        ALL,
        /** A handler of one instrument in ten. */
        TENTH,
        /** A handler of no instrument that there is. */
        NOTHING
    }

    InterestLane(final Second who)
    {
        this.who = who;
        final Lane.Builder lane = Lane.named("l").inline().handler("first", first);
        switch (who)
        {
            case ALL -> lane.handler("second", second);
            case TENTH -> lane.handler("second", second, Interest.all().withInstruments(WANTED));
            case NOTHING -> lane.handler("second", second, Interest.all().withInstruments(INSTRUMENTS));
            default ->
            {
            }
        }
        bus = EventBus.builder().capacity(Work.CAPACITY).lane(lane.build()).build();
        for (int i = 0; i < Work.BLOCK_EVENTS; i++)
        {
            packet.append().type(EventType.ORDER_ADD).instrumentId(i % INSTRUMENTS).price(i);
        }
        bus.start();
        writer = bus.writer();
    }

    @Override
    public long firstSequence()
    {
        return next;
    }

    @Override
    public void run(final int count)
    {
        first.sum = 0;
        second.sum = 0;
        for (int i = 0; i < count; i += Work.BLOCK_EVENTS)
        {
            writer.publish(packet);
        }
        next += count;
    }

    @Override
    public long checksum()
    {
        if (first.last != next - 1)
        {
            throw new IllegalStateException("batch was not ended: last=" + first.last + " next=" + next);
        }
        return sum(first.sum, second.sum);
    }

    @Override
    public long expected(final long from, final int count)
    {
        long all = 0;
        long tenth = 0;
        for (int i = 0; i < count; i++)
        {
            all += from + i;
            tenth += i % Work.BLOCK_EVENTS % INSTRUMENTS == WANTED ? from + i : 0;
        }
        return sum(all, switch (who)
        {
            case ALL -> all;
            case TENTH -> tenth;
            case NONE, NOTHING -> 0;
        });
    }

    private static long sum(final long first, final long second)
    {
        return first + Long.rotateLeft(second, 32);
    }

    @Override
    public void close()
    {
        BusEnd.close(bus);
    }
}
