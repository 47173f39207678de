package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.ringtape.event.OrderBookEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever happens to the bytes of a tape: no wrong event is delivered, and no shorter tape is called whole. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class TapeFaultTest
{
    private static final int BLOCKS = 60;
    private static final int BLOCK = 16;
    private static final int EVENTS = BLOCKS * BLOCK;

    private final long seed = ThreadLocalRandom.current().nextLong();
    private final Random random = new Random(seed);
    private final Path tape = Tapes.fresh("fault");

    @AfterEach
    void clean()
    {
        Tapes.delete(tape);
    }

    @Test
    void shouldNameBlockAndSequenceOfAFlippedByteInTheMiddleBlock() throws IOException
    {
        Tapes.record(tape, BLOCKS, BLOCK);
        final Path file = TapeBytes.rollFile(tape, 1, 0);
        final byte[] bytes = Files.readAllBytes(file);
        final int start = TapeBytes.blockStart(bytes, 30);
        bytes[start + 4 + DocumentLayout.EVENTS_OFFSET + 100] ^= 1;
        Files.write(file, bytes);

        final TapeReport report = TapeVerifier.verify(tape);

        assertEquals(new TapeReport(TapeStatus.DAMAGED, 480, 0, 479, 1,
            "tape is damaged: run=1 file=19700101-00LX.cq4 block=30 offset=" + start +
                " sequence=480: crc does not match; sequences 480..959 are not readable"), report);
        assertEquals(480, readUntilRefused());
    }

    @Test
    void shouldNeverDeliverAWrongEventAfterABitFlip() throws IOException
    {
        Tapes.record(tape, BLOCKS, BLOCK);
        final Path file = TapeBytes.rollFile(tape, 1, 0);
        final byte[] good = Files.readAllBytes(file);
        final int first = TapeBytes.blockStart(good, 0);
        final int end = TapeBytes.blockStart(good, BLOCKS);

        for (int round = 0; round < 500; round++)
        {
            final int at = first + random.nextInt(end - first);
            final byte[] bad = good.clone();
            bad[at] ^= (byte)(1 << random.nextInt(8));
            TapeBytes.overwrite(file, bad);

            final TapeReport report = TapeVerifier.verify(tape);

            assertEquals(TapeStatus.DAMAGED, report.status(), () -> "seed=" + seed + " at=" + at + " " + report);
            assertEquals((at - first) / (64L + 64 * BLOCK) * BLOCK, report.events(),
                () -> "seed=" + seed + " at=" + at);
            assertEquals(report.events(), readUntilRefused());
        }
    }

    @Test
    void shouldNeverCallAnUnclosedRunWholeAfterABitFlipBeforeItsLastBlock() throws IOException
    {
        recordUnclosed();
        final Path file = TapeBytes.rollFile(tape, 1, 0);
        final byte[] good = Files.readAllBytes(file);
        final int first = TapeBytes.blockStart(good, 0);
        final int last = TapeBytes.blockStart(good, BLOCKS - 1);

        for (int round = 0; round < 200; round++)
        {
            final int at = first + random.nextInt(last - first);
            final byte[] bad = good.clone();
            bad[at] ^= (byte)(1 << random.nextInt(8));
            TapeBytes.overwrite(file, bad);

            final TapeReport report = TapeVerifier.verify(tape);

            assertEquals(TapeStatus.DAMAGED, report.status(), () -> "seed=" + seed + " at=" + at + " " + report);
            assertEquals((at - first) / (64L + 64 * BLOCK) * BLOCK, report.events());
        }
    }

    @Test
    void shouldNeverCallATruncatedClosedRunWhole() throws IOException
    {
        Tapes.record(tape, BLOCKS, BLOCK);
        final Path file = TapeBytes.rollFile(tape, 1, 0);
        final byte[] good = Files.readAllBytes(file);
        final int first = TapeBytes.blockStart(good, 0);
        final int end = TapeBytes.blockStart(good, BLOCKS);

        for (int round = 0; round < 100; round++)
        {
            final int length = random.nextInt(end + 64);
            TapeBytes.overwrite(file, Arrays.copyOf(good, length));

            final TapeReport report = TapeVerifier.verify(tape);

            assertEquals(TapeStatus.DAMAGED, report.status(),
                () -> "seed=" + seed + " length=" + length + " " + report);
            assertEquals(Math.max(0, length - first) / (64L + 64 * BLOCK) * BLOCK, report.events());
        }
    }

    @Test
    void shouldNeverDeliverAWrongEventAfterAZeroedPage() throws IOException
    {
        Tapes.record(tape, BLOCKS, BLOCK);
        final Path file = TapeBytes.rollFile(tape, 1, 0);
        final byte[] good = Files.readAllBytes(file);
        final int pages = TapeBytes.blockStart(good, BLOCKS) / 4096;
        final int firstPage = TapeBytes.blockStart(good, 0) / 4096;

        for (int round = 0; round < 50; round++)
        {
            final int page = firstPage + random.nextInt(pages - firstPage);
            final byte[] bad = good.clone();
            Arrays.fill(bad, page * 4096, page * 4096 + 4096, (byte)0);
            TapeBytes.overwrite(file, bad);

            final TapeReport report = TapeVerifier.verify(tape);

            assertEquals(TapeStatus.DAMAGED, report.status(), () -> "seed=" + seed + " page=" + page + " " + report);
            assertEquals(report.events(), readUntilRefused());
        }
    }

    @Test
    void shouldTellAZeroedPageOfAnUnclosedRunFromItsEndByTheMark() throws IOException
    {
        recordUnclosed();
        final Path file = TapeBytes.rollFile(tape, 1, 0);
        final byte[] bad = Files.readAllBytes(file);
        final int start = TapeBytes.blockStart(bad, 20);
        Arrays.fill(bad, start, start + 4096, (byte)0);
        TapeBytes.overwrite(file, bad);

        final TapeReport report = TapeVerifier.verify(tape);

        assertEquals(TapeStatus.DAMAGED, report.status());
        assertEquals("tape is damaged: run=1 file=19700101-00LX.cq4 block=20 offset=" + start +
            " sequence=320: run ends early; sequences 320..959 are not readable", report.detail());
    }

    @Test
    void shouldTellAZeroedPageOfAnUnclosedRunFromItsEndByTheBlocksBehind() throws IOException
    {
        recordUnclosed();
        setMarkBack();
        final Path file = TapeBytes.rollFile(tape, 1, 0);
        final byte[] bad = Files.readAllBytes(file);
        final int start = TapeBytes.blockStart(bad, 20);
        Arrays.fill(bad, start, start + 4096, (byte)0);
        TapeBytes.overwrite(file, bad);

        final TapeReport report = TapeVerifier.verify(tape);

        assertEquals(TapeStatus.DAMAGED, report.status());
        assertEquals("tape is damaged: run=1 file=19700101-00LX.cq4 block=20 offset=" + start +
            " sequence=320: nothing is written here; whole again at file=19700101-00LX.cq4 offset=" +
            (start + 4 * (64 + 64 * BLOCK)) + " sequence=384", report.detail());
    }

    @Test
    void shouldReportATornTailAndGoOnBehindIt() throws IOException
    {
        recordUnclosed();
        final Path file = TapeBytes.rollFile(tape, 1, 0);
        final byte[] torn = Files.readAllBytes(file);
        final int start = TapeBytes.blockStart(torn, BLOCKS);
        torn[start + 3] |= (byte)0x80;
        TapeBytes.overwrite(file, torn);
        final TapeReport before = TapeVerifier.verify(tape);

        Tapes.record(tape, 2, BLOCK);
        final TapeReport after = TapeVerifier.verify(tape);

        assertEquals(new TapeReport(TapeStatus.TORN_TAIL, EVENTS, 0, EVENTS - 1, 1,
            "torn tail: run=1 file=19700101-00LX.cq4 offset=" + start + " lastSequence=" + (EVENTS - 1) +
                ": a document is unfinished"), before);
        assertEquals(new TapeReport(TapeStatus.OK, EVENTS + 2 * BLOCK, 0, EVENTS + 2 * BLOCK - 1, 2,
            "what was recorded is whole: runs=2 notClosed=1; run was not closed: run=1 file=19700101-00LX.cq4 offset=" +
                start + " lastSequence=959"), after);
        assertTrue(Arrays.equals(torn, Files.readAllBytes(file)), "the torn file is never written to");
    }

    @Test
    void shouldNameWhatAnUnclosedOldRunLost() throws IOException
    {
        recordUnclosed();
        Tapes.record(tape, 2, BLOCK);
        final Path file = TapeBytes.rollFile(tape, 1, 0);
        final byte[] bad = Files.readAllBytes(file);
        final int start = TapeBytes.blockStart(bad, 59);
        bad[start + 500] ^= 4;
        TapeBytes.overwrite(file, bad);

        final TapeReport report = TapeVerifier.verify(tape);

        assertEquals(new TapeReport(TapeStatus.DAMAGED, 944, 0, 943, 1, "tape is damaged: run=1 " +
            "file=19700101-00LX.cq4 block=59 offset=" + start + " sequence=944: crc does not match; " +
            "sequences 944..959 are not readable; whole behind it: run=2 sequences=960..991"), report);
    }

    @Test
    void shouldGiveWhatIsWholeBeforeTheDamage() throws IOException
    {
        Tapes.record(tape, BLOCKS, BLOCK);
        final Path file = TapeBytes.rollFile(tape, 1, 0);
        final byte[] bad = Files.readAllBytes(file);
        bad[TapeBytes.blockStart(bad, 30) + 500] ^= 1;
        TapeBytes.overwrite(file, bad);

        final List<Long> before = Tapes.sequences(tape, TapeRange.sequences(0, 479));
        final List<Long> last = Tapes.sequences(tape, TapeRange.sequences(479, 479));

        assertEquals(480, before.size());
        assertEquals(List.of(479L), last);
        assertThrows(TapeException.class, () -> Tapes.sequences(tape, TapeRange.sequences(479, 480)));
    }

    @Test
    void shouldNameTheSequencesOfAMissingFile() throws IOException
    {
        final int files = recordFiles();
        for (int missing = 0; missing < files; missing++)
        {
            final Path file = TapeBytes.rollFile(tape, 1, missing);
            final Path aside = file.resolveSibling("aside");
            Files.move(file, aside);

            final TapeReport report = TapeVerifier.verify(tape);

            Files.move(aside, file);
            final long first = report.lastSequence() + 1;
            assertEquals(TapeStatus.GAP, report.status(), report::detail);
            assertTrue(report.detail().contains("sequences=" + first + "..") || missing == 0, report::detail);
        }
        assertEquals(TapeStatus.OK, TapeVerifier.verify(tape).status());
    }

    @Test
    void shouldNameTheSequencesOfAMissingRun() throws IOException
    {
        Tapes.record(tape, 2, 10);
        Tapes.record(tape, 3, 10);
        Tapes.record(tape, 4, 10);
        TapeDirectory.deleteTree(tape.resolve("run-000002"));

        final TapeReport report = TapeVerifier.verify(tape);

        assertEquals(new TapeReport(TapeStatus.GAP, 20, 0, 19, 1,
            "sequences are missing: before run=3 missing run=2 sequences=20..49; " +
            "whole behind it: run=3 sequences=50..89"), report);
    }

    @Test
    void shouldNotCareForChroniclesMetadata() throws IOException
    {
        Tapes.record(tape, BLOCKS, BLOCK);
        final Path metadata = tape.resolve("run-000001").resolve("metadata.cq4t");
        final TapeReport good = TapeVerifier.verify(tape);
        for (int round = 0; round < 50; round++)
        {
            final byte[] garbage = new byte[random.nextInt(70_000)];
            random.nextBytes(garbage);
            Files.write(metadata, garbage);

            assertEquals(good, TapeVerifier.verify(tape));
        }
        Files.delete(metadata);

        Tapes.record(tape, 1, BLOCK);

        assertEquals(new TapeReport(TapeStatus.OK, EVENTS + BLOCK, 0, EVENTS + BLOCK - 1, 2,
            "all runs are whole: runs=2"), TapeVerifier.verify(tape));
    }

    @Test
    void shouldNeverHangOrCrashOnRandomBytes() throws IOException
    {
        Tapes.record(tape, 4, BLOCK);
        final Path file = TapeBytes.rollFile(tape, 1, 0);
        final byte[] good = Files.readAllBytes(file);
        for (int round = 0; round < 300; round++)
        {
            final byte[] bad = good.clone();
            final int changes = 1 + random.nextInt(40);
            for (int i = 0; i < changes; i++)
            {
                final int at = random.nextInt(bad.length);
                bad[at] = (byte)random.nextInt(256);
            }
            TapeBytes.overwrite(file, bad);

            final TapeReport report = TapeVerifier.verify(tape);

            assertTrue(report.events() <= 4 * BLOCK, () -> "seed=" + seed + " " + report);
        }
    }

    @Test
    void shouldRefuseToGoOnAfterAFailure()
    {
        final long journaled;
        try (TapeWriter writer = TapeWriter.open(tape, Tapes.definitions(),
            TapeParts.of(tape, TapeConfig.defaults().withReserveBytes(0), () -> 1L).with(new FillingDevice(3))))
        {
            final TapeException first = assertThrows(TapeException.class, () -> Tapes.write(writer, 10_000, 256));
            final TapeException second = assertThrows(TapeException.class, () -> Tapes.write(writer, 1, 256));

            assertEquals(TapeException.Kind.IO, first.kind());
            assertEquals("device is full: usableBytes=1000 wantedBytes=33554432", first.getMessage());
            assertEquals("tape has stopped: device is full: usableBytes=1000 wantedBytes=33554432",
                second.getMessage());
            journaled = writer.journaledSequence();
        }

        assertTrue(journaled > 0);
        assertEquals(journaled, TapeVerifier.verify(tape).lastSequence());
    }

    /** As if nothing had been acknowledged. */
    private void setMarkBack() throws IOException
    {
        try (MarkFile mark = MarkFile.open(tape, MarkFile.JOURNALED, BootId.current()))
        {
            mark.store(-1, -1, 0, -1, 0);
        }
    }

    private void recordUnclosed()
    {
        try (TapeWriter writer = Tapes.open(tape, TapeConfig.defaults()))
        {
            Tapes.write(writer, BLOCKS, BLOCK);
        }
    }

    private int recordFiles()
    {
        Tapes.record(tape, TapeConfig.defaults().withRollBytes(TapeConfig.MIN_ROLL_BYTES), 400, 128);
        return Tape.open(tape).runs().get(0).files().size();
    }

    private long readUntilRefused()
    {
        final OrderBookEvent event = new OrderBookEvent();
        final OrderBookEvent expected = new OrderBookEvent().wrap(Tapes.room(1), 0);
        long next = 0;
        try (TapeReader reader = Tape.open(tape).read(TapeRange.ALL, RunListener.NONE))
        {
            while (reader.nextBlock())
            {
                for (int i = 0; i < reader.count(); i++)
                {
                    Tapes.fill(expected, next++);
                    Tapes.requireEqual(expected, reader.event(i, event));
                }
            }
            return fail("reader did not refuse: seed=" + seed);
        }
        catch (final TapeException e)
        {
            assertEquals(TapeException.Kind.DAMAGED, e.kind());
            return next;
        }
    }

    private static final class FillingDevice implements SpaceSource
    {
        private int left;

        private FillingDevice(final int answers)
        {
            left = answers;
        }

        @Override
        public long usableBytes()
        {
            return left-- > 0 ? Long.MAX_VALUE : 1000;
        }
    }
}
