package io.ringtape.bench.peer;

import io.ringtape.bench.peer.LeaveTime.WriteAhead;
import io.ringtape.bench.peer.Row.Entrant;
import java.util.List;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.SleepingIdleStrategy;

/**
 * The rows of the tape: recorder and reader.
 * <p>
 * Thread safety: immutable.
 * Allocation: none after loading.
 */
final class TapeRows
{
    /** 128 MiB of events. */
    static final int TAPE_EVENTS = 1 << 21;

    private static final int PACED_EVENTS = 1 << 20;
    /** Two thirds of it are a gibibyte: the past that a handler is attached behind. */
    private static final int ATTACH_EVENTS = 3 << 23;
    /** Each of them is a force of the device where events wait for it. */
    private static final int LEAVE_EVENTS = 2 * Work.BLOCK_EVENTS;
    private static final int UNFORCED_TIMES = 128;
    private static final double MEDIAN = 0.5;
    private static final double ONE_IN_A_HUNDRED = 0.99;
    /** As long as a timer of the system lets a thread park at least. */
    private static final long FOLLOWER_PARK_NS = 50_000;
    private static final int SMALL_BLOCK_EVENTS = 16;
    static final double TAPE_GOAL = 5;
    private static final double RAW_APPEND_GOAL = 0.65;
    static final double RAW_SCAN_GOAL = 0.9;
    private static final double COST_GOAL = 1.1;
    private static final double ATTACH_GOAL = 1.2;
    private static final double SIZE_GOAL = 1.05;

    /** The eight longs by a call each, as the guide of Chronicle Queue shows it. */
    static final ChronicleTape.Factory EVENT_BY_CALLS = (directory) -> new ChronicleFile(directory, false);
    private static final ChronicleTape.Factory EVENT_IN_PLACE = (directory) -> new ChronicleFile(directory, true);
    static final String RAW_SCAN = "raw scan, checksum, large pages";

    private static final List<Row> ALL = List.of(
        new Row("J1", "events to tape, 64 a block, checksum", Measure.SPEED, 1, TAPE_EVENTS, List.of(
            new Entrant("ringtape recorder", Row.NO_GOAL, recorder(Work.BLOCK_EVENTS)),
            append("chronicle, document an event", TAPE_GOAL, EVENT_BY_CALLS),
            append("chronicle, document filled in place", TAPE_GOAL, EVENT_IN_PLACE),
            new Entrant("raw mapped append, checksum, large pages", RAW_APPEND_GOAL, rawAppend(Work.BLOCK_EVENTS)),
            new Entrant("raw mapped append, no checksum, large pages", Row.NO_GOAL,
                rawAppend(Work.BLOCK_EVENTS, false, true)),
            new Entrant("raw mapped append, checksum, small pages", Row.NO_GOAL,
                rawAppend(Work.BLOCK_EVENTS, true, false)),
            append("chronicle, document a block", Row.NO_GOAL, ChronicleBlocks::new))),
        new Row("J1x1", "events to tape, one a block, checksum", Measure.COST, 1, TAPE_EVENTS, List.of(
            new Entrant("ringtape recorder", Row.NO_GOAL, recorder(1)),
            append("chronicle, document an event", COST_GOAL, EVENT_BY_CALLS),
            append("chronicle, document filled in place", COST_GOAL, EVENT_IN_PLACE),
            new Entrant("raw mapped append, checksum, large pages", Row.NO_GOAL, rawAppend(1)))),
        new Row("J1x16", "events to tape, 16 a block, checksum", Measure.SPEED, 1, TAPE_EVENTS, List.of(
            new Entrant("ringtape recorder", Row.NO_GOAL, recorder(SMALL_BLOCK_EVENTS)),
            append("chronicle, document an event", Row.NO_GOAL, EVENT_BY_CALLS),
            append("chronicle, document filled in place", Row.NO_GOAL, EVENT_IN_PLACE),
            new Entrant("raw mapped append, checksum, large pages", Row.NO_GOAL, rawAppend(SMALL_BLOCK_EVENTS)))),
        new Row("J2", "events to tape on cold pages, 64 a block, checksum", Measure.SPEED, 2, TAPE_EVENTS, List.of(
            new Entrant("ringtape recorder", Row.NO_GOAL, (directory) ->
                new RingtapeAppend(directory, Work.BLOCK_EVENTS, FreePages.cold())),
            new Entrant("raw mapped append, checksum, small pages", Row.NO_GOAL, (directory) ->
                new MappedAppend(directory, Work.BLOCK_EVENTS, FreePages.cold(), true)),
            new Entrant("the same, pages touched ahead", Row.NO_GOAL, TouchedAppend::new))),
        new Row("J3", "publishing, lane at half its rate", Measure.COST, 2, PACED_EVENTS, List.of(
            new Entrant("ringtape recorder on the lane", Row.NO_GOAL, (directory) ->
                new PacedWriter(directory, new RecorderSink(directory))),
            new Entrant("event handler that does nothing", COST_GOAL, (directory) ->
                new PacedWriter(directory, new NoOpEvents())),
            new Entrant("range handler that does nothing", COST_GOAL, (directory) ->
                new PacedWriter(directory, new NoOpRanges())),
            new Entrant("range handler that reads a word of each event", COST_GOAL, (directory) ->
                new PacedWriter(directory, new TouchedRanges())))),
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
            new Entrant("chronicle, tailer an event", TAPE_GOAL, tailer(EVENT_BY_CALLS)),
            new Entrant(RAW_SCAN, RAW_SCAN_GOAL, rawScan(Work.BLOCK_EVENTS)),
            new Entrant("raw scan, checksum, small pages", Row.NO_GOAL, rawScan(Work.BLOCK_EVENTS, true, false)),
            new Entrant("raw scan, no checksum, large pages", Row.NO_GOAL, rawScan(Work.BLOCK_EVENTS, false, true)),
            new Entrant("chronicle, tailer a block", Row.NO_GOAL, tailer(ChronicleBlocks::new)))),
        new Row("R1x16", "tape to events, 16 a block, checksum", Measure.SPEED, 1, TAPE_EVENTS, List.of(
            new Entrant("ringtape reader", Row.NO_GOAL, reader(SMALL_BLOCK_EVENTS)),
            new Entrant("chronicle, tailer an event", TAPE_GOAL, tailer(EVENT_BY_CALLS)),
            new Entrant(RAW_SCAN, RAW_SCAN_GOAL, rawScan(SMALL_BLOCK_EVENTS)))),
        new Row("R2", "tape to a handler on a bus, every field, checksum", Measure.SPEED, 2, TAPE_EVENTS, List.of(
            new Entrant("ringtape reader and bus", Row.NO_GOAL, (directory) ->
                new BusReplay(directory, ReplayLane.EVERY_FIELD)),
            new Entrant("ringtape reader", Row.NO_GOAL, reader(Work.BLOCK_EVENTS)),
            new Entrant(RAW_SCAN, Row.NO_GOAL, rawScan(Work.BLOCK_EVENTS)))),
        leave("W1", "decision to may leave, median", MEDIAN),
        leave("W1p99", "decision to may leave, one in a hundred takes longer", ONE_IN_A_HUNDRED),
        new Row("S1", "bytes of sealed files, 64 a block", Measure.SIZE, 1, TAPE_EVENTS, List.of(
            new Entrant("ringtape sealed files", Row.NO_GOAL, SealedSize::new),
            new Entrant("the events alone", SIZE_GOAL, (directory) -> new BareSize()))));

    private TapeRows()
    {
    }

    /** The rows in the order of the table. */
    static List<Row> all()
    {
        return ALL;
    }

    private static Entrant append(final String name, final double goal, final ChronicleTape.Factory form)
    {
        return new Entrant(name, goal, (directory) -> new ChronicleAppend(directory, form));
    }

    private static Row leave(final String id, final String what, final double share)
    {
        return new Row(id, what, Measure.TIME, 2, LEAVE_EVENTS, List.of(
            leave("published", UNFORCED_TIMES, WriteAhead.OFF, share),
            leave("journaled", UNFORCED_TIMES, WriteAhead.JOURNALED, share),
            leave("durable, a force an event", 1, WriteAhead.DURABLE, share)));
    }

    private static Entrant leave(final String name, final int times, final WriteAhead mode, final double share)
    {
        return new Entrant(name, Row.NO_GOAL, times, (directory) -> new LeaveTime(directory, mode, share));
    }

    static Row.Factory recorder(final int blockEvents)
    {
        return (directory) -> new RingtapeAppend(directory, blockEvents);
    }

    /** In pages as large as our recorder asks for. */
    static Row.Factory rawAppend(final int blockEvents)
    {
        return rawAppend(blockEvents, true, true);
    }

    private static Row.Factory rawAppend(final int blockEvents, final boolean hasChecksum, final boolean isLarge)
    {
        return (directory) -> new MappedAppend(directory, blockEvents, FreePages.warm(), hasChecksum, isLarge);
    }

    static Row.Factory reader(final int blockEvents)
    {
        return (directory) -> new RingtapeRead(directory, blockEvents);
    }

    static Row.Factory tailer(final ChronicleTape.Factory form)
    {
        return (directory) -> new ChronicleTail(directory, form);
    }

    /** Of a file in pages as large as our recorder asks for. */
    static Row.Factory rawScan(final int blockEvents)
    {
        return rawScan(blockEvents, true, true);
    }

    private static Row.Factory rawScan(final int blockEvents, final boolean hasChecksum, final boolean isLarge)
    {
        return (directory) -> new MappedScan(directory, blockEvents, hasChecksum, isLarge);
    }
}
