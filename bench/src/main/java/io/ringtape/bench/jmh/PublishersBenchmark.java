package io.ringtape.bench.jmh;

import io.ringtape.bench.peer.Crowd;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Events of several threads to one reader, as many a second as get through; {@code -t 2} for two publishers.
 * <p>
 * Thread safety: JMH's threads are the publishers. Allocation: none in a call.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
public class PublishersBenchmark
{
    private final LongAdder published = new LongAdder();

    /** What brings them there. */
    @Param
    private Crowd.Kind kind;

    private Crowd crowd;

    /** A publisher. */
    @State(Scope.Thread)
    public static class Publisher
    {
        private Crowd.Source source;
        private LongAdder published;
        private long number;

        /**
         * Makes its source.
         *
         * @param benchmark that it takes part in.
         */
        @Setup
        public void open(final PublishersBenchmark benchmark)
        {
            source = benchmark.crowd.source();
            published = benchmark.published;
        }

        /** Says how much it published. */
        @TearDown
        public void count()
        {
            published.add(number);
        }
    }

    /** Starts the reader. */
    @Setup
    public void start()
    {
        crowd = kind.open();
    }

    /**
     * Ends the reader, and finds out whether it had everything.
     *
     * @throws IllegalStateException if it did not.
     */
    @TearDown
    public void stop()
    {
        final long handled = crowd.end();
        if (handled != published.sum())
        {
            throw new IllegalStateException("handled=" + handled + " published=" + published.sum());
        }
    }

    /**
     * Publishes one event.
     *
     * @param publisher of this thread.
     */
    @Benchmark
    public void publish(final Publisher publisher)
    {
        publisher.source.publish(publisher.number++);
    }
}
