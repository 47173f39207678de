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
    /** 1 GiB of events; 128 MiB stands beside it. */
    private static final int GROWN_TIMES = 8;
    /** 4 GiB of events. */
    private static final int LARGE_TIMES = 32;
    /** 16 GiB of events. */
    private static final int HUGE_TIMES = 128;
    /** What a tape has on the disk beside its documents: space ahead, the next file, indexes, what a seal is. */
    private static final long BESIDE_BYTES = 64L << 20;
    /** In all books together where the number of instruments grows. */
    private static final int SHARED_ORDERS = 10_000;
    private static final int FEW_LEVELS = 10;
    private static final double GROWN_SPEED = 0.9;
    private static final double GROWN_COST = 1.1;

    private static final List<Row> USUAL = List.of(
        recordedTape("J1G", "1 GiB", GROWN_TIMES),
        tape("R1G", "a tape of 1 GiB to events, 64 a block", List.of(
            reader("1 GiB", Row.NO_GOAL, GROWN_TIMES), reader("128 MiB", GROWN_SPEED, 1),
            // The head of a file is in small pages, the rest in large ones: here that weighs little.
            new Entrant("chronicle, tailer an event, 1 GiB", TapeRows.TAPE_GOAL, GROWN_TIMES,
                TapeRows.tailer(TapeRows.EVENT_BY_CALLS)),
            new Entrant(TapeRows.RAW_SCAN + ", 1 GiB", TapeRows.RAW_SCAN_GOAL, GROWN_TIMES,
                TapeRows.rawScan(Work.BLOCK_EVENTS)))),
        recorded("J4G", "4 GiB", LARGE_TIMES),
        read("R4G", "4 GiB", LARGE_TIMES),
        BookRows.book("B1x10", "book update by order, 10 generated orders", OrderCycle.EVENTS, Row.NO_GOAL,
            OrderCycle.of(10)),
        BookRows.book("B1x100k", "book update by order, 100,000 generated orders", OrderCycle.EVENTS, Row.NO_GOAL,
            OrderCycle.of(100_000)),
        BookRows.book("B1I1", "book update by order, 10,000 generated orders of one instrument", OrderCycle.EVENTS,
            Row.NO_GOAL, shared(1)),
        instruments("B1I100", 100, GROWN_COST),
        instruments("B1I10k", 10_000, Row.NO_GOAL));

    private static final List<Row> HUGE = List.of(
        recorded("J16G", "16 GiB", HUGE_TIMES),
        read("R16G", "16 GiB", HUGE_TIMES));

    private GrowthRows()
    {
    }

    /** The rows of a usual run. */
    static List<Row> usual()
    {
        return USUAL;
    }

    /** The rows of tapes that are longer than a usual run writes them. */
    static List<Row> huge()
    {
        return HUGE;
    }

    private static Row recorded(final String id, final String size, final int times)
    {
        return recordedTape(id, size, times).needing(spaceFor(times));
    }

    private static Row recordedTape(final String id, final String size, final int times)
    {
        return tape(id, "events to a tape of " + size + ", 64 a block", List.of(
            recorder(size, Row.NO_GOAL, times), recorder("128 MiB", GROWN_SPEED, 1)));
    }

    private static Row read(final String id, final String size, final int times)
    {
        return tape(id, "a tape of " + size + " to events, 64 a block", List.of(
            reader(size, Row.NO_GOAL, times), reader("128 MiB", GROWN_SPEED, 1))).needing(spaceFor(times));
    }

    /** Both tapes at once. The pages that are recycled before a run are a file that is gone when the tape begins. */
    private static DiskSpace spaceFor(final int times)
    {
        return new DiskSpace(MappedTape.bytes(TapeRows.TAPE_EVENTS * (times + 1), Work.BLOCK_EVENTS) + BESIDE_BYTES);
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
