package io.ringtape.bench.peer;

import io.ringtape.bench.peer.Row.Entrant;
import java.util.List;

/**
 * The rows of growth: the same work on a longer tape, with more instruments, with more live orders.
 * <p>
 * Thread safety: immutable.
 * Allocation: none after loading.
 */
final class GrowthRows
{
    /** Bytes that a row of {@link #large()} has on the disk at most: its tapes, and files that are made ahead. */
    static final long LARGE_BYTES = 7L << 30;

    /** 1 GiB of events; 128 MiB stands beside it. */
    private static final int GROWN_TIMES = 8;
    /** 4 GiB of events. */
    private static final int LARGE_TIMES = 32;
    /** In all books together where the number of instruments grows. */
    private static final int SHARED_ORDERS = 10_000;
    private static final int FEW_LEVELS = 10;
    private static final double GROWN_SPEED = 0.9;
    private static final double GROWN_COST = 1.1;

    private static final List<Row> USUAL = List.of(
        tape("J1G", "events to a tape of 1 GiB, 64 a block", List.of(
            recorder("1 GiB", Row.NO_GOAL, GROWN_TIMES), recorder("128 MiB", GROWN_SPEED, 1))),
        tape("R1G", "a tape of 1 GiB to events, 64 a block", List.of(
            reader("1 GiB", Row.NO_GOAL, GROWN_TIMES), reader("128 MiB", GROWN_SPEED, 1),
            // The first 40 MB of a file are mapped in small pieces, the rest in large ones: here that weighs little.
            new Entrant("chronicle, tailer an event, 1 GiB", TapeRows.TAPE_GOAL, GROWN_TIMES, ChronicleTail::new),
            new Entrant("raw scan, checksum, 1 GiB", TapeRows.RAW_SCAN_GOAL, GROWN_TIMES,
                TapeRows.rawScan(Work.BLOCK_EVENTS)))),
        BookRows.book("B1x10", "book update by order, 10 generated orders", OrderCycle.EVENTS, Row.NO_GOAL,
            OrderCycle.of(10)),
        BookRows.book("B1x100k", "book update by order, 100,000 generated orders", OrderCycle.EVENTS, Row.NO_GOAL,
            OrderCycle.of(100_000)),
        BookRows.book("B1I1", "book update by order, 10,000 generated orders of one instrument", OrderCycle.EVENTS,
            Row.NO_GOAL, shared(1)),
        instruments("B1I100", 100, GROWN_COST),
        instruments("B1I10k", 10_000, Row.NO_GOAL));

    private static final List<Row> LARGE = List.of(
        tape("J4G", "events to a tape of 4 GiB, 64 a block", List.of(
            recorder("4 GiB", Row.NO_GOAL, LARGE_TIMES), recorder("128 MiB", GROWN_SPEED, 1))),
        tape("R4G", "a tape of 4 GiB to events, 64 a block", List.of(
            reader("4 GiB", Row.NO_GOAL, LARGE_TIMES), reader("128 MiB", GROWN_SPEED, 1))));

    private GrowthRows()
    {
    }

    /** The rows of a usual run. */
    static List<Row> usual()
    {
        return USUAL;
    }

    /** The rows that write more than two gigabytes; each needs {@link #LARGE_BYTES} on the disk. */
    static List<Row> large()
    {
        return LARGE;
    }

    private static Row tape(final String id, final String what, final List<Entrant> peers)
    {
        return new Row(id, what, Measure.SPEED, 1, TapeRows.TAPE_EVENTS, peers);
    }

    private static Entrant recorder(final String size, final double goal, final int times)
    {
        return new Entrant("ringtape recorder, " + size, goal, times, TapeRows.recorder(Work.BLOCK_EVENTS));
    }

    private static Entrant reader(final String size, final double goal, final int times)
    {
        return new Entrant("ringtape reader, " + size, goal, times, TapeRows.reader(Work.BLOCK_EVENTS));
    }

    private static Row instruments(final String id, final int count, final double goal)
    {
        final String what = "book update by order, 10,000 generated orders of " + count + " instruments";
        return new Row(id, what, Measure.COST, 1, OrderCycle.EVENTS, List.of(
            new Entrant("ringtape book, instruments=" + count, Row.NO_GOAL, (directory) ->
                new RingtapeBook(shared(count))),
            new Entrant("ringtape book, instruments=1", goal, (directory) -> new RingtapeBook(shared(1)))));
    }

    private static OrderCycle shared(final int instruments)
    {
        return new OrderCycle(SHARED_ORDERS, instruments, FEW_LEVELS);
    }
}
