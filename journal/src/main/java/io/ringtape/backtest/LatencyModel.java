package io.ringtape.backtest;

/**
 * How long an own message takes to the venue, and the venue's answer back to the strategy.
 * <p>
 * Both are counted on the receive times of the tape, because the simulated venue trades against the book as it was
 * received: what the market data took to get here has to be in these, as it is in what {@link OrderLatencies} measures
 * on a tape. A model is a function of the number of the message, so the same run draws the same:
 * <pre>
 *   x = mix(seed + (2 x number + direction + 1) x 0x9E3779B97F4A7C15)     direction: 0 to the venue, 1 back
 *   share = (x &gt;&gt;&gt; 32) x 1,000,001 &gt;&gt;&gt; 32                     0 to 1,000,000, into the table
 * </pre>
 * where mix is that of SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014).
 * A message never overtakes one before it on the same way: the run sees to that.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 */
public final class LatencyModel
{
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final int HALF = Integer.SIZE;

    private final LatencyTable toVenue;
    private final LatencyTable fromVenue;
    private final boolean roundTrip;
    private final long seed;
    private final String text;

    private LatencyModel(
        final LatencyTable toVenue, final LatencyTable fromVenue, final boolean roundTrip, final long seed,
        final String text)
    {
        this.toVenue = toVenue;
        this.fromVenue = fromVenue;
        this.roundTrip = roundTrip;
        this.seed = seed;
        this.text = text;
    }

    /**
     * Always the same.
     *
     * @param toVenueNs   from the strategy's decision to the venue, 0 to an hour.
     * @param fromVenueNs from the venue to the strategy, 0 to an hour.
     * @return the model.
     * @throws IllegalArgumentException if a time is out of its range; the message names it.
     */
    public static LatencyModel constant(final long toVenueNs, final long fromVenueNs)
    {
        return new LatencyModel(flat(toVenueNs), flat(fromVenueNs), false, 0,
            "constant: " + toVenueNs + " ns to the venue, " + fromVenueNs + " ns back");
    }

    /**
     * Drawn from one table for each way.
     *
     * @param toVenue   from the strategy's decision to the venue.
     * @param fromVenue from the venue to the strategy.
     * @param seed      any.
     * @return the model.
     */
    public static LatencyModel tables(final LatencyTable toVenue, final LatencyTable fromVenue, final long seed)
    {
        return new LatencyModel(toVenue, fromVenue, false, seed,
            "tables: ns to the venue " + toVenue + ", back " + fromVenue + ", seed " + seed);
    }

    /**
     * Drawn from a table of round trips: half of each draw is the way there, and half of another one the way back.
     *
     * @param roundTrips from the strategy's decision to the venue's answer.
     * @param seed       any.
     * @return the model.
     */
    public static LatencyModel roundTrips(final LatencyTable roundTrips, final long seed)
    {
        return new LatencyModel(roundTrips, roundTrips, true, seed,
            "round trips, half each way: ns " + roundTrips + ", seed " + seed);
    }

    /**
     * What a message takes to the venue.
     *
     * @param number of the message among those to the venue, from 0.
     * @return ns, 0 or more.
     */
    public long toVenueNs(final long number)
    {
        final long drawn = toVenue.at(share(number, 0));
        return roundTrip ? drawn / 2 : drawn;
    }

    /**
     * What an answer takes to the strategy.
     *
     * @param number of the answer among those of the venue, from 0.
     * @return ns, 0 or more.
     */
    public long fromVenueNs(final long number)
    {
        final long drawn = fromVenue.at(share(number, 1));
        return roundTrip ? drawn - drawn / 2 : drawn;
    }

    /**
     * The model in words, for reports.
     *
     * @return one line.
     */
    public String describe()
    {
        return text;
    }

    private int share(final long number, final int direction)
    {
        final long random = mix(seed + (2 * number + direction + 1) * GOLDEN_GAMMA);
        return (int)(((random >>> HALF) * (LatencyTable.WHOLE + 1)) >>> HALF);
    }

    private static long mix(final long value)
    {
        long mixed = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }

    private static LatencyTable flat(final long ns)
    {
        return LatencyTable.of(new int[]{0, LatencyTable.WHOLE}, new long[]{ns, ns});
    }
}
