package io.ringtape.bus;

import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * The orderly end of a bus, step by step and within a limit.
 */
final class BusClose
{
    // A close is rare and wants to end soon after what it waits for: spins, yields, then naps of 1 to 50 us.
    private static final long MAX_SPINS = 10;
    private static final long MAX_YIELDS = 20;
    private static final long MIN_NAP_NS = 1_000;
    private static final long MAX_NAP_NS = 50_000;

    private final BusControl control;
    private final WriterCore writer;
    private final WriterRole role;
    private final WriterDuty duty;
    private final @Nullable WriterThread writerThread;
    private final LaneSet lanes;
    private final NanoClock clock;
    private final AtomicBoolean begun = new AtomicBoolean();
    private volatile boolean done;
    private volatile boolean drained;

    BusClose(
        final BusControl control, final WriterCore writer, final WriterRole role, final WriterDuty duty,
        final @Nullable WriterThread writerThread, final LaneSet lanes, final NanoClock clock)
    {
        this.control = control;
        this.writer = writer;
        this.role = role;
        this.duty = duty;
        this.writerThread = writerThread;
        this.lanes = lanes;
        this.clock = clock;
    }

    long deadlineNs(final long limitNs)
    {
        return clock.nanoTime() + limitNs;
    }

    boolean run(final long deadlineNs)
    {
        requireNoHandler();
        if (begun.compareAndSet(false, true))
        {
            try
            {
                drained = control.change(BusControl.NEW, BusControl.CLOSED) || end(deadlineNs);
            }
            finally
            {
                // Whatever was thrown: lanes do not spin for ever, and neither does a second close.
                control.stopLanes();
                done = true;
            }
        }
        else
        {
            await(() -> done, deadlineNs);
        }
        return drained;
    }

    /** Whether the first close has come to its end, well or not. */
    boolean isDone()
    {
        return done;
    }

    private boolean end(final long deadlineNs)
    {
        control.closeDeadline(deadlineNs);
        control.change(BusControl.RUNNING, BusControl.CLOSING);
        boolean whole = false;
        try
        {
            whole = finishWriter(deadlineNs);
        }
        finally
        {
            // Also where a listener threw: what was published is delivered before the caller hears of it.
            whole &= endLanes(deadlineNs);
        }
        return whole && !control.hasLost() && !control.isHalted();
    }

    private boolean endLanes(final long deadlineNs)
    {
        // Once: what is attached from here on is refused, what was before is awaited like any other.
        final Collection<LaneRunner> all = lanes.values();
        for (final LaneRunner lane : all)
        {
            await(lane::isSettled, deadlineNs);
        }
        control.stopLanes();
        boolean whole = true;
        for (final LaneRunner lane : all)
        {
            whole &= await(() -> control.isUnstarted() || lane.hasEnded(), deadlineNs) &&
                (lane.hasLeft() || lane.sequence() >= writer.cursor());
        }
        control.change(BusControl.CLOSING, BusControl.CLOSED);
        return whole;
    }

    private boolean finishWriter(final long deadlineNs)
    {
        final WriterThread thread = writerThread;
        if (thread != null)
        {
            return await(() -> control.isUnstarted() || thread.hasEnded(), deadlineNs);
        }
        // The state was set before: a publish that the mark does not show from here on finds the bus closing.
        role.settle();
        if (!role.isHeldBy(Thread.currentThread()) && !await(() -> !control.isInFlight(), deadlineNs))
        {
            return false;
        }
        duty.finish(writer, idle());
        return true;
    }

    private void requireNoHandler()
    {
        final Thread caller = Thread.currentThread();
        if (writer.isHandling(caller))
        {
            throw new IllegalStateException("a handler must not close its bus: thread=" + caller.getName());
        }
        if (writerThread != null && role.isHeldBy(caller))
        {
            throw new IllegalStateException(
                "the writer's own thread must not close its bus: thread=" + caller.getName());
        }
    }

    boolean await(final BooleanSupplier condition, final long deadlineNs)
    {
        final IdleStrategy idle = idle();
        while (!condition.getAsBoolean())
        {
            if (clock.nanoTime() - deadlineNs >= 0)
            {
                return condition.getAsBoolean();
            }
            idle.idle();
        }
        return true;
    }

    private static IdleStrategy idle()
    {
        return new BackoffIdleStrategy(MAX_SPINS, MAX_YIELDS, MIN_NAP_NS, MAX_NAP_NS);
    }
}
