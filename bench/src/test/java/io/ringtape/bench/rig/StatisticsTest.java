package io.ringtape.bench.rig;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class StatisticsTest
{
    @Test
    void shouldTakeTheMiddleOfAnOddCount()
    {
        assertEquals(2.0, Statistics.median(new double[]{9, 1, 2}));
    }

    @Test
    void shouldTakeTheMeanOfTheTwoInTheMiddle()
    {
        assertEquals(2.5, Statistics.median(new double[]{9, 1, 2, 3}));
    }

    @Test
    void shouldLeaveTheValuesInOrder()
    {
        final double[] values = {3, 1, 2};

        Statistics.median(values);
        Statistics.bootstrap(values);

        assertArrayEquals(new double[]{3, 1, 2}, values);
    }

    @Test
    void shouldRefuseNoValues()
    {
        final Exception thrown =
            assertThrows(IllegalArgumentException.class, () -> Statistics.median(new double[0]));

        assertEquals("no values", thrown.getMessage());
    }

    @Test
    void shouldGiveTheSameIntervalEachTime()
    {
        final double[] values = {1.0, 1.1, 0.9, 1.3, 1.2, 0.8, 1.05};

        assertEquals(Statistics.bootstrap(values), Statistics.bootstrap(values));
    }

    @Test
    void shouldGiveNoWidthToEqualValues()
    {
        assertEquals(new Statistics.Interval(4, 4, 4), Statistics.bootstrap(new double[]{4, 4, 4, 4, 4}));
    }

    @Test
    void shouldStayInsideTheValuesAndNotBeMovedByOneOutlier()
    {
        final Statistics.Interval interval =
            Statistics.bootstrap(new double[]{1.0, 1.01, 0.99, 1.02, 0.98, 1.0, 1.01, 0.99, 50});

        assertEquals(1.0, interval.median());
        assertTrue(interval.low() >= 0.98 && interval.low() <= 1.0, interval.toString());
        assertTrue(interval.high() >= 1.0 && interval.high() <= 1.02, interval.toString());
    }

    @Test
    void shouldHoldTheTrueMedianAboutNineteenTimesInTwenty()
    {
        final Random random = new Random(7);
        int held = 0;
        for (int sample = 0; sample < 200; sample++)
        {
            final double[] values = random.doubles(21).toArray();
            final Statistics.Interval interval = Statistics.bootstrap(values);
            held += interval.low() <= 0.5 && interval.high() >= 0.5 ? 1 : 0;
        }

        assertTrue(held >= 180 && held <= 199, "seed=7 held=" + held);
    }
}
