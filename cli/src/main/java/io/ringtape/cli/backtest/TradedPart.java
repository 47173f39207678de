package io.ringtape.cli.backtest;

import io.ringtape.backtest.BacktestResult.RunSpan;
import io.ringtape.cli.backtest.Plot.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The part of a run in which there were fills, with a margin on both sides, where that is a quarter of the run at most:
 * in a chart of the whole run the fills would lie on top of each other.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction and when asked.
 */
final class TradedPart
{
    private static final int LEAST_PARTS = 4;
    private static final int MARGIN_PARTS = 20;
    private static final long LEAST_MARGIN_NS = 500_000_000L;

    private final RunSpan span;
    private final long fromNs;

    private TradedPart(final RunSpan run, final long fromNs, final long toNs)
    {
        span = new RunSpan(run.runId(), run.startTimeNs() + fromNs, run.startTimeNs() + toNs);
        this.fromNs = fromNs;
    }

    /**
     * The part.
     *
     * @param run    when it was.
     * @param traded points from the first fill to the last, by the time since the start of the run.
     * @return empty if there are none, or the part is too large to be shown by itself.
     */
    static Optional<TradedPart> of(final RunSpan run, final List<Point> traded)
    {
        if (traded.isEmpty())
        {
            return Optional.empty();
        }
        final long firstNs = traded.get(0).elapsedNs();
        final long lastNs = traded.get(traded.size() - 1).elapsedNs();
        final long marginNs = Math.max(LEAST_MARGIN_NS, (lastNs - firstNs) / MARGIN_PARTS);
        final long fromNs = Math.max(0, firstNs - marginNs);
        final long toNs = Math.min(run.lengthNs() - lastNs, marginNs) + lastNs;
        return toNs - fromNs > run.lengthNs() / LEAST_PARTS ?
            Optional.empty() : Optional.of(new TradedPart(run, fromNs, toNs));
    }

    /** When it was. */
    RunSpan span()
    {
        return span;
    }

    /**
     * A line over the part, from one end to the other: a value holds until the next one.
     *
     * @param whole  points of the whole run, by the time since its start.
     * @param traded the same from the first fill to the last, in more points; at least one.
     * @return points by the time since the start of the part.
     */
    List<Point> cut(final List<Point> whole, final List<Point> traded)
    {
        final long firstNs = traded.get(0).elapsedNs();
        final long lastNs = traded.get(traded.size() - 1).elapsedNs();
        final List<Point> all = new ArrayList<>();
        whole.stream().filter((point) -> point.elapsedNs() < firstNs).forEach(all::add);
        all.addAll(traded);
        whole.stream().filter((point) -> point.elapsedNs() > lastNs).forEach(all::add);
        final List<Point> cut = new ArrayList<>();
        for (final Point point : all)
        {
            final long elapsedNs = point.elapsedNs() - fromNs;
            if (elapsedNs <= 0)
            {
                cut.clear();
            }
            if (elapsedNs <= span.lengthNs())
            {
                cut.add(new Point(Math.max(0, elapsedNs), point.value()));
            }
        }
        cut.add(new Point(span.lengthNs(), cut.get(cut.size() - 1).value()));
        return cut;
    }
}
