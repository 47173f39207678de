package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.journal.RunDirectory.RollFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is read of the last run before a tape goes on, and what is passed over. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class RecoveryTest
{
    private static final BootId BEFORE = new BootId(1, 1);
    private static final BootId AFTER = new BootId(2, 2);
    private static final Durability NEVER = Durability.everyNs(TimeUnit.DAYS.toNanos(1));
    private static final int BLOCK = 64;
    /** Three MiB and some: three entries of an index. */
    private static final int BLOCKS = 900;
    private static final long EVENTS = (long)BLOCKS * BLOCK;
    /** The longest document and its header. */
    private static final long DOCUMENT = DocumentLayout.MAX_DOCUMENT_BYTES + DocumentLayout.HEADER_BYTES;

    private final Path tape = Tapes.fresh("recovery");

    @AfterEach
    void clean()
    {
        Tapes.delete(tape);
    }

    @Test
    void shouldReadNothingBeforeTheDocumentThatTheMarkNames() throws IOException
    {
        try (TapeWriter writer = open(TapeConfig.defaults(), BEFORE))
        {
            Tapes.write(writer, BLOCKS, BLOCK);
        }
        final RollFile file = file(0);
        final Mark mark = MarkFile.read(tape, MarkFile.JOURNALED);
        final TailScan scan = new TailScan(1);

        final TailScan.Whole last = scan.last(file, mark);

        assertEquals(new TailScan(1).last(file, null), last);
        assertEquals(EVENTS - 1, last == null ? -1 : last.lastSequence());
        assertTrue(scan.readBytes() <= DOCUMENT + Files.size(file.path()) - mark.endOffset(),
            () -> "readBytes=" + scan.readBytes());
    }

    @Test
    void shouldFindWhatIsWholeBehindTheMark() throws IOException
    {
        final Mark early;
        try (TapeWriter writer = open(TapeConfig.defaults(), BEFORE))
        {
            Tapes.write(writer, 10, BLOCK);
            early = MarkFile.read(tape, MarkFile.JOURNALED);
            Tapes.write(writer, 1, BLOCK);
        }

        final TailScan.Whole last = new TailScan(1).last(file(0), early);

        assertEquals(11 * BLOCK - 1, last == null ? -1 : last.lastSequence());
    }

    @Test
    void shouldLookAtTheWholeFileWhereTheMarkedDocumentIsNotWhole() throws IOException
    {
        try (TapeWriter writer = open(TapeConfig.defaults(), BEFORE))
        {
            Tapes.write(writer, 100, BLOCK);
        }
        final Path file = TapeBytes.rollFile(tape, 1, 0);
        final byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, TapeBytes.blockStart(bytes, 40), TapeBytes.blockStart(bytes, 100), (byte)7);
        TapeBytes.overwrite(file, bytes);

        final TailScan.Whole last = new TailScan(1).last(file(0), MarkFile.read(tape, MarkFile.JOURNALED));

        assertEquals(40 * BLOCK - 1, last == null ? -1 : last.lastSequence());
        try (TapeWriter writer = open(TapeConfig.defaults(), BEFORE))
        {
            assertEquals(100 * BLOCK, writer.firstSequence());
        }
    }

    @Test
    void shouldTakeAClosedRunToItsTrailerAfterAStartOfTheMachine() throws IOException
    {
        try (TapeWriter writer = open(TapeConfig.defaults(), BEFORE))
        {
            Tapes.write(writer, 100, BLOCK);
            writer.close(Tapes.SUMMARY);
        }
        lose(0, 40, 60);
        final TapeReport before = TapeVerifier.verify(Tape.open(tape, AFTER));

        try (TapeWriter writer = open(TapeConfig.defaults(), AFTER))
        {
            assertEquals(100 * BLOCK, writer.firstSequence());
            writer.close(Tapes.SUMMARY);
        }

        final TapeReport report = TapeVerifier.verify(Tape.open(tape, AFTER));
        assertEquals(TapeStatus.DAMAGED, report.status());
        assertEquals(before, report);
        assertTrue(report.detail().endsWith("sequences 2560..6399 are not readable"), report::detail);
        assertEquals(List.of(), Tape.open(tape, AFTER).info().lost());
    }

    @Test
    void shouldEndARunThatWasNotClosedWhereAPageIsGoneInAFinishedFileToo() throws IOException
    {
        final TapeConfig small = TapeConfig.defaults().withRollBytes(TapeConfig.MIN_ROLL_BYTES);
        try (TapeWriter writer = open(small, BEFORE))
        {
            Tapes.write(writer, BLOCKS, BLOCK);
        }
        lose(1, 40, 60);
        final long whole = Tapes.sequences(Tape.open(tape, AFTER), TapeRange.ALL).size();

        try (TapeWriter writer = open(small, AFTER))
        {
            assertEquals(whole, writer.firstSequence());
            Tapes.write(writer, 1, BLOCK);
            writer.close(Tapes.SUMMARY);
        }

        assertEquals(whole + BLOCK, Tapes.sequences(Tape.open(tape, AFTER), TapeRange.ALL).size());
        assertEquals(List.of(new TapeInfo.Lost(2, whole, EVENTS - 1)), Tape.open(tape, AFTER).info().lost());
    }

    @Test
    void shouldPassOverWhatWasForcedAfterAStartOfTheMachine() throws IOException
    {
        final byte[] durable;
        try (TapeWriter writer = open(TapeConfig.defaults().withDurability(NEVER), BEFORE))
        {
            Tapes.write(writer, BLOCKS, BLOCK);
            writer.force();
            durable = Files.readAllBytes(tape.resolve(MarkFile.DURABLE));
            Tapes.write(writer, 10, BLOCK);
        }
        Files.write(tape.resolve(MarkFile.DURABLE), durable);
        lose(0, 100, 110);

        try (TapeWriter writer = open(TapeConfig.defaults(), AFTER))
        {
            assertEquals(EVENTS + 10 * BLOCK, writer.firstSequence());
        }
    }

    @Test
    void shouldCloseInTheManifestARunOfWhichOnlyTheTrailerIsLeft() throws IOException
    {
        try (TapeWriter writer = open(TapeConfig.defaults(), BEFORE))
        {
            Tapes.write(writer, 3, BLOCK);
            writer.close(Tapes.SUMMARY);
        }
        TapeBytes.overwrite(tape.resolve("run-000001").resolve(Manifest.NAME), new byte[0]);

        try (TapeWriter writer = open(TapeConfig.defaults(), AFTER))
        {
            writer.close(Tapes.SUMMARY);
        }

        assertEquals(new TapeReport(TapeStatus.OK, 3 * BLOCK, 0, 3 * BLOCK - 1, 2, "all runs are whole: runs=2"),
            TapeVerifier.verify(Tape.open(tape, AFTER)));
    }

    @Test
    void shouldJumpInAClosedRunThatWasCopiedToAnotherMachine() throws IOException
    {
        try (TapeWriter writer = open(TapeConfig.defaults(), BEFORE))
        {
            Tapes.write(writer, BLOCKS, BLOCK);
            writer.close(Tapes.SUMMARY);
        }
        lose(0, 1, 200);

        assertEquals(101, Tapes.sequences(
            Tape.open(tape, AFTER), TapeRange.sequences(40_000, 40_100)).size());
    }

    @Test
    void shouldJumpBelowTheDurableMarkOnly() throws IOException
    {
        final byte[] durable;
        try (TapeWriter writer = open(TapeConfig.defaults().withDurability(NEVER), BEFORE))
        {
            Tapes.write(writer, BLOCKS / 2, BLOCK);
            writer.force();
            durable = Files.readAllBytes(tape.resolve(MarkFile.DURABLE));
            Tapes.write(writer, BLOCKS / 2, BLOCK);
        }
        Files.write(tape.resolve(MarkFile.DURABLE), durable);
        lose(0, BLOCKS / 2 + 1, BLOCKS / 2 + 20);
        lose(0, 1, 200);
        final TapeRange below = TapeRange.sequences(EVENTS / 2 - 100, EVENTS / 2 - 1);
        final TapeRange behind = TapeRange.sequences(EVENTS - 100, EVENTS - 1);

        final TapeException e =
            assertThrows(TapeException.class, () -> Tapes.sequences(Tape.open(tape, AFTER), behind));

        assertEquals(100, Tapes.sequences(Tape.open(tape, AFTER), below).size());
        // Nothing was jumped over, and what the mark vouches for is missed first.
        assertTrue(String.valueOf(e.getMessage()).endsWith(" sequence=64: run ends early; sequences 64.." +
            (EVENTS / 2 - 1) + " are not readable"), e::getMessage);
    }

    @Test
    void shouldJumpInAFinishedFileOfARunThatWasNotClosed() throws IOException
    {
        final TapeConfig config = TapeConfig.defaults().withRollBytes(3 * TapeConfig.MIN_ROLL_BYTES);
        try (TapeWriter writer = open(config, BEFORE))
        {
            Tapes.write(writer, BLOCKS, BLOCK);
        }
        lose(0, 1, 200);

        assertEquals(101, Tapes.sequences(
            Tape.open(tape, AFTER), TapeRange.sequences(40_000, 40_100)).size());
    }

    private RollFile file(final int number)
    {
        return Tape.open(tape, BEFORE).runs().get(0).files().get(number);
    }

    /** Blocks of a file are as if they had never been written. */
    private void lose(final int file, final int fromBlock, final int toBlock) throws IOException
    {
        final Path path = TapeBytes.rollFile(tape, 1, file);
        final byte[] bytes = Files.readAllBytes(path);
        Arrays.fill(bytes, TapeBytes.blockStart(bytes, fromBlock), TapeBytes.blockStart(bytes, toBlock), (byte)0);
        TapeBytes.overwrite(path, bytes);
    }

    private TapeWriter open(final TapeConfig config, final BootId bootId)
    {
        final TapeConfig all = config.withReserveBytes(0);
        return TapeWriter.open(
            tape, Tapes.definitions(), TapeParts.of(tape, all, () -> Tapes.START_NS).with(bootId));
    }
}
