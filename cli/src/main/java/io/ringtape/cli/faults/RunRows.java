package io.ringtape.cli.faults;

import io.ringtape.cli.Main;
import io.ringtape.cli.platform.InjectedPause;
import io.ringtape.journal.TapeRange;
import io.ringtape.journal.TapeWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs in a strange time or on strange machines: F19, F34 and F39.
 */
final class RunRows
{
    private static final long[] STEPS_NS = {
        -TimeUnit.SECONDS.toNanos(1), -TimeUnit.HOURS.toNanos(1), -TimeUnit.DAYS.toNanos(1),
        TimeUnit.DAYS.toNanos(1), TimeUnit.MILLISECONDS.toNanos(1)};
    private static final int ROLLS = 10;
    private static final int BLOCKS_OF_A_FILE = 128;
    private static final long HEAP_SLACK_BYTES = 16L << 20;
    private static final long NANOS_PER_MS = 1_000_000;
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final Path MAPPINGS = Path.of("/proc/self/maps");
    private static final Pattern HASH = Pattern.compile("\"(?:event|output|book)Hash\":\"[0-9a-f]{16}\"");

    private final Limits limits;

    RunRows(final Limits limits)
    {
        this.limits = limits;
    }

    static List<FaultRow> clocks()
    {
        return List.of(new Row("F19", "clock back 1 s, 1 h, 1 day, forward a day", 1_000, RunRows::clock));
    }

    List<FaultRow> rolls()
    {
        return List.of(new Row("F34", "rolls of 1 MiB, " + ROLLS + " a round: files, mappings, heap flat", 1_000,
            Files.isDirectory(DESCRIPTORS) ? "" : "open files and mappings are not counted: no /proc", this::rolls));
    }

    static List<FaultRow> hashes()
    {
        return List.of(new Row("F39", "record once, replay twice on every JDK present", 100,
            "replayed on JDK " + Jdk.names(), RunRows::hashes));
    }

    private static void clock(final long seed, final Path scratch) throws IOException
    {
        final SplittableRandom random = new SplittableRandom(seed);
        final Path tape = FaultTapes.fresh(scratch);
        final long[] nowNs = {FaultTapes.START_NS};
        final int runs = 1 + random.nextInt(3);
        for (int run = 0; run < runs; run++)
        {
            try (TapeWriter writer = FaultTapes.open(tape, () -> nowNs[0]))
            {
                for (int i = 0; i < 20; i++)
                {
                    nowNs[0] += STEPS_NS[random.nextInt(STEPS_NS.length)];
                    FaultTapes.write(writer, 1, 1 + random.nextInt(64));
                }
                writer.close(FaultTapes.SUMMARY);
            }
            nowNs[0] += STEPS_NS[random.nextInt(STEPS_NS.length)];
        }
        final long events = ReadBack.of(tape).events();
        ReadBack.requireWhole(tape, events);
        final ReadBack timed = ReadBack.of(tape, TapeRange.times(0L, Long.MAX_VALUE));
        FaultFailure.require(events > 0 && timed.events() == events && timed.refusal() == null,
            "events are hidden from a reader by time: events=" + timed.events() + " expected=" + events);
        try (TapeWriter writer = FaultTapes.open(tape, () -> nowNs[0]))
        {
            FaultFailure.require(writer.firstSequence() == events, "tape goes on elsewhere: firstSequence=" +
                writer.firstSequence() + " expected=" + events);
        }
    }

    private void rolls(final long seed, final Path scratch) throws IOException
    {
        // The JVM's own files are open from then on.
        FaultTapes.good(scratch, FaultTapes.Shape.TINY);
        final Path tape = FaultTapes.fresh(scratch);
        final long filesBefore = descriptors();
        final long heapBefore = heapBytes();
        final long events = (ROLLS * BLOCKS_OF_A_FILE + Math.floorMod(seed, BLOCKS_OF_A_FILE)) * 128L;
        try (TapeWriter writer = FaultTapes.open(tape))
        {
            FaultTapes.write(writer, 2 * BLOCKS_OF_A_FILE, 128);
            final long filesEarly = descriptors();
            final long mappedEarly = mappings(tape);
            FaultTapes.write(writer, (int)(events / 128) - 2 * BLOCKS_OF_A_FILE, 128);
            awaitAtMost("open files", RunRows::descriptors, filesEarly + 2);
            awaitAtMost("mappings", () -> mappings(tape), mappedEarly + 4);
            writer.close(FaultTapes.SUMMARY);
        }
        awaitAtMost("open files after close", RunRows::descriptors, filesBefore);
        awaitAtMost("mappings after close", () -> mappings(tape), 0);
        final long heapAfter = heapBytes();
        FaultFailure.require(heapAfter < heapBefore + HEAP_SLACK_BYTES,
            "heap grew: before=" + heapBefore + " after=" + heapAfter);
        ReadBack.requireWhole(tape, events);
        FaultTapes.delete(tape);
    }

    /** What is given back in the background has some time for it. */
    private void awaitAtMost(final String what, final Count count, final long limit) throws IOException
    {
        final long startNs = limits.start();
        long found = count.now();
        while (found > limit)
        {
            if (limits.start() - startNs > Limits.HANG_MS * NANOS_PER_MS)
            {
                throw new FaultFailure(what + " are not flat: count=" + found + " limit=" + limit);
            }
            InjectedPause.ofNs(NANOS_PER_MS);
            System.gc();
            found = count.now();
        }
    }

    private static long descriptors() throws IOException
    {
        final String[] names = DESCRIPTORS.toFile().list();
        return names == null ? 0 : names.length;
    }

    private static long mappings(final Path tape) throws IOException
    {
        return Files.exists(MAPPINGS) ?
            Files.readAllLines(MAPPINGS).stream().filter((line) -> line.contains(tape.toString())).count() : 0;
    }

    private static long heapBytes()
    {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** Counts what is open. */
    @FunctionalInterface
    private interface Count
    {
        long now() throws IOException;
    }

    private static void hashes(final long seed, final Path scratch) throws IOException, InterruptedException
    {
        final Path tape = FaultTapes.fresh(scratch);
        final Path directory = tape.getParent();
        final List<String> recorded = hashes(Children.run(Children.ringtape("demo", "--events", "50000", "--seed",
            Long.toString(seed), "--journal", tape.toString(), "--json"), directory));
        FaultFailure.require(recorded.size() >= 3, "demo told no hashes: " + recorded);
        for (final Jdk jdk : Jdk.found())
        {
            for (int i = 0; i < 2; i++)
            {
                final List<String> replayed = hashes(Children.run(Children.with(
                    Children.java(jdk.home(), jdk.flags(), Main.class), "replay", "--journal", tape.toString(),
                    "--json"), directory));
                FaultFailure.require(replayed.equals(recorded.subList(0, replayed.size())) && !replayed.isEmpty(),
                    "hashes differ: jdk=" + jdk + " recorded=" + recorded + " replayed=" + replayed);
            }
        }
    }

    private static List<String> hashes(final Children.Ended ended)
    {
        FaultFailure.require(ended.code() == 0, "child failed: code=" + ended.code() + " err=" + ended.err());
        final List<String> hashes = new ArrayList<>();
        final Matcher matcher = HASH.matcher(ended.out());
        while (matcher.find())
        {
            hashes.add(matcher.group());
        }
        return hashes;
    }
}
