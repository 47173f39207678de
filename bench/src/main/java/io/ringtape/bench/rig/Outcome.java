package io.ringtape.bench.rig;

import io.ringtape.bench.peer.Measure;
import io.ringtape.bench.peer.Row;
import io.ringtape.cli.output.Formats;
import java.util.ArrayList;
import java.util.List;

/**
 * What the rounds say of ours beside one peer, or of one alone beside the canary. The interval and the times are NaN
 * where nothing could be measured.
 * <p>
 * Thread safety: immutable.
 * Allocation: none.
 *
 * @param row      that was run.
 * @param peer     that ours is held against, or the one that is looked at alone.
 * @param ratio    of the {@link #measure()}, with its 95 % interval.
 * @param ours     of an event in the unit of the measure, median of the rounds kept; or of the one alone, or of the
 *                 stage.
 * @param theirs   the same of the peer, or of the stage before; beside one alone the canary in ns, see
 *                 {@link Round#canary(List, boolean)}, or NaN where no time is looked at.
 * @param verdict  what may be said.
 * @param kept     rounds that count.
 * @param dropped  rounds in which the machine was not as usual.
 * @param reason   why nothing could be measured, or empty.
 */
public record Outcome(
    Row row,
    Row.Entrant peer,
    Statistics.Interval ratio,
    double ours,
    double theirs,
    Verdict verdict,
    int kept,
    int dropped,
    String reason)
{
    /** Fewer rounds than this prove nothing. */
    public static final int MINIMUM_ROUNDS = 5;

    private static final Statistics.Interval NOTHING = new Statistics.Interval(Double.NaN, Double.NaN, Double.NaN);

    /**
     * What the ratio is.
     *
     * @return the row's measure, or that of ours alone.
     */
    public Measure measure()
    {
        return row.measureOf(row.peers().indexOf(peer));
    }

    /**
     * Says of a row that it cannot be run.
     *
     * @param row    that was not run.
     * @param reason why.
     * @return one outcome for each that something would have been said of.
     */
    public static List<Outcome> unfit(final Row row, final String reason)
    {
        return notMeasurable(row, 0, 0, reason);
    }

    /**
     * Says of a row that was cut that its rounds do not count: they may be few, and of one JVM a peer.
     *
     * @param row    that was stopped or failed.
     * @param rounds those before that.
     * @param band   see {@link Plan#band()}.
     * @return one outcome for each that something would have been said of.
     */
    static List<Outcome> cut(final Row row, final List<Round> rounds, final double band)
    {
        final int kept = kept(row, rounds, band).size();
        return notMeasurable(
            row, kept, rounds.size() - kept, "cut after " + Formats.count(rounds.size(), "round"));
    }

    /**
     * Judges the rounds of a row.
     *
     * @param row    that was run.
     * @param rounds all of them.
     * @param band   see {@link Plan#band()}.
     * @return one outcome for each peer but ours, and for ours where it is looked at alone.
     */
    public static List<Outcome> of(final Row row, final List<Round> rounds, final double band)
    {
        final List<Round> kept = kept(row, rounds, band);
        final int dropped = rounds.size() - kept.size();
        if (kept.size() < MINIMUM_ROUNDS)
        {
            return notMeasurable(row, kept.size(), dropped, "too few rounds were left");
        }
        final List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < row.peers().size(); i++)
        {
            if (row.isJudged(i))
            {
                outcomes.add(judge(row, i, kept, dropped));
            }
        }
        return outcomes;
    }

    private static List<Round> kept(final Row row, final List<Round> rounds, final double band)
    {
        return row.measure().isTimed() ? Round.keep(rounds, band, row.processors() > 1) : rounds;
    }

    private static Outcome judge(final Row row, final int peer, final List<Round> kept, final int dropped)
    {
        final Measure measure = row.measureOf(peer);
        final Row.Entrant entrant = row.peers().get(peer);
        final int unmeasured = Round.unmeasured(kept, measure, peer);
        if (unmeasured >= 0)
        {
            return notMeasurable(row, peer, kept.size(), dropped,
                "some round took no time, or no number of it: peer=" + row.peers().get(unmeasured).name());
        }
        final Statistics.Interval ratio = Statistics.bootstrap(Round.ratios(kept, measure, peer));
        final double ours = Round.median(kept, measure.isAlone() || measure == Measure.STEP ? peer : 0);
        return new Outcome(row, entrant, ratio, ours, theirs(row, measure, peer, kept),
            verdict(measure, ratio, entrant.goal()), kept.size(), dropped, "");
    }

    private static double theirs(final Row row, final Measure measure, final int peer, final List<Round> kept)
    {
        if (!measure.isAlone())
        {
            return Round.median(kept, measure == Measure.STEP ? measure.reference(peer) : peer);
        }
        return measure.isTimed() ? Round.canary(kept, row.processors() > 1) : Double.NaN;
    }

    private static List<Outcome> notMeasurable(
        final Row row, final int kept, final int dropped, final String reason)
    {
        final List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < row.peers().size(); i++)
        {
            if (row.isJudged(i))
            {
                outcomes.add(notMeasurable(row, i, kept, dropped, reason));
            }
        }
        return outcomes;
    }

    private static Outcome notMeasurable(
        final Row row, final int peer, final int kept, final int dropped, final String reason)
    {
        return new Outcome(row, row.peers().get(peer), NOTHING, Double.NaN, Double.NaN, Verdict.NOT_MEASURABLE, kept,
            dropped, reason);
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
