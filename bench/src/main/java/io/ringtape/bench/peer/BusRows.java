package io.ringtape.bench.peer;

import io.ringtape.bench.peer.InterestLane.Second;
import io.ringtape.bench.peer.Row.Entrant;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.agrona.concurrent.SystemNanoClock;
import org.jctools.queues.SpscArrayQueue;

/**
 * The rows from publish to handler: ours first, then what a user would take instead, then the bare machine.
 * <p>
 * Thread safety: immutable.
 * Allocation: none after loading.
 */
final class BusRows
{
    private static final int EVENTS = 1 << 18;
    private static final int TRIPS = 1 << 16;
    /** A tenth of a second in either open loop. */
    private static final int SLOW_EVENTS = 10 << 10;
    private static final int FAST_EVENTS = 100 << 10;
    private static final long SLOW_PACE_NS = 10_000;
    private static final long FAST_PACE_NS = 1_000;
    private static final int FAN = 3;
    private static final int[] FANS = {1, 4, 16, 64};
    private static final int PROCESSORS = 2;
    private static final double BUS_GOAL = 1.0;
    private static final double HOP_GOAL = 1.5;
    private static final double PACKET_GOAL = 2;
    private static final double FAN_GOAL = 2;
    private static final double INTEREST_GOAL = 2;

    private static final Carrier.Factory BLOCKING_QUEUE = (directory, packet, readers) ->
        new SlotQueue(new ArrayBlockingQueue<>(Work.CAPACITY), readers.get(0));
    private static final Carrier.Factory ONE_TO_ONE_QUEUE = (directory, packet, readers) ->
        new SlotQueue(new SpscArrayQueue<>(Work.CAPACITY), readers.get(0));

    /**
     * Carriers that take events one by one, and their names in the tables; those that come nearest to ours first, since
     * a quick look takes only the first peers.
     */
    private static final List<Named> OTHERS = List.of(
        new Named("disruptor, slots", DisruptorSlots::new),
        new Named("disruptor, off heap", DisruptorOffHeap::new),
        new Named("agrona, one-to-one ring", AgronaRing::new),
        new Named("jctools, one-to-one queue", ONE_TO_ONE_QUEUE),
        new Named("aeron, ipc", AeronIpc::new),
        new Named("array blocking queue", BLOCKING_QUEUE),
        new Named("zeromq, inproc", JeroInproc::new),
        new Named("chronicle, live tailer", ChronicleBus::new));
    /** Those that take packets too. */
    private static final List<Named> IN_PACKETS = List.of(
        new Named("disruptor, slots", DisruptorSlots::new),
        new Named("disruptor, off heap", DisruptorOffHeap::new),
        new Named("agrona, one-to-one ring", AgronaRing::new),
        new Named("aeron, ipc", AeronIpc::new));

    static final List<Row> ALL = Stream.of(
        Stream.of(pingPong(), throughput(), packets("T2", Work.PACKET_EVENTS),
            packets("T2x256", Work.LARGE_PACKET_EVENTS),
            fan("T3", FAN, FAN_GOAL)),
        IntStream.of(FANS).mapToObj((handlers) -> fan("T3x" + handlers, handlers, Row.NO_GOAL)),
        Stream.of(openLoop("L2", "100,000", SLOW_PACE_NS, SLOW_EVENTS),
            openLoop("L2x1M", "1,000,000", FAST_PACE_NS, FAST_EVENTS)),
        Stream.of(interest("I1", "nine events in ten", Second.TENTH), interest("I1x0", "every event", Second.NOTHING)),
        Stream.of(publishers("P1", 1), publishers("P2", 2)))
        .flatMap((rows) -> rows).toList();

    private BusRows()
    {
    }

    private static Row pingPong()
    {
        return new Row("L1", "publish to handler and back, half a round trip", Measure.COST, PROCESSORS, TRIPS,
            entrants(Stream.of(
                Stream.of(trips("ringtape", Row.NO_GOAL, RingtapeBus::new), trips("bare hop", HOP_GOAL, BareLine::new)),
                OTHERS.stream().map((other) -> trips(other.name, BUS_GOAL, other.factory)))));
    }

    private static Row throughput()
    {
        return new Row("T1", "publish to handler, each event published", Measure.SPEED, PROCESSORS, EVENTS,
            entrants(Stream.of(
                Stream.of(each("ringtape", Row.NO_GOAL, RingtapeBus::new)),
                OTHERS.stream().map((other) -> each(other.name, BUS_GOAL, other.factory)),
                Stream.of(
                    each("bare ring, a flag in each slot", Row.NO_GOAL, FlaggedSlots::new),
                    trips("bare hop", Row.NO_GOAL, BareLine::new)))));
    }

    private static Row packets(final String id, final int events)
    {
        final String size = ", " + events + " a packet";
        // Those that take packets too are the hardest: a quick look takes only the first peers.
        return new Row(id, "publish to handler, " + events + " events a packet", Measure.SPEED, PROCESSORS, EVENTS,
            entrants(Stream.of(
                Stream.of(stream("ringtape" + size, Row.NO_GOAL, events, RingtapeBus::new)),
                IN_PACKETS.stream().map((other) -> stream(other.name + size, BUS_GOAL, events, other.factory)),
                OTHERS.stream().map((other) -> each(other.name + ", each event", PACKET_GOAL, other.factory)),
                Stream.of(stream("bare copy" + size, Row.NO_GOAL, events, BareCopy::new)))));
    }

    private static Row fan(final String id, final int handlers, final double goal)
    {
        return new Row(id, "one writer, one lane, each event published, handlers: " + handlers, Measure.SPEED,
            PROCESSORS, EVENTS, List.of(
                new Entrant("ringtape, one lane", Row.NO_GOAL, (directory) ->
                    new Throughput(directory, 1, handlers, RingtapeBus::new)),
                new Entrant("one-to-one queue for each handler", goal, (directory) ->
                    new Throughput(directory, 1, handlers, QueueFan::new))));
    }

    private static Row openLoop(final String id, final String rate, final long paceNs, final int events)
    {
        return new Row(id, rate + " events a second, from when an event is due to its handler, median", Measure.COST,
            PROCESSORS, events, entrants(Stream.of(
                Stream.of(paced("ringtape", paceNs, RingtapeBus::new),
                    paced("no bus, the clock alone", paceNs, BareCopy::new)),
                OTHERS.stream().map((other) -> paced(other.name, paceNs, other.factory)))));
    }

    private static Row interest(final String id, final String away, final Second second)
    {
        return new Row(id, "what a second handler on a lane costs whose interest keeps away " + away, Measure.EXTRA,
            1, EVENTS, List.of(
                new Entrant("second handler with an interest", Row.NO_GOAL, (directory) -> new InterestLane(second)),
                new Entrant("no second handler", INTEREST_GOAL, (directory) -> new InterestLane(Second.NONE)),
                new Entrant("second handler of all events", Row.NO_GOAL,
                    (directory) -> new InterestLane(Second.ALL))));
    }

    private static Row publishers(final String id, final int threads)
    {
        // All of them yield where they wait, so two publishers and the reader get on with two processors.
        return new Row(id, "each event published, any thread may; publishers: " + threads, Measure.SPEED, PROCESSORS,
            EVENTS, entrants(Stream.of(
                Stream.of(
                    crowd("ringtape, ring of many producers", threads, () -> new RingtapeCrowd(true)),
                    crowd("disruptor, many producers", threads, DisruptorCrowd::new),
                    crowd("array blocking queue, any thread", threads, QueueCrowd::new),
                    crowd("ringtape, inbox", threads, () -> new RingtapeCrowd(false))),
                threads > 1 ? Stream.empty() : Stream.of(each("ringtape, one writer", Row.NO_GOAL,
                    RingtapeBus::new)))));
    }

    private static Entrant crowd(final String name, final int threads, final Supplier<Crowd> factory)
    {
        return new Entrant(name, Row.NO_GOAL, (directory) -> new CrowdPublish(threads, factory));
    }

    private static List<Entrant> entrants(final Stream<Stream<Entrant>> parts)
    {
        return parts.flatMap((part) -> part).toList();
    }

    private static Entrant each(final String name, final double goal, final Carrier.Factory factory)
    {
        return stream(name, goal, 1, factory);
    }

    private static Entrant stream(
        final String name, final double goal, final int packet, final Carrier.Factory factory)
    {
        return new Entrant(name, goal, (directory) -> new Throughput(directory, packet, 1, factory));
    }

    private static Entrant trips(final String name, final double goal, final Carrier.Factory factory)
    {
        return new Entrant(name, goal, (directory) -> new PingPong(directory, factory, SystemNanoClock.INSTANCE));
    }

    private static Entrant paced(final String name, final long paceNs, final Carrier.Factory factory)
    {
        return new Entrant(name, Row.NO_GOAL, (directory) ->
            new OpenLoop(directory, paceNs, factory, SystemNanoClock.INSTANCE));
    }

    /**
     * One of the others.
     *
     * @param name    for the reader of a table.
     * @param factory makes it.
     */
    private record Named(String name, Carrier.Factory factory)
    {
    }
}
