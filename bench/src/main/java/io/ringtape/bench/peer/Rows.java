package io.ringtape.bench.peer;

import io.ringtape.bench.peer.Row.Entrant;
import java.util.List;

/**
 * All rows. Ours comes first in each; goals are how many times as fast as the peer ours must be.
 * <p>
 * Thread safety: immutable.
 * Allocation: none after loading.
 */
public final class Rows
{
    private static final int BUS_EVENTS = 1 << 18;
    private static final int TAPE_EVENTS = 1 << 21;
    private static final double BUS_GOAL = 0.9;
    private static final double TAPE_GOAL = 4;

    private static final List<Row> ALL = List.of(
        new Row("T1", "publish to handler, each event published", 2, BUS_EVENTS, List.of(
            new Entrant("ringtape", Row.NO_GOAL, (directory) -> new RingtapeBus(1)),
            new Entrant("disruptor, slots", BUS_GOAL, (directory) -> new DisruptorSlots(1)),
            new Entrant("array blocking queue", Row.NO_GOAL, (directory) -> new ArrayQueue()),
            new Entrant("bare hop", Row.NO_GOAL, (directory) -> new BareHop()))),
        new Row("T2", "publish to handler, 16 events a packet", 2, BUS_EVENTS, List.of(
            new Entrant("ringtape, 16 a claim", Row.NO_GOAL, (directory) -> new RingtapeBus(Work.PACKET_EVENTS)),
            new Entrant("disruptor, slots, 16 a claim", BUS_GOAL, (directory) ->
                new DisruptorSlots(Work.PACKET_EVENTS)),
            new Entrant("disruptor, slots, each event", Row.NO_GOAL, (directory) -> new DisruptorSlots(1)))),
        new Row("J1", "events to tape, 64 a block, checksum", 1, TAPE_EVENTS, List.of(
            new Entrant("ringtape recorder", Row.NO_GOAL, RingtapeAppend::new),
            new Entrant("chronicle, document an event", TAPE_GOAL, ChronicleAppend::new),
            new Entrant("raw mapped append, checksum", Row.NO_GOAL, MappedAppend::new))),
        new Row("R1", "tape to events, every field, checksum", 1, TAPE_EVENTS, List.of(
            new Entrant("ringtape reader", Row.NO_GOAL, RingtapeRead::new),
            new Entrant("chronicle, tailer an event", TAPE_GOAL, ChronicleTail::new),
            new Entrant("raw scan, checksum", Row.NO_GOAL, MappedScan::new))));

    private Rows()
    {
    }

    /**
     * All rows in the order of the table.
     *
     * @return the rows.
     */
    public static List<Row> all()
    {
        return ALL;
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
        return ALL.stream()
            .filter((row) -> row.id().equals(id))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no such row: id=" + id));
    }
}
