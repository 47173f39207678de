package io.ringtape.bench.peer;

import io.ringtape.bench.peer.Row.Entrant;
import java.util.List;

/**
 * The rows of books, of the way from a tape to a strategy, and of decoders.
 * <p>
 * Thread safety: immutable.
 * Allocation: none after loading.
 */
final class BookRows
{
    /** The most ns that an event may take. */
    private static final double BOOK_GOAL_NS = 60;
    /** 10 million events a second. */
    private static final double STRATEGY_GOAL_NS = 100;
    static final int LEVEL_5_EVENTS = 2_436 * Work.BLOCK_EVENTS;
    private static final int LEVEL_1_EVENTS = 898 * Work.BLOCK_EVENTS;
    private static final int MBO_RECORDS = 215 * Work.BLOCK_EVENTS;
    private static final int DEMO_EVENTS = 1 << 18;
    private static final int STRATEGY_EVENTS = 1 << 20;

    private static final Kept<LobsterText> TEXT = new Kept<>(LobsterText::load);

    private static final List<Row> ALL = List.of(
        book("B1", "book update, AMZN, five levels by price", LEVEL_5_EVENTS, BOOK_GOAL_NS,
            BookStream.of(CaptureFile.AMZN_LEVEL_5)).needing(CaptureFile.AMZN_LEVEL_5),
        book("B1L1", "book update, AMZN, one level by price", LEVEL_1_EVENTS, BOOK_GOAL_NS,
            BookStream.of(CaptureFile.AMZN_LEVEL_1)).needing(CaptureFile.AMZN_LEVEL_1),
        book("B1C", "book update, CME by order, nearly all adds of a snapshot", MBO_RECORDS, Row.NO_GOAL,
            BookStream.of(CaptureFile.CME_MBO)).needing(CaptureFile.CME_MBO),
        book("B1D", "book update, the demo's generated session", DEMO_EVENTS, Row.NO_GOAL, BookStream::demo),
        book("B1K", "book update by order, 1,000 generated orders", OrderCycle.EVENTS, BOOK_GOAL_NS,
            OrderCycle.of(1_000)),
        new Row("B2", "tape to strategy, the demo's generated session", Measure.SPEED, 1, STRATEGY_EVENTS, List.of(
            new Entrant("ringtape tape, book, risk, strategy", STRATEGY_GOAL_NS, (directory) ->
                new StrategyReplay(directory, true, false)),
            new Entrant("ringtape tape, book", Row.NO_GOAL, (directory) ->
                new StrategyReplay(directory, false, false)))),
        new Row("D1", "decode of a LOBSTER row pair, AMZN, five levels", Measure.SPEED, 1, LEVEL_5_EVENTS, List.of(
            new Entrant("ringtape decoder", Row.NO_GOAL, (directory) -> new LobsterDecode(TEXT)),
            new Entrant("bare split", Row.NO_GOAL, (directory) -> new LobsterSplit(TEXT))))
            .needing(CaptureFile.AMZN_LEVEL_5),
        new Row("D1C", "decode of a DBN record by order, CME", Measure.SPEED, 1, MBO_RECORDS, List.of(
            new Entrant("ringtape decoder", Row.NO_GOAL, (directory) -> new DbnDecode()),
            new Entrant("bare read of the words", Row.NO_GOAL, (directory) -> new DbnStruct())))
            .needing(CaptureFile.CME_MBO));

    private BookRows()
    {
    }

    /** The rows in the order of the table. */
    static List<Row> all()
    {
        return ALL;
    }

    static Row book(
        final String id, final String what, final int events, final double goalNs, final BookStream.Source source)
    {
        final BookStream.Source kept = new Kept<>(source::load)::get;
        return new Row(id, what, Measure.SPEED, 1, events, List.of(
            new Entrant("ringtape book", goalNs, (directory) -> new RingtapeBook(kept)),
            new Entrant("tree map and hash map", Row.NO_GOAL, (directory) -> new NaiveBook(kept))));
    }
}
