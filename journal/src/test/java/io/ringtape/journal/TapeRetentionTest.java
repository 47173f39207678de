package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.event.OrderBookEvent;
import io.ringtape.journal.TapeException.Kind;
import io.ringtape.journal.TapeInfo.FileState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole files go from the oldest on, in order, and whoever reads afterwards is told. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class TapeRetentionTest
{
    private static final TapeConfig SMALL = TapeConfig.defaults().withRollBytes(TapeConfig.MIN_ROLL_BYTES);
    private static final long DAY_NS = 86_400_000_000_000L;

    private final Path tape = Tapes.fresh("retain");

    @AfterEach
    void clean()
    {
        Tapes.delete(tape);
    }

    @Test
    void shouldSayWhatWouldGoAndLeaveIt()
    {
        Tapes.record(tape, SMALL, 500, 128);
        final long size = Tape.open(tape).sizeBytes();

        final Retention would = TapeRetention.keepBytes(Tape.open(tape), size - 1, false);

        assertEquals(List.of(0L), would.files().stream().map(Retention.File::firstSequence).toList());
        assertEquals(size - would.files().get(0).lengthBytes() + 64, would.sizeBytes());
        assertEquals(size, Tape.open(tape).sizeBytes());
        assertEquals(new TapeReport(TapeStatus.OK, 64_000, 0, 63_999, 1, "all runs are whole: runs=1"),
            TapeVerifier.verify(tape));
    }

    @Test
    void shouldReadWhatIsLeftOfARun()
    {
        Tapes.record(tape, SMALL, 500, 128);
        final Tape opened = Tape.open(tape);

        final Retention gone = TapeRetention.keepBytes(opened, opened.sizeBytes() - 1, true);

        final long first = gone.firstSequence();
        final String removed = "sequences were removed: sequences=0.." + (first - 1) + " firstSequence=" + first;
        assertFalse(Files.exists(TapeBytes.rollFile(tape, 1, 0)));
        assertEquals(LongStream.range(first, 64_000).boxed().toList(), Tapes.sequences(tape, TapeRange.ALL));
        assertEquals(new TapeReport(TapeStatus.OK, 64_000 - first, first, 63_999, 1,
            "all runs are whole: runs=1; " + removed), TapeVerifier.verify(tape));
        assertEquals(List.of(first, first + 1), Tapes.sequences(tape, TapeRange.sequences(first, first + 1)));
        for (final TapeRange range : List.of(TapeRange.sequences(1, Long.MAX_VALUE),
            TapeRange.sequences(first - 1, first), TapeRange.sequences(0, first - 1)))
        {
            final TapeException refused =
                assertThrows(TapeException.class, () -> Tapes.sequences(tape, range));
            assertEquals(removed, refused.getMessage());
            assertEquals(Kind.OUT_OF_RANGE, refused.kind());
        }
        assertEquals(removed, assertThrows(TapeException.class, () -> opened.requireFrom(0)).getMessage());
        assertEquals(List.of(), opened.info().problems());
        assertEquals(FileState.REMOVED, opened.info().runs().get(0).files().get(0).state());
    }

    @Test
    void shouldRemoveWholeRunsAndNeverTheNewestFile() throws IOException
    {
        Tapes.record(tape, SMALL, 500, 128);
        Tapes.record(tape, 2, 16);
        Tapes.record(tape, SMALL, 500, 128);

        final Retention gone = TapeRetention.keepBytes(Tape.open(tape), 0, true);

        final RunDirectory newest = Tape.open(tape).runs().get(2);
        assertEquals(1, newest.files().size());
        assertTrue(Files.exists(tape.resolve("run-000001").resolve(Manifest.NAME)));
        assertEquals(List.of(), Tape.open(tape).runs().get(0).files());
        final TapeReport report = TapeVerifier.verify(tape);
        assertEquals(TapeStatus.OK, report.status(), report.detail());
        assertEquals(gone.firstSequence(), report.firstSequence());
        assertEquals(List.of(), Tape.open(tape).info().problems());
        Tapes.record(tape, 1, 16);
        assertEquals(TapeStatus.OK, TapeVerifier.verify(tape).status());
        assertEquals(128_048 - gone.firstSequence(), TapeVerifier.verify(tape).events());
        assertEquals(4, Tape.open(tape).runs().size());
    }

    @Test
    void shouldStartWithALaterWholeRun()
    {
        Tapes.record(tape, 2, 16);
        Tapes.record(tape, 3, 16);

        final Retention gone = TapeRetention.keepBytes(Tape.open(tape), 0, true);

        assertEquals(32, gone.firstSequence());
        assertEquals(LongStream.range(32, 80).boxed().toList(), Tapes.sequences(tape, TapeRange.ALL));
        Tape.open(tape).requireFrom(32);
        assertEquals(new TapeReport(TapeStatus.OK, 48, 32, 79, 1,
            "all runs are whole: runs=1; sequences were removed: sequences=0..31 firstSequence=32"),
            TapeVerifier.verify(tape));
    }

    @Test
    void shouldRemoveARunThatWasKilledOnceALaterOneWasBegun() throws IOException
    {
        try (TapeWriter writer = Tapes.open(tape, SMALL))
        {
            Tapes.write(writer, 500, 128);
        }
        final RunDirectory killed = Tape.open(tape).runs().get(0);
        final int files = killed.files().size();
        assertEquals(files - 1, Manifest.read(killed).ends().size());
        assertEquals(files - 1, TapeRetention.keepBytes(Tape.open(tape), 0, false).files().size());
        Tapes.record(tape, 2, 16);
        final Tape opened = Tape.open(tape);

        final Retention would = TapeRetention.keepBytes(opened, 0, false);
        final Retention gone = TapeRetention.keepBytes(opened, 0, true);

        assertEquals(would, gone);
        assertEquals(opened.sizeBytes(), gone.sizeBytes());
        assertEquals(files, gone.files().size());
        assertEquals(64_000, gone.firstSequence());
        assertEquals(new TapeReport(TapeStatus.OK, 32, 64_000, 64_031, 1,
            "all runs are whole: runs=1; sequences were removed: sequences=0..63999 firstSequence=64000"),
            TapeVerifier.verify(tape));
        assertEquals(List.of(), opened.info().problems());
        Tapes.record(tape, 1, 16);
        assertEquals(48, TapeVerifier.verify(tape).events());
    }

    @Test
    void shouldLeaveAWholeTapeWhereAKillComesBeforeTheRemoval() throws IOException
    {
        try (TapeWriter writer = Tapes.open(tape, SMALL))
        {
            Tapes.write(writer, 2, 16);
        }
        Tapes.record(tape, 2, 16);
        final TapeReport before = TapeVerifier.verify(tape);
        final Tape opened = Tape.open(tape);
        final Documents.RunEnd end = RunChain.read(opened, new Walker(Walker.DEFAULT_WINDOW_BYTES)).fence(0);
        Manifest.append(opened.runs().get(0).path(), new Manifest.Entry(Manifest.FINISHED, 1, 0, 0, 31,
            end.endOffset(), 0, end.crc(), 0));

        assertEquals(before, TapeVerifier.verify(tape));
        assertEquals(List.of(), opened.info().problems());
        assertEquals(32, TapeRetention.keepBytes(opened, 0, true).firstSequence());
        assertEquals(32, TapeVerifier.verify(tape).events());
    }

    @Test
    void shouldStopBeforeWhatWasNotJournaled()
    {
        final Outage device = new Outage(tape);
        try (TapeWriter writer = device.open(Durability.EVERY_BATCH))
        {
            device.feed(writer, 3);
            device.isBroken = true;
            device.feedUntil(writer, false);
            device.isBroken = false;
            device.feedUntil(writer, true);
        }
        Tapes.record(tape, 1, 16);

        assertEquals(List.of(), TapeRetention.keepBytes(Tape.open(tape), 0, true).files());
        assertEquals(TapeStatus.GAP, TapeVerifier.verify(tape).status());
    }

    @Test
    void shouldStopBeforeTheFileOfAMark()
    {
        Tapes.record(tape, TapeConfig.defaults().withDurability(Durability.EVERY_BATCH), 2, 16);
        Tapes.record(tape, 2, 16);

        assertEquals(List.of(), TapeRetention.keepBytes(Tape.open(tape), 0, true).files());
    }

    @Test
    void shouldCountDaysFromTheNewestTimeOnTape()
    {
        recordAt(0);
        recordAt(5 * DAY_NS);
        recordAt(7 * DAY_NS);

        assertEquals(List.of(), TapeRetention.keepDays(Tape.open(tape), 7, false).files());
        assertEquals(1, TapeRetention.keepDays(Tape.open(tape), 2, false).files().size());
        assertEquals(2, TapeRetention.keepDays(Tape.open(tape), 1, true).firstSequence());
        assertEquals(new TapeReport(TapeStatus.OK, 1, 2, 2, 1,
            "all runs are whole: runs=1; sequences were removed: sequences=0..1 firstSequence=2"),
            TapeVerifier.verify(tape));
    }

    @Test
    void shouldRefuseTimesThatStartInWhatWasRemoved() throws IOException
    {
        Tapes.record(tape, 1, 16);
        Tapes.record(tape, SMALL, 500, 128);
        final Tape opened = Tape.open(tape);
        final long first = TapeRetention.keepBytes(opened, opened.sizeBytes() - 200_000, true).firstSequence();
        final long last = Tapes.START_NS + 10 * (first - 1);
        final String removed = "sequences were removed: sequences=0.." + (first - 1) + " firstSequence=" + first;

        requireRefused(removed + " lastTime=" + TapeSpan.time(last) + " fromTime=2023-11-14T22:13:20.000000050Z",
            Tapes.START_NS + 50);
        requireRefused(removed + " lastTime=" + TapeSpan.time(last) + " fromTime=" + TapeSpan.time(last), last);
        assertEquals(LongStream.range(first, 64_016).boxed().toList(),
            Tapes.sequences(tape, TapeRange.times(last + 1, Long.MAX_VALUE)));
        assertEquals(List.of(first, first + 1),
            Tapes.sequences(tape, TapeRange.times(Long.MIN_VALUE, last + 20)));
        assertEquals(List.of(first), Tapes.sequences(tape, new TapeRange(first, first, last, Long.MAX_VALUE)));
    }

    @Test
    void shouldRefuseTimesWhereItIsNotKnownWhatWasRemoved() throws IOException
    {
        Tapes.record(tape, 2, 16);
        Tapes.record(tape, 2, 16);
        final RunDirectory run = Tape.open(tape).runs().get(0);
        final Manifest.Entry seal = Manifest.read(run).seal(0).orElseThrow();
        Manifest.append(run.path(), seal.removed(seal.endOffset()));

        requireRefused("sequences were removed: sequences=0..31 firstSequence=32 lastTime=unknown " +
            "fromTime=2023-11-14T22:13:20.000000400Z", Tapes.START_NS + 400);
        assertEquals(32, Tapes.sequences(tape, TapeRange.ALL).size());
    }

    private void requireRefused(final String message, final long fromNs)
    {
        final TapeException refused = assertThrows(TapeException.class,
            () -> Tapes.sequences(tape, TapeRange.times(fromNs, Long.MAX_VALUE)));
        assertEquals(message, refused.getMessage());
        assertEquals(Kind.OUT_OF_RANGE, refused.kind());
    }

    @Test
    void shouldRefuseWhileAnotherWrites()
    {
        Tapes.record(tape, 2, 16);
        try (TapeWriter writer = Tapes.open(tape, TapeConfig.defaults()))
        {
            final TapeException refused =
                assertThrows(TapeException.class, () -> TapeRetention.keepBytes(Tape.open(tape), 0, true));

            assertEquals(Kind.IN_USE, refused.kind());
            assertEquals(32, writer.firstSequence());
        }
        assertEquals(32, Tapes.sequences(tape, TapeRange.ALL).size());
    }

    @Test
    void shouldRemoveFromAnyFileSystemWhenAskedTo()
    {
        Tapes.record(tape, 2, 16);
        Tapes.record(tape, 3, 16);
        final Tape opened = Tape.open(tape);

        final TapeException refused =
            assertThrows(TapeException.class, () -> TapeRetention.keepBytes(opened, 0, true, onNfs(false)));

        assertEquals(Kind.CANNOT_CREATE, refused.kind());
        assertEquals("file system is not supported for a tape: directory=" + tape + " type=nfs4" +
            "; allow it with TapeConfig.withAnyFileSystem(true)", refused.getMessage());
        assertEquals(0, TapeVerifier.verify(tape).firstSequence());
        assertEquals(1, TapeRetention.keepBytes(opened, 0, false, onNfs(false)).files().size());
        assertEquals(32, TapeRetention.keepBytes(opened, 0, true, onNfs(true)).firstSequence());
    }

    private TapeParts onNfs(final boolean anyFileSystem)
    {
        return NfsMachine.parts(tape, anyFileSystem);
    }

    @Test
    void shouldDeleteWhatAKillLeft() throws IOException
    {
        Tapes.record(tape, SMALL, 500, 128);
        final RunDirectory run = Tape.open(tape).runs().get(0);
        final Manifest.Entry seal = Manifest.read(run).seal(0).orElseThrow();
        Manifest.append(run.path(), seal.removed(Tapes.START_NS));

        assertEquals(seal.lastSequence() + 1, TapeVerifier.verify(tape).firstSequence());
        assertEquals(TapeStatus.OK, TapeVerifier.verify(tape).status());
        TapeRetention.keepBytes(Tape.open(tape), Long.MAX_VALUE, true);
        assertFalse(Files.exists(TapeBytes.rollFile(tape, 1, 0)));
        assertEquals(seal.lastSequence() + 1, TapeVerifier.verify(tape).firstSequence());
    }

    @Test
    void shouldDeleteWhatAKillLeftBehindARunThatNeverGotADocument() throws IOException
    {
        Tapes.record(tape, 2, 16);
        Manifest.create(TapeDirectory.makeRun(tape, 2, Device.REAL));
        Tapes.record(tape, 3, 16);
        Tapes.record(tape, 1, 16);
        final Path file = TapeBytes.rollFile(tape, 3, 0);
        final byte[] bytes = Files.readAllBytes(file);
        assertEquals(80, TapeRetention.keepBytes(Tape.open(tape), 0, true).firstSequence());
        Files.write(file, bytes);

        final Retention gone = TapeRetention.keepBytes(Tape.open(tape), Long.MAX_VALUE, true);

        assertEquals(80, gone.firstSequence());
        assertFalse(Files.exists(file));
        assertEquals(new TapeReport(TapeStatus.OK, 16, 80, 95, 1,
            "all runs are whole: runs=1; sequences were removed: sequences=0..79 firstSequence=80"),
            TapeVerifier.verify(tape));
    }

    @Test
    void shouldKeepAGapAGap() throws IOException
    {
        Tapes.record(tape, SMALL, 500, 128);
        Files.delete(TapeBytes.rollFile(tape, 1, 1));

        final TapeException refused =
            assertThrows(TapeException.class, () -> TapeRetention.keepBytes(Tape.open(tape), 0, true));

        assertEquals(Kind.GAP, refused.kind());
        assertEquals(TapeStatus.GAP, TapeVerifier.verify(tape).status());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldSayWhatVerifySaysWhereNoRunIsLeft(final boolean isDamaged) throws IOException
    {
        Tapes.record(tape, 2, 16);
        TapeDirectory.deleteTree(tape.resolve("run-000001"));
        if (isDamaged)
        {
            final byte[] mark = Files.readAllBytes(tape.resolve(MarkFile.JOURNALED));
            Arrays.fill(mark, 8, 24, (byte)0x55);
            TapeBytes.overwrite(tape.resolve(MarkFile.JOURNALED), mark);
        }

        final TapeReport report = TapeVerifier.verify(tape);

        assertEquals(new TapeReport(TapeStatus.GAP, 0, -1, -1, 0,
            "sequences are missing: missing run=1 sequences=0..31"), report);
        for (final boolean remove : new boolean[]{false, true})
        {
            final TapeException refused = assertThrows(TapeException.class,
                () -> TapeRetention.keepBytes(Tape.open(tape), 0, remove));
            assertEquals(report.detail(), refused.getMessage());
            assertEquals(Kind.GAP, refused.kind());
        }
    }

    @Test
    void shouldNameAFileThatIsMissingBehindWhatWasRemoved() throws IOException
    {
        Tapes.record(tape, SMALL, 500, 128);
        final Tape opened = Tape.open(tape);
        final long first = TapeRetention.keepBytes(opened, opened.sizeBytes() - 1, true).firstSequence();
        final long last = Manifest.read(opened.runs().get(0)).ends().get(1).lastSequence();
        Files.delete(TapeBytes.rollFile(tape, 1, 1));

        final TapeReport report = TapeVerifier.verify(tape);

        assertEquals(new TapeReport(TapeStatus.GAP, 0, -1, -1, 0, "first file of a run is missing: run=1 " +
            "file=19700101-01LX.cq4 sequences=" + first + ".." + last), report);
        assertTrue(last > first, () -> first + ".." + last);
    }

    private void recordAt(final long timeNs)
    {
        final UnsafeBuffer room = Tapes.room(1);
        try (TapeWriter writer = Tapes.open(tape, TapeConfig.defaults()))
        {
            final OrderBookEvent event = new OrderBookEvent().wrap(room, 0);
            Tapes.fill(event, writer.firstSequence());
            event.receiveTimeNs(Tapes.START_NS + timeNs);
            writer.onRange(room, 0, writer.firstSequence(), 1);
            writer.close(Tapes.SUMMARY);
        }
    }
}
