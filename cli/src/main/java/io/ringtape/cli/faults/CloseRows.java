package io.ringtape.cli.faults;

import io.ringtape.bus.BackPressure;
import io.ringtape.bus.EventBus;
import io.ringtape.bus.EventBusBuilder;
import io.ringtape.bus.SharedWriter;
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
 * Publishes, offers and a close at the same time: F30.
 */
final class CloseRows
{
    private static final int CAPACITY = 16;
    private static final int MAX_BATCH = 4;
    private static final int MAX_SPINS = 3_000;
    private static final int SHARED_SHARE = 3;
    /** Three that spin, a lane and a close are too many for a small machine. */
    private static final List<BackPressure> WAYS = List.of(BackPressure.FAIL, BackPressure.YIELD);
    private static final String IN = "in";

    private CloseRows()
    {
    }

    static List<FaultRow> closed()
    {
        return List.of(new Row("F30", "publish and offer against close, one writer or many producers", 1_000_000,
            (seed, scratch) -> closing(seed)));
    }

    private static void closing(final long seed) throws InterruptedException
    {
        final SplittableRandom random = new SplittableRandom(seed);
        final boolean isShared = random.nextInt(SHARED_SHARE) == 0;
        final AtomicReference<String> wrong = new AtomicReference<>("");
        final long[] handled = new long[1];
        final EventBusBuilder builder = EventBus.builder().capacity(CAPACITY).idle(new BackoffIdleStrategy())
            .lane(BusRows.lane("lane").handler("count", (event) -> count(event, handled, wrong)).build());
        final EventBus bus = (isShared ?
            builder.multiProducer(WAYS.get(random.nextInt(WAYS.size()))) : builder.inbox(IN, CAPACITY)).build();
        bus.start();
        final List<Publishing> all = isShared ? sharing(bus, random) : List.of(
            new Publishing("writer", writing(bus.writer(), random.split()), random.split()),
            new Publishing("inbox", offering(bus.inbox(IN)), random.split()));
        all.forEach((publishing) -> publishing.thread.start());
        for (int spins = random.nextInt(MAX_SPINS); spins > 0; spins--)
        {
            Thread.onSpinWait();
        }
        final boolean isDrained = bus.close(BusRows.CLOSE_LIMIT_NS);
        long accepted = 0;
        for (final Publishing publishing : all)
        {
            accepted += publishing.accepted();
        }
        FaultFailure.require(isDrained && wrong.get().isEmpty() && handled[0] == accepted &&
            bus.cursor() == accepted - 1 && bus.voidCount() == 0, "accepted and handled differ: accepted=" +
            accepted + " handled=" + handled[0] + " cursor=" + bus.cursor() + " void=" + bus.voidCount() +
            " drained=" + isDrained + " shared=" + isShared + " " + wrong.get());
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

    private static List<Publishing> sharing(final EventBus bus, final SplittableRandom random)
    {
        final SharedWriter writer = bus.sharedWriter();
        // A fill in place holds back what is claimed behind it.
        final Way filling =
            (batch) -> writer.offer(batch.count(), (event, index) -> event.copyFrom(batch.event(index)));
        return List.of(
            new Publishing("shared", offering(writer), random.split()),
            new Publishing("shared", offering(writer), random.split()),
            new Publishing("filler", untilRoom(filling), random.split()));
    }

    private static Way writing(final Writer writer, final SplittableRandom random)
    {
        return (batch) ->
        {
            final int answer = writer.publish(batch);
            if (random.nextBoolean())
            {
                writer.poll();
            }
            return answer;
        };
    }

    private static Way offering(final EventPublisher publisher)
    {
        return untilRoom(publisher::offer);
    }

    private static Way untilRoom(final Way way)
    {
        return (batch) ->
        {
            int answer = way.publish(batch);
            while (answer == EventPublisher.FULL)
            {
                YieldingIdleStrategy.INSTANCE.idle();
                answer = way.publish(batch);
            }
            return answer;
        };
    }

    /** A way onto the ring. */
    @FunctionalInterface
    private interface Way
    {
        int publish(EventBatch batch);
    }

    /** Publishes or offers until it is refused. */
    private static final class Publishing implements Runnable
    {
        private final String name;
        private final Way way;
        private final SplittableRandom random;
        private final EventBatch batch = new EventBatch(MAX_BATCH);
        private final Thread thread = new Thread(this, "fault-publisher");
        private long accepted;

        private Publishing(final String name, final Way way, final SplittableRandom random)
        {
            this.name = name;
            this.way = way;
            this.random = random;
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
                answer = way.publish(batch);
                accepted += answer == Writer.ACCEPTED ? batch.count() : 0;
            }
            while (answer != Writer.CLOSED);
        }

        private long accepted() throws InterruptedException
        {
            thread.join(Limits.HANG_MS);
            FaultFailure.require(!thread.isAlive(), "a publisher hangs: publisher=" + name);
            return accepted;
        }
    }
}
