package io.ringtape.cli.faults;

import io.ringtape.cli.faults.FaultTapes.Shape;
import io.ringtape.cli.faults.TapeFiles.Block;
import io.ringtape.cli.faults.TapeFiles.Change;
import io.ringtape.journal.TapeReport;
import io.ringtape.journal.TapeStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Bytes of the roll files that are not what they were: F11 to F14.
 */
final class ByteRows
{
    private ByteRows()
    {
    }

    static List<FaultRow> rows()
    {
        return List.of(
            new Row("F11", "one bit flipped in a record", 10_000, ByteRows::flipped),
            new Row("F12", "a length or header flipped", 10_000, ByteRows::header),
            new Row("F13", "a file truncated", 5_000, ByteRows::truncated),
            new Row("F14", "a 4 KiB page zeroed or old", 5_000, ByteRows::page));
    }

    private static void flipped(final long seed, final Path scratch) throws IOException
    {
        final SplittableRandom random = new SplittableRandom(seed);
        final Shape shape = Shape.any(random);
        final Path tape = FaultTapes.good(scratch, shape);
        final Path file = anyWithBlocks(tape, random);
        final byte[] bytes = Files.readAllBytes(file);
        final Block block = TapeFiles.any(TapeFiles.blocks(bytes), random);
        TapeFiles.flip(bytes, block.start() + TapeFiles.HEADER_BYTES + random.nextInt(block.length()), random);
        try (Change change = TapeFiles.change(file, bytes))
        {
            requireStopsAt(tape, block, shape.events(), change.file());
        }
    }

    private static void requireStopsAt(final Path tape, final Block block, final long events, final Path file)
    {
        final TapeReport report = ReadBack.requireHonest(tape, events);
        FaultFailure.require(report.status() == TapeStatus.DAMAGED && report.events() == block.sequence() &&
            report.detail().contains("file=" + file.getFileName()) &&
            report.detail().contains("offset=" + block.start()) &&
            report.detail().contains("sequence=" + block.sequence()),
            "does not stop at the damage: offset=" + block.start() + " sequence=" + block.sequence() + " " + report);
    }

    private static void header(final long seed, final Path scratch) throws IOException
    {
        final SplittableRandom random = new SplittableRandom(seed);
        final Shape shape = Shape.any(random);
        final Path tape = FaultTapes.good(scratch, shape);
        final Path file = anyWithBlocks(tape, random);
        final byte[] bytes = Files.readAllBytes(file);
        final boolean isBlock = random.nextInt(4) != 0;
        final Block block = TapeFiles.any(TapeFiles.blocks(bytes), random);
        final int start = isBlock ? block.start() : TapeFiles.any(TapeFiles.headers(bytes), random);
        // The length and flags of a document, or the fields of its header behind them.
        final int at = Math.min(bytes.length - 1, start + random.nextInt(isBlock ? 64 : TapeFiles.HEADER_BYTES));
        TapeFiles.flip(bytes, at, random);
        try (Change change = TapeFiles.change(file, bytes))
        {
            final TapeReport report = ReadBack.requireHonest(tape, shape.events());
            if (isBlock || shape.isSealed())
            {
                ReadBack.requireDamaged(report);
            }
            FaultFailure.require(!isBlock || report.events() == block.sequence(),
                "does not stop at the damage: file=" + change.file() + " at=" + at + " " + report);
        }
    }

    private static void truncated(final long seed, final Path scratch) throws IOException
    {
        final SplittableRandom random = new SplittableRandom(seed);
        final Shape shape = Shape.any(random);
        final Path tape = FaultTapes.good(scratch, shape);
        final Path file = TapeFiles.any(TapeFiles.rollFiles(tape), random);
        final byte[] good = Files.readAllBytes(file);
        final int length = random.nextInt(good.length);
        requireHonest(tape, shape, file, Arrays.copyOf(good, length));
    }

    private static void page(final long seed, final Path scratch) throws IOException
    {
        final SplittableRandom random = new SplittableRandom(seed);
        final Shape shape = Shape.any(random);
        final Path tape = FaultTapes.good(scratch, shape);
        final Path file = TapeFiles.any(TapeFiles.rollFiles(tape), random);
        final byte[] good = Files.readAllBytes(file);
        final byte[] bad = good.clone();
        final int pages = good.length / TapeFiles.PAGE_BYTES;
        final int start = random.nextInt(pages) * TapeFiles.PAGE_BYTES;
        final int end = start + TapeFiles.PAGE_BYTES;
        switch (random.nextInt(3))
        {
            case 0 -> Arrays.fill(bad, start, end, (byte)0);
            case 1 -> Arrays.fill(bad, olderEnd(good, start, end, random), end, (byte)0);
            default -> System.arraycopy(
                good, random.nextInt(pages) * TapeFiles.PAGE_BYTES, bad, start, TapeFiles.PAGE_BYTES);
        }
        if (!Arrays.equals(good, bad))
        {
            requireHonest(tape, shape, file, bad);
        }
    }

    /** How far the page was written at some earlier moment: up to where a document of it starts. */
    private static int olderEnd(final byte[] good, final int start, final int end, final SplittableRandom random)
    {
        final List<Integer> inside =
            TapeFiles.headers(good).stream().filter((at) -> at >= start && at < end).toList();
        return inside.isEmpty() ? start : TapeFiles.any(inside, random);
    }

    /** The change may be in bytes that no event needs; but then all events must be there. */
    private static void requireHonest(final Path tape, final Shape shape, final Path file, final byte[] bad)
        throws IOException
    {
        try (Change change = TapeFiles.change(file, bad))
        {
            final TapeReport report = ReadBack.requireHonest(tape, shape.events());
            FaultFailure.require(!shape.isSealed() || report.status() != TapeStatus.OK,
                "a sealed file changed unseen: file=" + change.file() + " " + report);
        }
    }

    private static Path anyWithBlocks(final Path tape, final SplittableRandom random) throws IOException
    {
        final List<Path> files = TapeFiles.rollFiles(tape);
        final Path file = TapeFiles.any(files, random);
        return TapeFiles.blocks(Files.readAllBytes(file)).isEmpty() ? files.get(0) : file;
    }
}
