package io.ringtape.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.ringtape.journal.TapeException.Kind;
import io.ringtape.journal.TapeInfo.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A slot of a mark that is not what was written is named; what a kill leaves of one is no damage. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class MarkSlotsTest
{
    private static final int PAGE = 4096;
    private static final int SLOT = 64;
    private static final int CRC_AT = 60;
    private static final int BLOCK = 10;
    private static final BootId OTHER = new BootId(3, 4);
    private static final String DAMAGED = "tape is damaged, a slot of a mark is not whole: ";
    private static final String KILLED = "a slot of a mark was being written when its writer was killed: ";

    private final long seed = ThreadLocalRandom.current().nextLong();
    private final Random random = new Random(seed);
    private final Path tape = Tapes.fresh("slots");
    private final Path journaled = tape.resolve(MarkFile.JOURNALED);

    @AfterEach
    void clean()
    {
        Tapes.delete(tape);
    }

    @Test
    void shouldNameAFlippedBitInAnySlotOfAnyMark() throws IOException
    {
        Tapes.record(tape, 3, BLOCK);
        for (final String name : List.of(MarkFile.JOURNALED, MarkFile.DURABLE))
        {
            final Path file = tape.resolve(name);
            final byte[] good = Files.readAllBytes(file);
            final String last = name.equals(MarkFile.JOURNALED) ? "1 lastSequence=29" : "-1 lastSequence=-1";
            for (int slot = 0; slot < 2; slot++)
            {
                for (int bit = 0; bit < SLOT * Byte.SIZE; bit++)
                {
                    final byte[] bad = good.clone();
                    bad[slot * PAGE + bit / Byte.SIZE] ^= (byte)(1 << bit % Byte.SIZE);
                    Files.write(file, bad);

                    final TapeReport report = TapeVerifier.verify(tape);

                    assertEquals(new TapeReport(TapeStatus.DAMAGED, 30, 0, 29, 1, DAMAGED + "file=" + name + " slot=" +
                        slot + " offset=" + slot * PAGE + ": one bit of it is wrong, the mark is at run=" + last),
                        report);
                }
            }
            Files.write(file, good);
        }
        assertEquals(TapeStatus.OK, TapeVerifier.verify(tape).status());
    }

    @Test
    void shouldNameWhatIsLostBehindTheOlderSlotAndNeverGiveItAgain() throws IOException
    {
        recordUnclosed(3);
        loseTheLastBlock();
        final byte[] bytes = Files.readAllBytes(journaled);
        final int newer = newer(bytes);
        bytes[newer * PAGE + 32] ^= 4;
        Files.write(journaled, bytes);

        final TapeReport report = TapeVerifier.verify(tape);

        assertEquals(20, report.events());
        assertEquals("tape is damaged: run=1 file=19700101-00LX.cq4 block=2 offset=34752 sequence=20: " +
            "run ends early; sequences 20..29 are not readable; " + DAMAGED + "file=mark-journaled slot=" + newer +
            " offset=" + newer * PAGE + ": one bit of it is wrong, the mark is at run=1 lastSequence=29",
            report.detail());
        try (TapeWriter writer = Tapes.open(tape, TapeConfig.defaults()))
        {
            assertEquals(30, writer.firstSequence());
        }
        assertEquals(report.detail().substring(0, report.detail().indexOf("; tape")),
            TapeVerifier.verify(tape).detail());
    }

    @Test
    void shouldNotCallATapeWholeWhoseNewerSlotCannotBeTold() throws IOException
    {
        recordUnclosed(3);
        loseTheLastBlock();
        final byte[] bytes = Files.readAllBytes(journaled);
        final int newer = newer(bytes);
        bytes[newer * PAGE + 32] ^= 4;
        bytes[newer * PAGE + 41] ^= 4;
        Files.write(journaled, bytes);

        final TapeReport report = TapeVerifier.verify(tape);
        final TapeInfo info = Tape.open(tape).info();

        final String text = DAMAGED + "file=mark-journaled slot=" + newer + " offset=" + newer * PAGE +
            ": the other one is at run=1 lastSequence=19";
        assertEquals(new TapeReport(TapeStatus.DAMAGED, 20, 0, 19, 1, text), report);
        assertEquals(List.of(new Problem(Kind.DAMAGED, text)), info.problems());
        assertEquals(List.of(), info.notes());
    }

    @Test
    void shouldNameADamagedSlotAlsoWhileTheTapeIsWritten() throws IOException
    {
        try (TapeWriter writer = Tapes.open(tape, TapeConfig.defaults()))
        {
            Tapes.write(writer, 2, BLOCK);
            final byte[] bytes = Files.readAllBytes(journaled);
            final int newer = newer(bytes);
            bytes[newer * PAGE + 8] ^= 1;
            TapeBytes.write(journaled, bytes);

            final TapeReport report = TapeVerifier.verify(tape);
            Tapes.write(writer, 2, BLOCK);
            final TapeReport after = TapeVerifier.verify(tape);

            assertEquals(new TapeReport(TapeStatus.DAMAGED, 20, 0, 19, 1, DAMAGED + "file=mark-journaled slot=" +
                newer + " offset=" + newer * PAGE + ": one bit of it is wrong, the mark is at run=1 lastSequence=19"),
                report);
            assertEquals(TapeStatus.OK, after.status(), after.detail());
        }
    }

    @Test
    void shouldTakeWhatAKillLeavesOfASlotForNoDamage() throws IOException
    {
        final byte[] before;
        final byte[] after;
        try (TapeWriter writer = Tapes.open(tape, TapeConfig.defaults()))
        {
            Tapes.write(writer, 2, BLOCK);
            before = Files.readAllBytes(journaled);
            Tapes.write(writer, 1, BLOCK);
            after = Files.readAllBytes(journaled);
        }
        final int slot = newer(after);
        final String end = "run was not closed: run=1 file=19700101-00LX.cq4 offset=35456 lastSequence=29";
        final String note = KILLED + "file=mark-journaled slot=" + slot + " offset=" + slot * PAGE +
            ": the other one is at run=1 lastSequence=19";
        for (int words = 0; words < 1 << 8; words++)
        {
            // The writer takes the CRC away first; then each word is the old one or the new one.
            final byte[] torn = before.clone();
            for (int word = 0; word < Long.BYTES; word++)
            {
                final int at = slot * PAGE + word * Long.BYTES;
                final byte[] from = (words & 1 << word) == 0 ? before : after;
                System.arraycopy(from, at, torn, at, Long.BYTES);
            }
            Arrays.fill(torn, slot * PAGE + CRC_AT, slot * PAGE + SLOT, (byte)0);
            Files.write(journaled, torn);

            final TapeReport report = TapeVerifier.verify(tape);

            assertEquals(new TapeReport(TapeStatus.OK, 30, 0, 29, 1, end + "; " + note), report);
        }
        assertEquals(List.of(note), Tape.open(tape).info().notes());
        assertEquals(List.of(), Tape.open(tape).info().problems());
        Tapes.record(tape, 1, BLOCK);
        assertEquals(new TapeReport(TapeStatus.OK, 40, 0, 39, 2, "what was recorded is whole: runs=2 notClosed=1; " +
            end), TapeVerifier.verify(tape));
    }

    @Test
    void shouldHaveNoCrcInTheSlotWhileItIsWritten() throws IOException
    {
        Tapes.record(tape, 2, BLOCK);
        final WatchingChecksum watching = new WatchingChecksum();
        try (MarkFile mark = MarkFile.open(tape, MarkFile.JOURNALED, BootId.current(), watching))
        {
            mark.store(1, 0, 100, 20, 7);
            mark.store(1, 0, 200, 21, 8);
            mark.again();
        }

        assertEquals(List.of(0, 0, 0), watching.crcs);
        assertEquals(new MarkSlots(new Mark(1, 0, 200, 21, 8, BootId.current()), 0, MarkSlots.Other.FINE, false),
            MarkFile.readSlots(tape, MarkFile.JOURNALED));
    }

    @Test
    void shouldTakeTheSameForDamageWhereNobodyWasKilled() throws IOException
    {
        Tapes.record(tape, 2, BLOCK);
        final byte[] bytes = Files.readAllBytes(journaled);
        final int slot = newer(bytes);
        final String place = "file=mark-journaled slot=" + slot + " offset=" + slot * PAGE +
            ": the other one is at run=1 lastSequence=19";
        Arrays.fill(bytes, slot * PAGE + CRC_AT, slot * PAGE + SLOT, (byte)0);
        Files.write(journaled, bytes);

        final TapeReport closed = TapeVerifier.verify(tape);
        // Whoever was killed when it took hold of the tape for the next run has left its name.
        Files.writeString(tape.resolve(TapeOwner.NAME), "nobody");
        final TapeReport killed = TapeVerifier.verify(tape);

        assertEquals(new TapeReport(TapeStatus.DAMAGED, 20, 0, 19, 1, DAMAGED + place), closed);
        assertEquals(new TapeReport(TapeStatus.OK, 20, 0, 19, 1, "all runs are whole: runs=1; " + KILLED + place),
            killed);
    }

    @Test
    void shouldTakeAnEmptySlotForDamageUnlessTheMachineHasStartedAgain() throws IOException
    {
        Tapes.record(tape, 2, BLOCK);
        final byte[] bytes = Files.readAllBytes(journaled);
        final int slot = newer(bytes);
        Arrays.fill(bytes, slot * PAGE, slot * PAGE + SLOT, (byte)0);
        Files.write(journaled, bytes);

        final TapeReport report = TapeVerifier.verify(tape);
        final TapeReport after = TapeVerifier.verify(Tape.open(tape, OTHER));

        assertEquals(new TapeReport(TapeStatus.DAMAGED, 20, 0, 19, 1, DAMAGED + "file=mark-journaled slot=" + slot +
            " offset=" + slot * PAGE + ": the other one is at run=1 lastSequence=19"), report);
        assertEquals(new TapeReport(TapeStatus.OK, 20, 0, 19, 1, "all runs are whole: runs=1"), after);
    }

    @Test
    void shouldMakeDamagedSlotsWholeWithTheNextRun() throws IOException
    {
        for (final Durability durability : List.of(Durability.PAGE_CACHE, Durability.EVERY_BATCH))
        {
            final TapeConfig config = TapeConfig.defaults().withDurability(durability);
            Tapes.record(tape, config, 1, BLOCK);
            for (final String name : List.of(MarkFile.JOURNALED, MarkFile.DURABLE))
            {
                final byte[] bytes = Files.readAllBytes(tape.resolve(name));
                final int at = random.nextInt(2) * PAGE + random.nextInt(SLOT);
                bytes[at] ^= (byte)(1 + random.nextInt(255));
                Files.write(tape.resolve(name), bytes);
            }
            assertEquals(TapeStatus.DAMAGED, TapeVerifier.verify(tape).status(), () -> "seed=" + seed);

            Tapes.record(tape, config, 1, BLOCK);

            final TapeReport report = TapeVerifier.verify(tape);
            assertEquals(TapeStatus.OK, report.status(), () -> "seed=" + seed + " " + report);
            for (final String name : List.of(MarkFile.JOURNALED, MarkFile.DURABLE))
            {
                assertEquals(MarkSlots.Other.FINE, MarkFile.readSlots(tape, name).other(), () -> "seed=" + seed);
            }
        }
    }

    @Test
    void shouldNotChangeAMarkThatOnlyReadersLookAt() throws IOException
    {
        Tapes.record(tape, 2, BLOCK);
        final byte[] bytes = Files.readAllBytes(journaled);
        bytes[newer(bytes) * PAGE + 3] ^= 1;
        Files.write(journaled, bytes);

        TapeVerifier.verify(tape);
        final TapeCopy copy = TapeRepair.repair(Tape.open(tape), tape.resolveSibling("copy"), MarkSlotsTest::ignore);

        assertArrayEquals(bytes, Files.readAllBytes(journaled));
        assertEquals(20, copy.events());
        assertEquals(TapeVerifier.verify(tape).detail(), copy.problem());
        assertEquals(TapeStatus.OK, TapeVerifier.verify(tape.resolveSibling("copy")).status());
        assertFalse(copy.problem().isEmpty());
    }

    /** Looks at what stands in the place of the CRC when it is asked for one. */
    private static final class WatchingChecksum implements Checksum
    {
        private final CRC32C crc = new CRC32C();
        private final List<Integer> crcs = new ArrayList<>();

        @Override
        public void update(final ByteBuffer bytes)
        {
            crcs.add(bytes.duplicate().clear().getInt(bytes.limit()));
            crc.update(bytes);
        }

        @Override
        public void update(final int value)
        {
            crc.update(value);
        }

        @Override
        public void update(final byte[] bytes, final int offset, final int length)
        {
            crc.update(bytes, offset, length);
        }

        @Override
        public long getValue()
        {
            return crc.getValue();
        }

        @Override
        public void reset()
        {
            crc.reset();
        }
    }

    private static void ignore(final long events)
    {
    }

    private static int newer(final byte[] bytes)
    {
        final ByteBuffer buffer = ByteBuffer.wrap(bytes).order(LITTLE_ENDIAN);
        return buffer.getLong(0) > buffer.getLong(PAGE) ? 0 : 1;
    }

    private void recordUnclosed(final int blocks)
    {
        try (TapeWriter writer = Tapes.open(tape, TapeConfig.defaults()))
        {
            Tapes.write(writer, blocks, BLOCK);
        }
    }

    private void loseTheLastBlock() throws IOException
    {
        final Path file = TapeBytes.rollFile(tape, 1, 0);
        final byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, TapeBytes.blockStart(bytes, 2), TapeBytes.blockStart(bytes, 3), (byte)0);
        TapeBytes.overwrite(file, bytes);
    }
}
