package io.ringtape.bus;

import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.Sequencer;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.OrderBookEvent;

/**
 * The way into a ring of many producers: every thread claims, fills and publishes by itself.
 * <p>
 * A claim has slots next to each other; lanes read up to the first slot that is claimed and not published, so a
 * publisher that stands still in its fill holds back all that was claimed behind it. Which of two publishers comes
 * first is the machine's choice: a recording tells the order, no second run repeats it.
 * <p>
 * Each offer marks itself as under way, looks at the state of the bus, and takes the mark back when it has published; a
 * close sets the state and waits for the marks. So each offer is published and handled, or refused.
 * <p>
 * Hot path.
 * <p>
 * Thread safety: any thread; lock-free but where it waits for room.
 * Allocation: a few objects for each thread at its first offer.
 */
public final class SharedWriter implements EventPublisher
{
    private static final long NO_ROOM = Long.MIN_VALUE;

    private final BusControl control;
    private final Sequencer sequencer;
    private final Slots slots;
    private final WriterRole role;
    private final BackPressure backPressure;
    private final int capacity;
    // Offers that found the ring full: answered so, or made to wait, as the back-pressure says.
    private final StripedCount withoutRoom = new StripedCount();
    private final ThreadLocal<Fill> fills = ThreadLocal.withInitial(Fill::new);

    SharedWriter(
        final BusControl control, final Sequencer sequencer, final Slots slots, final WriterRole role,
        final BackPressure backPressure)
    {
        this.control = control;
        this.sequencer = sequencer;
        this.slots = slots;
        this.role = role;
        this.backPressure = backPressure;
        capacity = slots.capacity();
    }

    /**
     * Publishes the events of a batch with one claim, all or none, in order; the batch may be reused at once. Where the
     * ring has no room it does what the {@link #backPressure()} says: with {@link BackPressure#FAIL} it never waits,
     * with the others until there is room or the bus ends, whatever interrupts the thread.
     * <p>
     * A ring that is waited for refuses its own handlers at each call, full or not: it would wait for their lane.
     *
     * @param batch 1 to {@link #capacity()} events.
     * @return {@link #ACCEPTED}, {@link #FULL} (before the bus is started with any back-pressure) or {@link #CLOSED}.
     * @throws IllegalArgumentException if the batch is empty or larger than the ring.
     * @throws IllegalStateException    if a filler offers, or a handler where the ring is waited for and the bus runs.
     */
    @Override
    public int offer(final EventBatch batch)
    {
        final int count = batch.count();
        final long last = claim(count, fills.get());
        if (last < 0)
        {
            return (int)last;
        }
        final long first = last - count + 1;
        slots.copy(first, count, batch.buffer(), 0);
        publish(first, last);
        return ACCEPTED;
    }

    /**
     * Publishes events that a filler writes in place, with one claim; see {@link #offer(EventBatch)}. If the filler
     * throws, the whole claim is published as void and what it threw is thrown on. A filler is to be quick: until it
     * returns, no lane gets what other threads have published behind it, and a close waits.
     *
     * @param count  of events, 1 to {@link #capacity()}.
     * @param filler writes each event; it must neither offer nor close the bus.
     * @return {@link #ACCEPTED}, {@link #FULL} or {@link #CLOSED}.
     * @throws IllegalArgumentException if the count is out of its range.
     * @throws IllegalStateException    if a filler offers, or a handler where the ring is waited for.
     */
    public int offer(final int count, final EventFiller filler)
    {
        final Fill fill = fills.get();
        final long last = claim(count, fill);
        if (last < 0)
        {
            return (int)last;
        }
        final long first = last - count + 1;
        fill.open = true;
        try
        {
            for (int i = 0; i < count; i++)
            {
                filler.fill(fill.event.wrap(slots.buffer(), slots.offset(first + i)).reset(), i);
            }
            slots.publish(first, count);
        }
        catch (final Throwable t)
        {
            slots.makeVoid(first, count, fill.event);
            publish(first, last);
            control.reportVoid(first, count, t);
            throw t;
        }
        finally
        {
            fill.open = false;
        }
        publish(first, last);
        return ACCEPTED;
    }

    /**
     * What an offer does that finds no room.
     *
     * @return as it was chosen.
     */
    public BackPressure backPressure()
    {
        return backPressure;
    }

    /**
     * Offers that were answered {@link #FULL} because there was no room.
     *
     * @return 0 or more; 0 where it waits.
     */
    public long fullCount()
    {
        return backPressure.waits() ? 0 : withoutRoom.sum();
    }

    /**
     * Offers that had to wait for room, each once, however long; also one that the end of the bus then refused.
     *
     * @return 0 or more; 0 with {@link BackPressure#FAIL}.
     */
    public long waitCount()
    {
        return backPressure.waits() ? withoutRoom.sum() : 0;
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

    /**
     * Refuses the thread if it is in a filler: what it asks for would wait for that filler.
     *
     * @param what it must not do.
     */
    void requireNoFill(final String what)
    {
        requireNoFill(fills.get(), what);
    }

    private long claim(final int count, final Fill fill)
    {
        if (count < 1 || count > capacity)
        {
            throw new IllegalArgumentException("count must be 1 to " + capacity + ": count=" + count);
        }
        requireNoFill(fill, "offer");
        // Ahead of the mark too: whoever has closed the bus has the writer's role, and is to hear that it is closed.
        if (backPressure.waits() && control.isRunning())
        {
            role.requireMayWait("ring");
        }
        long last = tryClaim(count);
        if (last == NO_ROOM)
        {
            withoutRoom.add(1);
            if (!backPressure.waits())
            {
                return control.refused(FULL);
            }
            while (last == NO_ROOM)
            {
                awaitRoom(count);
                last = tryClaim(count);
            }
        }
        return last;
    }

    // The mark stays up behind a claim only.
    private long tryClaim(final int count)
    {
        control.enterShared();
        final int state = control.state();
        if (state != BusControl.RUNNING)
        {
            control.leaveShared();
            return control.refused(state == BusControl.NEW ? FULL : CLOSED);
        }
        if (sequencer.hasAvailableCapacity(count))
        {
            try
            {
                return sequencer.tryNext(count);
            }
            catch (final InsufficientCapacityException e)
            {
                // Another thread took the room since; the exception is one for all and has no stack.
            }
        }
        control.leaveShared();
        return NO_ROOM;
    }

    private void awaitRoom(final int count)
    {
        while (!sequencer.hasAvailableCapacity(count) && control.isRunning())
        {
            backPressure.idle();
        }
    }

    private void publish(final long first, final long last)
    {
        sequencer.publish(first, last);
        control.leaveShared();
    }

    private static void requireNoFill(final Fill fill, final String what)
    {
        if (fill.open)
        {
            throw new IllegalStateException(
                "a filler must not " + what + ": thread=" + Thread.currentThread().getName());
        }
    }

    /** What a thread fills with. */
    private static final class Fill
    {
        private final OrderBookEvent event = OrderBookEvent.ofClaims();
        private boolean open;
    }
}
