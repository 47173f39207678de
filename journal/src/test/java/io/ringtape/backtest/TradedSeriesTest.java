package io.ringtape.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The time between fills has all the points, however long the rest is. */
@Timeout(20)
final class TradedSeriesTest
{
    private static final long SECOND_NS = 1_000_000_000L;
    private static final int CAPACITY = 8;

    private final TradedSeries series = new TradedSeries(CAPACITY, false);

    @Test
    void shouldHaveNothingWithoutAFill()
    {
        series.add(1, 10, 20);
        series.onKill(2, 10, 20);

        assertEquals("", text());
    }

    @Test
    void shouldBeginAndEndWithFills()
    {
        series.add(1, 10, 0);
        series.onFill(2, 20, 1);
        series.add(3, 30, 1);
        series.onFill(4, 40, 2);
        series.add(5, 50, 2);

        assertEquals("2:20:1 3:30:1 4:40:2 ", text());
    }

    @Test
    void shouldKeepItsPointsWhileTheRestGoesOn()
    {
        series.onFill(100, 0, 1);
        for (int i = 1; i < CAPACITY; i++)
        {
            series.add(100 + i, i, 1);
        }
        series.onFill(100 + CAPACITY - 1, CAPACITY, 2);
        for (int i = 1; i < 10_000; i++)
        {
            series.add(100 + i * SECOND_NS, i, 2);
        }

        assertEquals("100:0:1 101:1:1 102:2:1 103:3:1 104:4:1 105:5:1 106:6:1 107:8:2 ", text());
    }

    @Test
    void shouldStayBoundedWhileFillsGoOn()
    {
        for (int i = 0; i < 10_000; i++)
        {
            series.add(i * SECOND_NS, i, 0);
            series.add(i * SECOND_NS + 1, i, 0);
            if (i % 7 == 0)
            {
                series.onFill(i * SECOND_NS + 2, i, 1);
            }
        }

        final int last = series.points().count() - 1;
        assertTrue(last < CAPACITY && last > 1, "last=" + last);
        assertEquals(9_996 * SECOND_NS + 2, series.points().timeNs(last));
    }

    @Test
    void shouldGoOnToAKillThatIsNear()
    {
        series.onFill(0, 1, 1);
        series.onFill(3 * SECOND_NS, 2, 1);
        series.add(9 * SECOND_NS, 3, 1);
        series.onKill(15 * SECOND_NS, 4, 1);

        assertEquals(15 * SECOND_NS, series.points().timeNs(series.points().count() - 1));
    }

    @Test
    void shouldEndBeforeAKillThatIsFar()
    {
        series.onFill(0, 1, 1);
        series.onFill(3 * SECOND_NS, 2, 1);
        series.onKill(20 * SECOND_NS, 4, 1);

        assertEquals("0:1:1 3000000000:2:1 ", text());
    }

    @Test
    void shouldGoOnToAKillNearTheOnlyFill()
    {
        series.onFill(0, 1, 1);
        series.onKill(5 * SECOND_NS, 1, 1);

        assertEquals("0:1:1 5000000000:1:1 ", text());
    }

    private String text()
    {
        final StringBuilder text = new StringBuilder();
        final ChartSeries points = series.points();
        for (int i = 0; i < points.count(); i++)
        {
            text.append(points.timeNs(i)).append(':').append(points.first(i)).append(':').append(points.second(i))
                .append(' ');
        }
        return text.toString();
    }
}
