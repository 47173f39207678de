package io.ringtape.bench.peer;

import io.ringtape.bench.peer.Row.Entrant;
import java.util.List;
import java.util.stream.Stream;

/**
 * All rows. Ours comes first in each; a goal is the least or the most that the row's measure may be.
 * <p>
 * Thread safety: immutable.
 * Allocation: none after loading.
 */
public final class Rows
{
    /** Bytes that a row of {@link #growth()} has on the disk at most: both tapes, and files that are made ahead. */
    public static final long GROWTH_BYTES = GrowthRows.LARGE_BYTES;

    private static final int BUS_EVENTS = 1 << 18;
    private static final int FAN = 3;
    private static final double BUS_GOAL = 1.0;
    private static final double PACKET_GOAL = 2;
    private static final double FAN_GOAL = 2;

    private static final List<Row> BUS = List.of(
        new Row("T1", "publish to handler, each event published", Measure.SPEED, 2, BUS_EVENTS, List.of(
            new Entrant("ringtape", Row.NO_GOAL, (directory) -> new RingtapeBus(1, 1)),
            new Entrant("disruptor, slots", BUS_GOAL, (directory) -> new DisruptorSlots(1)),
            new Entrant("array blocking queue", Row.NO_GOAL, (directory) -> new ArrayQueue()),
            new Entrant("bare hop", Row.NO_GOAL, (directory) -> new BareHop()))),
        new Row("T2", "publish to handler, 16 events a packet", Measure.SPEED, 2, BUS_EVENTS, List.of(
            new Entrant("ringtape, 16 a claim", Row.NO_GOAL, (directory) -> new RingtapeBus(Work.PACKET_EVENTS, 1)),
            new Entrant("disruptor, slots, 16 a claim", BUS_GOAL, (directory) ->
                new DisruptorSlots(Work.PACKET_EVENTS)),
            new Entrant("disruptor, slots, each event", PACKET_GOAL, (directory) -> new DisruptorSlots(1)))),
        new Row("T3", "one writer, three handlers on one thread, each event published", Measure.SPEED, 2, BUS_EVENTS,
            List.of(
                new Entrant("ringtape, one lane", Row.NO_GOAL, (directory) -> new RingtapeBus(1, FAN)),
                new Entrant("three one-to-one queues", FAN_GOAL, (directory) -> new QueueFan(FAN)))));

    private static final List<Row> ALL = Stream.of(
        BUS, TapeRows.all(), BookRows.all(), AllocationRows.all(), GrowthRows.usual())
        .flatMap(List::stream)
        .toList();

    private Rows()
    {
    }

    /**
     * The usual rows in the order of the table.
     *
     * @return the rows without those of {@link #growth()}.
     */
    public static List<Row> all()
    {
        return ALL;
    }

    /**
     * The rows that write gigabytes: what a tape's length does to recorder and reader.
     *
     * @return the rows; each needs {@link #GROWTH_BYTES} on the disk.
     */
    public static List<Row> growth()
    {
        return GrowthRows.large();
    }

    /**
     * A row by its short name.
     *
     * @param id of the row.
     * @return the row.
     * @throws IllegalArgumentException if there is none.
     */
    public static Row named(final String id)
    {
        return Stream.concat(ALL.stream(), GrowthRows.large().stream())
            .filter((row) -> row.id().equals(id))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no such row: id=" + id));
    }
}
