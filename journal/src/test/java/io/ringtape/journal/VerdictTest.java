package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A verdict names the runs that were not closed, those that are good behind damage, and the sequences of a file. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class VerdictTest
{
    private static final TapeConfig SMALL = TapeConfig.defaults().withRollBytes(TapeConfig.MIN_ROLL_BYTES);
    private static final String FILE = "19700101-00LX.cq4";

    private final Path tape = Tapes.fresh("verdict");

    @AfterEach
    void clean()
    {
        Tapes.delete(tape);
    }

    @Test
    void shouldNameEachRunThatWasNotClosedAndWhereItEnds() throws IOException
    {
        recordUnclosed();
        Tapes.record(tape, 1, 10);
        recordUnclosed();
        final long first = end(1);
        final long third = end(3);

        final TapeReport open = TapeVerifier.verify(tape);
        Tapes.record(tape, 1, 10);
        final TapeReport closed = TapeVerifier.verify(tape);

        final String firstEnd = "run was not closed: run=1 file=" + FILE + " offset=" + first + " lastSequence=19";
        final String thirdEnd = "run was not closed: run=3 file=" + FILE + " offset=" + third + " lastSequence=49";
        assertEquals(new TapeReport(TapeStatus.OK, 50, 0, 49, 3, thirdEnd + "; " + firstEnd), open);
        assertEquals(new TapeReport(TapeStatus.OK, 60, 0, 59, 4,
            "what was recorded is whole: runs=4 notClosed=2; " + firstEnd + "; " + thirdEnd), closed);
    }

    @Test
    void shouldNameARunByItsNumberBehindOnesThatWereRemoved() throws IOException
    {
        Tapes.record(tape, 2, 10);
        recordUnclosed();
        TapeRetention.keepBytes(Tape.open(tape), 0, true);

        final TapeReport report = TapeVerifier.verify(tape);

        final String end = "run was not closed: run=2 file=" + FILE + " offset=" + end(2) + " lastSequence=39";
        assertEquals(new TapeReport(TapeStatus.OK, 20, 20, 39, 1,
            end + "; sequences were removed: sequences=0..19 firstSequence=20"), report);
        assertEquals(end, Tape.open(tape).end().detail());
        assertEquals(end, Tape.open(tape).info().end().orElseThrow().detail());
    }

    @Test
    void shouldSayWhichRunsAreGoodBehindDamage() throws IOException
    {
        for (int run = 0; run < 7; run++)
        {
            Tapes.record(tape, 2, 10);
        }
        flip(1, 1, 100);
        flip(4, 1, 100);
        flip(5, 0, -64);
        final TapeReport report = TapeVerifier.verify(tape);

        final TapeCopy copy = TapeRepair.repair(Tape.open(tape), tape.resolveSibling("copy"), VerdictTest::ignore);

        final String wrong = "tape is damaged: run=1 file=" + FILE + " block=1 offset=34048 sequence=10: " +
            "crc does not match; sequences 10..19 are not readable";
        final String behind = "whole behind it: runs=2..3 sequences=20..59, runs=6..7 sequences=100..139; " +
            "not whole behind it: run=4 from sequence=70 on, run=5 from sequence=80 on";
        assertEquals(new TapeReport(TapeStatus.DAMAGED, 10, 0, 9, 1, wrong + "; " + behind), report);
        assertEquals(new TapeCopy(10, 1, 0, 9, wrong, behind), copy);
        assertEquals(40, Tapes.sequences(tape, TapeRange.sequences(20, 59)).size());
    }

    @Test
    void shouldSayWhatIsGoodBehindARunOfWhichNothingCanBeRead() throws IOException
    {
        Tapes.record(tape, 2, 10);
        Tapes.record(tape, 2, 10);
        Files.delete(TapeBytes.rollFile(tape, 1, 0));
        final String wrong =
            "first file of a run is missing: run=1 file=" + FILE + " sequences=0..19; " +
            "whole behind it: run=2 sequences=20..39";

        final TapeReport report = TapeVerifier.verify(tape);
        final TapeException repaired = assertThrows(TapeException.class,
            () -> TapeRepair.repair(Tape.open(tape), tape.resolveSibling("copy"), VerdictTest::ignore));

        assertEquals(new TapeReport(TapeStatus.GAP, 0, -1, -1, 0, wrong), report);
        assertEquals(wrong, repaired.getMessage());
        assertEquals(Kind.GAP, repaired.kind());
    }

    @Test
    void shouldNotCallALaterRunWholeThatItsSealDoesNotMatch() throws IOException
    {
        Tapes.record(tape, 2, 10);
        Tapes.record(tape, 2, 10);
        flip(1, 0, 100);
        final Path file = TapeBytes.rollFile(tape, 2, 0);
        final byte[] bytes = Files.readAllBytes(file);
        bytes[200] ^= 1;
        TapeBytes.overwrite(file, bytes);

        final TapeReport report = TapeVerifier.verify(tape);

        assertEquals("tape is damaged: run=1 file=" + FILE + " block=0 offset=33344 sequence=0: crc does not match; " +
            "sequences 0..19 are not readable; not whole behind it: run=2 from sequence=40 on", report.detail());
    }

    @Test
    void shouldNameTheSequencesOfAFileThatIsGoneOrNotWhatItWas() throws IOException
    {
        Tapes.record(tape, SMALL, 300, 128);
        final List<Manifest.Entry> ends = Manifest.read(Tape.open(tape).runs().get(0)).ends();
        final Path second = TapeBytes.rollFile(tape, 1, 1);
        final byte[] good = Files.readAllBytes(second);
        final byte[] bad = good.clone();
        // A byte of Chronicle's own, which no CRC of a document covers.
        bad[200] ^= 1;

        TapeBytes.overwrite(second, bad);
        final TapeReport flipped = TapeVerifier.verify(tape);
        TapeBytes.overwrite(second, good);
        Files.delete(TapeBytes.rollFile(tape, 1, 0));
        final TapeReport gone = TapeVerifier.verify(tape);
        final TapeInfo info = Tape.open(tape).info();

        assertEquals("tape is damaged, a sealed file is not what it was: run=1 file=19700101-01LX.cq4 sequences=" +
            (ends.get(0).lastSequence() + 1) + ".." + ends.get(1).lastSequence(), flipped.detail());
        final String missing = "first file of a run is missing: run=1 file=" + FILE + " sequences=0.." +
            ends.get(0).lastSequence();
        assertEquals(new TapeReport(TapeStatus.GAP, 0, -1, -1, 0, missing), gone);
        assertEquals(missing, info.problems().get(0).text());
    }

    @Test
    void shouldNotForgetADamagedTrailerWithTheNextRun() throws IOException
    {
        Tapes.record(tape, 2, 10);
        final Path file = TapeBytes.rollFile(tape, 1, 0);
        final byte[] bytes = Files.readAllBytes(file);
        final int trailer = TapeBytes.blockStart(bytes, 2);
        bytes[trailer + 50] ^= 1;
        TapeBytes.overwrite(file, bytes);
        final String wrong = "tape is damaged: run=1 file=" + FILE + " block=2 offset=" + trailer +
            " sequence=20: crc does not match";
        final String before = TapeVerifier.verify(tape).detail();

        Tapes.record(tape, 1, 10);

        assertEquals(wrong, before);
        assertEquals(new TapeReport(TapeStatus.DAMAGED, 20, 0, 19, 1,
            wrong + "; whole behind it: run=2 sequences=20..29"), TapeVerifier.verify(tape));
    }

    private void flip(final int run, final int block, final int at) throws IOException
    {
        final Path file = TapeBytes.rollFile(tape, run, 0);
        final byte[] bytes = Files.readAllBytes(file);
        bytes[TapeBytes.blockStart(bytes, block) + at] ^= 1;
        TapeBytes.overwrite(file, bytes);
    }

    private long end(final int run)
    {
        return Tape.open(tape).info().runs().get(run - 1).files().get(0).endOffset().orElseThrow();
    }

    private void recordUnclosed()
    {
        try (TapeWriter writer = Tapes.open(tape, TapeConfig.defaults()))
        {
            Tapes.write(writer, 2, 10);
        }
    }

    private static void ignore(final long events)
    {
    }
}
