package io.ringtape.replay;

import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.TimerQueue;
import java.nio.ByteBuffer;

/**
 * Makes the timers of a run anew, from the requests on tape, and holds each against the one on tape. Hot path.
 * <p>
 * What the writer knew when it published an event is what stands on tape before it. So the timer that comes next on
 * tape must be the next one due, field by field, and none may be due at an input event and not have come.
 * <p>
 * Thread safety: none; one thread, one run.
 * Allocation: on construction, and for a difference.
 */
final class TimerComparator
{
    private final TimerQueue queue = new TimerQueue(TimerQueue.MAX_CAPACITY);
    private final OrderBookEvent made = new EventBatch(1).append();
    private final OutputComparator differences;
    private long maxReceiveTimeNs = Long.MIN_VALUE;

    /**
     * No timers yet.
     *
     * @param differences gets the differences.
     */
    TimerComparator(final OutputComparator differences)
    {
        this.differences = differences;
    }

    /**
     * Takes an event from the tape, in order.
     *
     * @param event   but a void one.
     * @param compare whether it lies in the range that is compared.
     */
    void onEvent(final OrderBookEvent event, final boolean compare)
    {
        final int type = event.type();
        if (type == EventType.TIMER || type == EventType.DETAIL || event.has(EventFlags.OWN))
        {
            onOther(event, type, compare);
            return;
        }
        // As the writer takes it.
        final long time = EventType.bringsTime(type, event.flags()) ?
            Math.max(maxReceiveTimeNs, event.receiveTimeNs()) : maxReceiveTimeNs;
        if (queue.isDue(time))
        {
            onMissed(event, time, compare);
        }
        maxReceiveTimeNs = time;
    }

    /** Of what {@link #store(ByteBuffer)} writes. */
    long storedBytes()
    {
        return Long.BYTES + queue.stateBytes();
    }

    void store(final ByteBuffer target)
    {
        target.putLong(maxReceiveTimeNs);
        queue.writeState(target);
    }

    /** Takes all that is left in the source. */
    void load(final ByteBuffer source)
    {
        maxReceiveTimeNs = source.getLong();
        queue.readState(source);
    }

    private void onTimer(final OrderBookEvent recorded, final boolean compare)
    {
        if (queue.size() > 0)
        {
            take();
            if (compare)
            {
                differences.compareTimer(recorded, made);
            }
        }
        else if (compare)
        {
            differences.missing(recorded);
        }
    }

    private void onOther(final OrderBookEvent event, final int type, final boolean compare)
    {
        if (type == EventType.TIMER)
        {
            onTimer(event, compare);
            maxReceiveTimeNs = Math.max(maxReceiveTimeNs, event.receiveTimeNs());
        }
        else if (type == EventType.TIMER_REQUEST && !queue.apply(event) && compare)
        {
            differences.missing(event);
        }
    }

    private void onMissed(final OrderBookEvent event, final long time, final boolean compare)
    {
        while (queue.isDue(time))
        {
            take();
            if (compare)
            {
                differences.extraTimer(event, made);
            }
        }
    }

    private void take()
    {
        queue.take(made);
        made.receiveTimeNs(Math.max(maxReceiveTimeNs, made.receiveTimeNs()));
    }
}
