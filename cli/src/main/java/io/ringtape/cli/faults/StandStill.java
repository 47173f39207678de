package io.ringtape.cli.faults;

import io.ringtape.bus.Lane;
import io.ringtape.cli.platform.InjectedPause;
import io.ringtape.event.RangeHandler;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;

/**
 * One thread of a bus that records stands still, once and alone, as if it got no processor. A signal stops them all;
 * so each of them does it by itself, at a place where a row can get at it: the writer inside a claim, the recorder
 * ahead of a block or behind it, a lane where it waits, the watchdog where it reads the clock.
 * <p>
 * Thread safety: each thread for itself.
 * Allocation: none, but for reading what to stand still at.
 */
final class StandStill
{
    static final long NS = TimeUnit.SECONDS.toNanos(2);
    /** Until then the classes are warm. */
    private static final int FIRST_EVENTS = 10_000;
    private static final int MOST_EVENTS = 20_000;
    private static final String WATCHDOG_THREAD = "ringtape-watchdog";

    /** Whose thread. */
    enum Who
    {
        WRITER, RECORDER, LANE, WATCHDOG
    }

    private final Who who;
    private final long at;
    private final boolean isBehind;
    private final AtomicBoolean hasBegun = new AtomicBoolean();
    private volatile long published;

    /** The same for the same seed, in whichever process. */
    StandStill(final long seed)
    {
        final SplittableRandom random = new SplittableRandom(seed);
        who = Who.values()[random.nextInt(Who.values().length)];
        at = (long)FIRST_EVENTS + random.nextInt(MOST_EVENTS);
        isBehind = random.nextBoolean();
    }

    /** The event near which it happens. */
    long at()
    {
        return at;
    }

    /**
     * The limit of the watchdog. A lane that stands longer is stalled, and is to be told; a writer or a watchdog that
     * does is no stall of a lane, also where it stands longer than the limit.
     */
    long stallLimitNs()
    {
        return who == Who.WRITER || who == Who.WATCHDOG ? 3 * NS / 4 : 5 * NS;
    }

    private void pass(final Who here, final long sequence)
    {
        if (here == who && sequence >= at && hasBegun.compareAndSet(false, true))
        {
            InjectedPause.ofNs(NS);
        }
    }

    /** Whether it has happened, or goes on. */
    boolean hasBegun()
    {
        return hasBegun.get();
    }

    /** Inside a claim. */
    void atWriter(final long sequence)
    {
        published = sequence;
        pass(Who.WRITER, sequence);
    }

    RangeHandler recorder(final RangeHandler recorder)
    {
        return (buffer, offset, firstSequence, count) ->
        {
            if (!isBehind)
            {
                pass(Who.RECORDER, firstSequence);
            }
            recorder.onRange(buffer, offset, firstSequence, count);
            pass(Who.RECORDER, firstSequence);
        };
    }

    /** A lane beside the recorder's. */
    Lane lane(final Delivered delivered)
    {
        final IdleStrategy waiting = new BackoffIdleStrategy();
        return Lane.named("other").idle(new IdleStrategy()
        {
            @Override
            public void idle(final int workCount)
            {
                waiting.idle(workCount);
            }

            @Override
            public void idle()
            {
                pass(Who.LANE, published);
                waiting.idle();
            }

            @Override
            public void reset()
            {
                waiting.reset();
            }
        }).handler("other", delivered).build();
    }

    NanoClock clock(final NanoClock clock)
    {
        return () ->
        {
            if (Thread.currentThread().getName().equals(WATCHDOG_THREAD))
            {
                pass(Who.WATCHDOG, published);
            }
            return clock.nanoTime();
        };
    }
}
