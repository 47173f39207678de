package io.ringtape.feed;

/**
 * Input that does not follow its format: which field, and where.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only; a decoder that threw one is done.
 */
public final class FeedException extends Exception
{
    private static final long serialVersionUID = 1L;

    private final String problem;
    private final String field;
    private final Unit unit;
    private final long position;
    private final String details;

    /**
     * What a position counts.
     */
    public enum Unit
    {
        /** Rows of text, from 1. */
        ROW("row"),
        /** Binary records, from 1. */
        RECORD("record"),
        /** Bytes, from 0. */
        BYTE("byte");

        private final String label;

        Unit(final String label)
        {
            this.label = label;
        }

        /**
         * The name as messages print it.
         *
         * @return for example {@code row}.
         */
        public String label()
        {
            return label;
        }
    }

    /**
     * An error.
     *
     * @param problem  what is wrong, lower case, without position.
     * @param field    the field of the format.
     * @param unit     what the position counts.
     * @param position of the row or record from 1, or of the byte from 0.
     * @param details  further {@code name=value} pairs, or empty.
     */
    public FeedException(
        final String problem, final String field, final Unit unit, final long position, final String details)
    {
        super(problem + ": " + where(field, unit, position, details));
        this.problem = problem;
        this.field = field;
        this.unit = unit;
        this.position = position;
        this.details = details;
    }

    /**
     * What is wrong, without the position.
     *
     * @return lower case, for example {@code price does not fit}.
     */
    public String problem()
    {
        return problem;
    }

    /**
     * Position, field and values as {@code name=value} pairs.
     *
     * @return for example {@code row=17 field=price value=99999999999999}.
     */
    public String where()
    {
        return where(field, unit, position, details);
    }

    /**
     * The field of the format that is wrong.
     *
     * @return for example {@code size} or {@code bid level 3}.
     */
    public String field()
    {
        return field;
    }

    /**
     * What {@link #position()} counts.
     *
     * @return rows, records or bytes.
     */
    public Unit unit()
    {
        return unit;
    }

    /**
     * Where the error is.
     *
     * @return a row or record from 1, or a byte from 0.
     */
    public long position()
    {
        return position;
    }

    private static String where(final String field, final Unit unit, final long position, final String details)
    {
        return unit.label() + "=" + position + " field=" + field + (details.isEmpty() ? "" : " " + details);
    }
}
