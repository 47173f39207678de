package io.ringtape.cli.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtape.backtest.BacktestResult.RunSpan;
import io.ringtape.cli.backtest.Plot.Point;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The part of a run that a chart shows has all fills, a margin, and what the values were at its ends. */
@Timeout(10)
final class TradedPartTest
{
    private static final long SECOND_NS = 1_000_000_000L;
    private static final RunSpan RUN = new RunSpan(3, 1_000 * SECOND_NS, 2_000 * SECOND_NS);

    @Test
    void shouldHaveAMarginOnBothSides()
    {
        assertEquals(new RunSpan(3, 1_095 * SECOND_NS, 1_205 * SECOND_NS), part(100, 200).orElseThrow().span());
    }

    @Test
    void shouldHaveASecondAtLeast()
    {
        assertEquals(new RunSpan(3, 1_500 * SECOND_NS - SECOND_NS / 2, 1_500 * SECOND_NS + SECOND_NS / 2),
            part(500, 500).orElseThrow().span());
    }

    @Test
    void shouldNotLeaveTheRun()
    {
        assertEquals(new RunSpan(3, 1_000 * SECOND_NS, 1_105 * SECOND_NS), part(0, 100).orElseThrow().span());
        assertEquals(new RunSpan(3, 1_895 * SECOND_NS, 2_000 * SECOND_NS), part(900, 1_000).orElseThrow().span());
    }

    @Test
    void shouldBeNothingWhereItIsLargeOrThereIsNoFill()
    {
        assertEquals(Optional.empty(), part(100, 400));
        assertEquals(Optional.empty(), TradedPart.of(RUN, List.of()));
    }

    @Test
    void shouldHoldEachValueUntilTheNextOne()
    {
        final List<Point> whole = List.of(at(0, 1), at(50, 2), at(150, 7), at(204, 5), at(900, 6));
        final List<Point> traded = List.of(at(100, 3), at(150, 8), at(200, 4));

        final List<Point> cut = part(100, 200).orElseThrow().cut(whole, traded);

        assertEquals(List.of(at(0, 2), at(5, 3), at(55, 8), at(105, 4), at(109, 5), at(110, 5)), cut);
    }

    private static Optional<TradedPart> part(final long fromSeconds, final long toSeconds)
    {
        return TradedPart.of(RUN, List.of(at(fromSeconds, 1), at(toSeconds, 1)));
    }

    private static Point at(final long seconds, final double value)
    {
        return new Point(seconds * SECOND_NS, value);
    }
}
