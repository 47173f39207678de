package io.ringtape.bench.peer;

import io.ringtape.bench.peer.Row.Entrant;
import io.ringtape.journal.StagedBlocks;
import java.util.List;

/**
 * The rows of where the nanoseconds of a hot path go: the same work with one stage more each, the whole of it last.
 * <p>
 * Thread safety: immutable.
 * Allocation: none after loading.
 */
final class StageRows
{
    private static final int LIVE_ORDERS = 1_000;

    private static final List<Row> ALL = List.of(
        row("J1S", "stages of recording, 64 a block", 1, TapeRows.TAPE_EVENTS, List.of(
            stage("events made in the ring", (directory) -> new FilledRing()),
            stage("copied to memory in the cache, header", (directory) -> new CachedAppend(directory, false)),
            stage("checksum", (directory) -> new CachedAppend(directory, true)),
            stage("to a mapped file in large pages", TapeRows.rawAppend(Work.BLOCK_EVENTS)),
            stage("as documents of the appender", (directory) ->
                new StagedAppend(directory, StagedBlocks.Parts.DOCUMENTS)),
            stage("space reserved ahead", (directory) -> new StagedAppend(directory, StagedBlocks.Parts.SPACE)),
            stage("journaled mark", (directory) -> new StagedAppend(directory, StagedBlocks.Parts.MARK)),
            stage("ringtape recorder, with times, clock, index", TapeRows.recorder(Work.BLOCK_EVENTS)))),
        row("R2S", "stages of a replay through a bus", 2, TapeRows.TAPE_EVENTS, List.of(
            stage(TapeRows.RAW_SCAN, TapeRows.rawScan(Work.BLOCK_EVENTS)),
            stage("ringtape reader", TapeRows.reader(Work.BLOCK_EVENTS)),
            stage("published, a lane that looks at none", replay(ReplayLane.NO_LOOK)),
            stage("lane looks at each type", replay(ReplayLane.TYPE)),
            stage("ringtape reader and bus, every field", replay(ReplayLane.EVERY_FIELD)))),
        levels(BookStream.of(CaptureFile.AMZN_LEVEL_5)).needing(CaptureFile.AMZN_LEVEL_5),
        orders(OrderCycle.of(LIVE_ORDERS)),
        row("O1S", "stages of an order through the gate, median of blocks of 1,000", 1, TradingRows.ORDERS, List.of(
            gate("order made and looked at", GateStage.ORDER),
            gate("limits, account, kill switch, fields, tick, lot, id", GateStage.FIELDS),
            gate("quantity, notional", GateStage.SIZE),
            gate("status, book, reference, age, collar", GateStage.PRICE),
            gate("position, loss, rate of the instrument", GateStage.INSTRUMENT),
            gate("position, notional, loss, rate of the account", GateStage.ALL),
            stage("ringtape risk gate, check and accept", (directory) -> new GateOrders(false)),
            stage("ringtape order sender, gate and events", (directory) -> new GateOrders(true)))));

    private StageRows()
    {
    }

    /** The rows in the order of the table. */
    static List<Row> all()
    {
        return ALL;
    }

    private static Row levels(final BookStream.Source source)
    {
        return row("B1S", "stages of a book update, AMZN, five levels by price", 1, BookRows.LEVEL_5_EVENTS, List.of(
            fields(source),
            book("dispatched to its book, best prices", BookStages.dispatched(source)),
            book("ringtape book", source)));
    }

    private static Row orders(final BookStream.Source source)
    {
        return row("B1KS", "stages of a book update by order, 1,000 generated orders", 1, OrderCycle.EVENTS, List.of(
            fields(source),
            book("dispatched to its book, best prices", BookStages.dispatched(source)),
            book("order looked up", BookStages.lookedUp(source)),
            book("order and level written", BookStages.written(source)),
            book("ringtape book, adds and deletes", source)));
    }

    private static Row row(
        final String id, final String what, final int processors, final int events, final List<Entrant> stages)
    {
        return new Row(id, what, Measure.STEP, processors, events, stages);
    }

    private static Entrant stage(final String name, final Row.Factory factory)
    {
        return new Entrant(name, Row.NO_GOAL, factory);
    }

    private static Row.Factory replay(final ReplayLane lane)
    {
        return (directory) -> new BusReplay(directory, lane);
    }

    private static Entrant fields(final BookStream.Source source)
    {
        final BookStream.Source kept = new Kept<>(source::load)::get;
        return stage("fields read", (directory) -> new EventFields(kept));
    }

    private static Entrant book(final String name, final BookStream.Source source)
    {
        final BookStream.Source kept = new Kept<>(source::load)::get;
        return stage(name, (directory) -> new RingtapeBook(kept));
    }

    private static Entrant gate(final String name, final GateStage stage)
    {
        return stage(name, (directory) -> new GateChecks(stage));
    }
}
