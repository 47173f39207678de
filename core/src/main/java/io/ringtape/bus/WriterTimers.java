package io.ringtape.bus;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import com.lmax.disruptor.Cursored;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventLayout;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.TimerQueue;
import io.ringtape.event.VenueEvents;
import org.agrona.DirectBuffer;

/**
 * The writer's sense of time: the running maximum of the receive times that it published, the timers that wait for it,
 * and the heartbeat that makes it go on in a quiet market. An event that is flagged bad time brings none, and nor does
 * an own event, which has the time of its cause, that may be a bad one: a timer and a heartbeat are not flagged, and
 * would hand it on.
 * <p>
 * Hot path, on a bus with timers or heartbeats: three reads of each event.
 * Thread safety: the writer's thread, but for {@link #isDue(long)} and {@link #latest(DirectBuffer, int, int)}, which
 * change nothing and are asked before the thread is checked.
 * Allocation: on construction, and for the fault of a full queue.
 */
final class WriterTimers
{
    private final TimerConfig config;
    private final BusControl control;
    private final Cursored cursor;
    private final TimerQueue queue;
    private final boolean on;
    // What the writer makes itself, and requests while they are applied; never both at once.
    private final EventBatch one = new EventBatch(1);
    private final OrderBookEvent event = one.append();
    private long maxReceiveTimeNs = Long.MIN_VALUE;
    private long inputCount;
    private long inputCountAtPoll = -1;
    private boolean quiet;
    private long quietSinceNs;

    WriterTimers(final TimerConfig config, final BusControl control, final Cursored cursor)
    {
        this.config = config;
        this.control = control;
        this.cursor = cursor;
        on = config.isOn();
        queue = new TimerQueue(config.capacity());
    }

    /**
     * Whether a timer is due when time gets to a receive time, or is there already.
     */
    boolean isDue(final long receiveTimeNs)
    {
        return queue.isDue(Math.max(receiveTimeNs, maxReceiveTimeNs));
    }

    /**
     * Publishes the timers that are to go before a batch.
     *
     * @param core  to publish with.
     * @param batch that is published next.
     * @param wait  while the ring is full.
     * @return {@link Writer#ACCEPTED}, or a sentinel of {@link Writer}.
     */
    int publishBefore(final WriterCore core, final EventBatch batch, final boolean wait)
    {
        if (!on)
        {
            return Writer.ACCEPTED;
        }
        final int code = publish(core, latest(batch.buffer(), 0, batch.count()), Integer.MAX_VALUE, wait);
        return code < 0 ? code : Writer.ACCEPTED;
    }

    /**
     * Publishes timers, each with its own claim.
     *
     * @param core          to publish with.
     * @param receiveTimeNs at which they are due; {@link Long#MIN_VALUE} for those that are due already.
     * @param limit         how many at most.
     * @param wait          while the ring is full.
     * @return how many, or a sentinel of {@link Writer}.
     */
    int publish(final WriterCore core, final long receiveTimeNs, final int limit, final boolean wait)
    {
        int count = 0;
        while (count < limit && isDue(receiveTimeNs))
        {
            final long sequence = wait ? core.claim(1) : core.tryClaim(1);
            if (sequence < 0)
            {
                return (int)sequence;
            }
            takeDue();
            core.put(sequence, 1, one);
            count++;
        }
        return count;
    }

    /**
     * Publishes a message of an inbox, behind the timers that are to go before it, inside a drain.
     *
     * @param core   to publish with.
     * @param events of the message.
     * @param index  of the first event.
     * @param count  of events.
     * @return the count, or 0 if the limit of a close passed while the ring was full.
     */
    int publishMarked(final WriterCore core, final DirectBuffer events, final int index, final int count)
    {
        if (!on)
        {
            return core.publishMarked(events, index, count);
        }
        final long latest = latest(events, index, count);
        while (isDue(latest))
        {
            takeDue();
            if (core.publishMarked(one.buffer(), 0, 1) == 0)
            {
                return 0;
            }
        }
        final int published = core.publishMarked(events, index, count);
        if (published > 0)
        {
            onPublished(events, index, count);
        }
        return published;
    }

    /**
     * The latest receive time of events.
     *
     * @return {@link Long#MIN_VALUE} if none of them brings one.
     */
    long latest(final DirectBuffer events, final int offset, final int count)
    {
        long latest = Long.MIN_VALUE;
        final int end = offset + count * OrderBookEvent.SIZE_BYTES;
        for (int at = offset; at < end; at += OrderBookEvent.SIZE_BYTES)
        {
            if (bringsTime(events, at))
            {
                latest = Math.max(latest, events.getLong(at + EventLayout.RECEIVE_TIME_OFFSET, LITTLE_ENDIAN));
            }
        }
        return latest;
    }

    long latest(final Slots slots, final long first, final int count)
    {
        long latest = Long.MIN_VALUE;
        for (int i = 0; i < count; i++)
        {
            latest = Math.max(latest, latest(slots.buffer(), slots.offset(first + i), 1));
        }
        return latest;
    }

    /**
     * Takes note of events that are on the ring: time is where they are, and requests among them hold from now on.
     *
     * @throws BusHaltedException if there is no room for a timer, which halts the bus.
     */
    void onPublished(final DirectBuffer events, final int offset, final int count)
    {
        final int end = on ? offset + count * OrderBookEvent.SIZE_BYTES : offset;
        for (int at = offset; at < end; at += OrderBookEvent.SIZE_BYTES)
        {
            final byte type = events.getByte(at + EventLayout.TYPE_OFFSET);
            if (bringsTime(events, at))
            {
                maxReceiveTimeNs = Math.max(
                    maxReceiveTimeNs, events.getLong(at + EventLayout.RECEIVE_TIME_OFFSET, LITTLE_ENDIAN));
            }
            if (type == EventType.TIMER_REQUEST)
            {
                apply(events, at);
            }
            else if (type != EventType.TIMER &&
                EventType.isInput(type, events.getByte(at + EventLayout.FLAGS_OFFSET)))
            {
                inputCount++;
            }
        }
    }

    void onPublished(final Slots slots, final long first, final int count)
    {
        for (int i = 0; on && i < count; i++)
        {
            onPublished(slots.buffer(), slots.offset(first + i), 1);
        }
    }

    /**
     * A timer cannot go before a claim that was made already.
     *
     * @throws IllegalStateException if one is due before the events of the claim.
     */
    void requireNoneDue(final Slots slots, final long first, final int count)
    {
        final long latest = on ? latest(slots, first, count) : Long.MIN_VALUE;
        if (on && isDue(latest))
        {
            throw new IllegalStateException(
                "a timer is due before the claim, publish timers first: first=" + first + " receiveTimeNs=" + latest);
        }
    }

    /**
     * Publishes a heartbeat if no input came for the time that was chosen. The clock is read in a poll only that has
     * found none since the last one.
     *
     * @return events published.
     */
    int pollHeartbeat(final WriterCore core)
    {
        if (inputCount != inputCountAtPoll)
        {
            inputCountAtPoll = inputCount;
            quiet = false;
            return 0;
        }
        final long nowNs = config.clock().nanoTime();
        // A clock that was set back starts the quiet time anew.
        if (!quiet || nowNs < quietSinceNs)
        {
            quiet = true;
            quietSinceNs = nowNs;
            return 0;
        }
        if (nowNs - quietSinceNs < config.heartbeatNs())
        {
            return 0;
        }
        quietSinceNs = nowNs;
        final int timers = publish(core, nowNs, Integer.MAX_VALUE, true);
        final long sequence = timers < 0 ? timers : core.claim(1);
        if (sequence < 0)
        {
            return 0;
        }
        final long timeNs = Math.max(nowNs, maxReceiveTimeNs);
        event.reset().type(EventType.HEARTBEAT).eventTimeNs(timeNs).receiveTimeNs(timeNs)
            .sourceSequence(VenueEvents.WRITERS_HEARTBEAT);
        core.put(sequence, 1, one);
        inputCountAtPoll = inputCount;
        return timers + 1;
    }

    // From its deadline on, time is there: the timer's receive time is what a handler sees as the time.
    private void takeDue()
    {
        queue.take(event);
        maxReceiveTimeNs = Math.max(maxReceiveTimeNs, event.receiveTimeNs());
        event.receiveTimeNs(maxReceiveTimeNs);
    }

    private void apply(final DirectBuffer events, final int offset)
    {
        one.buffer().putBytes(0, events, offset, OrderBookEvent.SIZE_BYTES);
        // A bus that has heartbeats and no timers keeps none.
        if (config.capacity() > 0 && !queue.apply(event))
        {
            final Fault fault = new Fault(Fault.WRITER, "timers", FaultPhase.INPUT, cursor.getCursor(),
                FaultPolicy.HALT, new IllegalStateException("no room for a timer: timers=" + config.capacity() +
                    " owner=" + event.sourceId() + " timerId=" + event.orderId()));
            control.halt(fault);
            control.report(fault);
            throw control.halted();
        }
    }

    private static boolean bringsTime(final DirectBuffer events, final int offset)
    {
        return EventType.bringsTime(
            events.getByte(offset + EventLayout.TYPE_OFFSET), events.getByte(offset + EventLayout.FLAGS_OFFSET));
    }
}
