package io.ringtape.cli.soak;

import io.ringtape.bus.LaneState;
import io.ringtape.bus.LaneStatus;
import java.util.function.Function;

/**
 * A handler of a lane that is there from the start, and what it must have got.
 *
 * @param lane    that runs it.
 * @param handler its name.
 * @param policy  of the lane.
 * @param counts  what it got, once its lane has ended.
 * @param also    what else is wrong, or empty.
 */
record Watched(
    String lane, String handler, String policy, Function<Ending, SoakCounts> counts, Function<Ending, String> also)
{
    /**
     * How the bus stands when all lanes have ended.
     *
     * @param cursor    the last sequence published.
     * @param status    of the lane.
     * @param reference what a lossless handler got.
     */
    record Ending(long cursor, LaneStatus status, PartialAccount reference)
    {
    }

    static Watched every(final String lane, final String handler, final String policy, final SoakAccount account)
    {
        return new Watched(lane, handler, policy, (ending) -> ended(account, ending.cursor()),
            (ending) -> sameShed(account.shed(), ending.status()) + in(LaneState.STOPPED, ending.status()));
    }

    static Watched skipping(
        final String lane, final String handler, final String policy, final SoakAccount account,
        final PlannedFaults faults)
    {
        final Watched every = every(lane, handler, policy, account);
        return new Watched(lane, handler, policy, every.counts, (ending) -> every.also.apply(ending) +
            (ending.status().skippedCount() == faults.count() ? "" :
                " skipped=" + ending.status().skippedCount() + " planned=" + faults.count()));
    }

    static Watched detaching(
        final String lane, final String handler, final String policy, final SoakAccount account,
        final PlannedFaults faults)
    {
        // A run that was stopped may not have come to the fault.
        return new Watched(lane, handler, policy,
            (ending) -> ended(account, faults.count() == 0 ? ending.cursor() : faults.last()),
            (ending) -> in(faults.count() == 0 ? LaneState.STOPPED : LaneState.DETACHED, ending.status()) +
                (faults.count() == 0 || account.next() == faults.last() + 1 ? "" :
                    " next=" + account.next() + " fault=" + faults.last()));
    }

    static Watched trades(final String lane, final String handler, final String policy, final PartialAccount account)
    {
        return new Watched(lane, handler, policy,
            (ending) -> account.countsOfTrades(ending.reference().trades()),
            (ending) -> in(LaneState.STOPPED, ending.status()));
    }

    static Watched merged(
        final String lane, final String handler, final String policy, final PartialAccount account,
        final boolean isLossless)
    {
        return new Watched(lane, handler, policy,
            (ending) -> account.countsOfMerged(ending.cursor() + 1, ending.status().conflatedCount()),
            (ending) -> sameShed(account.shed(), ending.status()) + in(LaneState.STOPPED, ending.status()) +
                (!isLossless || (account.shed() == 0 && account.hasSameLatest(ending.reference())) ? "" :
                    " latest quotes differ: shed=" + account.shed()));
    }

    private static SoakCounts ended(final SoakAccount account, final long last)
    {
        account.endAt(last);
        return account.counts();
    }

    private static String sameShed(final long told, final LaneStatus status)
    {
        return status.shedCount() == told ? "" : " shedByLane=" + status.shedCount() + " told=" + told;
    }

    private static String in(final LaneState expected, final LaneStatus status)
    {
        return status.state() == expected ? "" : " state=" + status.state() + " expected=" + expected;
    }
}
