package io.ringtape.bench.peer;

import io.ringtape.bench.peer.Row.Entrant;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.SleepingIdleStrategy;

/**
 * All rows. Ours comes first in each; a goal is the least or the most that the row's measure may be.
 * <p>
 * Thread safety: immutable.
 * Allocation: none after loading.
 */
public final class Rows
{
    /** Bytes that a row of {@link #growth()} has on the disk at most: both tapes, and files that are made ahead. */
    public static final long GROWTH_BYTES = 7L << 30;

    private static final int PACED_EVENTS = 1 << 20;
    private static final int TAPE_EVENTS = 1 << 21;
    /** Two thirds of it are a gibibyte: the past that a handler is attached behind. */
    private static final int ATTACH_EVENTS = 3 << 23;
    /** 4 GiB of events beside 128 MiB. */
    private static final int GROWN_TIMES = 32;
    /** As long as a timer of the system lets a thread park at least. */
    private static final long FOLLOWER_PARK_NS = 50_000;
    private static final int SMALL_BLOCK_EVENTS = 16;
    private static final double TAPE_GOAL = 5;
    private static final double RAW_APPEND_GOAL = 0.65;
    private static final double RAW_SCAN_GOAL = 0.9;
    private static final double COST_GOAL = 1.1;
    private static final double ATTACH_GOAL = 1.2;
    private static final double SIZE_GOAL = 1.05;
    private static final double GROWN_GOAL = 0.9;

    private static final List<Row> TAPE = List.of(
        new Row("J1", "events to tape, 64 a block, checksum", Measure.SPEED, 1, TAPE_EVENTS, List.of(
            new Entrant("ringtape recorder", Row.NO_GOAL, recorder(Work.BLOCK_EVENTS)),
            new Entrant("chronicle, document an event", TAPE_GOAL, ChronicleAppend::new),
            new Entrant("raw mapped append, checksum", RAW_APPEND_GOAL, rawAppend(Work.BLOCK_EVENTS)))),
        new Row("J1x1", "events to tape, one a block, checksum", Measure.COST, 1, TAPE_EVENTS, List.of(
            new Entrant("ringtape recorder", Row.NO_GOAL, recorder(1)),
            new Entrant("chronicle, document an event", COST_GOAL, ChronicleAppend::new),
            new Entrant("raw mapped append, checksum", Row.NO_GOAL, rawAppend(1)))),
        new Row("J3", "publishing, lane at half its rate", Measure.COST, 2, PACED_EVENTS, List.of(
            new Entrant("ringtape recorder on the lane", Row.NO_GOAL, (directory) ->
                new PacedWriter(directory, new RecorderSink(directory))),
            new Entrant("event handler that does nothing", COST_GOAL, (directory) ->
                new PacedWriter(directory, new NoOpEvents())),
            new Entrant("range handler that does nothing", COST_GOAL, (directory) ->
                new PacedWriter(directory, new NoOpRanges())))),
        new Row("A1", "publishing at half the recorder's rate, the slowest packet in a thousand", Measure.COST, 4,
            ATTACH_EVENTS, List.of(
                new Entrant("ringtape, a handler attached from the start of a tape", Row.NO_GOAL, (directory) ->
                    new AttachedWriter(directory, true)),
                new Entrant("ringtape, nobody attached", ATTACH_GOAL, (directory) ->
                    new AttachedWriter(directory, false)))),
        new Row("F1", "events to tape, followed by a reader that parks, 64 a block", Measure.COST, 2, TAPE_EVENTS,
            List.of(
                new Entrant("ringtape recorder, followed", Row.NO_GOAL, (directory) ->
                    new FollowedAppend(directory, new SleepingIdleStrategy(FOLLOWER_PARK_NS))),
                new Entrant("ringtape recorder alone", COST_GOAL, recorder(Work.BLOCK_EVENTS)))),
        new Row("F2", "events to tape, followed by a reader that spins, 64 a block", Measure.COST, 2, TAPE_EVENTS,
            List.of(
                new Entrant("ringtape recorder, followed", Row.NO_GOAL, (directory) ->
                    new FollowedAppend(directory, BusySpinIdleStrategy.INSTANCE)),
                new Entrant("ringtape recorder alone", COST_GOAL, recorder(Work.BLOCK_EVENTS)))),
        new Row("R1", "tape to events, every field, checksum", Measure.SPEED, 1, TAPE_EVENTS, List.of(
            new Entrant("ringtape reader", Row.NO_GOAL, reader(Work.BLOCK_EVENTS)),
            new Entrant("chronicle, tailer an event", TAPE_GOAL, ChronicleTail::new),
            new Entrant("raw scan, checksum", RAW_SCAN_GOAL, rawScan(Work.BLOCK_EVENTS)))),
        new Row("R1x16", "tape to events, 16 a block, checksum", Measure.SPEED, 1, TAPE_EVENTS, List.of(
            new Entrant("ringtape reader", Row.NO_GOAL, reader(SMALL_BLOCK_EVENTS)),
            new Entrant("chronicle, tailer an event", TAPE_GOAL, ChronicleTail::new),
            new Entrant("raw scan, checksum", RAW_SCAN_GOAL, rawScan(SMALL_BLOCK_EVENTS)))),
        new Row("S1", "bytes of sealed files, 64 a block", Measure.SIZE, 1, TAPE_EVENTS, List.of(
            new Entrant("ringtape sealed files", Row.NO_GOAL, SealedSize::new),
            new Entrant("the events alone", SIZE_GOAL, (directory) -> new BareSize()))));

    private static final List<Row> GROWTH = List.of(
        new Row("J4G", "events to a tape of 4 GiB, 64 a block", Measure.SPEED, 1, TAPE_EVENTS, List.of(
            new Entrant("ringtape recorder, 4 GiB", Row.NO_GOAL, GROWN_TIMES, recorder(Work.BLOCK_EVENTS)),
            new Entrant("ringtape recorder, 128 MiB", GROWN_GOAL, recorder(Work.BLOCK_EVENTS)))),
        new Row("R4G", "a tape of 4 GiB to events, 64 a block", Measure.SPEED, 1, TAPE_EVENTS, List.of(
            new Entrant("ringtape reader, 4 GiB", Row.NO_GOAL, GROWN_TIMES, reader(Work.BLOCK_EVENTS)),
            new Entrant("ringtape reader, 128 MiB", GROWN_GOAL, reader(Work.BLOCK_EVENTS)))));

    private static final List<Row> ALL = Stream.concat(BusRows.ALL.stream(), TAPE.stream()).toList();
    private static final List<String> QUICK = List.of("T1", "T2", "T3", "J1", "R1");

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
     * The rows of a quick look, one of each kind of promise; the first peers of each say most.
     *
     * @return five rows.
     */
    public static List<Row> quick()
    {
        return QUICK.stream().map(Rows::named).toList();
    }

    /**
     * The rows that write gigabytes: what a tape's length does to recorder and reader.
     *
     * @return the rows; each needs {@link #GROWTH_BYTES} on the disk.
     */
    public static List<Row> growth()
    {
        return GROWTH;
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
        return Stream.concat(ALL.stream(), GROWTH.stream())
            .filter((row) -> row.id().equals(id))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no such row: id=" + id));
    }

    private static Row.Factory recorder(final int blockEvents)
    {
        return (directory) -> new RingtapeAppend(directory, blockEvents);
    }

    private static Row.Factory rawAppend(final int blockEvents)
    {
        return (directory) -> new MappedAppend(directory, blockEvents);
    }

    private static Row.Factory reader(final int blockEvents)
    {
        return (directory) -> new RingtapeRead(directory, blockEvents);
    }

    private static Row.Factory rawScan(final int blockEvents)
    {
        return (directory) -> new MappedScan(directory, blockEvents);
    }
}
