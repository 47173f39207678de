package io.ringtape.cli.session;

import io.ringtape.event.EventHandler;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.risk.RiskCheck;

/**
 * Counts what a session saw: events by type, and the span of sequences and times.
 * <p>
 * Thread safety: none; read it after the lane that feeds it has ended.
 * Allocation: none once constructed.
 */
public final class SessionStatistics implements EventHandler
{
    private final long[] countsByType = new long[256];
    private final long[] rejectsByCheck = new long[RiskCheck.LIMIT];
    private boolean rejectInHand;
    private long eventCount;
    private long firstSequence = -1;
    private long lastSequence = -1;
    private long firstEventTimeNs = Long.MAX_VALUE;
    private long lastEventTimeNs = Long.MIN_VALUE;

    @Override
    public void onEvent(final OrderBookEvent event)
    {
        final int type = event.type();
        countsByType[type]++;
        if (eventCount++ == 0)
        {
            firstSequence = event.sequence();
        }
        lastSequence = event.sequence();
        if (type != EventType.DETAIL)
        {
            final long timeNs = event.eventTimeNs();
            firstEventTimeNs = Math.min(firstEventTimeNs, timeNs);
            lastEventTimeNs = Math.max(lastEventTimeNs, timeNs);
            rejectInHand = type == EventType.OWN_REJECTED;
        }
        else if (rejectInHand)
        {
            rejectInHand = false;
            onReject(event.detail(0));
        }
    }

    /**
     * Events of a type.
     *
     * @param type a code of {@link EventType}.
     * @return 0 or more.
     */
    public long count(final int type)
    {
        return countsByType[type];
    }

    /**
     * Orders that a check of the risk gate rejected.
     *
     * @param check that failed.
     * @return 0 or more.
     */
    public long rejects(final RiskCheck check)
    {
        return rejectsByCheck[check.code()];
    }

    /**
     * All events but void ones, own ones included.
     *
     * @return 0 or more.
     */
    public long eventCount()
    {
        return eventCount;
    }

    /**
     * The sequence of the first event seen.
     *
     * @return -1 if none was.
     */
    public long firstSequence()
    {
        return firstSequence;
    }

    /**
     * The sequence of the last event seen.
     *
     * @return -1 if none was.
     */
    public long lastSequence()
    {
        return lastSequence;
    }

    /**
     * The earliest event time.
     *
     * @return ns since the epoch, UTC; {@link Long#MAX_VALUE} if no event was seen.
     */
    public long firstEventTimeNs()
    {
        return firstEventTimeNs;
    }

    /**
     * The latest event time.
     *
     * @return ns since the epoch, UTC; {@link Long#MIN_VALUE} if no event was seen.
     */
    public long lastEventTimeNs()
    {
        return lastEventTimeNs;
    }

    private void onReject(final long code)
    {
        if (RiskCheck.isKnown(code))
        {
            rejectsByCheck[(int)code]++;
        }
    }
}
