package io.ringtape.backtest;

import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.risk.RiskCheck;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts the own messages of one instrument. Hot path.
 * <p>
 * Thread safety: none; the thread of the backtest.
 * Allocation: on construction, and for the result.
 */
final class MessageCounts
{
    /** Sets the venue's reasons apart from the checks of the gate. */
    private static final long VENUE = 1L << 32;

    // In the order in which checks first failed; there are few.
    private long[] checks = new long[8];
    private long[] rejects = new long[8];
    private int checkCount;
    private long orders;
    private long cancels;
    private long accepted;
    private long cancelled;
    private long lateCancels;
    private long buys;
    private long sells;
    private long makerFills;

    /** Counts an event that is no detail. */
    void count(final OrderBookEvent event)
    {
        switch (event.type())
        {
            case EventType.OWN_NEW -> orders++;
            case EventType.OWN_CANCEL -> cancels++;
            case EventType.OWN_ACCEPTED -> accepted++;
            case EventType.OWN_CANCELLED -> cancelled++;
            case EventType.OWN_FILL -> countFill(event);
            default ->
            {
                // A reject is counted with its detail; a request of a timer is no message.
            }
        }
    }

    /** Counts a reject by its detail. */
    void countReject(final OrderBookEvent detail)
    {
        final long check = detail.detail(0);
        final long key = check == RiskCheck.VENUE.code() ? VENUE | detail.detail(1) : check;
        int index = 0;
        while (index < checkCount && checks[index] != key)
        {
            index++;
        }
        if (index == checks.length)
        {
            checks = Arrays.copyOf(checks, 2 * index);
            rejects = Arrays.copyOf(rejects, 2 * index);
        }
        if (index == checkCount)
        {
            checks[checkCount++] = key;
        }
        rejects[index]++;
    }

    void countLateCancel()
    {
        lateCancels++;
    }

    BacktestCounts result()
    {
        final Map<String, Long> byName = new TreeMap<>();
        for (int i = 0; i < checkCount; i++)
        {
            byName.merge(name(checks[i]), rejects[i], Long::sum);
        }
        return new BacktestCounts(
            orders, cancels, accepted, cancelled, lateCancels, buys + sells, buys, sells, makerFills, byName);
    }

    private void countFill(final OrderBookEvent fill)
    {
        if (fill.side() == Side.BID)
        {
            buys++;
        }
        else
        {
            sells++;
        }
        if (fill.has(EventFlags.MAKER))
        {
            makerFills++;
        }
    }

    private static String name(final long key)
    {
        return (key & VENUE) == 0 ? RiskCheck.text(key) : VenueReason.rejectText(key ^ VENUE);
    }
}
