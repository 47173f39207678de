package io.ringtape.bench.jmh;

import io.ringtape.bench.peer.Work;
import io.ringtape.bench.peer.BusEnd;
import io.ringtape.bus.EventBus;
import io.ringtape.bus.Lane;
import io.ringtape.bus.Writer;
import io.ringtape.event.EventHandler;
import io.ringtape.event.OrderBookEvent;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From publish to handler, with the handler on a lane of its own; needs two processors.
 * <p>
 * Thread safety: JMH's thread is the writer. Allocation: none in a call.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
public class BusBenchmark
{

    private final Seen seen = new Seen();
    private EventBus bus;
    private Writer writer;

    /** Starts the bus. */
    @Setup
    public void start()
    {
        bus = EventBus.builder()
            .capacity(Work.CAPACITY)
            .lane(Lane.named("reader").handler("reader", seen).build())
            .build();
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
        BusEnd.close(bus);
    }

    /**
     * Publishes one event; on average as long as the slower of writer and lane takes for one.
     *
     * @return its sequence.
     */
    @Benchmark
    public long publish()
    {
        final long sequence = writer.claim(1);
        final OrderBookEvent slot = writer.slot(sequence);
        Work.fill(slot, sequence);
        writer.publish();
        return sequence;
    }

    /**
     * Publishes one event and waits until the handler says that it has it: there and back.
     *
     * @return its sequence.
     */
    @Benchmark
    public long publishAndAwait()
    {
        final long sequence = publish();
        seen.await(sequence);
        return sequence;
    }

    /** Says which event it had last, on a cache line of its own. */
    private static final class Seen implements EventHandler
    {
        private static final int PADDING_LONGS = 16;

        private final AtomicLongArray last = new AtomicLongArray(2 * PADDING_LONGS);

        @Override
        public void onEvent(final OrderBookEvent event)
        {
            last.setRelease(PADDING_LONGS, event.sequence());
        }

        void await(final long sequence)
        {
            while (last.getAcquire(PADDING_LONGS) < sequence)
            {
                Thread.onSpinWait();
            }
        }
    }
}
