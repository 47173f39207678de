package io.ringtape.cli.faults;

import io.ringtape.bus.EventBus;
import io.ringtape.bus.Inbox;
import io.ringtape.bus.Writer;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.OrderBookEvent;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

/**
 * A publish, an offer and a close at the same time: F30.
 */
final class CloseRows
{
    private static final int CAPACITY = 16;
    private static final int MAX_BATCH = 4;
    private static final int MAX_SPINS = 3_000;
    private static final String IN = "in";

    private CloseRows()
    {
    }

    static List<FaultRow> closed()
    {
        return List.of(new Row(
            "F30", "publish and offer against close", 1_000_000, (seed, scratch) -> closing(seed)));
    }

    private static void closing(final long seed) throws InterruptedException
    {
        final SplittableRandom random = new SplittableRandom(seed);
        final AtomicReference<String> wrong = new AtomicReference<>("");
        final long[] handled = new long[1];
        final EventBus bus = EventBus.builder().capacity(CAPACITY).idle(new BackoffIdleStrategy())
            .inbox(IN, CAPACITY)
            .lane(BusRows.lane("lane").handler("count", (event) -> count(event, handled, wrong)).build()).build();
        bus.start();
        final Publishing writing = new Publishing(bus, random.split(), true);
        final Publishing offering = new Publishing(bus, random.split(), false);
        writing.thread.start();
        offering.thread.start();
        for (int spins = random.nextInt(MAX_SPINS); spins > 0; spins--)
        {
            Thread.onSpinWait();
        }
        final boolean isDrained = bus.close(BusRows.CLOSE_LIMIT_NS);
        final long accepted = writing.accepted() + offering.accepted();
        FaultFailure.require(isDrained && wrong.get().isEmpty() && handled[0] == accepted &&
            bus.cursor() == accepted - 1, "accepted and handled differ: accepted=" + accepted + " handled=" +
            handled[0] + " cursor=" + bus.cursor() + " drained=" + isDrained + " " + wrong.get());
    }

    private static void count(
        final OrderBookEvent event, final long[] handled, final AtomicReference<String> wrong)
    {
        if (event.sequence() != handled[0])
        {
            wrong.compareAndSet("", "sequence=" + event.sequence() + " next=" + handled[0]);
        }
        handled[0]++;
    }

    /** Publishes or offers until it is refused. */
    private static final class Publishing implements Runnable
    {
        private final EventBus bus;
        private final SplittableRandom random;
        private final boolean isWriter;
        private final EventBatch batch = new EventBatch(MAX_BATCH);
        private final Thread thread = new Thread(this, "fault-publisher");
        private long accepted;

        private Publishing(final EventBus bus, final SplittableRandom random, final boolean isWriter)
        {
            this.bus = bus;
            this.random = random;
            this.isWriter = isWriter;
            thread.setDaemon(true);
        }

        @Override
        public void run()
        {
            int answer;
            do
            {
                batch.clear();
                for (int i = random.nextInt(MAX_BATCH); i >= 0; i--)
                {
                    FaultTapes.fill(batch.append(), i);
                }
                answer = isWriter ? bus.writer().publish(batch) : offer(bus.inbox(IN));
                accepted += answer == Writer.ACCEPTED ? batch.count() : 0;
                if (isWriter && random.nextBoolean())
                {
                    bus.writer().poll();
                }
            }
            while (answer != Writer.CLOSED);
        }

        private int offer(final Inbox inbox)
        {
            int answer = inbox.offer(batch);
            while (answer == EventPublisher.FULL)
            {
                YieldingIdleStrategy.INSTANCE.idle();
                answer = inbox.offer(batch);
            }
            return answer;
        }

        private long accepted() throws InterruptedException
        {
            thread.join(Limits.HANG_MS);
            FaultFailure.require(!thread.isAlive(), "a publisher hangs: writer=" + isWriter);
            return accepted;
        }
    }
}
