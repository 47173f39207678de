package io.ringtape.cli.soak;

import io.ringtape.bus.Inbox;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventPublisher;
import java.util.SplittableRandom;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/**
 * Hands its events to an inbox, in batches, on a thread of its own.
 */
final class SoakPublisher implements Runnable
{
    private static final int MAX_BATCH = 16;
    private static final long APART = 4_096;
    private static final long PARK_NS = 500_000;

    private final int source;
    private final long quota;
    private final Inbox inbox;
    private final SplittableRandom random;
    private final SlowDown slowDown;
    private final EventBatch batch = new EventBatch(MAX_BATCH);
    private volatile boolean isStopped;
    private long number;

    SoakPublisher(final int source, final long quota, final Inbox inbox, final SplittableRandom random)
    {
        this.source = source;
        this.quota = quota;
        this.inbox = inbox;
        this.random = random;
        slowDown = new SlowDown(random.split(), APART, PARK_NS);
    }

    @Override
    public void run()
    {
        boolean goesOn = true;
        while (goesOn && !isStopped && number < quota)
        {
            final int count = (int)Math.min(quota - number, 1 + random.nextInt(MAX_BATCH));
            batch.clear();
            for (int i = 0; i < count; i++)
            {
                SoakEvents.fill(batch.append(), source, number + i);
            }
            goesOn = offer();
            number += goesOn ? count : 0;
            slowDown.at(number);
        }
    }

    private boolean offer()
    {
        final IdleStrategy idle = new BackoffIdleStrategy();
        int result = inbox.offer(batch);
        while (result == EventPublisher.FULL && !isStopped)
        {
            idle.idle();
            result = inbox.offer(batch);
        }
        return result == EventPublisher.ACCEPTED;
    }

    void stop()
    {
        isStopped = true;
    }

    /** How many events the inbox took, read when the thread has ended. */
    long accepted()
    {
        return number;
    }
}
