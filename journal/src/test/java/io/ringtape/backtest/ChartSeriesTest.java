package io.ringtape.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ChartSeriesTest
{
    @Test
    void shouldKeepEachPointWhileThereIsRoom()
    {
        final ChartSeries series = new ChartSeries(4, false);

        series.add(10, 1, 2);
        series.add(10, 3, 4);
        series.add(11, 5, 6);

        assertEquals("10:3:4 11:5:6 ", text(series));
    }

    @Test
    void shouldKeepTheLastOfASpanAndTheLargestIfTold()
    {
        final ChartSeries last = new ChartSeries(4, false);
        final ChartSeries largest = new ChartSeries(4, true);

        for (int i = 0; i < 8; i++)
        {
            last.add(100 + i, i, 10 - i);
            largest.add(100 + i, i, 10 - i);
        }

        assertEquals("101:1:9 103:3:7 105:5:5 107:7:3 ", text(last));
        assertEquals("101:1:10 103:3:8 105:5:6 107:7:4 ", text(largest));
    }

    @Test
    void shouldStayBoundedEndWithTheLastAndKeepTheLargest()
    {
        final ChartSeries series = new ChartSeries(50, true);
        final Random random = new Random(5);
        long timeNs = -1_000;
        long largest = 0;
        for (int i = 0; i < 100_000; i++)
        {
            timeNs += random.nextInt(4) == 0 ? 1L << random.nextInt(40) : 0;
            final long value = random.nextInt(1_000_000);
            largest = Math.max(largest, value);
            series.add(timeNs, i, value);
        }

        long found = 0;
        for (int i = 0; i < series.count(); i++)
        {
            found = Math.max(found, series.second(i));
            assertTrue(i == 0 || series.timeNs(i) > series.timeNs(i - 1));
        }
        assertTrue(series.count() <= 50 && series.count() >= 20, "count=" + series.count());
        assertEquals(largest, found);
        assertEquals(99_999, series.first(series.count() - 1));
        assertEquals(timeNs, series.timeNs(series.count() - 1));
    }

    @Test
    void shouldMoveItsPointsAndBeginAnew()
    {
        final ChartSeries from = new ChartSeries(4, true);
        final ChartSeries to = new ChartSeries(4, true);
        to.add(4, 1, 9);
        for (int i = 4; i < 12; i++)
        {
            from.add(i, i, i);
        }

        from.moveTo(to);
        from.add(12, 0, 0);
        from.add(13, 0, 0);

        assertEquals("7:7:9 11:11:11 ", text(to));
        assertEquals("12:0:0 13:0:0 ", text(from));
    }

    @Test
    void shouldTakeTimesFromOneEndToTheOther()
    {
        final ChartSeries series = new ChartSeries(2, false);

        series.add(Long.MIN_VALUE, 1, 1);
        series.add(0, 2, 2);
        series.add(Long.MAX_VALUE, 3, 3);

        assertEquals(Long.MAX_VALUE, series.timeNs(series.count() - 1));
    }

    private static String text(final ChartSeries series)
    {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < series.count(); i++)
        {
            text.append(series.timeNs(i)).append(':').append(series.first(i)).append(':').append(series.second(i))
                .append(' ');
        }
        return text.toString();
    }
}
