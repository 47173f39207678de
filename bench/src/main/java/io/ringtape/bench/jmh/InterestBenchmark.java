package io.ringtape.bench.jmh;

import io.ringtape.bench.peer.Work;
import io.ringtape.bus.EventBus;
import io.ringtape.bus.Lane;
import io.ringtape.bus.Writer;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventHandler;
import io.ringtape.event.EventType;
import io.ringtape.event.Interest;
import io.ringtape.event.OrderBookEvent;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What an interest costs: an inline lane with a first handler, and a second one that gets all events, a tenth of them,
 * none, or is not there. All of it is on one thread, 100 events a claim, so that what differs is the lane's loop and
 * not the hop between processors. What a rejected event costs is NOTHING less NONE, at most 2 ns.
 * <p>
 * Thread safety: JMH's thread is the writer. Allocation: none in a call.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
public class InterestBenchmark
{
    private static final long CLOSE_LIMIT_NS = TimeUnit.SECONDS.toNanos(10);
    private static final int EVENTS = 100;
    private static final int INSTRUMENTS = 10;

    /** Who is on the lane behind the first handler. */
    public enum Second
    {
        /** Nobody. */
        NONE,
        /** A handler of every event. */
        ALL,
        /** A handler of one instrument in ten. */
        TENTH,
        /** A handler of no instrument that there is. */
        NOTHING
    }

    /** Who is on the lane behind the first handler. */
    @Param
    private Second second;

    private final First first = new First();
    private final Counter counter = new Counter();
    private final EventBatch batch = new EventBatch(EVENTS);
    private EventBus bus;
    private Writer writer;

    /** Starts the bus. */
    @Setup
    public void start()
    {
        final Lane.Builder lane = Lane.named("l").inline().handler("first", first);
        switch (second)
        {
            case NONE ->
            {
            }
            case ALL -> lane.handler("second", counter);
            case TENTH -> lane.handler("second", counter, Interest.all().withInstruments(3));
            case NOTHING -> lane.handler("second", counter, Interest.all().withInstruments(INSTRUMENTS));
            default -> throw new IllegalStateException("unknown: second=" + second);
        }
        bus = EventBus.builder().capacity(Work.CAPACITY).lane(lane.build()).build();
        for (int i = 0; i < EVENTS; i++)
        {
            batch.append().type(EventType.ORDER_ADD).instrumentId(i % INSTRUMENTS).price(i);
        }
        bus.start();
        writer = bus.writer();
    }

    /**
     * Closes the bus.
     *
     * @throws IllegalStateException if it does not end in order.
     */
    @TearDown
    public void stop()
    {
        if (!bus.close(CLOSE_LIMIT_NS) || first.count < counter.count)
        {
            throw new IllegalStateException("bus did not end in order: state=" + bus.state() +
                " first=" + first.count + " second=" + counter.count);
        }
    }

    /**
     * Publishes 100 events and has them delivered.
     *
     * @return what the writer says.
     */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public int publish()
    {
        return writer.publish(batch);
    }

    /** Is on the lane each time, so that its loop is the one for several handlers. */
    private static final class First implements EventHandler
    {
        private long count;

        @Override
        public void onEvent(final OrderBookEvent event)
        {
            count++;
        }

        @Override
        public void onBatchEnd(final long lastSequence)
        {
            count++;
        }
    }

    /** Counts. */
    private static final class Counter implements EventHandler
    {
        private long count;

        @Override
        public void onEvent(final OrderBookEvent event)
        {
            count++;
        }
    }
}
