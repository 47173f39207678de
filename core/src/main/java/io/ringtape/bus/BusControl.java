package io.ringtape.bus;

import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * What writer, lanes and inboxes share: the state of the bus, the mark of the writer, the first fault.
 * <p>
 * The state changes a handful of times in a life, so its line stays shared in every cache. The writer's mark is a
 * padded sequence: 1 from before the writer reads the state until what it published is out, else 0. Mark, then state on
 * the writer's side; state, {@link WriterRole#settle()}, then mark on the side of whoever ends the bus: at least one of
 * the two sees the other, and the fence that this takes is paid for by the one who comes once.
 */
final class BusControl
{
    // The states as numbers, in the order of BusState: the writer compares them on each publish.
    static final int NEW = 0;
    static final int RUNNING = 1;
    static final int CLOSING = 2;
    static final int CLOSED = 3;
    static final int HALTED = 4;

    private static final VarHandle STATE;

    static
    {
        try
        {
            STATE = MethodHandles.lookup().findVarHandle(BusControl.class, "state", int.class);
        }
        catch (final ReflectiveOperationException e)
        {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Sequence inFlight = new Sequence(0);
    private final StripedCount sharedInFlight = new StripedCount();
    private final AtomicReference<@Nullable Fault> firstFault = new AtomicReference<>();
    private final AtomicLong voidCount = new AtomicLong();
    private final StripedCount refusedCount = new StripedCount();
    private final AtomicLong joinCount = new AtomicLong();
    private final FaultListener listener;
    private final NanoClock clock;

    private volatile int state;
    private volatile boolean unstarted;
    private volatile boolean stopping;
    private volatile boolean lost;
    private volatile boolean finishing;
    private volatile long closeDeadlineNs;
    private volatile SequenceBarrier[] barriers = {};
    // Set before there is a lane.
    private boolean watched;

    BusControl(final FaultListener listener, final NanoClock clock)
    {
        this.listener = listener;
        this.clock = clock;
    }

    /** A watchdog will look at the lanes that are made from now on. */
    void watch()
    {
        watched = true;
    }

    boolean isWatched()
    {
        return watched;
    }

    int state()
    {
        return state;
    }

    boolean isRunning()
    {
        return state == RUNNING;
    }

    boolean isHalted()
    {
        return state == HALTED;
    }

    boolean change(final int from, final int to)
    {
        return STATE.compareAndSet(this, from, to);
    }

    /**
     * Halts the bus unless it has ended.
     *
     * @param fault the reason, or null where there is none to name.
     */
    void halt(final @Nullable Fault fault)
    {
        if (fault != null)
        {
            firstFault.compareAndSet(null, fault);
        }
        int now = state;
        while (now != CLOSED && now != HALTED && !change(now, HALTED))
        {
            now = state;
        }
        if (now == NEW)
        {
            unstarted = true;
        }
        alert();
    }

    /**
     * Whether the bus was halted before it was started: there is no thread of it to wait for, and never will be.
     */
    boolean isUnstarted()
    {
        return unstarted;
    }

    /**
     * Tells the lanes to end, wherever they are.
     */
    void stopLanes()
    {
        stopping = true;
        alert();
    }

    boolean isStopping()
    {
        return stopping;
    }

    void barriers(final SequenceBarrier[] all)
    {
        barriers = all;
    }

    /**
     * Sets the writer's mark ahead of its look at the state. There is no fence in between: the look may pass the mark
     * on its way to memory, and {@link WriterRole#settle()} makes up for it.
     */
    void enter()
    {
        inFlight.set(1L);
    }

    void leave()
    {
        inFlight.set(0L);
    }

    /**
     * Sets a mark of one of many producers ahead of its look at the state, with the fence in between: there is no
     * single thread that a close could bring to a safepoint instead.
     */
    void enterShared()
    {
        sharedInFlight.add(1);
    }

    void leaveShared()
    {
        sharedInFlight.add(-1);
    }

    /**
     * Whoever ends the writer's part of the bus is at it, or has done with it. The mark alone does not tell: a writer
     * whose role was taken over may still raise it and take it down while its successor publishes what inboxes hold.
     */
    void finishing(final boolean now)
    {
        finishing = now;
    }

    /**
     * Whether a publish may be under way; to be believed once the state is set and the writer has settled.
     */
    boolean isInFlight()
    {
        return finishing || inFlight.get() != 0L || !sharedInFlight.wasZero();
    }

    void closeDeadline(final long deadlineNs)
    {
        closeDeadlineNs = deadlineNs;
    }

    boolean isCloseOverdue()
    {
        return clock.nanoTime() - closeDeadlineNs >= 0;
    }

    /**
     * Notes that something accepted will not be handled: the bus halted, or the limit of a close passed.
     */
    void lose()
    {
        lost = true;
    }

    boolean hasLost()
    {
        return lost;
    }

    void report(final Fault fault)
    {
        try
        {
            listener.onFault(fault);
        }
        catch (final Throwable t)
        {
            suppress(fault.cause(), t);
        }
    }

    void reportVoid(final long first, final int count, final @Nullable Throwable cause)
    {
        voidCount.addAndGet(count);
        try
        {
            listener.onVoid(first, count);
        }
        catch (final Throwable t)
        {
            if (cause == null)
            {
                throw t;
            }
            suppress(cause, t);
        }
    }

    long voidCount()
    {
        return voidCount.get();
    }

    /**
     * Counts a claim that a writer was refused; many threads may be at once.
     *
     * @param code why.
     * @return the code.
     */
    int refused(final int code)
    {
        refusedCount.add(1);
        return code;
    }

    long refusedCount()
    {
        return refusedCount.sum();
    }

    void countJoin()
    {
        joinCount.incrementAndGet();
    }

    long joinCount()
    {
        return joinCount.get();
    }

    Optional<Fault> fault()
    {
        return Optional.ofNullable(firstFault.get());
    }

    BusHaltedException halted()
    {
        return new BusHaltedException(firstFault.get());
    }

    private void alert()
    {
        for (final SequenceBarrier barrier : barriers)
        {
            barrier.alert();
        }
    }

    private static void suppress(final Throwable cause, final Throwable thrown)
    {
        if (cause != thrown)
        {
            cause.addSuppressed(thrown);
        }
    }
}
