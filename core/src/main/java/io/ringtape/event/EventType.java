package io.ringtape.event;

/**
 * The stable one-byte codes that tell what an {@link OrderBookEvent} says.
 * <p>
 * A code is part of the tape format: it is never an ordinal, never reused, and an unknown one is an error that names
 * code and sequence. The fields that each type fills:
 * <table>
 * <caption>Fields by type; a dash is a field that the type leaves at its null or zero value</caption>
 * <tr><th>type</th><th>order id</th><th>price</th><th>quantity</th><th>side</th></tr>
 * <tr><td>ORDER_ADD</td><td>venue's order</td><td>limit price</td><td>open quantity</td><td>of the order</td></tr>
 * <tr><td>ORDER_MODIFY</td><td>venue's order</td><td>new price</td><td>new open quantity</td>
 *     <td>of the order</td></tr>
 * <tr><td>ORDER_REDUCE</td><td>venue's order</td><td>of the order</td><td>amount removed, null = all</td>
 *     <td>of the order</td></tr>
 * <tr><td>ORDER_DELETE</td><td>venue's order</td><td>of the order</td><td>amount removed, null = all</td>
 *     <td>of the order</td></tr>
 * <tr><td>ORDER_EXECUTE</td><td>the resting order</td><td>of the resting order</td><td>amount executed</td>
 *     <td>of the resting order</td></tr>
 * <tr><td>TRADE</td><td>match id</td><td>trade price</td><td>traded</td><td>of the resting order, or none</td></tr>
 * <tr><td>FILL_REPORT</td><td>the resting order</td><td>fill price</td><td>filled</td>
 *     <td>of the resting order</td></tr>
 * <tr><td>QUOTE</td><td>order count, 0 unknown</td><td>best price, null = side is empty</td><td>total</td>
 *     <td>replaced side</td></tr>
 * <tr><td>LEVEL_SET</td><td>order count, 0 unknown</td><td>level</td><td>new total, 0 removes</td>
 *     <td>of the level</td></tr>
 * <tr><td>BOOK_CLEAR</td><td>-</td><td>-</td><td>-</td><td>cleared side, none = both</td></tr>
 * <tr><td>TRADING_STATUS</td><td>-</td><td>see {@link TradingStatus}</td><td>-</td><td>-</td></tr>
 * <tr><td>GAP, RECOVERED</td><td>-</td><td>-</td><td>source sequences missing</td><td>-</td></tr>
 * <tr><td>TIMER</td><td>timer id</td><td>deadline ns</td><td>owner, a source id</td><td>-</td></tr>
 * <tr><td>OWN_NEW</td><td>client order id</td><td>limit price</td><td>quantity</td><td>of the order</td></tr>
 * <tr><td>OWN_CANCEL</td><td>client order id</td><td>of the order</td><td>open quantity</td><td>of the order</td></tr>
 * <tr><td>OWN_ACCEPTED, OWN_REJECTED, OWN_CANCELLED</td><td>client order id</td><td>of the order</td>
 *     <td>of the order</td><td>of the order</td></tr>
 * <tr><td>OWN_FILL</td><td>client order id</td><td>fill price</td><td>filled</td><td>of the order</td></tr>
 * <tr><td>TIMER_REQUEST</td><td>timer id</td><td>deadline ns, null = cancel</td><td>number of the request</td>
 *     <td>-</td></tr>
 * <tr><td>CONTROL</td><td>action</td><td>account or strategy; of a kill of all the reason</td><td>scope</td>
 *     <td>-</td></tr>
 * <tr><td>HEARTBEAT, RUN_START, VOID</td><td>-</td><td>-</td><td>-</td><td>-</td></tr>
 * </table>
 * A timer is an input, its request an output; both carry the owner as source id. The timer's source sequence is the
 * number of its request, its event time the deadline, its receive time the running maximum at its place, of
 * inputs that are not flagged bad time. A heartbeat of the writer has that as both its times, no flag, and the source
 * sequence {@link VenueEvents#WRITERS_HEARTBEAT}; one of a venue has the instrument that its flags are about.
 * <p>
 * A {@link #DETAIL} follows the event that it extends, in the same claim; its bytes 8 to 55 are six values of 64 bits:
 * <table>
 * <caption>Detail values by the type of the event that is extended</caption>
 * <tr><th>type before it</th><th>values 0 to 5</th></tr>
 * <tr><td>OWN_NEW</td>
 *     <td>order type, time in force, account, strategy, replaced client order id, instructions</td></tr>
 * <tr><td>OWN_REJECTED</td><td>check, value, limit, 0, 0, 0</td></tr>
 * <tr><td>OWN_FILL</td>
 *     <td>venue order id, execution id, leaves quantity, fee in 10^-9 of the currency, 0, 0</td></tr>
 * <tr><td>TRADE, FILL_REPORT</td><td>match number, publisher time delta ns, 0, 0, 0, 0</td></tr>
 * </table>
 * <p>
 * Thread safety: immutable constants.
 * Allocation: none.
 */
public final class EventType
{
    /** An order joins the book. */
    public static final int ORDER_ADD = 1;
    /** An order takes a new price and open quantity; it keeps its place in the queue if only its quantity shrinks. */
    public static final int ORDER_MODIFY = 2;
    /** An order's open quantity shrinks by the quantity of the event. */
    public static final int ORDER_REDUCE = 3;
    /** An order leaves the book. */
    public static final int ORDER_DELETE = 4;
    /** A resting order is executed against, in part or whole. */
    public static final int ORDER_EXECUTE = 5;
    /** A trade report; it never changes a book. */
    public static final int TRADE = 6;
    /** A fill report of a resting order; it never changes a book. */
    public static final int FILL_REPORT = 7;
    /** Replaces the top of one side. */
    public static final int QUOTE = 8;
    /** Sets one level to an absolute total. */
    public static final int LEVEL_SET = 9;
    /** Empties one side of a book, or both. */
    public static final int BOOK_CLEAR = 10;
    /** The venue's trading status changed. */
    public static final int TRADING_STATUS = 11;
    /** Source sequences are missing on every line of a channel. */
    public static final int GAP = 12;
    /** A channel is whole again. */
    public static final int RECOVERED = 13;
    /** A timer is due, see {@link TimerQueue}. */
    public static final int TIMER = 14;
    /** An own order passed the risk gate. */
    public static final int OWN_NEW = 20;
    /** A cancel of an own order was asked for. */
    public static final int OWN_CANCEL = 21;
    /** The venue accepted an own order. */
    public static final int OWN_ACCEPTED = 22;
    /** The risk gate or the venue rejected an own order. */
    public static final int OWN_REJECTED = 23;
    /** An own order was filled, in part or whole. */
    public static final int OWN_FILL = 24;
    /** An own order is gone. */
    public static final int OWN_CANCELLED = 25;
    /** A handler asks for a timer, or cancels one; flag own, and a message of its own. */
    public static final int TIMER_REQUEST = 26;
    /** Kill, re-arm, limits changed, handler attached or left. */
    public static final int CONTROL = 30;
    /** Time passed in a quiet market. */
    public static final int HEARTBEAT = 31;
    /** A run starts. */
    public static final int RUN_START = 32;
    /** A claim whose fill failed: counted, recorded, never delivered to event handlers. */
    public static final int VOID = 33;
    /** Six further values of the event before it. */
    public static final int DETAIL = 34;

    /** One above the highest code. */
    public static final int LIMIT = 35;

    private static final String[] NAMES = names();

    private EventType()
    {
    }

    /**
     * Whether a code is one of this class.
     *
     * @param code the type code, 0 to 255.
     * @return true if it is known.
     */
    public static boolean isKnown(final int code)
    {
        return code >= 0 && code < LIMIT && NAMES[code] != null;
    }

    /**
     * Whether an event is an input: neither own nor void, and no detail of another. Hot path.
     *
     * @param code  the type code, 0 to 255.
     * @param flags of the event, or their low byte.
     * @return true if it came from outside, or from the writer itself, as a timer and a heartbeat.
     */
    public static boolean isInput(final int code, final int flags)
    {
        return (flags & EventFlags.OWN) == 0 && code != DETAIL && code != VOID;
    }

    /**
     * Whether an event brings time: it is an input, and its receive time is not known to be wrong. An own event has the
     * time of its cause, which may be a bad one, and a detail has none. Hot path.
     *
     * @param code  the type code, 0 to 255.
     * @param flags of the event, or their low byte.
     * @return true if time goes on to the event's receive time, unless it is past that.
     */
    public static boolean bringsTime(final int code, final int flags)
    {
        return (flags & EventFlags.BAD_TIME) == 0 && isInput(code, flags);
    }

    /**
     * The name of a code, as commands print it.
     *
     * @param code the type code, 0 to 255.
     * @return the lower-case name, for example {@code order-add}, or {@code unknown(200)}.
     */
    public static String name(final int code)
    {
        return isKnown(code) ? NAMES[code] : "unknown(" + code + ")";
    }

    private static String[] names()
    {
        final String[] names = new String[LIMIT];
        names[ORDER_ADD] = "order-add";
        names[ORDER_MODIFY] = "order-modify";
        names[ORDER_REDUCE] = "order-reduce";
        names[ORDER_DELETE] = "order-delete";
        names[ORDER_EXECUTE] = "order-execute";
        names[TRADE] = "trade";
        names[FILL_REPORT] = "fill-report";
        names[QUOTE] = "quote";
        names[LEVEL_SET] = "level-set";
        names[BOOK_CLEAR] = "book-clear";
        names[TRADING_STATUS] = "trading-status";
        names[GAP] = "gap";
        names[RECOVERED] = "recovered";
        names[TIMER] = "timer";
        names[OWN_NEW] = "own-new";
        names[OWN_CANCEL] = "own-cancel";
        names[OWN_ACCEPTED] = "own-accepted";
        names[OWN_REJECTED] = "own-rejected";
        names[OWN_FILL] = "own-fill";
        names[OWN_CANCELLED] = "own-cancelled";
        names[TIMER_REQUEST] = "timer-request";
        names[CONTROL] = "control";
        names[HEARTBEAT] = "heartbeat";
        names[RUN_START] = "run-start";
        names[VOID] = "void";
        names[DETAIL] = "detail";
        return names;
    }
}
