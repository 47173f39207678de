package io.ringtape.cli.session;

import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.order.OwnOrders;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The outbox that the order lane is wired to before the bus that drains it is built; it notes what the lane stopped by
 * itself. Hot path.
 * <p>
 * It is empty at each input event, so it is full only for a strategy that sends thousands of own events at one event.
 * That a strategy was refused stands on no tape, and no replay could refuse it again: so it fails, and the recording
 * with it. So does one that answers its own events without end.
 * <p>
 * Thread safety: connect it before the bus starts; then as the publisher behind it, and any thread takes the note. An
 * input event begins while the order lane is at rest, which delivers the timers.
 * Allocation: none, but for a failure.
 */
final class Outbox implements EventPublisher
{
    /** Nothing was stopped since the last look. */
    static final int NO_KILL = 0;

    private final AtomicInteger kill = new AtomicInteger(NO_KILL);
    private final int capacity;
    private @Nullable EventPublisher publisher;
    private int countAtInput;
    private long timerTimeNs = Long.MIN_VALUE;
    private @Nullable RuntimeException failure;

    /**
     * An outbox with nothing behind it.
     *
     * @param capacity of what will be connected, in events.
     */
    Outbox(final int capacity)
    {
        this.capacity = capacity;
    }

    void connect(final EventPublisher newPublisher)
    {
        publisher = newPublisher;
    }

    /**
     * An input event is published next.
     *
     * @throws CommandException if a strategy took no notice of its failure.
     */
    void startInput()
    {
        if (failure != null)
        {
            throw new CommandException(
                ExitCode.BAD_INPUT, "strategy went on behind its failure: reason=" + failure);
        }
        countAtInput = 0;
        timerTimeNs = Long.MIN_VALUE;
    }

    /**
     * A timer is delivered next. One that time came to is an input as another one: in a silence of the market there may
     * be any number of them ahead of one input event. One whose deadline had passed is not, as a strategy may ask for
     * such ones without end.
     *
     * @param timer whose receive time is where time is.
     */
    void onTimer(final OrderBookEvent timer)
    {
        final long timeNs = timer.receiveTimeNs();
        if (timeNs > timerTimeNs)
        {
            timerTimeNs = timeNs;
            countAtInput = 0;
        }
    }

    @Override
    public int offer(final EventBatch batch)
    {
        if (failure != null)
        {
            throw failure;
        }
        // Noted even if it does not get onto the ring: the gate has stopped.
        if (batch.event(0).type() == EventType.CONTROL)
        {
            kill.set((int)batch.event(0).price());
        }
        return answer(batch, Objects.requireNonNull(publisher, "publisher").offer(batch));
    }

    /** The code of the reason of an own kill, once; {@link #NO_KILL} if there was none since the last call. */
    int takeKill()
    {
        return kill.get() == NO_KILL ? NO_KILL : kill.getAndSet(NO_KILL);
    }

    @Override
    public int offerReserved(final EventBatch batch)
    {
        return answer(batch, Objects.requireNonNull(publisher, "publisher").offerReserved(batch));
    }

    private int answer(final EventBatch batch, final int answer)
    {
        countAtInput += batch.count();
        if (countAtInput > OwnOrders.MOST_AT_ONE_INPUT)
        {
            throw fail("strategy answers its own events without end: events=" + countAtInput);
        }
        // The gate's own kill waits for room.
        if (answer == FULL && batch.event(0).type() != EventType.CONTROL)
        {
            throw fail("outbox is full, more own events at one event than it takes: capacity=" + capacity);
        }
        return answer;
    }

    private RuntimeException fail(final String text)
    {
        final RuntimeException thrown = new IllegalStateException(text);
        failure = thrown;
        return thrown;
    }
}
