package io.ringtape.event;

/**
 * Where the fields of an {@link OrderBookEvent} stand, for code that reads ranges of events without a flyweight.
 * <table>
 * <caption>Layout, little-endian</caption>
 * <tr><th>offset</th><th>type</th><th>field</th></tr>
 * <tr><td>0</td><td>i64</td><td>{@link OrderBookEvent#sequence()}</td></tr>
 * <tr><td>8</td><td>i64</td><td>{@link OrderBookEvent#eventTimeNs()}</td></tr>
 * <tr><td>16</td><td>i64</td><td>{@link OrderBookEvent#receiveTimeNs()}</td></tr>
 * <tr><td>24</td><td>i64</td><td>{@link OrderBookEvent#orderId()}</td></tr>
 * <tr><td>32</td><td>i64</td><td>{@link OrderBookEvent#price()}</td></tr>
 * <tr><td>40</td><td>i64</td><td>{@link OrderBookEvent#quantity()}</td></tr>
 * <tr><td>48</td><td>i64</td><td>{@link OrderBookEvent#sourceSequence()}</td></tr>
 * <tr><td>56</td><td>i32</td><td>{@link OrderBookEvent#instrumentId()}</td></tr>
 * <tr><td>60</td><td>u8</td><td>{@link OrderBookEvent#type()}</td></tr>
 * <tr><td>61</td><td>u8</td><td>{@link OrderBookEvent#sourceId()}</td></tr>
 * <tr><td>62</td><td>u16</td><td>{@link OrderBookEvent#flags()}</td></tr>
 * </table>
 * <p>
 * Thread safety: immutable constants.
 * Allocation: none.
 */
public final class EventLayout
{
    /** Offset of the sequence. */
    public static final int SEQUENCE_OFFSET = 0;
    /** Offset of the event time. */
    public static final int EVENT_TIME_OFFSET = 8;
    /** Offset of the receive time. */
    public static final int RECEIVE_TIME_OFFSET = 16;
    /** Offset of the order id. */
    public static final int ORDER_ID_OFFSET = 24;
    /** Offset of the price. */
    public static final int PRICE_OFFSET = 32;
    /** Offset of the quantity. */
    public static final int QUANTITY_OFFSET = 40;
    /** Offset of the source sequence. */
    public static final int SOURCE_SEQUENCE_OFFSET = 48;
    /** Offset of the instrument id. */
    public static final int INSTRUMENT_ID_OFFSET = 56;
    /** Offset of the type. */
    public static final int TYPE_OFFSET = 60;
    /** Offset of the source id. */
    public static final int SOURCE_ID_OFFSET = 61;
    /** Offset of the flags. */
    public static final int FLAGS_OFFSET = 62;

    private EventLayout()
    {
    }

    /**
     * Packs the last eight bytes of an event.
     *
     * @param instrumentId index of the instrument.
     * @param type         a code of {@link EventType}.
     * @param sourceId     0 to 255.
     * @param flags        0 to 65,535, the side among them.
     * @return the little-endian word at {@link #INSTRUMENT_ID_OFFSET}.
     */
    public static long tail(final int instrumentId, final int type, final int sourceId, final int flags)
    {
        return (instrumentId & 0xFFFF_FFFFL) | (type & 0xFFL) << 32 | (sourceId & 0xFFL) << 40 |
            (flags & 0xFFFFL) << 48;
    }

    /**
     * The type in the last eight bytes of an event.
     *
     * @param tail the little-endian word at {@link #INSTRUMENT_ID_OFFSET}.
     * @return 0 to 255.
     */
    public static int type(final long tail)
    {
        return (int)(tail >>> 32) & 0xFF;
    }

    /**
     * The instrument in the last eight bytes of an event.
     *
     * @param tail the little-endian word at {@link #INSTRUMENT_ID_OFFSET}.
     * @return index into {@link Definitions}.
     */
    public static int instrumentId(final long tail)
    {
        return (int)tail;
    }
}
