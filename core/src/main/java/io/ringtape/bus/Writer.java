package io.ringtape.bus;

import io.ringtape.event.EventBatch;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.OrderBookEvent;
import java.util.Arrays;
import org.agrona.concurrent.IdleStrategy;

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
 * Thread safety: the writer's thread only; misuse is an {@link IllegalStateException}, but for {@link #slot(long)},
 * where only an assertion finds it.
 * Allocation: none.
 */
public final class Writer
{
    /** The events were published. */
    public static final int ACCEPTED = EventPublisher.ACCEPTED;
    /** The ring has no room now; nothing was claimed. */
    public static final int FULL = EventPublisher.FULL;
    /** The bus is closed; nothing was claimed and nothing will be. */
    public static final int CLOSED = EventPublisher.CLOSED;
    /** The bus is halted; nothing was claimed and nothing will be. */
    public static final int HALTED = -3;

    private final BusControl control;
    private final WriterCore core;
    private final IdleStrategy idle;
    private final WriterDuty duty;
    private final WriterTimers timers;
    private LaneRunner[] inStep;

    Writer(
        final BusControl control, final WriterCore core, final IdleStrategy idle, final WriterDuty duty,
        final WriterTimers timers)
    {
        this.control = control;
        this.core = core;
        this.idle = idle;
        this.duty = duty;
        this.timers = timers;
        final LaneRunner orderLane = duty.orderLane();
        inStep = orderLane == null ? new LaneRunner[0] : new LaneRunner[] {orderLane};
    }

    /**
     * Publishes a batch with one claim; waits while the ring is full. On a bus with timers those go before it that are
     * due at the latest receive time in it: a batch is never divided.
     *
     * @param batch 1 to {@link #capacity()} events.
     * @return {@link #ACCEPTED} or {@link #CLOSED}.
     * @throws BusHaltedException       if the bus is halted.
     * @throws IllegalArgumentException if the batch is empty or larger than the ring.
     */
    public int publish(final EventBatch batch)
    {
        final int code = timers.publishBefore(core, batch, true);
        if (code != ACCEPTED)
        {
            return code;
        }
        final int count = batch.count();
        final long first = core.claim(count);
        return first < 0 ? (int)first : core.put(first, count, batch);
    }

    /**
     * Publishes a batch with one claim if there is room. Where there is none, timers that are due before it may have
     * been published already.
     *
     * @param batch 1 to {@link #capacity()} events.
     * @return {@link #ACCEPTED}, {@link #FULL}, {@link #CLOSED} or {@link #HALTED}.
     * @throws IllegalArgumentException if the batch is empty or larger than the ring.
     */
    public int tryPublish(final EventBatch batch)
    {
        final int code = timers.publishBefore(core, batch, false);
        if (code != ACCEPTED)
        {
            return code;
        }
        final int count = batch.count();
        final long first = core.tryClaim(count);
        return first < 0 ? (int)first : core.put(first, count, batch);
    }

    /**
     * Publishes events that a filler writes in place, with one claim; waits while the ring is full. If the filler
     * throws, the whole claim is published as void and what it threw is thrown on. On a bus with timers see
     * {@link #publishTimers(long)}.
     *
     * @param count  of events, 1 to {@link #capacity()}.
     * @param filler writes each event.
     * @return {@link #ACCEPTED} or {@link #CLOSED}.
     * @throws BusHaltedException       if the bus is halted.
     * @throws IllegalArgumentException if the count is out of its range.
     * @throws IllegalStateException    if a timer is due before the events; the claim is then published as void.
     */
    public int publish(final int count, final EventFiller filler)
    {
        final long first = core.claim(count);
        return first < 0 ? (int)first : core.fill(first, count, filler);
    }

    /**
     * Publishes events that a filler writes in place, with one claim, if there is room; see
     * {@link #publish(int, EventFiller)}.
     *
     * @param count  of events, 1 to {@link #capacity()}.
     * @param filler writes each event.
     * @return {@link #ACCEPTED}, {@link #FULL}, {@link #CLOSED} or {@link #HALTED}.
     * @throws IllegalArgumentException if the count is out of its range.
     * @throws IllegalStateException    if a timer is due before the events; the claim is then published as void.
     */
    public int tryPublish(final int count, final EventFiller filler)
    {
        final long first = core.tryClaim(count);
        return first < 0 ? (int)first : core.fill(first, count, filler);
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
        return core.claim(count);
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
        return core.tryClaim(count);
    }

    /**
     * Moves the writer's own flyweight to a slot of the open claim; within the ring nothing else is to move it. The
     * slot holds what it held a round ago: set every field, or start with {@link OrderBookEvent#reset()}; the sequence,
     * its first 8 bytes, is the bus's to write, with the publish. Called for each event, it checks nothing unless
     * assertions are enabled: on another thread, or with a sequence that is not of the open claim, it overwrites or
     * shows what others read.
     *
     * @param sequence of the open claim.
     * @return the flyweight; the next call moves it.
     */
    public OrderBookEvent slot(final long sequence)
    {
        return core.slot(sequence);
    }

    /**
     * Sets the sequences of the open claim and publishes it.
     *
     * @throws IllegalStateException if no claim is open, this is not the writer's thread, or a timer is due before the
     *                               events, see {@link #publishTimers(long)}; the claim is then still open.
     */
    public void publish()
    {
        core.publish();
    }

    /**
     * Publishes the open claim as void: its events are counted and recorded, and delivered to no event handler.
     *
     * @throws IllegalStateException if no claim is open, or this is not the writer's thread.
     */
    public void abandon()
    {
        core.abandon();
    }

    /**
     * Publishes the timers that are due: to be called before a claim in place or by a filler, with the latest receive
     * time that it is to hold, of inputs that are not flagged bad time. The publish of a batch, an inbox and a poll do
     * it themselves.
     *
     * @param receiveTimeNs ns since the epoch, UTC.
     * @return how many, or {@link #CLOSED}.
     * @throws BusHaltedException if the bus is halted.
     */
    public int publishTimers(final long receiveTimeNs)
    {
        return timers.publish(core, receiveTimeNs, Integer.MAX_VALUE, true);
    }

    /**
     * Publishes a batch, and waits until nothing moves any more, see {@link #awaitQuiescent()}: what a recording does
     * with each venue event. Each timer that is due goes alone, in order, before the batch or, where its deadline had
     * passed when it was asked for, behind it.
     *
     * @param batch 1 to {@link #capacity()} events.
     * @return {@link #ACCEPTED} or {@link #CLOSED}.
     * @throws BusHaltedException       if the bus is halted.
     * @throws IllegalArgumentException if the batch is empty or larger than the ring.
     * @throws IllegalStateException    if a handler calls it, which its own lane would never pass.
     */
    public int publishInStep(final EventBatch batch)
    {
        requireNoHandler();
        final long receiveTimeNs = timers.latest(batch.buffer(), 0, batch.count());
        while (timers.publish(core, receiveTimeNs, 1, true) > 0)
        {
            awaitQuiescent();
        }
        final int code = publish(batch);
        do
        {
            awaitQuiescent();
        }
        while (timers.publish(core, Long.MIN_VALUE, 1, true) > 0);
        return code;
    }

    /**
     * Polls all inputs and inboxes once, in their fixed order; none where the bus is closed.
     *
     * @return how much work was done; 0 if there was none.
     * @throws BusHaltedException    if the bus is halted, or an input threw, which halts it.
     * @throws IllegalStateException if the bus is not started, a claim is open, this is not the writer's thread, or a
     *                               handler calls it; nothing is polled then.
     */
    public int poll()
    {
        return core.mayPoll() ? duty.poll(this) : 0;
    }

    /**
     * Waits until a lane has delivered everything that is published; at once if it is inline or has detached.
     *
     * @param laneName of the lane.
     * @throws BusHaltedException       if the bus is halted.
     * @throws IllegalArgumentException if there is no such lane.
     * @throws IllegalStateException    if a handler calls it, which its own lane would never pass.
     */
    public void awaitLane(final String laneName)
    {
        requireNoHandler();
        awaitLane(duty.lane(laneName));
    }

    /**
     * Makes one more lane part of what {@link #awaitQuiescent()} waits for, that of a gateway: what comes in answer to
     * orders is then on the ring too. To be called once, before the first event.
     *
     * @param laneName of the lane.
     * @throws IllegalArgumentException if there is no such lane.
     */
    public void stepWith(final String laneName)
    {
        final LaneRunner lane = duty.lane(laneName);
        final LaneRunner[] more = Arrays.copyOf(inStep, inStep.length + 1);
        more[inStep.length] = lane;
        inStep = more;
    }

    /**
     * Waits until the order lane, and those of {@link #stepWith(String)}, have delivered everything that is published
     * and the inboxes are drained, where what they held is published and awaited too. Afterwards nothing moves until
     * the next event: what a recording does after each venue event, so that it is the same each time.
     *
     * @return events drained from the inboxes; 0 if there were none.
     * @throws BusHaltedException    if the bus is halted.
     * @throws IllegalStateException if a handler calls it, which its own lane would never pass.
     */
    public int awaitQuiescent()
    {
        requireNoHandler();
        int sum = 0;
        int drained;
        do
        {
            for (final LaneRunner lane : inStep)
            {
                awaitLane(lane);
            }
            drained = duty.drainInboxesOnce(core);
            sum += drained;
        }
        while (drained != 0);
        requireNotHalted();
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
        return duty.drainInboxes();
    }

    /**
     * The highest sequence published.
     *
     * @return one below the first sequence if nothing was.
     */
    public long cursor()
    {
        return core.cursor();
    }

    /**
     * How many slots the ring has: the largest claim.
     *
     * @return a power of two.
     */
    public int capacity()
    {
        return core.capacity();
    }

    private void awaitLane(final LaneRunner lane)
    {
        final long last = core.cursor();
        while (lane.sequence() < last && lane.isAttached() && !control.isHalted())
        {
            idle.idle();
        }
        idle.reset();
        requireNotHalted();
    }

    private void requireNoHandler()
    {
        final Thread caller = Thread.currentThread();
        if (core.isHandling(caller))
        {
            throw new IllegalStateException("a handler must not wait for a lane: thread=" + caller.getName());
        }
    }

    private void requireNotHalted()
    {
        if (control.isHalted())
        {
            throw control.halted();
        }
    }
}
