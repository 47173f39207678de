package io.ringtape.cli.faults;

import io.ringtape.cli.faults.FaultTapes.Shape;
import io.ringtape.cli.faults.TapeFiles.Change;
import io.ringtape.cli.faults.TapeFiles.Moved;
import io.ringtape.cli.output.Formats;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.SourceDefinition;
import io.ringtape.journal.ControlFile;
import io.ringtape.journal.GatewaySideFile;
import io.ringtape.journal.KillScope;
import io.ringtape.journal.RunListener;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeConfig;
import io.ringtape.journal.TapeException;
import io.ringtape.journal.TapeIndexes;
import io.ringtape.journal.TapeInfo;
import io.ringtape.journal.TapeRange;
import io.ringtape.journal.TapeReader;
import io.ringtape.journal.TapeReport;
import io.ringtape.journal.TapeStatus;
import io.ringtape.journal.TapeVerifier;
import io.ringtape.journal.TapeWriter;
import io.ringtape.order.KillReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;

/**
 * The files beside the blocks, and files that are not there: F15 to F18.
 */
final class SideFileRows
{
    private static final long OPEN_MS = 2_000;
    private static final String MARKER = "ringtape";
    private static final int FORMAT_AT = 8;
    private static final int MARKER_CRC_AT = 12;
    private static final List<String> TRUTHS = List.of("mark-journaled", "mark-durable", "manifest", MARKER);

    private static final String CONTROL = "control";
    private static final String SIDE_FILE = "gateway-side";
    private static final int MOST_KEPT = 8;
    private static final int GATEWAY = 1;
    /** The slots of its headers, and the first records of the region that the first content stands in. */
    private static final List<Integer> SIDE_FILE_PLACES = List.of(0, TapeFiles.PAGE_BYTES, 2 * TapeFiles.PAGE_BYTES);
    private static final int SIDE_FILE_BYTES = 128;
    private static final String INDEX_SUFFIX = ".index";
    private static final long INDEXED_BLOCKS = 300;
    private static final long INDEXED_BLOCK = 128;

    private final Limits limits;

    SideFileRows(final Limits limits)
    {
        this.limits = limits;
    }

    List<FaultRow> rows()
    {
        return List.of(
            new Row("F15", "Chronicle's metadata damaged, empty, missing", 5_000, this::metadata),
            new Row("F16", "mark, manifest, marker, index, kill switch or side file damaged, empty, missing", 5_000,
                this::truth),
            new Row("F17", "a roll file or run deleted or renamed", 200, SideFileRows::missing),
            new Row("F18", "another format, or a foreign directory", 200, SideFileRows::format));
    }

    private void metadata(final long seed, final Path scratch) throws IOException
    {
        final SplittableRandom random = new SplittableRandom(seed);
        final Shape shape = random.nextBoolean() ? Shape.OPEN : Shape.RUNS;
        final Path tape = FaultTapes.fresh(scratch);
        FaultTapes.copy(FaultTapes.good(scratch, shape), tape);
        final List<Path> found = TapeFiles.files(tape).stream()
            .filter((file) -> file.toString().endsWith(".cq4t")).toList();
        final TapeReport before = TapeVerifier.verify(tape);
        for (final Path file : found)
        {
            damage(file, random);
        }

        FaultFailure.require(TapeVerifier.verify(tape).equals(before), "reading needs Chronicle's metadata");
        requireGoesOn(tape, shape.events());
        ReadBack.requireWhole(tape, shape.events() + 16);
    }

    private static void damage(final Path file, final SplittableRandom random) throws IOException
    {
        switch (random.nextInt(4))
        {
            case 0 -> Files.delete(file);
            case 1 -> TapeFiles.overwrite(file, new byte[0]);
            case 2 -> TapeFiles.overwrite(file, TapeFiles.randomBytes(random.nextInt(70_000), random));
            default ->
            {
                final byte[] bytes = Files.readAllBytes(file);
                for (int i = random.nextInt(8); i >= 0 && bytes.length > 0; i--)
                {
                    TapeFiles.flip(bytes, random.nextInt(Math.min(4096, bytes.length)), random);
                }
                TapeFiles.overwrite(file, bytes);
            }
        }
    }

    private void requireGoesOn(final Path tape, final long events)
    {
        final long startNs = limits.start();
        try (TapeWriter writer = FaultTapes.open(tape))
        {
            limits.require("opening", startNs, OPEN_MS);
            FaultFailure.require(writer.firstSequence() == events, "sequences are given again or left out: " +
                "firstSequence=" + writer.firstSequence() + " expected=" + events);
            FaultTapes.write(writer, 1, 16);
            writer.close(FaultTapes.SUMMARY);
        }
    }

    private void truth(final long seed, final Path scratch) throws IOException
    {
        final SplittableRandom random = new SplittableRandom(seed);
        switch (random.nextInt(8))
        {
            case 0, 1 -> index(random, scratch);
            case 2 -> killSwitch(random, scratch);
            case 3 -> sideFile(random, scratch);
            default -> truths(random, scratch);
        }
    }

    private void truths(final SplittableRandom random, final Path scratch) throws IOException
    {
        final Shape shape = Shape.any(random);
        final Path tape = FaultTapes.fresh(scratch);
        FaultTapes.copy(FaultTapes.good(scratch, shape), tape);
        final List<Path> truths = TapeFiles.files(tape).stream()
            .filter((file) -> TRUTHS.contains(file.getFileName().toString())).toList();
        final Path file = TapeFiles.any(truths, random);
        final long length = Files.size(file);
        if (length > 0)
        {
            destroy(file, random);
        }

        final TapeReport report = ReadBack.requireHonest(tape, shape.events());
        FaultFailure.require(length == 0 || report.status() != TapeStatus.OK,
            "verify says ok: file=" + file.getFileName() + " " + report);
        requireNothingGivenAgain(tape, shape.events(), file);
    }

    /** Who was stopped stays so, or everybody is, or the file is refused; one that is gone stops nobody. */
    private static void killSwitch(final SplittableRandom random, final Path scratch) throws IOException
    {
        final Path tape = FaultTapes.fresh(scratch);
        FaultTapes.copy(FaultTapes.good(scratch, Shape.TINY), tape);
        final KillScope whom = random.nextBoolean() ? KillScope.account(random.nextInt(100)) :
            KillScope.strategy("example");
        try (ControlFile file = ControlFile.open(tape))
        {
            file.change(true, whom, KillReason.HAND, FaultTapes.START_NS);
        }
        final Path file = tape.resolve(CONTROL);
        destroy(file, random);
        try
        {
            final List<KillScope> stopped = ControlFile.read(tape).scopes().stream()
                .filter(ControlFile.Scope::isKilled).map(ControlFile.Scope::whom).toList();
            FaultFailure.require(!Files.exists(file) || stopped.contains(whom) || stopped.contains(KillScope.ALL),
                "a kill is lost: whom=" + whom.text() + " stopped=" + stopped);
        }
        catch (final TapeException e)
        {
            FaultFailure.require(e.kind() == TapeException.Kind.UNREADABLE &&
                String.valueOf(e.getMessage()).startsWith("file is no kill switch"),
                "refused in other words: " + e.getMessage());
        }
    }

    /** What a gateway kept is told and put on the next run, or the file is named; one that is gone kept nothing. */
    private static void sideFile(final SplittableRandom random, final Path scratch) throws IOException
    {
        final Path tape = FaultTapes.fresh(scratch);
        final int count = 1 + random.nextInt(MOST_KEPT);
        keep(tape, count);
        final Path file = tape.resolve(SIDE_FILE);
        if (random.nextBoolean())
        {
            destroy(file, random);
        }
        else
        {
            final byte[] bytes = Files.readAllBytes(file);
            TapeFiles.flip(bytes, TapeFiles.any(SIDE_FILE_PLACES, random) + random.nextInt(SIDE_FILE_BYTES), random);
            TapeFiles.overwrite(file, bytes);
        }
        final TapeInfo info = Tape.open(tape).info();
        final boolean isNamed = info.problems().stream().anyMatch((problem) ->
            problem.kind() == TapeException.Kind.DAMAGED && problem.text().startsWith("side file of the gateway"));
        final long told = info.keptEvents().orElse(0);
        FaultFailure.require(isNamed || told == (Files.exists(file) ? count : 0),
            "what a gateway kept is lost: kept=" + count + " told=" + told);
        try
        {
            final String said = TradedTapes.nextRun(tape);
            final String due = told == 0 ? "" : Formats.count(told, "event") + " " + TradedTapes.KEPT;
            FaultFailure.require(!isNamed && (told == 0 ? said.isEmpty() : said.startsWith(due)),
                "the next run puts others on tape: told=" + told + " said=" + said);
        }
        catch (final TapeException e)
        {
            FaultFailure.require(isNamed, "refused without need: " + e.getMessage());
        }
    }

    /** A run whose gateway keeps answers for the next one. */
    private static void keep(final Path tape, final int count)
    {
        final Definitions definitions = FaultTapes.definitions();
        definitions.add(new SourceDefinition(GATEWAY, SourceDefinition.Kind.GATEWAY, "venue", 0, 0, 0));
        try (TapeWriter writer = TapeWriter.open(tape, FaultTapes.CONFIG, definitions, () -> FaultTapes.START_NS);
            GatewaySideFile side = GatewaySideFile.open(tape, writer, definitions, true))
        {
            FaultTapes.write(writer, 1, 1);
            side.begin(GATEWAY, writer.journaledSequence());
            for (int i = 0; i < count; i++)
            {
                side.append(new EventBatch(1).append().type(EventType.OWN_CANCELLED).sourceId(GATEWAY)
                    .orderId(i).flags(EventFlags.LAST | EventFlags.OWN));
            }
            side.force();
            writer.close(FaultTapes.SUMMARY);
        }
    }

    /** Reading by sequence and time comes to the same without the index; verify is told, until it is made anew. */
    private static void index(final SplittableRandom random, final Path scratch) throws IOException
    {
        final Path tape = indexed(scratch);
        final Path file = TapeFiles.files(tape).stream()
            .filter((path) -> path.toString().endsWith(INDEX_SUFFIX)).findFirst().orElseThrow();
        final byte[] good = Files.readAllBytes(file);
        final long from = random.nextLong(INDEXED_BLOCKS * INDEXED_BLOCK);
        final TapeRange bySequence = TapeRange.sequences(from, Long.MAX_VALUE);
        final TapeRange byTime = TapeRange.times(FaultTapes.START_NS + random.nextLong(100_000), Long.MAX_VALUE);
        final String before = found(tape, bySequence) + found(tape, byTime);
        try
        {
            destroy(file, random);
            FaultFailure.require(before.equals(found(tape, bySequence) + found(tape, byTime)),
                "what is read depends on the index: fromSequence=" + from);
            final TapeReport report = ReadBack.requireHonest(tape, INDEXED_BLOCKS * INDEXED_BLOCK);
            FaultFailure.require(report.status() == TapeStatus.DAMAGED && report.detail().contains(INDEX_SUFFIX),
                "verify does not name the index: " + report);
            TapeIndexes.rebuild(Tape.open(tape), new AtomicLong()::set);
            FaultFailure.require(TapeVerifier.verify(tape).status() == TapeStatus.OK &&
                Arrays.equals(good, Files.readAllBytes(file)), "the index is not made anew: " + file);
        }
        finally
        {
            if (!Files.exists(file))
            {
                Files.createFile(file);
            }
            TapeFiles.overwrite(file, good);
        }
    }

    /** A tape of one file that is long enough for an index of several entries. */
    private static Path indexed(final Path scratch)
    {
        final Path tape = scratch.resolve("good-indexed");
        if (!Files.exists(tape))
        {
            try (TapeWriter writer = TapeWriter.open(tape, TapeConfig.defaults().withReserveBytes(0),
                FaultTapes.definitions(), () -> FaultTapes.START_NS))
            {
                FaultTapes.write(writer, (int)INDEXED_BLOCKS, (int)INDEXED_BLOCK);
                writer.close(FaultTapes.SUMMARY);
            }
        }
        return tape;
    }

    private static String found(final Path tape, final TapeRange range)
    {
        long sequences = 0;
        long events = 0;
        try (TapeReader reader = Tape.open(tape).read(range, RunListener.NONE))
        {
            while (reader.nextBlock())
            {
                sequences = 31 * sequences + reader.firstSequence();
                events += reader.count();
            }
        }
        catch (final TapeException e)
        {
            return String.valueOf(e.getMessage());
        }
        return events + " " + sequences + " ";
    }

    /** Damages a file somehow. */
    private static void destroy(final Path file, final SplittableRandom random) throws IOException
    {
        final byte[] bytes = Files.readAllBytes(file);
        switch (random.nextInt(4))
        {
            case 0 -> Files.delete(file);
            case 1 -> TapeFiles.overwrite(file, new byte[0]);
            case 2 -> TapeFiles.overwrite(file, TapeFiles.randomBytes(bytes.length, random));
            default ->
            {
                final boolean isMark = file.getFileName().toString().startsWith("mark");
                final int slot = isMark ? random.nextInt(2) * TapeFiles.PAGE_BYTES : 0;
                final int used = isMark ? 64 : bytes.length;
                TapeFiles.flip(bytes, slot + random.nextInt(used), random);
                TapeFiles.overwrite(file, bytes);
            }
        }
    }

    private void requireNothingGivenAgain(final Path tape, final long events, final Path file)
    {
        final long startNs = limits.start();
        try (TapeWriter writer = FaultTapes.open(tape))
        {
            FaultFailure.require(writer.firstSequence() == events, "sequences are given again or left out: file=" +
                file.getFileName() + " firstSequence=" + writer.firstSequence() + " expected=" + events);
        }
        catch (final TapeException e)
        {
            FaultFailure.require(e.kind() == TapeException.Kind.UNREADABLE,
                "recording is refused: file=" + file.getFileName() + " " + e.getMessage());
        }
        limits.require("opening", startNs, OPEN_MS);
    }

    private static void missing(final long seed, final Path scratch) throws IOException
    {
        final SplittableRandom random = new SplittableRandom(seed);
        final boolean isRun = random.nextInt(4) == 0;
        final Shape shape = isRun ? Shape.RUNS : random.nextBoolean() ? Shape.FILES : Shape.RUNS;
        final Path tape = FaultTapes.good(scratch, shape);
        final Path file = TapeFiles.any(TapeFiles.rollFiles(tape), random);
        final Path gone = isRun ? file.getParent() : file;
        final String name = String.valueOf(gone.getFileName());
        final String other = random.nextBoolean() ? name + ".bak" :
            isRun ? "run-000009" : "19700102-0" + random.nextInt(10) + "LX" + TapeFiles.ROLL_SUFFIX;
        try (Moved moved = Moved.of(gone, gone.resolveSibling(other)))
        {
            final TapeReport report = ReadBack.requireHonest(tape, shape.events());
            FaultFailure.require(report.status() == TapeStatus.GAP || report.status() == TapeStatus.DAMAGED,
                "a missing file was not seen: from=" + moved.from() + " to=" + moved.to() + " " + report);
            FaultFailure.require(report.detail().contains("sequence"),
                "the missing sequences are not named: " + report);
        }
    }

    private static void format(final long seed, final Path scratch) throws IOException
    {
        final SplittableRandom random = new SplittableRandom(seed);
        final Path tape = FaultTapes.good(scratch, Shape.TINY);
        final Path marker = tape.resolve(MARKER);
        final int format = random.nextInt(4) == 0 ? Tape.FORMAT - 1 : random.nextInt();
        final boolean isForeign = random.nextInt(4) == 0;
        final byte[] bytes = isForeign ? TapeFiles.randomBytes(random.nextInt(64), random) :
            ofFormat(Files.readAllBytes(marker), format == Tape.FORMAT ? 0 : format);
        final List<Path> files = TapeFiles.files(tape);
        try (Change change = TapeFiles.change(marker, bytes))
        {
            requireUnreadable(() -> Tape.open(tape), isForeign ? "" : "format=" + format);
            requireUnreadable(() -> FaultTapes.open(tape).close(), isForeign ? "" : "format=" + format);
            FaultFailure.require(Arrays.equals(bytes, Files.readAllBytes(change.file())) &&
                files.equals(TapeFiles.files(tape)), "a foreign tape was changed");
        }
    }

    private static byte[] ofFormat(final byte[] good, final int format)
    {
        final ByteBuffer bytes = ByteBuffer.wrap(good.clone()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(FORMAT_AT, format);
        final CRC32C crc = new CRC32C();
        crc.update(bytes.array(), 0, MARKER_CRC_AT);
        bytes.putInt(MARKER_CRC_AT, (int)crc.getValue());
        return bytes.array();
    }

    private static void requireUnreadable(final Runnable opening, final String words)
    {
        try
        {
            opening.run();
        }
        catch (final TapeException e)
        {
            FaultFailure.require(e.kind() == TapeException.Kind.UNREADABLE &&
                String.valueOf(e.getMessage()).contains(words), "refused in other words: " + e.getMessage());
            return;
        }
        throw new FaultFailure("a foreign tape was opened");
    }
}
