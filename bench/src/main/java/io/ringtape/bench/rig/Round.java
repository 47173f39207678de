package io.ringtape.bench.rig;

import io.ringtape.bench.peer.Measure;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One round: the machine before and after, and each peer once in between.
 * <p>
 * Thread safety: immutable.
 * Allocation: a copy of the times when made.
 */
public final class Round
{
    private final Canary.Reading before;
    private final Canary.Reading after;
    private final double[] perEvent;

    /**
     * A round as it was measured.
     *
     * @param before     the canary before the first peer.
     * @param after      the canary after the last peer.
     * @param perEvent   of each peer, in the order of the row; copied.
     */
    public Round(final Canary.Reading before, final Canary.Reading after, final double[] perEvent)
    {
        this.before = before;
        this.after = after;
        this.perEvent = perEvent.clone();
    }

    /**
     * The canary before the first peer.
     *
     * @return the reading.
     */
    public Canary.Reading before()
    {
        return before;
    }

    /**
     * The canary after the last peer.
     *
     * @return the reading.
     */
    public Canary.Reading after()
    {
        return after;
    }

    /**
     * What an event cost each peer, in the unit of the row's measure and the order of the row.
     *
     * @return a copy.
     */
    public double[] perEvent()
    {
        return perEvent.clone();
    }

    /**
     * The rounds in which the machine stayed as it was, and copies as it mostly does. A hop moves with the host from
     * one level to another; that is no reason to drop a round as long as both canaries of the round saw the same level.
     *
     * @param rounds     all.
     * @param band       0.3 keeps copies from 1 / 1.3 to 1.3 of their median, and hops that differ by as much.
     * @param isHopHeard whether the work hops between processors; one thread does not feel it.
     * @return those to keep, in order.
     */
    static List<Round> keep(final List<Round> rounds, final double band, final boolean isHopHeard)
    {
        if (rounds.isEmpty())
        {
            return rounds;
        }
        final double copy = Statistics.median(rounds.stream()
            .flatMap((round) -> Stream.of(round.before, round.after))
            .mapToDouble(Canary.Reading::copyNsPerKib)
            .toArray());
        return rounds.stream()
            .filter((round) -> isWithin(round.before.copyNsPerKib(), copy, band) &&
                isWithin(round.after.copyNsPerKib(), copy, band) &&
                (!isHopHeard || isWithin(round.before.hopNs(), round.after.hopNs(), band)))
            .toList();
    }

    /**
     * The first peer beside another, or a stage beside the one before it, round by round.
     *
     * @param rounds  to look at.
     * @param measure what is compared.
     * @param peer    index of the other, or of the stage.
     * @return a ratio a round; the other's own value where it is looked at alone.
     */
    static double[] ratios(final List<Round> rounds, final Measure measure, final int peer)
    {
        final int reference = measure.reference(peer);
        return rounds.stream()
            .mapToDouble((round) -> measure.ratio(round.perEvent[reference], round.perEvent[peer])).toArray();
    }

    /**
     * Who gives nothing to divide and to subtract: a time of 0 would be infinitely fast.
     *
     * @param rounds  to look at.
     * @param measure what is compared.
     * @param peer    index of the other, or of the stage.
     * @return index of the reference or of the peer; -1 if both have a number in each round, above 0 but for an
     *     allocation.
     */
    static int unmeasured(final List<Round> rounds, final Measure measure, final int peer)
    {
        return IntStream.of(measure.reference(peer), peer)
            .filter((index) -> !rounds.stream().mapToDouble((round) -> round.perEvent[index])
                .allMatch((value) -> Double.isFinite(value) && (value > 0 || measure == Measure.ALLOCATION)))
            .findFirst().orElse(-1);
    }

    /**
     * What the machine did before and after the rounds.
     *
     * @param rounds to look at.
     * @param isHop  the hop of a cache line, else the copy of a KiB.
     * @return ns, median.
     */
    static double canary(final List<Round> rounds, final boolean isHop)
    {
        return Statistics.median(rounds.stream()
            .flatMap((round) -> Stream.of(round.before, round.after))
            .mapToDouble(isHop ? Canary.Reading::hopNs : Canary.Reading::copyNsPerKib)
            .toArray());
    }

    static double median(final List<Round> rounds, final int peer)
    {
        return Statistics.median(rounds.stream().mapToDouble((round) -> round.perEvent[peer]).toArray());
    }

    /**
     * The round on one line, for who wants to see how the machine behaves.
     *
     * @return the values, one decimal.
     */
    public String text()
    {
        return String.format(Locale.ROOT, "  hopNs=%.1f,%.1f copyNsPerKib=%.1f,%.1f perEvent=%s",
            before.hopNs(), after.hopNs(), before.copyNsPerKib(), after.copyNsPerKib(),
            DoubleStream.of(perEvent)
                .mapToObj((value) -> String.format(Locale.ROOT, "%.1f", value))
                .collect(Collectors.joining(",")));
    }

    private static boolean isWithin(final double value, final double median, final double band)
    {
        return value <= median * (1 + band) && value >= median / (1 + band);
    }
}
