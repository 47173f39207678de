package io.ringtape.backtest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How long messages take, as a table of percentiles; between two of them it goes in a straight line.
 * <p>
 * As text it has a line for each percentile, {@code PERCENT NANOSECONDS}, the percent with up to four decimals, from 0
 * to 100 and both of these among them, both columns in ascending order; empty lines and lines that start with # are
 * passed over.
 * <pre>
 * 0 21000
 * 50 35000
 * 99.9 180000
 * 100 950000
 * </pre>
 * <p>
 * Thread safety: immutable.
 * Allocation: none in {@link #at(int)}.
 */
public final class LatencyTable
{
    /** The share that stands for 100 %. */
    public static final int WHOLE = 1_000_000;

    /** An hour: longer ones are a mistake, and what is computed of these fits. */
    static final long MAX_NS = 3_600_000_000_000L;

    private static final int PERCENT = WHOLE / 100;
    private static final int MAX_DECIMALS = 4;

    private final int[] shares;
    private final long[] valuesNs;

    private LatencyTable(final int[] shares, final long[] valuesNs)
    {
        this.shares = shares;
        this.valuesNs = valuesNs;
    }

    /**
     * A table.
     *
     * @param shares   in parts of {@link #WHOLE}, ascending, from 0 to {@link #WHOLE}.
     * @param valuesNs one for each share, never descending, 0 to an hour.
     * @return the table.
     * @throws IllegalArgumentException if a row is out of order or range; the message names it.
     */
    public static LatencyTable of(final int[] shares, final long[] valuesNs)
    {
        if (shares.length != valuesNs.length || shares.length < 2)
        {
            throw new IllegalArgumentException("latency table needs two rows or more, each with a value: shares=" +
                shares.length + " values=" + valuesNs.length);
        }
        for (int row = 0; row < shares.length; row++)
        {
            final boolean inOrder = row == 0 ? shares[0] == 0 :
                shares[row] > shares[row - 1] && valuesNs[row] >= valuesNs[row - 1];
            if (!inOrder || valuesNs[row] < 0 || valuesNs[row] > MAX_NS || shares[row] > WHOLE ||
                (row == shares.length - 1 && shares[row] != WHOLE))
            {
                throw new IllegalArgumentException("latency table must ascend from 0 to 100 percent, 0 to " + MAX_NS +
                    " ns: row=" + (row + 1) + " percent=" + percent(shares[row]) + " ns=" + valuesNs[row]);
            }
        }
        return new LatencyTable(shares.clone(), valuesNs.clone());
    }

    /**
     * Reads a table from text.
     *
     * @param lines of the text.
     * @return the table.
     * @throws IllegalArgumentException if a line is not as the text has it; the message names the line.
     */
    public static LatencyTable parse(final List<String> lines)
    {
        final List<int[]> shares = new ArrayList<>();
        final List<Long> values = new ArrayList<>();
        for (int number = 1; number <= lines.size(); number++)
        {
            final String line = lines.get(number - 1).strip();
            if (!line.isEmpty() && line.charAt(0) != '#')
            {
                final String[] columns = line.split("\\s+", -1);
                if (columns.length != 2 || !columns[0].matches("\\d{1,3}(\\.\\d{1,4})?") ||
                    !columns[1].matches("\\d{1,15}"))
                {
                    throw new IllegalArgumentException(
                        "line is not a percent and whole nanoseconds: line=" + number + " text=" + line);
                }
                shares.add(new int[]{share(columns[0])});
                values.add(Long.valueOf(columns[1]));
            }
        }
        return of(shares.stream().mapToInt((share) -> share[0]).toArray(),
            values.stream().mapToLong(Long::longValue).toArray());
    }

    /**
     * The table as text.
     *
     * @return what {@link #parse(List)} reads.
     */
    public List<String> lines()
    {
        final List<String> lines = new ArrayList<>();
        for (int row = 0; row < shares.length; row++)
        {
            lines.add(percent(shares[row]) + " " + valuesNs[row]);
        }
        return List.copyOf(lines);
    }

    /**
     * The value below which a share of the messages stay.
     *
     * @param share in parts of {@link #WHOLE}, 0 to {@link #WHOLE}.
     * @return ns, rounded down.
     */
    public long at(final int share)
    {
        int row = 1;
        while (row < shares.length - 1 && shares[row] < share)
        {
            row++;
        }
        final long width = (long)shares[row] - shares[row - 1];
        final long height = valuesNs[row] - valuesNs[row - 1];
        return valuesNs[row - 1] + height * (share - shares[row - 1]) / width;
    }

    @Override
    public boolean equals(final Object other)
    {
        return other instanceof LatencyTable table && Arrays.equals(shares, table.shares) &&
            Arrays.equals(valuesNs, table.valuesNs);
    }

    @Override
    public int hashCode()
    {
        return 31 * Arrays.hashCode(shares) + Arrays.hashCode(valuesNs);
    }

    @Override
    public String toString()
    {
        return "p0=" + at(0) + " p50=" + at(WHOLE / 2) + " p99=" + at(99 * PERCENT) + " p100=" + at(WHOLE);
    }

    private static int share(final String percent)
    {
        final int point = percent.indexOf('.');
        final String whole = point < 0 ? percent : percent.substring(0, point);
        final String decimals = point < 0 ? "" : percent.substring(point + 1);
        return Integer.parseInt(whole + decimals + "0".repeat(MAX_DECIMALS - decimals.length()));
    }

    private static String percent(final int share)
    {
        final String decimals = Integer.toString(PERCENT + share % PERCENT).substring(1).replaceAll("0+$", "");
        return share / PERCENT + (decimals.isEmpty() ? "" : "." + decimals);
    }
}
