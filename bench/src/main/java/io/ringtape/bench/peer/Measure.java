package io.ringtape.bench.peer;

/**
 * What a row compares, and on which side of a goal ours has to be.
 * <p>
 * Thread safety: immutable.
 * Allocation: none.
 */
public enum Measure
{
    /** The peer's time beside our time: above 1 ours is faster, and a goal is the least. */
    SPEED("speed", "ns", true),
    /** Our time beside the peer's: below 1 ours is cheaper, and a goal is the most. */
    COST("cost", "ns", false),
    /** Our time less the peer's: what ours does beside it, and a goal is the most. */
    EXTRA("extra", "ns", false),
    /** The time of a stage less that of the stage before it in the row: what the stage adds, below 0 what it saves. */
    STEP("step", "ns", false),
    /** Our bytes beside the peer's: below 1 ours is smaller, and a goal is the most. No time is looked at. */
    SIZE("size", "bytes", false),
    /** The time of one alone: a goal is the most. The machine moves it, so the canary stands beside it. */
    TIME("time", "ns", false),
    /** What one allocates on the heap: a goal is the most. No time is looked at. */
    ALLOCATION("allocation", "bytes", false);

    private final String text;
    private final String unit;
    private final boolean moreIsBetter;

    Measure(final String text, final String unit, final boolean moreIsBetter)
    {
        this.text = text;
        this.unit = unit;
        this.moreIsBetter = moreIsBetter;
    }

    /**
     * The ratio of a round, the difference where that is compared, or the value of one alone.
     *
     * @param ours of an event; of a {@link #STEP} what the stage before has.
     * @param peer of an event.
     * @return which is to be held against a goal: of a measure that {@link #isAlone()} what the peer has.
     */
    public double ratio(final double ours, final double peer)
    {
        return switch (this)
        {
            case SPEED -> peer / ours;
            case COST, SIZE -> ours / peer;
            case EXTRA -> ours - peer;
            case STEP -> peer - ours;
            case TIME, ALLOCATION -> peer;
        };
    }

    /**
     * Whom one of a row is held against.
     *
     * @param peer index of the one.
     * @return index of the stage before it where steps are looked at, else of ours.
     */
    public int reference(final int peer)
    {
        return this == STEP ? Math.max(0, peer - 1) : 0;
    }

    /**
     * Whether one is looked at alone, ours or another, and nothing is divided.
     *
     * @return true for a time and for an allocation.
     */
    public boolean isAlone()
    {
        return this == TIME || this == ALLOCATION;
    }

    /**
     * What a goal of ours alone is in, in a row that compares this.
     *
     * @return a measure that {@link #isAlone()}.
     */
    public Measure alone()
    {
        return isAlone() ? this : TIME;
    }

    /**
     * Whether the whole of an interval keeps to a goal.
     *
     * @param low  end of the interval.
     * @param high end of the interval.
     * @param goal the least or the most.
     * @return true if it does.
     */
    public boolean isMet(final double low, final double high, final double goal)
    {
        return moreIsBetter ? low >= goal : high <= goal;
    }

    /**
     * How a goal limits the ratio.
     *
     * @return {@code >=} or {@code <=}.
     */
    public String relation()
    {
        return moreIsBetter ? ">=" : "<=";
    }

    /**
     * Whether the canaries have to do with what is measured.
     *
     * @return false if no time is.
     */
    public boolean isTimed()
    {
        return this != SIZE && this != ALLOCATION;
    }

    /**
     * As tables and JSON print it.
     *
     * @return one lower case word.
     */
    public String text()
    {
        return text;
    }

    /**
     * What an event is counted in.
     *
     * @return {@code ns} or {@code bytes}.
     */
    public String unit()
    {
        return unit;
    }
}
