package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that lost its end with the machine: once the next run names the end it has, it goes like any other. */
@Timeout(60)
final class LostEndTest
{
    private static final BootId BEFORE = new BootId(1, 1);
    private static final BootId AFTER = new BootId(2, 2);
    private static final int BLOCK = 16;
    private static final int BLOCKS = 2000;
    private static final TapeConfig SMALL = TapeConfig.defaults().withReserveBytes(0)
        .withRollBytes(TapeConfig.MIN_ROLL_BYTES);

    private final Path tape = Tapes.fresh("lost-end");

    @AfterEach
    void clean()
    {
        Tapes.delete(tape);
    }

    @Test
    void shouldRemoveAFileThatLostItsEndAndWhatStandsBehind() throws IOException
    {
        recordUnclosed();
        TapeBytes.losePage(TapeBytes.rollFile(tape, 1, 0), 300);
        recordOneMore();
        final Tape opened = Tape.open(tape, AFTER);
        final long length = opened.runs().get(0).files().stream().mapToLong(LostEndTest::length).sum();

        final Retention would = TapeRetention.keepBytes(opened, 0, false);
        final Retention gone = TapeRetention.keepBytes(opened, 0, true);

        assertEquals(would, gone);
        assertEquals(List.of(new Retention.File(1, RollFiles.name(0), 0, 4799, length)), gone.files());
        assertEquals(4800, gone.firstSequence());
        assertEquals(opened.sizeBytes(), gone.sizeBytes());
        assertEquals(List.of(), opened.runs().get(0).files());
        assertEquals(removed(4800), TapeVerifier.verify(opened));
        assertEquals(LongStream.range(4800, 4816).boxed().toList(), Tapes.sequences(opened, TapeRange.ALL));
        assertEquals(List.of(), opened.info().problems());
        assertEquals(4799, opened.info().runs().get(0).files().get(0).lastSequence().orElseThrow());
        recordOneMore();
        assertEquals(32, TapeVerifier.verify(opened).events());
    }

    @Test
    void shouldStillKnowWhatWasRemovedWhereTheNextRunIsGoneToo() throws IOException
    {
        recordUnclosed();
        TapeBytes.losePage(TapeBytes.rollFile(tape, 1, 0), 300);
        recordOneMore();
        recordOneMore();
        final Tape opened = Tape.open(tape, AFTER);

        assertEquals(4816, TapeRetention.keepBytes(opened, 0, true).firstSequence());

        assertEquals(new TapeReport(TapeStatus.OK, BLOCK, 4816, 4831, 1,
            "all runs are whole: runs=1; sequences were removed: sequences=0..4815 firstSequence=4816"),
            TapeVerifier.verify(opened));
        assertEquals(List.of(), opened.info().problems());
    }

    @Test
    void shouldRemoveTheFilesAheadOfTheOneThatLostItsEnd() throws IOException
    {
        recordUnclosed();
        TapeBytes.losePage(TapeBytes.rollFile(tape, 1, 1), 300);
        recordOneMore();
        final Tape opened = Tape.open(tape, AFTER);
        final long end = fence().lastSequence();

        final Retention some = TapeRetention.keepBytes(opened, opened.sizeBytes() - 1, true);
        final TapeReport left = TapeVerifier.verify(opened);
        final Retention rest = TapeRetention.keepBytes(opened, 0, true);

        assertEquals(List.of(RollFiles.name(0)), some.files().stream().map(Retention.File::name).toList());
        assertEquals(TapeStatus.OK, left.status(), left.detail());
        assertEquals(some.firstSequence(), left.firstSequence());
        assertEquals(end + BLOCK, left.lastSequence());
        assertEquals(List.of(RollFiles.name(1)), rest.files().stream().map(Retention.File::name).toList());
        assertEquals(removed(end + 1), TapeVerifier.verify(opened));
    }

    @Test
    void shouldRemoveAFileOfWhichTheMachineLostEachDocumentWithTheOneAheadOfIt() throws IOException
    {
        recordUnclosed();
        final Path file = TapeBytes.rollFile(tape, 1, 1);
        final byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, 0, 4096, (byte)0);
        TapeBytes.overwrite(file, bytes);
        recordOneMore();
        final Tape opened = Tape.open(tape, AFTER);
        final Documents.RunEnd end = fence();

        final Retention gone = TapeRetention.keepBytes(opened, opened.sizeBytes() - 1, true);

        assertEquals(1, end.fileNumber());
        assertEquals(0, end.endOffset());
        assertEquals(List.of(RollFiles.name(0)), gone.files().stream().map(Retention.File::name).toList());
        assertEquals(List.of(), opened.runs().get(0).files());
        assertEquals(removed(end.lastSequence() + 1), TapeVerifier.verify(opened));
    }

    @Test
    void shouldBeWholeWhereAKillComesIntoTheRemoval() throws IOException
    {
        recordUnclosed();
        final Path lost = TapeBytes.rollFile(tape, 1, 0);
        TapeBytes.losePage(lost, 300);
        recordOneMore();
        final Tape opened = Tape.open(tape, AFTER);
        final TapeReport before = TapeVerifier.verify(opened);
        final RunDirectory run = opened.runs().get(0);
        final Manifest.Entry seal = Manifest.read(run).ends().get(0).upTo(fence()).sealed(Files.size(lost), 0, 0);
        assertEquals(TapeStatus.OK, before.status(), before.detail());

        for (int number = 1; number <= 2; number++)
        {
            Files.deleteIfExists(FileIndex.path(run.path(), number));
            Files.delete(TapeBytes.rollFile(tape, 1, number));
            requireWhole(before);
        }
        Manifest.append(run.path(), seal.emptyBehind(1).removed(Tapes.START_NS));
        requireWhole(before);
        assertEquals(4800, TapeRetention.keepBytes(opened, 0, false).firstSequence());
        Manifest.append(run.path(), seal.removed(Tapes.START_NS));
        requireWhole(removed(4800));
        assertTrue(Files.exists(lost));

        TapeRetention.keepBytes(opened, Long.MAX_VALUE, true);

        requireWhole(removed(4800));
        assertEquals(List.of(), opened.runs().get(0).files());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldBeWholeWhereAKillComesIntoTheRemovalOfARunThatEndsAtTheStartOfAFile(final int number) throws IOException
    {
        recordUnclosed();
        final Path file = TapeBytes.rollFile(tape, 1, number);
        final byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, 0, 4096, (byte)0);
        TapeBytes.overwrite(file, bytes);
        recordOneMore();
        final Tape opened = Tape.open(tape, AFTER);
        final TapeReport before = TapeVerifier.verify(opened);
        final Documents.RunEnd end = fence();
        assertEquals(TapeStatus.OK, before.status(), before.detail());
        assertEquals(List.of((long)number, 0L), List.of(end.fileNumber(), end.endOffset()));

        final List<RemovableFile> found = new ArrayList<>();
        final TapeMarks marks = TapeMarks.read(opened);
        final RunChain chain = RunChain.read(opened, new Walker(Walker.DEFAULT_WINDOW_BYTES));
        new RemovableFiles(chain, marks, Long.MAX_VALUE).find(found);
        final RemovableFile last = found.get(number - 1);
        for (final RemovableFile ahead : found.subList(0, number - 1))
        {
            ahead.remove(tape, Tapes.START_NS);
        }
        final TapeReport left = TapeVerifier.verify(opened);
        assertEquals(TapeStatus.OK, left.status(), left.detail());
        for (final long behind : last.behind())
        {
            Files.deleteIfExists(FileIndex.path(last.run(), behind));
            Files.deleteIfExists(TapeBytes.rollFile(tape, 1, (int)behind));
            requireWhole(left);
        }
        // A file of which the manifest does not say that it is finished, as the newest one's, gets that first.
        if (Manifest.read(opened.runs().get(0)).ends().size() == number)
        {
            Manifest.append(last.run(), last.seal().emptyBehind(number));
            requireWhole(left);
        }
        assertEquals(end.lastSequence() + 1, TapeRetention.keepBytes(opened, 0, false).firstSequence());
        Manifest.append(last.run(), List.of(
            last.seal().emptyBehind(number).removed(Tapes.START_NS), last.seal().removed(Tapes.START_NS)));
        requireWhole(removed(end.lastSequence() + 1));
        Files.delete(TapeBytes.rollFile(tape, 1, number - 1));
        requireWhole(removed(end.lastSequence() + 1));
        assertTrue(Files.exists(file));

        TapeRetention.keepBytes(opened, Long.MAX_VALUE, true);

        requireWhole(removed(end.lastSequence() + 1));
        assertEquals(List.of(), opened.runs().get(0).files());
    }

    @Test
    void shouldAskForNoIndexOfAFileThatLostItsTrailer() throws IOException
    {
        try (TapeWriter writer = open(SMALL.withRollBytes(4 * TapeConfig.MIN_ROLL_BYTES), BEFORE))
        {
            Tapes.write(writer, BLOCKS, BLOCK);
            writer.close(Tapes.SUMMARY);
        }
        final Path file = TapeBytes.rollFile(tape, 1, 0);
        final byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, TapeBytes.blockStart(bytes, BLOCKS), bytes.length, (byte)0);
        TapeBytes.overwrite(file, bytes);
        final Path index = FileIndex.path(tape.resolve("run-000001"), 0);
        assertTrue(Files.size(index) > 0);
        Files.delete(index);

        final TapeReport before = TapeVerifier.verify(Tape.open(tape, AFTER));
        recordOneMore();

        assertEquals(TapeStatus.TORN_TAIL, before.status(), before.detail());
        final TapeReport after = TapeVerifier.verify(Tape.open(tape, AFTER));
        assertEquals(TapeStatus.OK, after.status(), after.detail());
        assertEquals((long)BLOCKS * BLOCK + BLOCK, after.events());
        assertEquals(new IndexRepair(2, List.of(), ""), TapeIndexes.rebuild(Tape.open(tape, AFTER), Markets::ignore));
    }

    @Test
    void shouldNameWhatARunWithoutAHeaderGivesAgain() throws IOException
    {
        recordUnclosed();
        TapeBytes.losePage(TapeBytes.rollFile(tape, 1, 0), 300);
        try (TapeWriter writer = open(SMALL, AFTER))
        {
            Tapes.write(writer, 1, BLOCK);
        }
        final Path file = TapeBytes.rollFile(tape, 2, 0);
        final byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, 0, TapeBytes.blockStart(bytes, 0), (byte)1);
        TapeBytes.overwrite(file, bytes);

        final TapeException e = assertThrows(TapeException.class, Tape.open(tape, AFTER)::runInfos);

        assertEquals("tape is damaged, the header of a run is not whole: run=2 file=" + RollFiles.name(0) +
            " sequences=4800..unknown", e.getMessage());
    }

    @Test
    void shouldMissNoFileBehindTheEndOfARun() throws IOException
    {
        recordUnclosed();
        TapeBytes.losePage(TapeBytes.rollFile(tape, 1, 0), 300);
        recordOneMore();

        Files.delete(TapeBytes.rollFile(tape, 1, 1));

        assertEquals(TapeStatus.OK, TapeVerifier.verify(Tape.open(tape, AFTER)).status());
        final TapeInfo info = Tape.open(tape, AFTER).info();
        assertEquals(List.of(), info.problems());
        assertEquals(4799, info.runs().get(0).files().get(0).lastSequence().orElseThrow());
        assertTrue(info.runs().get(0).files().get(1).lastSequence().isEmpty());
    }

    private void requireWhole(final TapeReport expected)
    {
        assertEquals(expected, TapeVerifier.verify(Tape.open(tape, AFTER)));
        assertEquals(List.of(), Tape.open(tape, AFTER).info().problems());
    }

    /** Where all is gone but the run behind what was lost with the machine. */
    private static TapeReport removed(final long first)
    {
        return new TapeReport(TapeStatus.OK, BLOCK, first, first + BLOCK - 1, 1, "all runs are whole: runs=1; " +
            "sequences were removed: sequences=0.." + (first - 1) + " firstSequence=" + first + "; lost with the " +
            "machine: sequences " + first + "..31999 before run=2, which gives them again");
    }

    private Documents.RunEnd fence()
    {
        return RunChain.read(Tape.open(tape, AFTER), new Walker(Walker.DEFAULT_WINDOW_BYTES)).fence(0);
    }

    private static long length(final RunDirectory.RollFile file)
    {
        return file.path().toFile().length();
    }

    /** Three files, of which two are sealed. */
    private void recordUnclosed()
    {
        try (TapeWriter writer = open(SMALL, BEFORE))
        {
            Tapes.write(writer, BLOCKS, BLOCK);
        }
        assertEquals(3, Tape.open(tape, BEFORE).runs().get(0).files().size());
    }

    private void recordOneMore()
    {
        try (TapeWriter writer = open(SMALL, AFTER))
        {
            Tapes.write(writer, 1, BLOCK);
            writer.close(Tapes.SUMMARY);
        }
    }

    private TapeWriter open(final TapeConfig config, final BootId bootId)
    {
        return TapeWriter.open(
            tape, Tapes.definitions(), TapeParts.of(tape, config, () -> Tapes.START_NS).with(bootId));
    }
}
