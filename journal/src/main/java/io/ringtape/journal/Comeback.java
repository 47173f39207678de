package io.ringtape.journal;

import io.ringtape.journal.Durability.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.agrona.concurrent.EpochNanoClock;
import org.jspecify.annotations.Nullable;

/**
 * Says when a tape that is away may be tried again. What can be slow is done behind the recorder: the run that failed
 * is closed, then the device is looked at, at most once an interval. Only when the device has room again, and where
 * events are forced takes a force, the recorder is let try to start a run; each such try that fails doubles the
 * interval.
 * <p>
 * Thread safety: the recorder's thread calls; one thread of its own works.
 * Allocation: on construction, and for each try.
 */
final class Comeback implements AutoCloseable
{
    static final long LEAST_INTERVAL_NS = 100_000_000L;
    private static final long MOST_INTERVAL_NS = 64 * LEAST_INTERVAL_NS;

    private final Path tape;
    private final TapeParts parts;
    private final EpochNanoClock clock;
    private @Nullable ExecutorService thread;
    private long intervalNs = LEAST_INTERVAL_NS;
    private long lastNs;
    private volatile boolean isWorking;
    private volatile boolean isOpen;

    Comeback(final Path tape, final TapeParts parts)
    {
        this.tape = tape;
        this.parts = parts;
        this.clock = parts.clock();
    }

    /** Ranges that are no ranges, and a JVM that is out of memory, are none of the tape's failures. */
    static boolean isOfTheTape(final Throwable cause)
    {
        // What the JVM makes of a mapped page that the device does not take.
        return cause instanceof Error ? cause instanceof InternalError : !(cause instanceof IllegalArgumentException);
    }

    /**
     * The tape is away from here on.
     *
     * @param failed the run that cannot go on; it is closed, some time later.
     * @param cause  of the outage, which takes what else fails with it.
     */
    void start(final RunWriter failed, final TapeException cause)
    {
        lastNs = clock.nanoTime();
        isOpen = false;
        work(() -> close(failed, cause));
    }

    private static void close(final RunWriter failed, final TapeException cause)
    {
        try
        {
            failed.close();
        }
        catch (final RuntimeException | Error e)
        {
            cause.addSuppressed(e);
        }
    }

    /**
     * Whether a run may be tried now.
     *
     * @return true at most once an interval.
     */
    boolean mayTry()
    {
        if (isOpen)
        {
            return true;
        }
        final long nowNs = clock.nanoTime();
        // The clock may be set back.
        if (!isWorking && Math.abs(nowNs - lastNs) >= intervalNs)
        {
            lastNs = nowNs;
            work(this::look);
        }
        return false;
    }

    private void look()
    {
        try
        {
            new SpaceGuard(tape, parts).requireRoom();
            if (parts.config().durability().kind() != Kind.PAGE_CACHE)
            {
                parts.device().force(tape);
            }
            isOpen = true;
        }
        catch (final IOException | TapeException e)
        {
            isOpen = false;
        }
    }

    /** A run was started. */
    void succeeded()
    {
        intervalNs = LEAST_INTERVAL_NS;
    }

    /** A run could not be started although the device looked well. */
    void failed()
    {
        isOpen = false;
        lastNs = clock.nanoTime();
        intervalNs = Math.min(MOST_INTERVAL_NS, 2 * intervalNs);
    }

    private void work(final Runnable step)
    {
        ExecutorService worker = thread;
        if (worker == null)
        {
            worker = Executors.newSingleThreadExecutor(Threads.daemon("ringtape-comeback"));
            thread = worker;
        }
        isWorking = true;
        worker.execute(() ->
        {
            try
            {
                step.run();
            }
            finally
            {
                isWorking = false;
            }
        });
    }

    /** Waits for what is done behind the recorder: the run that failed is closed then. */
    @Override
    public void close()
    {
        final ExecutorService worker = thread;
        if (worker != null)
        {
            worker.shutdown();
            Threads.awaitEnd(worker);
        }
    }
}
