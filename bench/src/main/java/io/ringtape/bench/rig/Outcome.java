package io.ringtape.bench.rig;

import io.ringtape.bench.peer.Measure;
import io.ringtape.bench.peer.Row;
import java.util.ArrayList;
import java.util.List;

/**
 * What the rounds say of ours beside one peer. The interval and the times are NaN where nothing could be measured.
 * <p>
 * Thread safety: immutable.
 * Allocation: none.
 *
 * @param row      that was run.
 * @param peer     that ours is held against.
 * @param ratio    of the row's measure, with its 95 % interval.
 * @param ours     of an event in the unit of the measure, median of the rounds kept.
 * @param theirs   the same of the peer.
 * @param verdict  what may be said.
 * @param kept     rounds that count.
 * @param dropped  rounds in which the machine was not as usual.
 */
public record Outcome(
    Row row,
    Row.Entrant peer,
    Statistics.Interval ratio,
    double ours,
    double theirs,
    Verdict verdict,
    int kept,
    int dropped)
{
    /** Fewer rounds than this prove nothing. */
    public static final int MINIMUM_ROUNDS = 5;

    /**
     * Judges the rounds of a row.
     *
     * @param row    that was run.
     * @param rounds all of them, empty if the row was not run.
     * @param band   see {@link Plan#band()}.
     * @return one outcome for each peer but ours.
     */
    public static List<Outcome> of(final Row row, final List<Round> rounds, final double band)
    {
        final List<Round> kept = row.measure().isTimed() ?
            Round.keep(rounds, band, row.processors() > 1) : rounds;
        final int dropped = rounds.size() - kept.size();
        final List<Outcome> outcomes = new ArrayList<>();
        for (int i = 1; i < row.peers().size(); i++)
        {
            final Row.Entrant peer = row.peers().get(i);
            if (kept.size() < MINIMUM_ROUNDS)
            {
                final Statistics.Interval nothing = new Statistics.Interval(Double.NaN, Double.NaN, Double.NaN);
                outcomes.add(new Outcome(
                    row, peer, nothing, Double.NaN, Double.NaN, Verdict.NOT_MEASURABLE, kept.size(), dropped));
            }
            else
            {
                final Statistics.Interval ratio = Statistics.bootstrap(Round.ratios(kept, row.measure(), i));
                outcomes.add(new Outcome(row, peer, ratio, Round.median(kept, 0), Round.median(kept, i),
                    verdict(row.measure(), ratio, peer.goal()), kept.size(), dropped));
            }
        }
        return outcomes;
    }

    private static Verdict verdict(final Measure measure, final Statistics.Interval ratio, final double goal)
    {
        if (Double.isNaN(goal))
        {
            return Verdict.SHOWN;
        }
        return measure.isMet(ratio.low(), ratio.high(), goal) ? Verdict.MET : Verdict.MISSED;
    }
}
