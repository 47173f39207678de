package io.ringtape.order;

import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Stateful;
import io.ringtape.event.TimerQueue;

/**
 * The timers of one strategy: writes each request as an own event, hands it to the outbox, and tells a timer that comes
 * from one that was cancelled or set anew meanwhile. Hot path.
 * <p>
 * Requests go the way of the strategy's orders, with the event in hand as their cause, so the tape has them in one
 * order with everything else. The owner is the strategy's source. Requests are numbered from 1; the timer carries the
 * number of its request.
 * <p>
 * At most as many timers are pending with the writer as here. So a bus with room for those of all its strategies, see
 * {@code EventBusBuilder.timers}, has room for each request.
 * <p>
 * Thread safety: none; the order lane.
 * Allocation: none after construction.
 */
public final class OwnTimers implements Timers
{
    private static final int NO_SLOT = -1;

    private final EventBatch batch = new EventBatch(1);
    private final Cause cause;
    private final EventPublisher outbox;
    private final int sourceId;
    private final int[] ids;
    private final long[] numbers;
    private int size;
    private long lastNumber;

    /**
     * No timers yet.
     *
     * @param orders   the order sender of the same strategy; its outbox takes the requests.
     * @param capacity how many timers may be pending, 1 to {@link TimerQueue#MAX_CAPACITY}.
     * @throws IllegalArgumentException if the capacity is out of its range.
     */
    public OwnTimers(final OwnOrders orders, final int capacity)
    {
        if (capacity < 1 || capacity > TimerQueue.MAX_CAPACITY)
        {
            throw new IllegalArgumentException(
                "timers must be 1 to " + TimerQueue.MAX_CAPACITY + ": timers=" + capacity);
        }
        cause = orders.cause();
        outbox = orders.outbox();
        sourceId = orders.sourceId();
        ids = new int[capacity];
        numbers = new long[capacity];
    }

    @Override
    public int schedule(final int timerId, final long deadlineNs)
    {
        if (deadlineNs == OrderBookEvent.NULL_PRICE)
        {
            throw new IllegalArgumentException("deadlineNs must not be null: timerId=" + timerId);
        }
        final int known = find(timerId);
        if (known == NO_SLOT && size == ids.length)
        {
            return FULL;
        }
        final int answer = request(timerId, deadlineNs, lastNumber + 1);
        if (answer == ACCEPTED)
        {
            final int slot = known == NO_SLOT ? size++ : known;
            ids[slot] = timerId;
            numbers[slot] = ++lastNumber;
        }
        return answer;
    }

    @Override
    public int cancel(final int timerId)
    {
        final int slot = find(timerId);
        if (slot == NO_SLOT)
        {
            return NOT_PENDING;
        }
        final int answer = request(timerId, OrderBookEvent.NULL_PRICE, numbers[slot]);
        if (answer == ACCEPTED)
        {
            remove(slot);
        }
        return answer;
    }

    @Override
    public boolean isPending(final int timerId)
    {
        return find(timerId) != NO_SLOT;
    }

    /**
     * Takes a timer that came.
     *
     * @param timer of type {@link EventType#TIMER}.
     * @return true if it is this strategy's and still wanted; false if it must not be delivered.
     */
    public boolean onTimer(final OrderBookEvent timer)
    {
        final long timerId = timer.orderId();
        final int slot = timer.sourceId() == sourceId ? find((int)timerId) : NO_SLOT;
        if (slot == NO_SLOT || ids[slot] != timerId || numbers[slot] != timer.sourceSequence())
        {
            return false;
        }
        remove(slot);
        return true;
    }

    /**
     * The timers that are pending and the number of the last request, as a state to be stored.
     *
     * @return reads and changes these timers.
     */
    public Stateful state()
    {
        return new OwnTimersState(this);
    }

    int capacity()
    {
        return ids.length;
    }

    int size()
    {
        return size;
    }

    int timerId(final int slot)
    {
        return ids[slot];
    }

    long number(final int slot)
    {
        return numbers[slot];
    }

    long lastNumber()
    {
        return lastNumber;
    }

    /** Begins anew, without timers. */
    void restart(final long number)
    {
        size = 0;
        lastNumber = number;
    }

    void restore(final int timerId, final long number)
    {
        ids[size] = timerId;
        numbers[size++] = number;
    }

    private int request(final int timerId, final long deadlineNs, final long number)
    {
        batch.clear();
        cause.write(batch.append().type(EventType.TIMER_REQUEST).flags(EventFlags.OWN | EventFlags.LAST)
            .sourceId(sourceId).orderId(timerId).price(deadlineNs).quantity(number));
        final int answer = outbox.offer(batch);
        if (answer == EventPublisher.ACCEPTED)
        {
            cause.onSent();
            return ACCEPTED;
        }
        return answer == EventPublisher.FULL ? OUTBOX_FULL : CLOSED;
    }

    private int find(final int timerId)
    {
        for (int slot = 0; slot < size; slot++)
        {
            if (ids[slot] == timerId)
            {
                return slot;
            }
        }
        return NO_SLOT;
    }

    private void remove(final int slot)
    {
        size--;
        ids[slot] = ids[size];
        numbers[slot] = numbers[size];
    }
}
