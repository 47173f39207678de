package io.ringtape.bench.jmh;

import io.ringtape.bench.peer.Peer;
import io.ringtape.bench.peer.Row;
import io.ringtape.bench.peer.Rows;
import io.ringtape.bench.peer.Scratch;
import io.ringtape.bench.peer.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
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
 * Blocks of 64 events written to a fresh tape ({@code J1}) and read from it ({@code R1}) by the peer of ours of that
 * row, 8,192 blocks a shot; the time is that of one block.
 * <p>
 * Thread safety: a state a thread. Allocation: see {@code -prof gc}; opening the tape is not part of a shot of J1.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 20)
@Measurement(iterations = 20)
@Fork(2)
public class BlockBenchmark
{
    private static final int BLOCKS = 8_192;
    private static final int EVENTS = BLOCKS * 64;

    /** Row whose first peer does the work. */
    @Param({"J1", "R1"})
    private String row;

    private Path directory;
    private Peer peer;

    /**
     * Makes the peer.
     *
     * @throws IOException if there is no temporary directory.
     */
    @Setup
    public void open() throws IOException
    {
        directory = Files.createTempDirectory("ringtape-bench");
        final Row chosen = Rows.named(row);
        peer = chosen.peers().get(0).factory().open(directory);
    }

    /** Makes the tape of a shot ready. */
    @Setup(Level.Iteration)
    public void prepare()
    {
        peer.prepare(EVENTS);
    }

    /**
     * Reads the tape back after a shot.
     *
     * @throws IllegalStateException if an event was lost.
     */
    @TearDown(Level.Iteration)
    public void check()
    {
        if (peer.checksum() != Work.expected(0, EVENTS))
        {
            throw new IllegalStateException("events lost or changed: row=" + row);
        }
    }

    /** Removes what was written. */
    @TearDown
    public void close()
    {
        peer.close();
        Scratch.remove(directory);
    }

    /** Writes or reads 8,192 blocks. */
    @Benchmark
    @OperationsPerInvocation(BLOCKS)
    public void block()
    {
        peer.run(EVENTS);
    }
}
