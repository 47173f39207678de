package io.ringtape.bench.jmh;

import io.ringtape.event.Definitions;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.journal.RunListener;
import io.ringtape.journal.RunSummary;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeConfig;
import io.ringtape.journal.TapeRange;
import io.ringtape.journal.TapeReader;
import io.ringtape.journal.TapeWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
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
 * From opening a tape to its first event of a range, by sequence and by time; blocks of 64 events, one run, files of
 * 1 GiB. With {@code -wi 0 -i 1} the JVM has read no tape before.
 * <p>
 * Thread safety: a state a thread. Allocation: see {@code -prof gc}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 20)
@Measurement(iterations = 20)
@Fork(2)
public class FindBenchmark
{
    private static final int BLOCK = 64;
    private static final long STEP_NS = 1_000;
    private static final long START_NS = 1_700_000_000_000_000_000L;

    /** Bytes of events on the tape. */
    @Param("268435456")
    private long tapeBytes;

    /** Where the range starts, in parts of a thousand of the tape. */
    @Param({"500", "999"})
    private int place;

    /** Directory of a tape that is kept, and made if it is not there; empty for one that is removed afterwards. */
    @Param("")
    private String kept;

    private Path directory;
    private long sequence;

    /**
     * Makes the tape.
     *
     * @throws IOException if it cannot be made.
     */
    @Setup
    public void open() throws IOException
    {
        directory = kept.isEmpty() ? Files.createTempDirectory("ringtape-bench") : Path.of(kept);
        final long blocks = tapeBytes / (BLOCK * OrderBookEvent.SIZE_BYTES);
        sequence = blocks * BLOCK / 1000 * place;
        final Path tape = directory.resolve("tape");
        if (!Files.exists(tape))
        {
            write(tape, blocks);
        }
    }

    private static void write(final Path tape, final long blocks)
    {
        final UnsafeBuffer room = new UnsafeBuffer(
            BufferUtil.allocateDirectAligned(BLOCK * OrderBookEvent.SIZE_BYTES, OrderBookEvent.SIZE_BYTES));
        final OrderBookEvent event = new OrderBookEvent();
        try (TapeWriter writer = TapeWriter.open(tape, TapeConfig.defaults(), new Definitions(), () -> START_NS))
        {
            long next = 0;
            for (long i = 0; i < blocks; i++)
            {
                for (int j = 0; j < BLOCK; j++)
                {
                    event.wrap(room, j * OrderBookEvent.SIZE_BYTES).reset().sequence(next + j)
                        .receiveTimeNs(START_NS + (next + j) * STEP_NS).type(EventType.ORDER_ADD);
                }
                writer.onRange(room, 0, next, BLOCK);
                next += BLOCK;
            }
            writer.close(new RunSummary(0, 0, 0, 0, 0));
        }
    }

    /**
     * Removes the tape, unless it is kept.
     *
     * @throws IOException if it cannot be removed.
     */
    @TearDown
    public void close() throws IOException
    {
        if (!kept.isEmpty())
        {
            return;
        }
        final List<Path> paths;
        try (Stream<Path> found = Files.walk(directory))
        {
            paths = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (final Path path : paths)
        {
            Files.delete(path);
        }
    }

    /**
     * Opens the tape at a sequence.
     *
     * @return the sequence of the first event.
     * @throws IllegalStateException if it is another event.
     */
    @Benchmark
    public long bySequence()
    {
        return first(TapeRange.sequences(sequence, Long.MAX_VALUE));
    }

    /**
     * Opens the tape at a receive time.
     *
     * @return the sequence of the first event.
     * @throws IllegalStateException if it is another event.
     */
    @Benchmark
    public long byTime()
    {
        return first(TapeRange.times(START_NS + sequence * STEP_NS, Long.MAX_VALUE));
    }

    private long first(final TapeRange range)
    {
        try (TapeReader reader = Tape.open(directory.resolve("tape")).read(range, RunListener.NONE))
        {
            reader.nextBlock();
            final long found = reader.event(0, new OrderBookEvent()).sequence();
            if (found != sequence)
            {
                throw new IllegalStateException("another event was found: sequence=" + found + " wanted=" + sequence);
            }
            return found;
        }
    }
}
