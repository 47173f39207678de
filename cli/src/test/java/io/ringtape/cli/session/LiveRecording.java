package io.ringtape.cli.session;

import io.ringtape.cli.demo.DemoSession;
import io.ringtape.cli.request.RecordRequest.OnBadInput;
import io.ringtape.event.Definitions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A recording on a thread of its own, which records as many venue events as it is let.
 * <p>
 * Thread safety: none; one test.
 * Allocation: as it needs.
 */
public final class LiveRecording implements AutoCloseable
{
    private static final long EVENTS = 10_000_000;
    private static final long LIMIT_S = 60;

    private final Semaphore allowed = new Semaphore(0);
    private final Semaphore asked = new Semaphore(0);
    private final FutureTask<Boolean> task;
    private volatile boolean ends;

    private LiveRecording(final Path tape, final RecordLayout layout)
    {
        task = new FutureTask<>(() ->
        {
            final Definitions definitions = new Definitions();
            try (DemoSession session = DemoSession.open(EVENTS, 1, definitions))
            {
                new RecordSession(definitions, new GatedCapture(session, this::mayGoOn), QuietContext.context())
                    .run(tape, layout, OnBadInput.KEEP);
            }
            return true;
        });
        new Thread(task, "live-recording").start();
    }

    /** Starts, with the order lane on the writer's thread or on its own. */
    public static LiveRecording start(final Path tape, final boolean isInline)
    {
        return new LiveRecording(tape, new RecordLayout(isInline, Optional.empty(), Optional.empty()));
    }

    private boolean mayGoOn()
    {
        asked.release();
        allowed.acquireUninterruptibly();
        return !ends;
    }

    /** Lets it record so many venue events, and waits until it has asked for the next one. */
    public void record(final int venueEvents)
    {
        allowed.release(venueEvents);
        try
        {
            if (!asked.tryAcquire(venueEvents, LIMIT_S, TimeUnit.SECONDS))
            {
                throw new IllegalStateException("recording stands still");
            }
        }
        catch (final InterruptedException e)
        {
            throw new IllegalStateException("recording was waited for in vain", e);
        }
    }

    /** Ends it in order. */
    @Override
    public void close()
    {
        ends = true;
        allowed.release();
        try
        {
            task.get();
        }
        catch (final InterruptedException | ExecutionException e)
        {
            throw new IllegalStateException("recording failed", e);
        }
    }
}
