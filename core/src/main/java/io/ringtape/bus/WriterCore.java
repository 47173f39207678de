package io.ringtape.bus;

import com.lmax.disruptor.Sequencer;
import io.ringtape.event.EventBatch;
import io.ringtape.event.OrderBookEvent;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.IdleStrategy;
import org.jspecify.annotations.Nullable;

/**
 * The mechanics behind {@link Writer}: one claim at a time, from admission to publication.
 * <pre>{@code
 *  IDLE --enter: thread, mark, state--> CLAIMED --fill, stamp, cursor--> DELIVERING to inline lanes --+
 *    ^                                     |                                                          |
 *    +---- refused, or no room: leave -----+------------------------- leave --------------------------+
 * }</pre>
 * <p>
 * Hot path. The mark is up from {@code enter} to {@code leave}, so a close never ends between a claim and its publish.
 * Thread safety: the writer's thread; each claim checks it.
 * Allocation: on construction only.
 */
final class WriterCore extends Padded
{
    // Behind what the room says is taken while a claim is open, else equal to it.
    private long published;
    // While inline lanes are called: no claim can be made by them.
    private boolean delivering;
    // Written when the role changes hands only, never per event: a stored reference costs a barrier of the collector.
    private @Nullable Thread owner;

    private final BusControl control;
    private final Sequencer sequencer;
    private final RingRoom room;
    private final Slots slots;
    private final int capacity;
    private final IdleStrategy idle;
    private final WriterRole role;
    private final WriterTimers timers;
    private final SlotWriter slotWriter;
    private InlineLanes inline = InlineLanes.NONE;
    private boolean hasInline;

    WriterCore(
        final BusControl control, final Sequencer sequencer, final Slots slots, final IdleStrategy idle,
        final WriterRole role, final WriterTimers timers)
    {
        this.control = control;
        this.sequencer = sequencer;
        room = new RingRoom(sequencer);
        this.slots = slots;
        this.idle = idle;
        this.role = role;
        this.timers = timers;
        capacity = slots.capacity();
        published = room.taken();
        slotWriter = new SlotWriter(slots, published);
    }

    void inline(final InlineLanes lanes)
    {
        inline = lanes;
        hasInline = !lanes.isEmpty();
    }

    boolean hasInline()
    {
        return hasInline;
    }

    void evictable(final EvictableGates gates)
    {
        room.evictable(gates);
    }

    int capacity()
    {
        return capacity;
    }

    long cursor()
    {
        return sequencer.getCursor();
    }

    /**
     * Claims slots; waits while the ring is full.
     *
     * @param count of slots.
     * @return the first sequence, or {@link Writer#CLOSED}.
     */
    long claim(final int count)
    {
        int code = enter(count);
        if (code == Writer.ACCEPTED && !room.has(count))
        {
            code = awaitCapacity(count);
            if (code != Writer.ACCEPTED)
            {
                control.leave();
            }
        }
        return code == Writer.ACCEPTED ? room.take(count) : failOnHalt(control.refused(code));
    }

    /**
     * Claims slots if there is room.
     *
     * @param count of slots.
     * @return the first sequence, or a sentinel of {@link Writer}.
     */
    long tryClaim(final int count)
    {
        final int code = enter(count);
        if (code != Writer.ACCEPTED)
        {
            return control.refused(code);
        }
        if (!room.has(count))
        {
            control.leave();
            return control.refused(Writer.FULL);
        }
        return room.take(count);
    }

    OrderBookEvent slot(final long sequence)
    {
        assert sequence > published && sequence <= room.taken() :
            "not of the claim: sequence=" + sequence + " first=" + (published + 1) + " count=" + openCount();
        return slotWriter.slot(sequence, published + 1);
    }

    void publish()
    {
        requireClaim();
        final long first = published + 1;
        final int count = openCount();
        timers.requireNoneDue(slots, first, count);
        slotWriter.publish(first, count);
        // Here and not in commit: a call could find no stack, and would leave open what lanes have.
        published = room.taken();
        commit();
        timers.onPublished(slots, first, count);
    }

    void abandon()
    {
        requireClaim();
        abandon(null);
    }

    int put(final long first, final int count, final EventBatch batch)
    {
        if (count == 1)
        {
            slotWriter.put(first, batch.event(0));
        }
        else
        {
            slotWriter.put(first, count, batch.buffer(), 0);
        }
        published = room.taken();
        commit();
        timers.onPublished(batch.buffer(), 0, count);
        return Writer.ACCEPTED;
    }

    /** Whether the caller, who is the writer or gets an exception as from a claim, has a bus that runs. */
    boolean mayPoll()
    {
        final boolean isEntered = failOnHalt(enter(1)) == Writer.ACCEPTED;
        if (isEntered)
        {
            control.leave();
        }
        return isEntered;
    }

    int drain(final Inbox inbox, final long end)
    {
        if (inbox.isEmpty() && control.isRunning() && !isBusy() && Thread.currentThread() == owner)
        {
            return 0;
        }
        final int code = enter(1);
        if (code != Writer.ACCEPTED)
        {
            failOnHalt(code);
            return 0;
        }
        try
        {
            return inbox.read(end);
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
        if (!room.has(count))
        {
            final int code = awaitCapacity(count);
            if (code != Writer.ACCEPTED)
            {
                control.lose();
                failOnHalt(code);
                return 0;
            }
        }
        slotWriter.put(room.take(count), count, buffer, index);
        published = room.taken();
        advance();
        return count;
    }

    /**
     * Voids a claim that was left open, and takes the writer's role for the rest of the bus's life; only when the
     * writer's thread is the caller or can publish no more.
     */
    void takeOver()
    {
        try
        {
            if (openCount() > 0)
            {
                abandon(null);
            }
            // The writer failed in between: lanes that go by the slots have it, inline ones do not get it any more.
            else if (sequencer.getCursor() < published)
            {
                sequencer.publish(published);
            }
        }
        finally
        {
            role.takeOver(Thread.currentThread());
            owner = null;
        }
    }

    /**
     * Whether a thread is in a handler of this bus: it is that of a lane, or delivers to inline lanes.
     *
     * @param thread that calls.
     * @return true if it must not wait for what only goes on when it returns.
     */
    boolean isHandling(final Thread thread)
    {
        return role.isLane(thread) || (delivering && role.isHeldBy(thread));
    }

    void startInline()
    {
        callInline(inline::start);
    }

    void stopInline()
    {
        callInline(inline::stop);
    }

    int fill(final long first, final int count, final EventFiller filler)
    {
        try
        {
            for (int i = 0; i < count; i++)
            {
                filler.fill(slotWriter.slot(first + i, first).reset(), i);
            }
            if (openCount() == 0)
            {
                throw new IllegalStateException(
                    "the filler must not end its claim: first=" + first + " count=" + count);
            }
            publish();
        }
        catch (final Throwable t)
        {
            if (openCount() > 0)
            {
                abandon(t);
            }
            throw t;
        }
        return Writer.ACCEPTED;
    }

    private int enter(final int count)
    {
        if (Thread.currentThread() != owner)
        {
            final int code = admit();
            if (code != Writer.ACCEPTED)
            {
                return code;
            }
        }
        if (count < 1 || count > capacity)
        {
            throw new IllegalArgumentException("count must be 1 to " + capacity + ": count=" + count);
        }
        if (isBusy())
        {
            return refuseWithin();
        }
        control.enter();
        return control.isRunning() ? Writer.ACCEPTED : refuse();
    }

    // The claim, or the call of inline lanes, may be that of a close which has just taken the role over: only who has
    // it misuses it.
    private int refuseWithin()
    {
        if (role.isHeldBy(Thread.currentThread()))
        {
            throw misuse();
        }
        return control.isHalted() ? Writer.HALTED : Writer.CLOSED;
    }

    private int admit()
    {
        final int code = role.admit(Thread.currentThread());
        return code == WriterRole.FIRST ? admitFirst() : code;
    }

    // A handler that publishes, waits or closes while it is started or stopped is found out as it is in an event.
    private void callInline(final Runnable call)
    {
        delivering = true;
        try
        {
            call.run();
        }
        finally
        {
            delivering = false;
        }
    }

    // Under the mark, like a publish: a close either waits for the start of the inline lanes, or does it itself.
    private int admitFirst()
    {
        if (isBusy())
        {
            return refuseWithin();
        }
        control.enter();
        try
        {
            if (!control.isRunning())
            {
                return control.isHalted() ? Writer.HALTED : Writer.CLOSED;
            }
            startInline();
            owner = Thread.currentThread();
            return Writer.ACCEPTED;
        }
        catch (final Throwable t)
        {
            // As in deliverInline: lanes that were not started are never to be delivered to.
            control.halt(null);
            throw t;
        }
        finally
        {
            control.leave();
        }
    }

    private int refuse()
    {
        final int state = control.state();
        if (state == BusControl.CLOSING && role.isTakenOverBy(Thread.currentThread()))
        {
            return Writer.ACCEPTED;
        }
        control.leave();
        if (state == BusControl.NEW)
        {
            throw new IllegalStateException("bus is not started");
        }
        return state == BusControl.HALTED ? Writer.HALTED : Writer.CLOSED;
    }

    private int awaitCapacity(final int count)
    {
        while (!room.has(count))
        {
            final int state = control.state();
            if (state == BusControl.HALTED)
            {
                return Writer.HALTED;
            }
            if (state == BusControl.CLOSED || (state == BusControl.CLOSING && control.isCloseOverdue()))
            {
                return Writer.CLOSED;
            }
            idle.idle();
        }
        idle.reset();
        return Writer.ACCEPTED;
    }

    private boolean isBusy()
    {
        return delivering || openCount() != 0;
    }

    private int openCount()
    {
        return (int)(room.taken() - published);
    }

    private void commit()
    {
        advance();
        control.leave();
    }

    // Lanes that look at the slots have the events already, so no claim is open; all others get them by the cursor.
    private void advance()
    {
        sequencer.publish(published);
        if (hasInline)
        {
            deliverInline(published);
        }
    }

    private void deliverInline(final long last)
    {
        delivering = true;
        try
        {
            inline.deliver(last);
        }
        catch (final Throwable t)
        {
            // Handlers are guarded one by one: what gets here had not even the memory left to describe its fault.
            control.halt(null);
            control.leave();
            throw t;
        }
        finally
        {
            delivering = false;
        }
    }

    private void abandon(final @Nullable Throwable cause)
    {
        final long first = published + 1;
        final int count = openCount();
        slotWriter.putVoid(first, count);
        published = room.taken();
        commit();
        control.reportVoid(first, count, cause);
    }

    private int failOnHalt(final int code)
    {
        if (code == Writer.HALTED)
        {
            throw control.halted();
        }
        return code;
    }

    private IllegalStateException misuse()
    {
        return delivering ?
            new IllegalStateException("a handler must not publish through the writer, it offers to an inbox: thread=" +
                Thread.currentThread().getName()) :
            new IllegalStateException("a claim is open: first=" + (published + 1) + " count=" + openCount());
    }

    private void requireClaim()
    {
        if (Thread.currentThread() != owner)
        {
            role.requireHeldBy(Thread.currentThread());
        }
        if (openCount() == 0)
        {
            throw new IllegalStateException("no claim is open");
        }
    }
}
