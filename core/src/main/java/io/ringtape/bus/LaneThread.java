package io.ringtape.bus;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.TimeoutException;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NoOpIdleStrategy;
import org.jspecify.annotations.Nullable;

/**
 * The loop of a lane with a thread of its own: wait, bound the batch, deliver.
 */
final class LaneThread implements Runnable
{
    /** Events that wait at a look, from which on the next look is put off for longer, else for less. */
    private static final int MANY = 4;
    private static final int MAX_PAUSES = 15;
    /** Slots that a lane looks at before it takes what they hold: their lines are to be in the first cache then. */
    private static final int MAX_LOOK = 256;

    private final LaneRunner lane;
    private final LaneStep step;
    // Where they themselves tell what is published, else null.
    private final @Nullable Slots slots;
    private final LaneRunner[] predecessors;
    private final SequenceBarrier barrier;
    private final BusControl control;
    private final WriterRole role;
    private final Frontier[] frontiers;
    private final IdleStrategy idle;
    private final int batchLimit;
    private final int maxPauses;
    private final int look;

    LaneThread(
        final LaneParts parts, final LaneRunner[] predecessors, final SequenceBarrier barrier,
        final @Nullable Slots ring, final BusControl control, final WriterRole role)
    {
        lane = parts.runner();
        step = parts.step();
        batchLimit = parts.batchLimit();
        this.predecessors = predecessors;
        this.barrier = barrier;
        this.control = control;
        this.role = role;
        lane.guests().open();
        frontiers = lane.lane().frontiers().toArray(Frontier[]::new);
        slots = parts.gate() == null && predecessors.length == 0 && frontiers.length == 0 ? ring : null;
        // A range handler gets what waits, up to the limit, at once.
        look = lane.lane().rangeHandlers().isEmpty() ? Math.min(batchLimit, MAX_LOOK) : batchLimit;
        idle = lane.lane().idle();
        maxPauses = idle instanceof NoOpIdleStrategy ? 0 : MAX_PAUSES;
    }

    String name()
    {
        return lane.name();
    }

    /**
     * Ends the lane of a thread that cannot be started.
     */
    void cancel()
    {
        lane.stop();
    }

    @Override
    public void run()
    {
        try
        {
            if (lane.start() && !deliverUntilAlert() && lane.lane().finishesOnHalt())
            {
                finish();
            }
        }
        catch (final Throwable t)
        {
            // Handlers are guarded one by one: what gets here had not even the memory left to describe its fault.
            control.halt(null);
            throw t;
        }
        finally
        {
            end();
        }
    }

    private void end()
    {
        try
        {
            step.end();
        }
        finally
        {
            lane.stop();
        }
    }

    // True if a fault ended the lane, false if the bus did.
    private boolean deliverUntilAlert()
    {
        final int limit = batchLimit;
        long next = lane.sequence() + 1;
        int pauses = 0;
        try
        {
            while (true)
            {
                if (!lane.atBoundary())
                {
                    return true;
                }
                final long available = available(next);
                if (available < next)
                {
                    idle.idle();
                    continue;
                }
                final long last = Math.min(available, next + limit - 1);
                if (!step.deliver(next, last))
                {
                    return true;
                }
                // A lane that was evicted went on further than to the end of the batch, or waits for the history.
                final long reached = lane.sequence() + 1;
                if (reached == next)
                {
                    idle.idle();
                    continue;
                }
                idle.reset();
                // A lane that is behind does not pause: behind a look that was full more may wait.
                if (last == available && (slots == null || last - next + 1 < look))
                {
                    pauses = pause(last - next + 1, pauses);
                }
                next = reached;
            }
        }
        catch (final AlertException e)
        {
            return false;
        }
        catch (final InterruptedException | TimeoutException e)
        {
            throw new IllegalStateException("wait strategy waited", e);
        }
    }

    // A look takes the line of the cursor, or of the next event, away from the writer, whose next store waits for it:
    // where events come fast, a lane that looks less often lets them come faster. ADR 42.
    private int pause(final long batch, final int before)
    {
        final int pauses = batch < MANY ? before >> 1 : Math.min((before << 1) + 1, maxPauses);
        for (int i = 0; i < pauses; i++)
        {
            Thread.onSpinWait();
        }
        return pauses;
    }

    // Asked of the barrier each time, also where a frontier stands still: it is the barrier that tells of the end.
    private long available(final long next) throws AlertException, InterruptedException, TimeoutException
    {
        final Slots ring = slots;
        if (ring != null)
        {
            // The event's own line tells, so no other one moves; and the lines of a batch come all at once. ADR 51.
            barrier.checkAlert();
            return ring.published(next, look);
        }
        long available = barrier.waitFor(next);
        if (predecessors.length > 0)
        {
            // A lane ahead may go by the slots; all that come behind one go no further than the cursor.
            available = Math.min(available, lane.published());
        }
        for (final Frontier frontier : frontiers)
        {
            available = Math.min(available, frontier.sequence());
        }
        return available;
    }

    private void finish()
    {
        if (control.isHalted())
        {
            role.settle();
        }
        while (control.isHalted() && !control.isStopping())
        {
            // Looked at ahead of the barrier: what was published before it is quiet is then delivered.
            final boolean quiet = isQuiet();
            final long before = lane.sequence();
            barrier.clearAlert();
            // Alerted anew, as by a second halt, the look was maybe none.
            if (deliverUntilIdle() || (quiet && lane.sequence() == before && !barrier.isAlerted()))
            {
                return;
            }
            idle.idle();
        }
    }

    private boolean isQuiet()
    {
        for (final LaneRunner predecessor : predecessors)
        {
            if (!predecessor.hasEnded())
            {
                return false;
            }
        }
        return step.isQuiet() && !control.isInFlight();
    }

    // True if a fault ended the lane.
    private boolean deliverUntilIdle()
    {
        try
        {
            final long next = lane.sequence() + 1;
            final long available = available(next);
            return available >= next && !step.deliver(next, Math.min(available, next + batchLimit - 1));
        }
        catch (final AlertException e)
        {
            return false;
        }
        catch (final InterruptedException | TimeoutException e)
        {
            throw new IllegalStateException("wait strategy waited", e);
        }
    }
}
