package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What marks, manifests and seals say of a tape is held against it, and none of them may be missing. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class TapeTruthTest
{
    private static final int BLOCKS = 60;
    private static final int BLOCK = 16;
    private static final int EVENTS = BLOCKS * BLOCK;
    private static final TapeConfig SMALL_FILES = TapeConfig.defaults().withRollBytes(TapeConfig.MIN_ROLL_BYTES);

    private final long seed = ThreadLocalRandom.current().nextLong();
    private final Random random = new Random(seed);
    private final Path tape = Tapes.fresh("truth");

    @AfterEach
    void clean()
    {
        Tapes.delete(tape);
    }

    @Test
    void shouldNameWhatWentWithTheNewestRun() throws IOException
    {
        Tapes.record(tape, 2, 10);
        Tapes.record(tape, 3, 10);
        TapeDirectory.deleteTree(tape.resolve("run-000002"));

        final TapeReport report = TapeVerifier.verify(tape);

        assertEquals(new TapeReport(TapeStatus.GAP, 20, 0, 19, 1,
            "sequences are missing: missing run=2 sequences=20..49"), report);
        try (TapeWriter writer = Tapes.open(tape, TapeConfig.defaults()))
        {
            assertEquals(50, writer.firstSequence());
            assertEquals(3, writer.runId());
        }
    }

    @Test
    void shouldMissWhatWasForcedWhereTheOtherMarkWentWithAllRuns() throws IOException
    {
        Tapes.record(tape, TapeConfig.defaults().withDurability(Durability.EVERY_BATCH), 2, 10);
        TapeDirectory.deleteTree(tape.resolve("run-000001"));
        Files.delete(tape.resolve(MarkFile.JOURNALED));

        final TapeReport report = TapeVerifier.verify(tape);

        assertEquals(new TapeReport(TapeStatus.GAP, 0, -1, -1, 0,
            "sequences are missing: missing run=1 sequences=0..19"), report);
    }

    @Test
    void shouldNeverCallATapeWholeWhoseMarksCannotBeTold() throws IOException
    {
        Tapes.record(tape, 2, 10);
        for (final String name : new String[]{MarkFile.JOURNALED, MarkFile.DURABLE})
        {
            final Path mark = tape.resolve(name);
            final byte[] good = Files.readAllBytes(mark);
            final byte[] damaged = new byte[good.length];
            random.nextBytes(damaged);

            Files.delete(mark);
            final TapeReport missing = TapeVerifier.verify(tape);
            Files.write(mark, new byte[0]);
            final TapeReport empty = TapeVerifier.verify(tape);
            Files.write(mark, damaged);
            final TapeReport garbage = TapeVerifier.verify(tape);
            Files.write(mark, good);

            assertEquals(new TapeReport(TapeStatus.DAMAGED, 20, 0, 19, 1,
                "tape is damaged, a mark is missing: file=" + name), missing);
            assertEquals(new TapeReport(TapeStatus.DAMAGED, 20, 0, 19, 1,
                "tape is damaged, a mark is not whole: file=" + name), empty);
            assertEquals(empty, garbage, () -> "seed=" + seed);
        }
        assertEquals(TapeStatus.OK, TapeVerifier.verify(tape).status());
    }

    @Test
    void shouldMakeNewMarksWhereTheyCannotBeTold() throws IOException
    {
        Tapes.record(tape, 2, 10);
        Files.delete(tape.resolve(MarkFile.JOURNALED));
        Files.write(tape.resolve(MarkFile.DURABLE), new byte[10_000]);

        Tapes.record(tape, 2, 10);

        assertEquals(new TapeReport(TapeStatus.OK, 40, 0, 39, 2, "all runs are whole: runs=2"),
            TapeVerifier.verify(tape));
    }

    @Test
    void shouldNameASealedFileThatIsNotWhatItWas() throws IOException
    {
        Tapes.record(tape, BLOCKS, BLOCK);
        final Path file = TapeBytes.rollFile(tape, 1, 0);
        final byte[] bad = Files.readAllBytes(file);
        bad[200] ^= 1;
        TapeBytes.overwrite(file, bad);

        final TapeReport report = TapeVerifier.verify(tape);

        assertEquals(new TapeReport(TapeStatus.DAMAGED, EVENTS, 0, EVENTS - 1, 1,
            "tape is damaged, a sealed file is not what it was: run=1 file=19700101-00LX.cq4 sequences=0..959"),
            report);
    }

    @Test
    void shouldNeverCallATapeWholeThatLacksAManifest() throws IOException
    {
        Tapes.record(tape, 2, 10);
        Tapes.record(tape, 2, 10);
        for (int run = 1; run <= 2; run++)
        {
            final Path manifest = tape.resolve(RunDirectory.name(run)).resolve(Manifest.NAME);
            final byte[] good = Files.readAllBytes(manifest);

            Files.delete(manifest);
            final TapeReport missing = TapeVerifier.verify(tape);
            Files.write(manifest, new byte[0]);
            final TapeReport empty = TapeVerifier.verify(tape);
            Files.write(manifest, good);

            assertEquals(new TapeReport(TapeStatus.DAMAGED, 40, 0, 39, 2,
                "tape is damaged, the manifest of a run is missing: run=" + run + " file=manifest"), missing);
            assertEquals(run == 1 ?
                new TapeReport(TapeStatus.DAMAGED, 40, 0, 39, 2,
                    "tape is damaged, the manifest of a closed run does not say so: run=1") :
                new TapeReport(TapeStatus.TORN_TAIL, 40, 0, 39, 2,
                    "torn tail: the manifest of a closed run does not say so: run=2"), empty);
        }
        assertEquals(TapeStatus.OK, TapeVerifier.verify(tape).status());
    }

    @Test
    void shouldFinishTheManifestThatAKillCutOff() throws IOException
    {
        Tapes.record(tape, 2, 10);
        Files.write(tape.resolve("run-000001").resolve(Manifest.NAME), new byte[0]);

        Tapes.record(tape, 2, 10);

        assertEquals(new TapeReport(TapeStatus.OK, 40, 0, 39, 2, "all runs are whole: runs=2"),
            TapeVerifier.verify(tape));
    }

    @Test
    void shouldSayThatAManifestIsDamaged() throws IOException
    {
        recordUnclosed();
        Files.write(tape.resolve("run-000001").resolve(Manifest.NAME), new byte[64]);

        final TapeReport report = TapeVerifier.verify(tape);

        assertEquals(TapeStatus.DAMAGED, report.status());
        assertEquals("tape is damaged, the manifest of a run is not whole: run=1 entry=0 file=manifest",
            report.detail());
    }

    @Test
    void shouldNeverCallATruncatedUnclosedRunWhole() throws IOException
    {
        recordUnclosed();
        final Path file = TapeBytes.rollFile(tape, 1, 0);
        final byte[] good = Files.readAllBytes(file);
        final int first = TapeBytes.blockStart(good, 0);
        final int end = TapeBytes.blockStart(good, BLOCKS);

        for (int round = 0; round < 100; round++)
        {
            final int length = random.nextInt(end);
            TapeBytes.overwrite(file, Arrays.copyOf(good, length));

            final TapeReport report = TapeVerifier.verify(tape);

            assertTrue(report.status() == TapeStatus.DAMAGED || (report.status() == TapeStatus.GAP && length < first),
                () -> "seed=" + seed + " length=" + length + " " + report);
            assertEquals(Math.max(0, length - first) / (64L + 64 * BLOCK) * BLOCK, report.events());
        }
    }

    @Test
    void shouldNotTakeAnUnfinishedBlockThatWasAcknowledgedForATornTail() throws IOException
    {
        recordUnclosed();
        final Path file = TapeBytes.rollFile(tape, 1, 0);
        final byte[] torn = Files.readAllBytes(file);
        final int start = TapeBytes.blockStart(torn, BLOCKS - 1);
        torn[start + 3] |= (byte)0x80;
        TapeBytes.overwrite(file, torn);

        final TapeReport report = TapeVerifier.verify(tape);

        assertEquals(new TapeReport(TapeStatus.DAMAGED, 944, 0, 943, 1, "tape is damaged: run=1 " +
            "file=19700101-00LX.cq4 block=59 offset=" + start + " sequence=944: a document is unfinished; " +
            "sequences 944..959 are not readable"), report);
    }

    @Test
    void shouldNotGiveLostSequencesAgain() throws IOException
    {
        Tapes.record(tape, BLOCKS, BLOCK);
        TapeBytes.overwrite(TapeBytes.rollFile(tape, 1, 0), new byte[0]);

        try (TapeWriter writer = Tapes.open(tape, TapeConfig.defaults()))
        {
            assertEquals(EVENTS, writer.firstSequence());
        }

        final TapeReport report = TapeVerifier.verify(tape);
        assertEquals(new TapeReport(TapeStatus.DAMAGED, 0, -1, -1, 0, "tape is damaged, the header of a run is not " +
            "whole: run=1 file=19700101-00LX.cq4 sequences=0..959"), report);
    }

    @Test
    void shouldNameWhatIsGoneBelowTheMarkAlsoWhileTheTapeIsWritten() throws IOException
    {
        try (TapeWriter writer = Tapes.open(tape, SMALL_FILES))
        {
            Tapes.write(writer, BLOCKS, BLOCK);
            final Path file = TapeBytes.rollFile(tape, 1, 0);
            final byte[] good = Files.readAllBytes(file);
            final int start = TapeBytes.blockStart(good, BLOCKS - 1);
            for (final int header : new int[]{0, DocumentLayout.NOT_READY | 100})
            {
                final byte[] bad = good.clone();
                ByteBuffer.wrap(bad).order(ByteOrder.LITTLE_ENDIAN).putInt(start, header);
                TapeBytes.write(file, bad);

                final TapeReport report = TapeVerifier.verify(tape);
                final TapeException e = assertThrows(
                    TapeException.class, () -> Tapes.sequences(tape, TapeRange.sequences(944, 950)));

                final String damaged = "tape is damaged: run=1 file=19700101-00LX.cq4 block=59 offset=" + start +
                    " sequence=944: " + (header == 0 ? "run ends early" : "a document is unfinished") +
                    "; sequences 944..959 are not readable";
                assertEquals(new TapeReport(TapeStatus.DAMAGED, 944, 0, 943, 1, damaged), report);
                assertEquals(damaged, e.getMessage());
            }
            TapeBytes.write(file, good);
            Tapes.write(writer, 1, BLOCK);
            assertEquals(TapeStatus.OK, TapeVerifier.verify(tape).status());
        }
    }

    @Test
    void shouldNameAFileOrRunThatIsGoneAlsoWhileTheTapeIsWritten() throws IOException
    {
        recordUnclosed();
        try (TapeWriter writer = Tapes.open(tape, SMALL_FILES))
        {
            Tapes.write(writer, 1100, BLOCK);
            final YieldingIdleStrategy idle = new YieldingIdleStrategy();
            while (Tape.open(tape).info().runs().get(1).files().get(0).state() != TapeInfo.FileState.SEALED)
            {
                idle.idle();
            }
            final long last = writer.journaledSequence();
            final long first = Tape.open(tape).info().runs().get(1).files().get(1).firstSequence().orElseThrow();

            final TapeReport lacksFile = verifyWithout(TapeBytes.rollFile(tape, 2, 1));
            final TapeReport lacksRun = verifyWithout(tape.resolve("run-000002"));

            assertEquals(new TapeReport(TapeStatus.GAP, first, 0, first - 1, 2, "sequences are missing: run=2 file=" +
                RollFiles.name(1) + " sequences=" + first + ".." + last), lacksFile);
            assertEquals(new TapeReport(TapeStatus.GAP, EVENTS, 0, EVENTS - 1, 1,
                "sequences are missing: missing run=2 sequences=" + EVENTS + ".." + last), lacksRun);
            assertEquals(TapeStatus.OK, TapeVerifier.verify(tape).status());
        }
    }

    @Test
    void shouldNeverTakeAnotherRunOfTheSameShapeForTheOneThatWasRecorded() throws IOException
    {
        final Path other = tape.resolveSibling("other");
        for (final Path made : new Path[]{tape, other})
        {
            for (int run = 0; run < 2; run++)
            {
                try (TapeWriter writer = TapeWriter.open(made, SMALL_FILES.withReserveBytes(0), Tapes.definitions(),
                    () -> Tapes.START_NS + (made.equals(tape) ? 0 : 1)))
                {
                    Tapes.write(writer, 2, 10);
                    writer.close(Tapes.SUMMARY);
                }
            }
        }

        final TapeReport one = verifyWith(other, "run-000001");
        final TapeReport both = verifyWith(other, "run-000001", "run-000002");

        final String place = " file=19700101-00LX.cq4 block=2 offset=";
        assertEquals(TapeStatus.DAMAGED, one.status());
        assertTrue(one.detail().startsWith("tape is damaged: run=1" + place), one::detail);
        assertTrue(one.detail().endsWith(" sequence=20: the next run follows another document; " +
            "whole behind it: run=2 sequences=20..39"), one::detail);
        assertEquals(TapeStatus.DAMAGED, both.status());
        assertTrue(both.detail().startsWith("tape is damaged: run=2" + place), both::detail);
        assertTrue(both.detail().endsWith(" sequence=40: a mark names another document"), both::detail);
        assertEquals(TapeStatus.OK, TapeVerifier.verify(tape).status());
    }

    private TapeReport verifyWith(final Path other, final String... runs) throws IOException
    {
        change(other, runs);
        final TapeReport report = TapeVerifier.verify(tape);
        change(other, runs);
        return report;
    }

    private void change(final Path other, final String... runs) throws IOException
    {
        final Path away = tape.resolveSibling("away");
        for (final String run : runs)
        {
            Files.move(tape.resolve(run), away);
            Files.move(other.resolve(run), tape.resolve(run));
            Files.move(away, other.resolve(run));
        }
    }

    private TapeReport verifyWithout(final Path path) throws IOException
    {
        final Path away = tape.resolveSibling("away");
        Files.move(path, away);
        try
        {
            return TapeVerifier.verify(tape);
        }
        finally
        {
            Files.move(away, path);
        }
    }

    private void recordUnclosed()
    {
        try (TapeWriter writer = Tapes.open(tape, TapeConfig.defaults()))
        {
            Tapes.write(writer, BLOCKS, BLOCK);
        }
    }
}
