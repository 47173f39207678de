package io.ringtape.bench.peer;

import io.ringtape.bench.peer.Row.Entrant;
import java.util.List;

/**
 * The rows of orders, of a replay that compares, and of backtests.
 * <p>
 * Thread safety: immutable.
 * Allocation: none after loading.
 */
final class TradingRows
{
    /** The most ns that an order may take. */
    private static final double ORDER_GOAL_NS = 100;
    private static final double COMPARISON_GOAL = 1.05;
    static final int ORDERS = 1 << 18;
    private static final int REPLAY_EVENTS = 1 << 20;
    /** The 155,935 rows of AMZN's day, but for what makes no whole block. */
    private static final int DAY_EVENTS = 2_436 * Work.BLOCK_EVENTS;
    /** A second for all of them. */
    private static final double DAY_GOAL_NS = 1e9 / DAY_EVENTS;

    private static final List<Row> ALL = List.of(
        new Row("O1", "an order through all checks, median of blocks of 1,000", Measure.TIME, 1, ORDERS, List.of(
            new Entrant("ringtape risk gate, check and accept", ORDER_GOAL_NS, (directory) -> new GateOrders(false)),
            new Entrant("ringtape order sender, gate and events", Row.NO_GOAL, (directory) ->
                new GateOrders(true)))),
        new Row("R3", "replay that compares, the demo's generated session", Measure.COST, 1, REPLAY_EVENTS, List.of(
            new Entrant("ringtape replay, outputs and hashes compared", Row.NO_GOAL, ComparedReplay::new),
            new Entrant("the same without comparison, hash of inputs", COMPARISON_GOAL, (directory) ->
                new PlainReplay(directory, true)),
            new Entrant("the handlers alone, no hash", Row.NO_GOAL, (directory) ->
                new PlainReplay(directory, false)))),
        new Row("K1", "backtest of a generated session as long as AMZN's day", Measure.TIME, 1, DAY_EVENTS, List.of(
            new Entrant("ringtape backtest, market maker", DAY_GOAL_NS, (directory) ->
                new BacktestDay(directory, DemoTape::of)))),
        new Row("K1A", "backtest of AMZN's day, five levels by price", Measure.TIME, 1, DAY_EVENTS, List.of(
            new Entrant("ringtape backtest, market maker", DAY_GOAL_NS, (directory) ->
                new BacktestDay(directory, BacktestDay::amzn))))
            .needing(CaptureFile.AMZN_LEVEL_5));

    private TradingRows()
    {
    }

    /** The rows in the order of the table. */
    static List<Row> all()
    {
        return ALL;
    }
}
