package io.ringtape.cli.tape;

import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.Side;

/**
 * Three venue events of AMZN with their book rows, one of ESM4, and own events.
 * <p>
 * Thread safety: none; one test.
 * Allocation: as it needs.
 */
public final class TestMarket
{
    public static final String ROWS = """
        1000100,10,1000000,20,1000200,5,-9999999999,0
        1000100,7,1000000,20,1000200,5,-9999999999,0
        1000100,7,1000000,20,1000200,5,999900,3
        """;

    private static final long TIME_NS = 1_340_285_400_000_000_000L;

    private TestMarket()
    {
    }

    /** AMZN only: a snapshot (source sequence 0), then rows 1 to 3. */
    public static void amzn(final EventBatch events)
    {
        level(events, 0, Side.ASK, 100_010_000_000L, 10, EventFlags.SNAPSHOT);
        level(events, 0, Side.BID, 100_000_000_000L, 20, EventFlags.SNAPSHOT | EventFlags.LAST);
        level(events, 1, Side.ASK, 100_020_000_000L, 5, EventFlags.LAST);
        level(events, 2, Side.ASK, 100_010_000_000L, 7, EventFlags.LAST);
        own(events);
        level(events, 3, Side.BID, 99_990_000_000L, 9, 0);
        level(events, 3, Side.BID, 99_990_000_000L, 3, EventFlags.LAST);
    }

    public static void esm4(final EventBatch events)
    {
        events.append().type(EventType.ORDER_ADD).flags(Side.BID | EventFlags.LAST).instrumentId(1).orderId(77)
            .price(5_216_250_000_000L).quantity(3).sourceSequence(900).eventTimeNs(TIME_NS).receiveTimeNs(TIME_NS + 5);
    }

    private static void level(
        final EventBatch events, final long row, final int side, final long price, final long quantity,
        final int flags)
    {
        events.append().type(EventType.LEVEL_SET).flags(side | flags).instrumentId(0).sourceId(0).price(price)
            .quantity(quantity).sourceSequence(row).eventTimeNs(TIME_NS + row).receiveTimeNs(TIME_NS + row);
    }

    private static void own(final EventBatch events)
    {
        final int flags = Side.BID | EventFlags.OWN;
        events.append().type(EventType.OWN_NEW).flags(flags).sourceId(1).orderId(4_295_032_833L)
            .price(100_000_000_000L).quantity(1).sourceSequence(3).eventTimeNs(TIME_NS + 2).receiveTimeNs(TIME_NS + 2);
        events.append().type(EventType.DETAIL).flags(flags | EventFlags.LAST).sourceId(1)
            .detail(0, 1).detail(1, 2).detail(2, 3).detail(3, 4).detail(4, 5).detail(5, 0);
        events.append().type(EventType.OWN_REJECTED).flags(flags | EventFlags.LAST).sourceId(1)
            .orderId(4_295_032_834L).sourceSequence(3).eventTimeNs(TIME_NS + 2).receiveTimeNs(TIME_NS + 2);
    }
}
