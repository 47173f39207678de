package io.ringtape.bus;

import com.lmax.disruptor.SingleProducerSequencer;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.OrderBookEvent;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.IdleStrategy;
import org.jspecify.annotations.Nullable;

/**
 * The one writer of a bus: claims slots, fills them, publishes them at once.
 * <p>
 * A claim is filled in one of three ways: from a batch, by a filler, or in place ({@link #claim(int)},
 * {@link #slot(long)}, {@link #publish()}). The writer sets the sequence of each event. The blocking calls spin by the
 * idle strategy of the bus while the ring is full, and never park unless that strategy does; the {@code try} calls
 * answer {@link #FULL}. A halted bus fails both at once, also one that spins.
 * <p>
 * The first thread that uses the writer is its thread for good, unless the bus has a writer thread of its own. Handlers
 * and all other threads go through an {@link Inbox}: a handler that publishes here gets an exception, not a deadlock.
 * Where a bus is closed by another thread than the writer's, that thread takes the role over for what is left to do.
 * <p>
 * Thread safety: the writer's thread only; misuse is an {@link IllegalStateException}.
 * Allocation: none.
 */
public final class Writer extends Padded
{
    /** The events were published. */
    public static final int ACCEPTED = EventPublisher.ACCEPTED;
    /** The ring has no room now; nothing was claimed. */
    public static final int FULL = EventPublisher.FULL;
    /** The bus is closed; nothing was claimed and nothing will be. */
    public static final int CLOSED = EventPublisher.CLOSED;
    /** The bus is halted; nothing was claimed and nothing will be. */
    public static final int HALTED = -3;

    private long claimFirst;
    private int claimCount;
    // Whom claims are taken from without a further look; null while a rare case has to be looked at.
    private @Nullable Thread owner;

    private final BusControl control;
    private final SingleProducerSequencer sequencer;
    private final Slots slots;
    private final int capacity;
    private final IdleStrategy idle;
    private final WriterRole role;
    private final OrderBookEvent event = new OrderBookEvent();
    private InlineLanes inline = new InlineLanes(new LaneRunner[0], 1);
    private boolean hasInline;
    private @Nullable WriterDuty duty;

    Writer(
        final BusControl control, final SingleProducerSequencer sequencer, final Slots slots, final IdleStrategy idle,
        final WriterRole role)
    {
        this.control = control;
        this.sequencer = sequencer;
        this.slots = slots;
        this.idle = idle;
        this.role = role;
        capacity = slots.capacity();
    }

    void attach(final InlineLanes lanes, final WriterDuty newDuty)
    {
        inline = lanes;
        hasInline = !lanes.isEmpty();
        duty = newDuty;
    }

    /**
     * Publishes a batch with one claim; waits while the ring is full.
     *
     * @param batch 1 to {@link #capacity()} events.
     * @return {@link #ACCEPTED} or {@link #CLOSED}.
     * @throws BusHaltedException       if the bus is halted.
     * @throws IllegalArgumentException if the batch is empty or larger than the ring.
     */
    public int publish(final EventBatch batch)
    {
        final int count = batch.count();
        final long first = claim(count);
        return first < 0 ? (int)first : put(first, count, batch);
    }

    /**
     * Publishes a batch with one claim if there is room.
     *
     * @param batch 1 to {@link #capacity()} events.
     * @return {@link #ACCEPTED}, {@link #FULL}, {@link #CLOSED} or {@link #HALTED}.
     * @throws IllegalArgumentException if the batch is empty or larger than the ring.
     */
    public int tryPublish(final EventBatch batch)
    {
        final int count = batch.count();
        final long first = tryClaim(count);
        return first < 0 ? (int)first : put(first, count, batch);
    }

    /**
     * Publishes events that a filler writes in place, with one claim; waits while the ring is full. If the filler
     * throws, the whole claim is published as void and what it threw is thrown on.
     *
     * @param count  of events, 1 to {@link #capacity()}.
     * @param filler writes each event.
     * @return {@link #ACCEPTED} or {@link #CLOSED}.
     * @throws BusHaltedException       if the bus is halted.
     * @throws IllegalArgumentException if the count is out of its range.
     */
    public int publish(final int count, final EventFiller filler)
    {
        final long first = claim(count);
        return first < 0 ? (int)first : fill(first, count, filler);
    }

    /**
     * Publishes events that a filler writes in place, with one claim, if there is room; see
     * {@link #publish(int, EventFiller)}.
     *
     * @param count  of events, 1 to {@link #capacity()}.
     * @param filler writes each event.
     * @return {@link #ACCEPTED}, {@link #FULL}, {@link #CLOSED} or {@link #HALTED}.
     * @throws IllegalArgumentException if the count is out of its range.
     */
    public int tryPublish(final int count, final EventFiller filler)
    {
        final long first = tryClaim(count);
        return first < 0 ? (int)first : fill(first, count, filler);
    }

    /**
     * Claims slots to write in place; waits while the ring is full. Until {@link #publish()} or {@link #abandon()} no
     * other claim can be made and a close waits.
     *
     * @param count of slots, 1 to {@link #capacity()}.
     * @return the first sequence of the claim, or {@link #CLOSED}.
     * @throws BusHaltedException       if the bus is halted.
     * @throws IllegalArgumentException if the count is out of its range.
     */
    public long claim(final int count)
    {
        int code = enter(count);
        if (code == ACCEPTED && !sequencer.hasAvailableCapacity(count))
        {
            code = awaitCapacity(count);
            if (code != ACCEPTED)
            {
                control.leave();
            }
        }
        if (code != ACCEPTED)
        {
            return failOnHalt(code);
        }
        return take(count);
    }

    /**
     * Claims slots to write in place if there is room; see {@link #claim(int)}.
     *
     * @param count of slots, 1 to {@link #capacity()}.
     * @return the first sequence of the claim, or {@link #FULL}, {@link #CLOSED} or {@link #HALTED}.
     * @throws IllegalArgumentException if the count is out of its range.
     */
    public long tryClaim(final int count)
    {
        final int code = enter(count);
        if (code != ACCEPTED)
        {
            return code;
        }
        if (!sequencer.hasAvailableCapacity(count))
        {
            control.leave();
            return FULL;
        }
        return take(count);
    }

    /**
     * Moves the writer's own flyweight to a slot of the open claim. The slot holds what it held a round ago: set every
     * field, or start with {@link OrderBookEvent#reset()}.
     *
     * @param sequence of the claim.
     * @return the flyweight; the next call moves it.
     */
    public OrderBookEvent slot(final long sequence)
    {
        assert sequence >= claimFirst && sequence < claimFirst + claimCount :
            "not of the claim: sequence=" + sequence + " first=" + claimFirst + " count=" + claimCount;
        return event.wrap(slots.buffer(), slots.offset(sequence));
    }

    /**
     * Sets the sequences of the open claim and publishes it.
     *
     * @throws IllegalStateException if no claim is open.
     */
    public void publish()
    {
        requireClaim();
        slots.stamp(claimFirst, claimCount);
        commit(claimFirst + claimCount - 1);
    }

    /**
     * Publishes the open claim as void: its events are counted and recorded, and delivered to no event handler.
     *
     * @throws IllegalStateException if no claim is open.
     */
    public void abandon()
    {
        requireClaim();
        abandon(null);
    }

    /**
     * Polls all inputs and inboxes once, in their fixed order.
     *
     * @return how much work was done; 0 if there was none.
     * @throws BusHaltedException if the bus is halted, or an input threw, which halts it.
     */
    public int poll()
    {
        return duty().poll(this);
    }

    /**
     * Waits until a lane has delivered everything that is published; at once if it is inline or has detached.
     *
     * @param laneName of the lane.
     * @throws BusHaltedException       if the bus is halted.
     * @throws IllegalArgumentException if there is no such lane.
     */
    public void awaitLane(final String laneName)
    {
        awaitLane(duty().lane(laneName));
    }

    /**
     * Waits until the order lane has delivered everything that is published and the inboxes are drained, where what
     * they held is published and awaited too. Afterwards nothing moves until the next event: what a recording does
     * after each venue event, so that it is the same each time.
     *
     * @return events drained from the inboxes; 0 if there were none.
     * @throws BusHaltedException if the bus is halted.
     */
    public int awaitQuiescent()
    {
        final WriterDuty known = duty();
        int sum = 0;
        int drained;
        do
        {
            final LaneRunner lane = known.orderLane();
            if (lane != null)
            {
                awaitLane(lane);
            }
            drained = known.drainInboxes();
            sum += drained;
        }
        while (drained != 0);
        return sum;
    }

    /**
     * Drains all inboxes once, in the order of their stages.
     *
     * @return events published.
     * @throws BusHaltedException if the bus is halted.
     */
    public int drainInboxes()
    {
        return duty().drainInboxes();
    }

    /**
     * The highest sequence published.
     *
     * @return one below the first sequence if nothing was.
     */
    public long cursor()
    {
        return sequencer.getCursor();
    }

    /**
     * How many slots the ring has: the largest claim.
     *
     * @return a power of two.
     */
    public int capacity()
    {
        return capacity;
    }

    int drain(final Inbox inbox)
    {
        if (inbox.isEmpty() && control.isRunning() && Thread.currentThread() == owner)
        {
            return 0;
        }
        final int code = enter(1);
        if (code != ACCEPTED)
        {
            failOnHalt(code);
            return 0;
        }
        try
        {
            return inbox.read();
        }
        finally
        {
            control.leave();
        }
    }

    /**
     * Publishes a message of an inbox inside a drain, which holds the writer's mark.
     *
     * @param buffer of the inbox.
     * @param index  of the first event.
     * @param count  of events.
     * @return the count, or 0 if the limit of a close passed while the ring was full.
     */
    int publishMarked(final DirectBuffer buffer, final int index, final int count)
    {
        if (!sequencer.hasAvailableCapacity(count))
        {
            final int code = awaitCapacity(count);
            if (code != ACCEPTED)
            {
                control.lose();
                failOnHalt(code);
                return 0;
            }
        }
        final long last = sequencer.next(count);
        slots.copy(last - count + 1, count, buffer, index);
        advance(last);
        return count;
    }

    /**
     * Voids a claim that was left open, and takes the writer's role for the rest of the bus's life; only when the
     * writer's thread is the caller or can publish no more.
     */
    void takeOver()
    {
        if (claimCount != 0)
        {
            abandon(null);
        }
        role.takeOver(Thread.currentThread());
        owner = null;
    }

    void startInline()
    {
        inline.start();
    }

    void stopInline()
    {
        inline.stop();
    }

    private int put(final long first, final int count, final EventBatch batch)
    {
        slots.copy(first, count, batch.buffer(), 0);
        commit(first + count - 1);
        return ACCEPTED;
    }

    private int fill(final long first, final int count, final EventFiller filler)
    {
        try
        {
            for (int i = 0; i < count; i++)
            {
                filler.fill(event.wrap(slots.buffer(), slots.offset(first + i)).reset(), i);
            }
        }
        catch (final Throwable t)
        {
            if (claimCount != 0)
            {
                abandon(t);
            }
            throw t;
        }
        if (claimCount == 0)
        {
            throw new IllegalStateException("the filler must not end its claim: first=" + first + " count=" + count);
        }
        slots.stamp(first, count);
        commit(first + count - 1);
        return ACCEPTED;
    }

    private int enter(final int count)
    {
        if (Thread.currentThread() != owner)
        {
            final int code = admit();
            if (code != ACCEPTED)
            {
                return code;
            }
        }
        if (count < 1 || count > capacity)
        {
            throw new IllegalArgumentException("count must be 1 to " + capacity + ": count=" + count);
        }
        if (claimCount != 0)
        {
            throw new IllegalStateException("a claim is open: first=" + claimFirst + " count=" + claimCount);
        }
        control.enter();
        return control.isRunning() ? ACCEPTED : refuse();
    }

    private int admit()
    {
        final int code = role.admit(Thread.currentThread());
        if (code == WriterRole.FIRST)
        {
            inline.start();
            owner = Thread.currentThread();
            return ACCEPTED;
        }
        return code;
    }

    private int refuse()
    {
        final int state = control.state();
        if (state == BusControl.CLOSING && role.isTakenOverBy(Thread.currentThread()))
        {
            return ACCEPTED;
        }
        control.leave();
        if (state == BusControl.NEW)
        {
            throw new IllegalStateException("bus is not started");
        }
        return state == BusControl.HALTED ? HALTED : CLOSED;
    }

    private int awaitCapacity(final int count)
    {
        while (!sequencer.hasAvailableCapacity(count))
        {
            final int state = control.state();
            if (state == BusControl.HALTED)
            {
                return HALTED;
            }
            if (state == BusControl.CLOSED || state == BusControl.CLOSING && control.isCloseOverdue())
            {
                return CLOSED;
            }
            idle.idle();
        }
        idle.reset();
        return ACCEPTED;
    }

    private long take(final int count)
    {
        final long first = sequencer.next(count) - count + 1;
        claimFirst = first;
        claimCount = count;
        return first;
    }

    private void commit(final long last)
    {
        claimCount = 0;
        advance(last);
        control.leave();
    }

    private void advance(final long last)
    {
        sequencer.publish(last);
        if (hasInline)
        {
            deliverInline(last);
        }
    }

    private void deliverInline(final long last)
    {
        final Thread writing = owner;
        owner = null;
        role.dispatching(true);
        try
        {
            inline.deliver(last);
        }
        finally
        {
            role.dispatching(false);
            owner = writing;
        }
    }

    private void abandon(final @Nullable Throwable cause)
    {
        final long first = claimFirst;
        final int count = claimCount;
        slots.makeVoid(first, count, event);
        commit(first + count - 1);
        control.reportVoid(first, count, cause);
    }

    private void awaitLane(final LaneRunner lane)
    {
        final long last = sequencer.getCursor();
        while (lane.sequence() < last && lane.isAttached())
        {
            if (control.isHalted())
            {
                break;
            }
            idle.idle();
        }
        idle.reset();
        if (control.isHalted())
        {
            throw control.halted();
        }
    }

    private int failOnHalt(final int code)
    {
        if (code == HALTED)
        {
            throw control.halted();
        }
        return code;
    }

    private void requireClaim()
    {
        assert role.isHeldBy(Thread.currentThread()) : "not the writer's thread: thread=" +
            Thread.currentThread().getName();
        if (claimCount == 0)
        {
            throw new IllegalStateException("no claim is open");
        }
    }

    private WriterDuty duty()
    {
        if (duty == null)
        {
            throw new IllegalStateException("bus is not built");
        }
        return duty;
    }
}
