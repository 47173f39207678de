package io.ringtape.cli.request;

import io.ringtape.cli.report.DemoReport;
import io.ringtape.cli.report.RecordReport;
import io.ringtape.cli.report.ReplayReport;
import io.ringtape.journal.SnapshotHandlers;

/**
 * Runs whole sessions: captures through the bus onto tape, and a tape through the same handlers.
 * <p>
 * A session that cannot do its work throws; what exit code that gives is decided in one place, by the command. It
 * leaves no half-made tape, and what was recorded before it stays.
 * <p>
 * Thread safety: one session at a time, on the thread that calls.
 * Allocation: as the session needs.
 */
public interface Sessions
{
    /**
     * Records captures.
     *
     * @param request what, and onto which tape.
     * @param context that it runs in; asked to stop, the session drains, seals the run and reports what it has.
     * @return what was recorded.
     */
    RecordReport record(RecordRequest request, SessionContext context);

    /**
     * Replays a tape through the handlers and compares their outputs.
     *
     * @param request which part of which tape.
     * @param context that it runs in.
     * @return what was replayed.
     */
    ReplayReport replay(ReplayRequest request, SessionContext context);

    /**
     * What a maker of snapshots is to feed, so that a replay can start behind them: the handlers that replay a tape, or
     * books alone for a run of another strategy.
     *
     * @return makes them for each run.
     */
    SnapshotHandlers.Factory snapshotHandlers();

    /**
     * Makes a session, records, replays and verifies it.
     *
     * @param request how long, and whether to keep it.
     * @param context that it runs in.
     * @return what came of it.
     */
    DemoReport demo(DemoRequest request, SessionContext context);
}
