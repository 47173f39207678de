package io.ringtape.bench.peer;

import io.ringtape.journal.TapeReader;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a tape that is being written until it has all events of the run, or is told to end.
 * <p>
 * Thread safety: a thread of its own runs it, the owner's thread does the rest. Allocation: the reader's.
 */
final class Follower implements Runnable
{
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(60);

    private final Tally tally = new Tally();
    private final TapeReader reader;
    private final IdleStrategy idle;
    private final int events;
    private final AtomicReference<State> state = new AtomicReference<>(State.STARTING);
    private @Nullable RuntimeException failure;

    Follower(final TapeReader reader, final int events, final IdleStrategy idle)
    {
        this.idle = idle;
        this.reader = reader;
        this.events = events;
        tally.begin(events);
    }

    @Override
    public void run()
    {
        try (reader)
        {
            int seen = 0;
            while (seen < events && state.get() != State.ENDED)
            {
                seen += look();
            }
        }
        catch (final RuntimeException e)
        {
            failure = e;
        }
        state.set(State.ENDED);
    }

    private int look()
    {
        if (reader.nextBlock())
        {
            final UnsafeBuffer buffer = reader.buffer();
            final int end = reader.offset() + reader.count() * Work.EVENT_BYTES;
            for (int offset = reader.offset(); offset < end; offset += Work.EVENT_BYTES)
            {
                tally.add(Work.fold(buffer, offset));
            }
            idle.reset();
            return reader.count();
        }
        state.compareAndSet(State.STARTING, State.FOLLOWING);
        idle.idle();
        return 0;
    }

    /** Until then the tape might still be opened. */
    void awaitFirstLook()
    {
        while (state.get() == State.STARTING)
        {
            Thread.onSpinWait();
        }
    }

    long await()
    {
        final long start = System.nanoTime();
        while (state.get() != State.ENDED && System.nanoTime() - start < LIMIT_NS)
        {
            Thread.onSpinWait();
        }
        final boolean isLate = state.getAndSet(State.ENDED) != State.ENDED;
        if (isLate)
        {
            throw new IllegalStateException("follower does not reach the end: events=" + events);
        }
        final RuntimeException thrown = failure;
        if (thrown != null)
        {
            throw new IllegalStateException("follower failed: " + thrown.getMessage(), thrown);
        }
        return tally.sum();
    }

    void end()
    {
        state.set(State.ENDED);
    }

    private enum State
    {
        STARTING,
        FOLLOWING,
        ENDED
    }
}
