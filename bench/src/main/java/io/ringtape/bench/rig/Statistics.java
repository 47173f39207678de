package io.ringtape.bench.rig;

import java.util.Arrays;
import java.util.Random;

/**
 * The few statistics of the rounds.
 * <p>
 * Thread safety: stateless.
 * Allocation: copies of what it is given.
 */
public final class Statistics
{
    /** Fixed, so that the same rounds always give the same interval. */
    static final long SEED = 20_240_508L;
    private static final int RESAMPLES = 10_000;
    private static final double LOW = 0.025;
    private static final double HIGH = 0.975;

    private Statistics()
    {
    }

    /**
     * The middle value, or the mean of the two in the middle.
     *
     * @param values at least one.
     * @return the median.
     * @throws IllegalArgumentException if there is no value.
     */
    public static double median(final double[] values)
    {
        if (values.length == 0)
        {
            throw new IllegalArgumentException("no values");
        }
        final double[] sorted = values.clone();
        Arrays.sort(sorted);
        final int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /**
     * The median and where 95 % of the medians of bootstrap resamples lie.
     *
     * @param values at least one.
     * @return the median with its interval.
     * @throws IllegalArgumentException if there is no value.
     */
    public static Interval bootstrap(final double[] values)
    {
        final double median = median(values);
        final Random random = new Random(SEED);
        final double[] medians = new double[RESAMPLES];
        final double[] resample = new double[values.length];
        for (int i = 0; i < RESAMPLES; i++)
        {
            for (int j = 0; j < resample.length; j++)
            {
                resample[j] = values[random.nextInt(values.length)];
            }
            medians[i] = median(resample);
        }
        Arrays.sort(medians);
        return new Interval(median, quantile(medians, LOW), quantile(medians, HIGH));
    }

    private static double quantile(final double[] sorted, final double share)
    {
        return sorted[(int)Math.round(share * (sorted.length - 1))];
    }

    /**
     * A median with its 95 % interval.
     *
     * @param median of the values.
     * @param low    end of the interval.
     * @param high   end of the interval.
     */
    public record Interval(double median, double low, double high)
    {
    }
}
