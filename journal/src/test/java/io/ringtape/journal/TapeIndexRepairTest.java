package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An index that is lost or damaged is made anew from its file, and nothing else is touched. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class TapeIndexRepairTest
{
    private static final int BLOCK = 64;
    private static final int BLOCKS = 900;
    private static final String INDEX = "run-000001/19700101-00LX.cq4.index";

    private final Path tape = Tapes.fresh("indexes");

    @AfterEach
    void clean()
    {
        Tapes.delete(tape);
    }

    private Path index(final int run, final int file)
    {
        return FileIndex.path(tape.resolve(RunDirectory.name(run)), file);
    }

    private IndexRepair rebuild()
    {
        final List<Long> told = new ArrayList<>();
        final IndexRepair repair = TapeIndexes.rebuild(Tape.open(tape), told::add);
        assertEquals(told.stream().sorted().toList(), told);
        return repair;
    }

    @Test
    void shouldMakeWhatWasThere() throws IOException
    {
        Tapes.record(tape, BLOCKS, BLOCK);
        final byte[] good = Files.readAllBytes(index(1, 0));
        final byte[] file = Files.readAllBytes(TapeBytes.rollFile(tape, 1, 0));
        final byte[] manifest = Files.readAllBytes(tape.resolve("run-000001").resolve(Manifest.NAME));
        final byte[] flipped = good.clone();
        flipped[100] ^= 1;
        for (final byte[] bad : List.of(flipped, new byte[0], Arrays.copyOf(good, 100),
            Arrays.copyOf(good, good.length + IndexEntry.BYTES)))
        {
            TapeBytes.overwrite(index(1, 0), bad);
            assertEquals(TapeStatus.DAMAGED, TapeVerifier.verify(tape).status());

            final IndexRepair repair = rebuild();

            assertEquals(new IndexRepair(1, List.of(INDEX), ""), repair);
            assertArrayEquals(good, Files.readAllBytes(index(1, 0)));
            assertEquals(TapeStatus.OK, TapeVerifier.verify(tape).status());
        }
        Files.delete(index(1, 0));
        assertEquals(new IndexRepair(1, List.of(INDEX), ""), rebuild());
        assertArrayEquals(good, Files.readAllBytes(index(1, 0)));
        assertEquals("r--------",
            PosixFilePermissions.toString(Files.getPosixFilePermissions(index(1, 0))));
        assertArrayEquals(file, Files.readAllBytes(TapeBytes.rollFile(tape, 1, 0)));
        assertArrayEquals(manifest, Files.readAllBytes(tape.resolve("run-000001").resolve(Manifest.NAME)));
    }

    @Test
    void shouldTouchNothingThatIsRight() throws IOException
    {
        Tapes.record(tape, BLOCKS, BLOCK);
        Tapes.record(tape, 1, BLOCK);
        final Object key = Files.readAttributes(index(1, 0), "unix:ino").get("ino");

        final IndexRepair repair = rebuild();

        assertEquals(new IndexRepair(2, List.of(), ""), repair);
        assertEquals(key, Files.readAttributes(index(1, 0), "unix:ino").get("ino"));
    }

    @Test
    void shouldMakeTheIndexesOfWhatRetainLeft() throws IOException
    {
        final TapeConfig config = TapeConfig.defaults().withRollBytes(2 * TapeConfig.MIN_ROLL_BYTES);
        Tapes.record(tape, config, 2 * BLOCKS, BLOCK);
        TapeRetention.keepBytes(Tape.open(tape), Tape.open(tape).sizeBytes() - 1, true);
        final TapeReport before = TapeVerifier.verify(tape);
        final byte[] good = Files.readAllBytes(index(1, 1));
        Files.delete(index(1, 1));

        final IndexRepair repair = rebuild();

        assertEquals(List.of("run-000001/19700101-01LX.cq4.index"), repair.rebuilt());
        assertEquals("", repair.problem());
        assertArrayEquals(good, Files.readAllBytes(index(1, 1)));
        assertEquals(before, TapeVerifier.verify(tape));
    }

    @Test
    void shouldLeaveTheIndexOfADamagedFileAndMakeTheOthers() throws IOException
    {
        Tapes.record(tape, BLOCKS, BLOCK);
        Tapes.record(tape, BLOCKS, BLOCK);
        final byte[] good = Files.readAllBytes(index(2, 0));
        Files.delete(index(1, 0));
        Files.delete(index(2, 0));
        final Path file = TapeBytes.rollFile(tape, 1, 0);
        final byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        TapeBytes.overwrite(file, bytes);

        final IndexRepair repair = rebuild();

        assertEquals(new IndexRepair(2, List.of("run-000002/19700101-00LX.cq4.index"),
            "tape is damaged, a sealed file is not what it was: run=1 file=19700101-00LX.cq4 " +
                "sequences=0.." + (BLOCKS * BLOCK - 1)), repair);
        assertFalse(Files.exists(index(1, 0)));
        assertArrayEquals(good, Files.readAllBytes(index(2, 0)));
    }

    @Test
    void shouldMakeTheIndexOfAFileThatIsNotSealed() throws IOException
    {
        try (TapeWriter writer = Tapes.open(tape, TapeConfig.defaults()))
        {
            Tapes.write(writer, BLOCKS, BLOCK);
        }
        final byte[] good = Files.readAllBytes(index(1, 0));
        final String open = TapeVerifier.verify(tape).detail();
        final byte[] other = Arrays.copyOfRange(good, 0, IndexEntry.BYTES);
        final IndexEntry first = FileIndex.read(1, Tape.open(tape).runs().get(0).files().get(0)).entries().get(0);
        final IndexEntry lie = new IndexEntry(1, 0, 0, first.offset(), first.firstSequence(), first.blockNumber(),
            first.maxBeforeNs(), first.minNs() + 1, first.maxNs(), 1, 1, first.previousCrc(), first.crc(),
            0);
        lie.encode(ByteBuffer.wrap(other).order(ByteOrder.LITTLE_ENDIAN));
        TapeBytes.overwrite(index(1, 0), other);
        assertEquals(TapeStatus.DAMAGED, TapeVerifier.verify(tape).status());

        final IndexRepair repair = rebuild();

        assertEquals(new IndexRepair(1, List.of(INDEX), ""), repair);
        assertArrayEquals(good, Files.readAllBytes(index(1, 0)));
        assertEquals(open, TapeVerifier.verify(tape).detail());
    }

    @Test
    void shouldReadAFileWhateverBecameOfTheNext() throws IOException
    {
        final TapeConfig config = TapeConfig.defaults().withRollBytes(2 * TapeConfig.MIN_ROLL_BYTES);
        Tapes.record(tape, config, 2 * BLOCKS, BLOCK);
        final byte[] good = Files.readAllBytes(index(1, 0));
        Files.delete(index(1, 0));
        Files.delete(TapeBytes.rollFile(tape, 1, 1));

        final IndexRepair repair = rebuild();

        assertTrue(repair.rebuilt().contains(INDEX), repair.toString());
        assertArrayEquals(good, Files.readAllBytes(index(1, 0)));
        assertEquals(TapeStatus.GAP, TapeVerifier.verify(tape).status());
    }

    @Test
    void shouldRefuseWhileAnotherWrites()
    {
        Tapes.record(tape, 2, 16);
        try (TapeWriter writer = Tapes.open(tape, TapeConfig.defaults()))
        {
            final TapeException refused = assertThrows(TapeException.class, this::rebuild);

            assertEquals(Kind.IN_USE, refused.kind());
            assertEquals(32, writer.firstSequence());
        }
    }
}
