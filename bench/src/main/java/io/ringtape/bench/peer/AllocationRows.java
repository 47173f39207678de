package io.ringtape.bench.peer;

import io.ringtape.bench.peer.Row.Entrant;
import java.util.List;

/**
 * The row of what the hot paths allocate.
 * <p>
 * Thread safety: immutable.
 * Allocation: none after loading.
 */
final class AllocationRows
{
    /** Less than a byte in a hundred events is none an event: a stretch, a mapping, a file costs some objects. */
    private static final double NONE_BYTES = 0.01;
    private static final int ORDERS = 1_000;
    /** A gibibyte of events: the half that counts has each of those, the next file too. */
    private static final int TAPE_TIMES = 8;

    private static final List<Row> ALL = List.of(
        new Row("G1", "heap that is allocated on the hot paths", Measure.ALLOCATION, 2, TapeRows.TAPE_EVENTS, List.of(
            of("publish", 1, false, bus()),
            of("dispatch", 1, true, bus()),
            of("record", TAPE_TIMES, false, TapeRows.recorder(Work.BLOCK_EVENTS)),
            of("replay", TAPE_TIMES, false, TapeRows.reader(Work.BLOCK_EVENTS)),
            of("book update", 1, false, (directory) -> new RingtapeBook(OrderCycle.of(ORDERS))),
            of("order through the gate", 1, false, (directory) -> new GateOrders(true)))));

    private AllocationRows()
    {
    }

    /** The rows in the order of the table. */
    static List<Row> all()
    {
        return ALL;
    }

    private static Row.Factory bus()
    {
        return (directory) -> new Throughput(directory, 1, 1, RingtapeBus::new);
    }

    private static Entrant of(
        final String path, final int times, final boolean isOthers, final Row.Factory factory)
    {
        return new Entrant("ringtape " + path, NONE_BYTES, times, (directory) ->
            new AllocatedBytes(factory.open(directory), isOthers));
    }
}
