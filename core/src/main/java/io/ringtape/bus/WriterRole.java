package io.ringtape.bus;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Which thread is the writer's; asked in the rare cases only, see {@link Writer}.
 * <pre>{@code
 *  FREE --first use, or start of the bus's own thread--> HELD --close--> TAKEN OVER
 * }</pre>
 */
final class WriterRole
{
    /** The thread has just become, or uses for the first time that it is, the writer's. */
    static final int FIRST = 0;

    private final BusControl control;
    private final AtomicReference<@Nullable Thread> holder = new AtomicReference<>();
    private volatile @Nullable Thread successor;
    private volatile Thread[] lanes = {};

    WriterRole(final BusControl control)
    {
        this.control = control;
    }

    void lanes(final Thread[] threads)
    {
        lanes = threads;
    }

    synchronized void addLane(final Thread thread)
    {
        final Thread[] more = Arrays.copyOf(lanes, lanes.length + 1);
        more[lanes.length] = thread;
        lanes = more;
    }

    synchronized void removeLane(final Thread thread)
    {
        lanes = Arrays.stream(lanes).filter((lane) -> lane != thread).toArray(Thread[]::new);
    }

    void assign(final Thread thread)
    {
        holder.set(thread);
    }

    void takeOver(final Thread thread)
    {
        successor = thread;
    }

    boolean isTakenOverBy(final Thread thread)
    {
        return successor == thread;
    }

    boolean isHeldBy(final Thread thread)
    {
        final Thread next = successor;
        return thread == (next != null ? next : holder.get());
    }

    /**
     * Refuses a thread that is not the writer's; that one too comes here before its first claim, and after a close.
     *
     * @param thread that calls.
     * @throws IllegalStateException if it is another one.
     */
    void requireHeldBy(final Thread thread)
    {
        if (!isHeldBy(thread))
        {
            throw new IllegalStateException("not the writer's thread: thread=" + thread.getName());
        }
    }

    /**
     * Makes the writer's thread and this one see each other: every publish that found the bus as it was before the last
     * change of its state shows in the mark afterwards, and every later one finds the change.
     * <p>
     * A full fence in each publish would do the same at 15 to 50 ns an event. Here the JVM brings the writer's thread
     * to a safepoint, where all that it did so far is done and seen, and nothing that it does next has begun.
     * Once a close has taken the role over, the writer's thread is the successor: it publishes what inboxes still hold.
     */
    void settle()
    {
        final Thread next = successor;
        final Thread thread = next != null ? next : holder.get();
        if (thread != null && thread != Thread.currentThread())
        {
            thread.getStackTrace();
        }
    }

    boolean isLane(final Thread thread)
    {
        for (final Thread lane : lanes)
        {
            if (lane == thread)
            {
                return true;
            }
        }
        return false;
    }

    /**
     * Refuses a thread of the bus that would wait for room: what makes room may be waiting for that very thread.
     *
     * @param where it would wait, with the name.
     * @throws IllegalStateException if it is the thread of a lane or the writer's.
     */
    void requireMayWait(final String where)
    {
        final Thread caller = Thread.currentThread();
        if (isLane(caller) || isHeldBy(caller))
        {
            throw new IllegalStateException("neither a handler nor the writer's thread may offer where it waits: " +
                where + " thread=" + caller.getName());
        }
    }

    /**
     * Decides about a thread that the writer does not know as its own.
     *
     * @param thread that wants to publish.
     * @return {@link #FIRST}, {@link Writer#ACCEPTED}, {@link Writer#CLOSED} or {@link Writer#HALTED}.
     * @throws IllegalStateException if it must not.
     */
    int admit(final Thread thread)
    {
        if (isLane(thread))
        {
            throw new IllegalStateException(
                "a handler must not publish through the writer, it offers to an inbox: thread=" + thread.getName());
        }
        if (control.state() == BusControl.NEW)
        {
            throw new IllegalStateException("bus is not started");
        }
        final Thread next = successor;
        if (next == thread)
        {
            return Writer.ACCEPTED;
        }
        if (next != null)
        {
            return control.isHalted() ? Writer.HALTED : Writer.CLOSED;
        }
        if (holder.get() == thread || holder.compareAndSet(null, thread))
        {
            return FIRST;
        }
        final Thread held = holder.get();
        throw new IllegalStateException("not the writer's thread: writer=" +
            (held == null ? "" : held.getName()) + " thread=" + thread.getName());
    }
}
