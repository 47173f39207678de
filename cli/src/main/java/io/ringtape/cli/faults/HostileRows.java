package io.ringtape.cli.faults;

import com.sun.management.ThreadMXBean;
import io.ringtape.bus.EventBus;
import io.ringtape.bus.Lane;
import io.ringtape.cli.faults.FaultTapes.Shape;
import io.ringtape.cli.faults.TapeFiles.Change;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.journal.CountersFile;
import io.ringtape.journal.HostileBytes;
import io.ringtape.journal.TapeException;
import io.ringtape.journal.TapeReport;
import io.ringtape.journal.TapeVerifier;
import io.ringtape.journal.TapeWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A tape whose bytes somebody chose: F35. One case of a round changes a file of a tape and has the tape read and
 * verified; the others change what one parser reads from memory, on all processors at once. Half of the cases are
 * blind, and nothing that was not written may come back; in the other half the CRCs are right again, as a forger has
 * them, and it may be any event, but no other exception than the tape's, no byte behind the end, and little memory.
 */
final class HostileRows
{
    /** Of a round; one is of a whole directory. */
    static final int CASES = 1_000;
    private static final long ROUNDS = 100_000;
    /** What reading a hostile tape may take of the heap. */
    private static final long MAX_HEAP_BYTES = 64L << 20;
    /** The same of one small file in memory. */
    private static final long MAX_CASE_BYTES = 1L << 20;
    private static final int BLOCKS = 12;
    private static final int EVENTS = 4;
    private static final int COUNTERS = 24;
    private static final int LARGE_BYTES = 10_000;
    private static final long CLOSE_LIMIT_NS = 30_000_000_000L;
    private static final java.lang.management.ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Limits limits;
    private final ConcurrentLinkedQueue<List<HostileBytes>> idle = new ConcurrentLinkedQueue<>();

    HostileRows(final Limits limits)
    {
        this.limits = limits;
    }

    List<FaultRow> rows()
    {
        return List.of(new Row("F35", "a hostile tape, 1,000 cases a round", ROUNDS, this::hostile));
    }

    private void hostile(final long seed, final Path scratch) throws IOException
    {
        FaultFailure.require(UnsafeBuffer.SHOULD_BOUNDS_CHECK, "bounds checks are off: what is read is not known");
        directory(seed, scratch);
        final Path tape = recorded(scratch);
        final int threads = Runtime.getRuntime().availableProcessors();
        IntStream.range(0, threads).parallel().forEach((thread) -> inMemory(seed, tape, thread, threads));
    }

    private void directory(final long seed, final Path scratch) throws IOException
    {
        final SplittableRandom random = new SplittableRandom(seed * CASES);
        final Shape shape = random.nextInt(8) == 0 ? Shape.RUNS : Shape.TINY;
        final Path tape = FaultTapes.good(scratch, shape);
        final List<Path> files = random.nextInt(4) == 0 ? TapeFiles.files(tape) : TapeFiles.rollFiles(tape);
        final Path file = TapeFiles.any(files, random);
        final byte[] bad = HostileChange.ofFile(Files.readAllBytes(file), random);
        final boolean isForged = random.nextBoolean() && HostileBytes.forge(
            String.valueOf(file.getFileName()), ByteBuffer.wrap(bad).order(ByteOrder.LITTLE_ENDIAN));
        try (Change change = TapeFiles.change(file, bad))
        {
            final long startNs = limits.start();
            final long before = allocatedBytes();
            // Whatever is not refused in the tape's own words comes out of here, and fails the round.
            final TapeReport report = isForged ? forged(tape) : ReadBack.requireHonest(tape, 0);
            final long took = allocatedBytes() - before;
            limits.require("reading", startNs, 2_000);
            FaultFailure.require(took < MAX_HEAP_BYTES,
                "reading took too much memory: file=" + change.file() + " bytes=" + took);
            final long most = isForged ? shape.events() + bad.length / OrderBookEvent.SIZE_BYTES : shape.events();
            FaultFailure.require(report.events() <= most, "events out of nothing: " + report);
        }
    }

    private static TapeReport forged(final Path tape)
    {
        final long count = ReadBack.countOf(tape);
        final TapeReport report = TapeVerifier.verify(tape);
        FaultFailure.require(report.events() == count, "verify and reader differ: events=" + count + " " + report);
        return report;
    }

    /** A tape with all that is read in memory, made once. */
    private static Path recorded(final Path scratch)
    {
        final Path tape = scratch.resolve("in-memory");
        if (!Files.exists(tape))
        {
            try (TapeWriter writer = FaultTapes.open(tape);
                CountersFile file = CountersFile.create(tape, writer.runId(), () -> FaultTapes.START_NS, COUNTERS))
            {
                final EventBus bus = EventBus.builder().counters(file.counters()).idle(new BackoffIdleStrategy())
                    .lane(Lane.named("none").idle(new BackoffIdleStrategy()).handler("none", (event) ->
                    {
                        // Nothing is published: the counters are what is wanted.
                    }).build()).build();
                bus.start();
                FaultFailure.require(bus.close(CLOSE_LIMIT_NS), "bus did not close");
                FaultTapes.write(writer, BLOCKS, EVENTS);
                writer.close(FaultTapes.SUMMARY);
            }
            ReadBack.requireWhole(tape, (long)BLOCKS * EVENTS);
        }
        return tape;
    }

    private void inMemory(final long seed, final Path tape, final int thread, final int threads)
    {
        final List<HostileBytes> kept = idle.poll();
        final List<HostileBytes> parsers = kept == null ? HostileBytes.of(tape) : kept;
        final long startNs = limits.start();
        for (int i = 1 + thread; i < CASES; i += threads)
        {
            inMemory(new SplittableRandom(seed * CASES + i), parsers, i);
        }
        limits.require("reading in memory", startNs, Limits.HANG_MS);
        idle.add(parsers);
    }

    private static void inMemory(final SplittableRandom random, final List<HostileBytes> parsers, final int number)
    {
        final HostileBytes bytes = any(parsers, random);
        HostileChange.inPlace(bytes, random);
        final boolean isForged = random.nextBoolean();
        if (isForged)
        {
            bytes.forge();
        }
        final long before = allocatedBytes();
        try
        {
            FaultFailure.require(bytes.read() || isForged, where("what was not written came back", bytes, number));
        }
        catch (final TapeException e)
        {
            FaultFailure.require(e.getMessage() != null, where("refused without a word", bytes, number));
        }
        catch (final FaultFailure e)
        {
            throw e;
        }
        catch (final RuntimeException | Error e)
        {
            throw new FaultFailure(where("unexpected " + e, bytes, number) + " isForged=" + isForged + " at=" +
                Arrays.stream(e.getStackTrace()).limit(3).toList());
        }
        final long took = allocatedBytes() - before;
        FaultFailure.require(took < MAX_CASE_BYTES,
            where("reading took too much memory", bytes, number) + " bytes=" + took);
    }

    /** A file of kilobytes takes as long as eight others do. */
    private static HostileBytes any(final List<HostileBytes> parsers, final SplittableRandom random)
    {
        final HostileBytes any = TapeFiles.any(parsers, random);
        return any.restore().limit() > LARGE_BYTES && random.nextInt(8) != 0 ? TapeFiles.any(parsers, random) : any;
    }

    private static String where(final String what, final HostileBytes bytes, final int number)
    {
        return what + ": parser=" + bytes.parser() + " case=" + number;
    }

    private static long allocatedBytes()
    {
        return THREADS instanceof ThreadMXBean threads ? threads.getCurrentThreadAllocatedBytes() : 0;
    }
}
