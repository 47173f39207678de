package io.ringtape.bench.peer;

import io.ringtape.journal.TapeReader;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Our recorder while a reader on another thread follows the tape live. The run ends with the
 * recorder's last event; the sum is the follower's, so a follower that missed one is seen.
 * <p>
 * Thread safety: one thread owns it. Allocation: a reader and a thread a run.
 */
final class FollowedAppend implements Peer
{
    private static final long FOLLOWER_LIMIT_NS = TimeUnit.SECONDS.toNanos(60);

    private final RingtapeAppend recorder;
    private final Path tape;
    private final IdleStrategy idle;
    private @Nullable Follower follower;
    private @Nullable Thread thread;

    FollowedAppend(final Path directory, final IdleStrategy idle)
    {
        this.idle = idle;
        recorder = new RingtapeAppend(directory, Work.BLOCK_EVENTS);
        tape = directory.resolve(RingtapeTape.NAME);
    }

    @Override
    public void prepare(final int count)
    {
        recorder.prepare(count);
        final Follower made = new Follower(RingtapeTape.read(tape), count, idle);
        follower = made;
        thread = PeerThread.start("follower", made);
        made.awaitFirstLook();
    }

    @Override
    public void run(final int count)
    {
        recorder.run(count);
    }

    @Override
    public long checksum()
    {
        final long seen = follower.await();
        PeerThread.join(thread);
        final long onTape = recorder.checksum();
        if (seen != onTape)
        {
            throw new IllegalStateException("follower saw other events: seen=" + seen + " onTape=" + onTape);
        }
        return seen;
    }

    @Override
    public void close()
    {
        final Follower last = follower;
        if (last != null)
        {
            last.end();
            PeerThread.join(thread);
        }
        recorder.close();
    }

    /** Reads until it has all events of the run, or is told to end. */
    private static final class Follower implements Runnable
    {
        private final Tally tally = new Tally();
        private final TapeReader reader;
        private final IdleStrategy idle;
        private final int events;
        private final AtomicReference<State> state = new AtomicReference<>(State.STARTING);
        private @Nullable RuntimeException failure;

        private Follower(final TapeReader reader, final int events, final IdleStrategy idle)
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

        private void awaitFirstLook()
        {
            while (state.get() == State.STARTING)
            {
                Thread.onSpinWait();
            }
        }

        private long await()
        {
            final long start = System.nanoTime();
            while (state.get() != State.ENDED && System.nanoTime() - start < FOLLOWER_LIMIT_NS)
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

        private void end()
        {
            state.set(State.ENDED);
        }
    }

    private enum State
    {
        STARTING,
        FOLLOWING,
        ENDED
    }
}
