package io.ringtape.order;

/**
 * Asks for a strategy's timers, and never blocks: each call has its answer when it returns.
 * <p>
 * A timer comes as an {@link io.ringtape.event.EventType#TIMER} event, once, through the same call as all events:
 * before the first event whose receive time is at or behind its deadline, and that the writer publishes after it got
 * the request. In a recording that is the first event there is; on a free-running bus the writer may be some events
 * ahead of the strategy, and the timer then comes behind those. A deadline that has passed comes due at once. Timers
 * that are due together come in the order of deadline, owner, id.
 * <p>
 * A timer that was cancelled or set anew is never delivered as it was, even if the writer had published it before the
 * request got there.
 * <p>
 * Thread safety: none; called on the order lane only, from within a strategy's callback.
 * Allocation: none.
 */
public interface Timers
{
    /** The request was taken. */
    int ACCEPTED = 1;
    /** As many timers are pending as there may be; nothing was asked for. */
    int FULL = -1;
    /** The outbox has no room now; nothing was asked for, try again at a later event. */
    int OUTBOX_FULL = -2;
    /** The bus is closed or halted; nothing was asked for and no timer will come. */
    int CLOSED = -3;
    /** No timer of this id is pending; nothing was asked for. */
    int NOT_PENDING = -4;

    /**
     * Asks for a timer; one of the same id that is pending is replaced.
     *
     * @param timerId    any value, the strategy's own.
     * @param deadlineNs receive time, ns since the epoch, UTC; may have passed; not {@link Long#MIN_VALUE}.
     * @return {@link #ACCEPTED}, {@link #FULL}, {@link #OUTBOX_FULL} or {@link #CLOSED}.
     * @throws IllegalArgumentException if the deadline is {@link Long#MIN_VALUE}.
     */
    int schedule(int timerId, long deadlineNs);

    /**
     * Cancels a timer.
     *
     * @param timerId as it was scheduled.
     * @return {@link #ACCEPTED}, {@link #NOT_PENDING}, {@link #OUTBOX_FULL} or {@link #CLOSED}.
     */
    int cancel(int timerId);

    /**
     * Whether a timer is still to come.
     *
     * @param timerId as it was scheduled.
     * @return true from its schedule to its delivery or cancel.
     */
    boolean isPending(int timerId);
}
