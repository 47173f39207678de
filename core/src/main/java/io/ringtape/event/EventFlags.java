package io.ringtape.event;

/**
 * The bits of an {@link OrderBookEvent}'s flags; bits that are not named here are reserved and 0.
 * <p>
 * Thread safety: immutable constants.
 * Allocation: none.
 */
public final class EventFlags
{
    /** Bits 0 and 1: the {@link Side}. */
    public static final int SIDE_MASK = 0x3;
    /** The final event of one venue event, see {@link VenueEvents}: the book is whole again behind it. */
    public static final int LAST = 0x4;
    /** Part of a full state, not of the stream of changes. */
    public static final int SNAPSHOT = 0x8;
    /** A time of the event is known to be wrong; it never makes a book suspect. */
    public static final int BAD_TIME = 0x10;
    /** The book may be wrong: events were missed and no snapshot came since. */
    public static final int SUSPECT_BOOK = 0x20;
    /** Made by this process: an order, its answer, its fill, a request of a timer, a kill. */
    public static final int OWN = 0x40;
    /** Derived from the window of levels that a source shows, not sent by the venue. */
    public static final int WINDOW = 0x80;
    /** A trade that must not count in volume or price statistics. */
    public static final int NOT_PRINTABLE = 0x100;
    /** The own order was resting when it was filled. */
    public static final int MAKER = 0x200;
    /** Bits that no event may set. */
    public static final int RESERVED_MASK = 0xFC00;

    private EventFlags()
    {
    }
}
