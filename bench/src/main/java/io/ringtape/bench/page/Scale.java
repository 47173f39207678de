package io.ringtape.bench.page;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a value lies on an axis.
 */
final class Scale
{
    private static final double[] STEPS = {1, 2, 5, 10};

    private final boolean isLog;
    private final double least;
    private final double most;
    private final double from;
    private final double to;

    private Scale(final boolean isLog, final double least, final double most, final double from, final double to)
    {
        this.isLog = isLog;
        this.least = least;
        this.most = most;
        this.from = from;
        this.to = to;
    }

    /** An axis on which equal distances are equal differences. */
    static Scale linear(final double least, final double most, final double from, final double to)
    {
        return new Scale(false, least, most > least ? most : least + 1, from, to);
    }

    /** An axis on which equal distances are equal ratios. */
    static Scale log(final double least, final double most, final double from, final double to)
    {
        return new Scale(true, Math.log10(least), Math.log10(most > least ? most : 10 * least), from, to);
    }

    /** The place of a value; one outside of the axis lies at its end. */
    double at(final double value)
    {
        final double plain = isLog ? Math.log10(value) : value;
        return from + (to - from) * (Math.min(most, Math.max(least, plain)) - least) / (most - least);
    }

    /**
     * Round values on a linear axis.
     *
     * @param count how many there should be, about.
     * @return values from the least on.
     */
    List<Double> ticks(final int count)
    {
        final double wanted = (most - least) / count;
        final double power = Math.pow(10, Math.floor(Math.log10(wanted)));
        double step = 10 * power;
        for (int i = STEPS.length - 1; i >= 0; i--)
        {
            step = STEPS[i] * power >= wanted ? STEPS[i] * power : step;
        }
        final List<Double> ticks = new ArrayList<>();
        for (long i = (long)Math.ceil(least / step); i * step <= most * (1 + 1e-9); i++)
        {
            ticks.add(i * step);
        }
        return ticks;
    }

    /** The powers of ten on a log axis. */
    List<Double> decades()
    {
        final List<Double> decades = new ArrayList<>();
        for (int power = (int)Math.ceil(least - 1e-9); power <= most + 1e-9; power++)
        {
            decades.add(Math.pow(10, power));
        }
        return decades;
    }
}
