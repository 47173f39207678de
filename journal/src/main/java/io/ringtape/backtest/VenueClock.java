package io.ringtape.backtest;

import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;

/**
 * The time at which the simulated venue does something, live and in a backtest: how far the receive times of what came
 * have got, bad ones apart. Hot path.
 * <p>
 * Thread safety: none; the thread of the venue.
 * Allocation: on construction only.
 */
final class VenueClock
{
    private static final long NONE = Long.MIN_VALUE;

    private long nowNs = NONE;
    private long inputNs = NONE;

    /** How far time has got; the least one ahead of the first good time. */
    long nowNs()
    {
        return nowNs;
    }

    /** Takes the input that comes next, and says how far time will have got with it. */
    long next(final OrderBookEvent input)
    {
        inputNs = input.type() == EventType.DETAIL ? inputNs : input.receiveTimeNs();
        return EventType.bringsTime(input.type(), input.flags()) ? Math.max(nowNs, input.receiveTimeNs()) : nowNs;
    }

    /** The time so much later; ahead of the first good time there is none to go by, and nothing takes any. */
    long in(final long latencyNs)
    {
        final long sum = nowNs + latencyNs;
        return nowNs == NONE ? NONE : sum < nowNs ? Long.MAX_VALUE : sum;
    }

    /** Time goes on, and never back. */
    void advance(final long timeNs)
    {
        nowNs = Math.max(nowNs, timeNs);
    }

    /**
     * When what an event brings about is done: now; ahead of the first good time at the event's own, the only one, of a
     * detail that of the input that it extends.
     */
    long at(final OrderBookEvent event)
    {
        return nowNs != NONE ? nowNs : event.type() == EventType.DETAIL ? inputNs : event.receiveTimeNs();
    }
}
