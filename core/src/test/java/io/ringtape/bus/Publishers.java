package io.ringtape.bus;

import static io.ringtape.bus.BusFixture.await;
import static io.ringtape.bus.BusFixture.lane;
import static io.ringtape.bus.BusFixture.yielding;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.event.EventBatch;
import io.ringtape.event.EventHandler;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.IdleStrategy;
import org.jspecify.annotations.Nullable;

/**
 * Threads that publish, each with numbers of its own in its events, and the handler that holds what it gets against
 * them: what a publisher was told is accepted comes once and in order, what was refused never.
 */
final class Publishers
{
    private static final int SHIFT = 40;

    private final List<Publisher> publishers = new ArrayList<>();
    private final Check check = new Check();

    /** The lane that checks; to be added to the bus. */
    Lane checkedLane()
    {
        return checkedLane(false);
    }

    Lane checkedLane(final boolean finishesOnHalt)
    {
        final Lane.Builder lane = lane("check").handler("check", check);
        return (finishesOnHalt ? lane.finishOnHalt() : lane).build();
    }

    /**
     * Starts a thread that publishes.
     *
     * @param target   of the events.
     * @param maxBatch the largest batch.
     * @param events   that it publishes at most.
     * @param patient  whether a batch that finds no room is tried again, or given up.
     * @param seed     of its batches.
     */
    void start(
        final EventPublisher target, final int maxBatch, final long events, final boolean patient, final long seed)
    {
        final Publisher publisher =
            new Publisher((long)publishers.size() << SHIFT, target, maxBatch, events, patient, seed);
        publishers.add(publisher);
        publisher.thread.setDaemon(true);
        publisher.thread.start();
    }

    /** Waits until each has published something, or has been refused. */
    void awaitBegun()
    {
        await(() -> publishers.stream().allMatch((publisher) -> publisher.begun));
    }

    void awaitEnded()
    {
        await(this::haveEnded);
    }

    boolean haveEnded()
    {
        return publishers.stream().noneMatch((publisher) -> publisher.thread.isAlive());
    }

    /** Once the publishers and the lane have ended. */
    void assertHandledWhatWasAccepted(final String where)
    {
        assertNull(check.wrong, where);
        for (int i = 0; i < publishers.size(); i++)
        {
            final Publisher publisher = publishers.get(i);
            assertNull(publisher.thrown, where);
            assertEquals(publisher.acceptedBatches, check.batches[i], where);
            assertEquals(publisher.accepted, check.events[i], where);
        }
    }

    long accepted()
    {
        return publishers.stream().mapToLong((publisher) -> publisher.accepted).sum();
    }

    long fulls()
    {
        return publishers.stream().mapToLong((publisher) -> publisher.fulls).sum();
    }

    void assertAllAccepted(final long events)
    {
        assertTrue(publishers.stream().allMatch((publisher) -> publisher.accepted == events));
    }

    private static final class Publisher implements Runnable
    {
        private final Thread thread = new Thread(this, "publisher");
        private final long base;
        private final EventPublisher target;
        private final int maxBatch;
        private final long events;
        private final boolean patient;
        private final Random random;
        private volatile boolean begun;
        // Plain: read once the thread has ended.
        private long accepted;
        private long acceptedBatches;
        private long fulls;
        private @Nullable Throwable thrown;

        private Publisher(
            final long base, final EventPublisher target, final int maxBatch, final long events,
            final boolean patient, final long seed)
        {
            this.base = base;
            this.target = target;
            this.maxBatch = maxBatch;
            this.events = events;
            this.patient = patient;
            random = new Random(seed);
        }

        @Override
        public void run()
        {
            try
            {
                publish();
            }
            catch (final Throwable t)
            {
                thrown = t;
            }
            finally
            {
                begun = true;
            }
        }

        private void publish()
        {
            final EventBatch batch = new EventBatch(maxBatch);
            final IdleStrategy idle = yielding();
            long sent = 0;
            long number = 0;
            while (sent < events)
            {
                final int count = (int)Math.min(events - sent, 1 + random.nextInt(maxBatch));
                fill(batch, number, count);
                int code = target.offer(batch);
                while (code == EventPublisher.FULL && patient)
                {
                    fulls++;
                    idle.idle();
                    code = target.offer(batch);
                }
                if (code == EventPublisher.CLOSED)
                {
                    return;
                }
                if (code == EventPublisher.FULL)
                {
                    fulls++;
                }
                else
                {
                    accepted += count;
                    acceptedBatches++;
                    begun = true;
                    // What was refused has a number that never comes: the next batch that is accepted takes it.
                    number++;
                }
                sent += count;
            }
        }

        // The client's number counts batches that were accepted, the venue's counts within the batch.
        private void fill(final EventBatch batch, final long number, final int count)
        {
            batch.clear();
            for (int i = 0; i < count; i++)
            {
                batch.append().type(EventType.TRADE).orderId(base + number).quantity(count).price(i);
            }
        }
    }

    private static final class Check implements EventHandler
    {
        private static final int MAX_PUBLISHERS = 8;

        private final long[] batches = new long[MAX_PUBLISHERS];
        private final long[] events = new long[MAX_PUBLISHERS];
        private long left;
        private long current;
        private long next = -1;
        private @Nullable String wrong;

        @Override
        public void onEvent(final OrderBookEvent event)
        {
            final long orderId = event.orderId();
            final int publisher = (int)(orderId >> SHIFT);
            if (next >= 0 && event.sequence() != next)
            {
                fail("sequence=" + event.sequence() + " expected=" + next);
            }
            next = event.sequence() + 1;
            if (left == 0)
            {
                current = orderId;
                left = event.quantity();
                if ((orderId & ((1L << SHIFT) - 1)) != batches[publisher])
                {
                    fail("publisher=" + publisher + " batch=" + orderId + " expected=" + batches[publisher]);
                }
                batches[publisher]++;
            }
            if (orderId != current || event.price() != event.quantity() - left)
            {
                fail("batch is torn: orderId=" + orderId + " expected=" + current + " index=" + event.price());
            }
            left--;
            events[publisher]++;
        }

        private void fail(final String what)
        {
            if (wrong == null)
            {
                wrong = what;
            }
        }
    }
}
