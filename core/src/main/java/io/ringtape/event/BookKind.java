package io.ringtape.event;

/**
 * How the events of an instrument describe its book.
 * <p>
 * Thread safety: immutable.
 * Allocation: none.
 */
public enum BookKind
{
    /** Market by order: each event names an order. */
    MBO(1),
    /** Market by price: events name levels. */
    MBP(2);

    private final int code;

    BookKind(final int code)
    {
        this.code = code;
    }

    /**
     * The stable code on tape.
     *
     * @return 1 or 2.
     */
    public int code()
    {
        return code;
    }

    /**
     * The kind of a code.
     *
     * @param code as on tape.
     * @return the kind.
     * @throws IllegalArgumentException if the code is unknown.
     */
    public static BookKind ofCode(final int code)
    {
        return switch (code)
        {
            case 1 -> MBO;
            case 2 -> MBP;
            default -> throw new IllegalArgumentException("unknown book kind: code=" + code);
        };
    }
}
