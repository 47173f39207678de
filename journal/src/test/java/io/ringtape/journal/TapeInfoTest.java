package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtape.event.Definitions;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.journal.TapeException.Kind;
import io.ringtape.journal.TapeInfo.File;
import io.ringtape.journal.TapeInfo.FileState;
import io.ringtape.journal.TapeInfo.Frontier;
import io.ringtape.journal.TapeInfo.MachineStart;
import io.ringtape.journal.TapeInfo.Problem;
import io.ringtape.journal.TapeInfo.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a tape says of itself, whole and in parts. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class TapeInfoTest
{
    private static final String FILE_0 = "19700101-00LX.cq4";
    private static final String FILE_1 = "19700101-01LX.cq4";
    private static final BootId BOOT = new BootId(1, 2);
    private static final int BLOCK = 1_000;
    /** Behind Chronicle's own documents. */
    private static final int HEADER_AT = 33_048 + DocumentLayout.HEADER_BYTES;
    private static final TapeConfig SMALL = TapeConfig.defaults().withRollBytes(TapeConfig.MIN_ROLL_BYTES);

    private final Path tape = Tapes.fresh("info");

    @AfterEach
    void clean()
    {
        Tapes.delete(tape);
    }

    @Test
    void shouldTellAClosedRunAndOneThatWasNot() throws IOException
    {
        Tapes.record(tape, 3, 7);
        try (TapeWriter writer = Tapes.open(tape, TapeConfig.defaults()))
        {
            Tapes.write(writer, 2, 5);
        }

        final TapeInfo info = Tape.open(tape).info();

        assertEquals(List.of(), info.problems());
        assertEquals(List.of(
            new Run(1, OptionalLong.of(0), OptionalLong.of(20), OptionalLong.of(Tapes.START_NS), true,
                runBytes(1), List.of(new File(0, FILE_0, FileState.SEALED, OptionalLong.of(0), OptionalLong.of(20),
                OptionalLong.of(end(1, 0)), Files.size(TapeBytes.rollFile(tape, 1, 0))))),
            new Run(2, OptionalLong.of(21), OptionalLong.of(30), OptionalLong.of(Tapes.START_NS), false,
                runBytes(2), List.of(new File(0, FILE_0, FileState.OPEN, OptionalLong.of(21), OptionalLong.of(30),
                OptionalLong.of(end(2, 0)), Files.size(TapeBytes.rollFile(tape, 2, 0)))))), info.runs());
        assertEquals(List.of(Tapes.instrument(0)), info.instruments());
        assertEquals(List.of(Tapes.definitions().source(0)), info.sources());
        assertEquals(Tape.open(tape).sizeBytes(), info.sizeBytes());
        assertEquals(Optional.of(Tape.open(tape).end()), info.end());
        assertEquals(Optional.empty(), info.owner());
        assertEquals(Optional.of(new Frontier(2, 30, 0, end(2, 0), MachineStart.THIS)), info.journaled());
        assertEquals(Optional.of(new Frontier(-1, -1, -1, 0, MachineStart.THIS)), info.durable());
    }

    @Test
    void shouldTellFilesThatAreFinishedAndTheOneThatIsBeingWritten() throws IOException
    {
        try (TapeWriter writer = Tapes.open(tape, SMALL))
        {
            Tapes.write(writer, 40, BLOCK);

            final TapeInfo info = Tape.open(tape).info();

            final Run run = info.runs().get(0);
            assertEquals(List.of(), info.problems());
            assertEquals(Optional.of(TapeOwner.self(BootId.current())), info.owner());
            assertEquals(Optional.of(TapeEnd.Kind.BEING_WRITTEN), info.end().map(TapeEnd::kind));
            assertEquals(OptionalLong.of(39_999), run.lastSequence());
            assertEquals(3, run.files().size());
            assertEquals(OptionalLong.of(0), run.files().get(0).firstSequence());
            assertEquals(next(run.files().get(0)), run.files().get(1).firstSequence());
            assertEquals(next(run.files().get(1)), run.files().get(2).firstSequence());
            assertEquals(FileState.OPEN, run.files().get(2).state());
            assertEquals(OptionalLong.of(39_999), run.files().get(2).lastSequence());
        }
        assertEquals(List.of(FileState.SEALED, FileState.SEALED, FileState.OPEN),
            Tape.open(tape).info().runs().get(0).files().stream().map(File::state).toList());
    }

    @Test
    void shouldTellDefinitionsThatWereAddedLate()
    {
        final InstrumentDefinition late = Tapes.instrument(1);
        try (TapeWriter writer = TapeWriter.open(tape, SMALL.withReserveBytes(0), Tapes.definitions(), () -> 1L))
        {
            Tapes.write(writer, 2, 5);
        }
        final Definitions definitions = Tapes.definitions();
        try (TapeWriter writer = TapeWriter.open(tape, SMALL.withReserveBytes(0), definitions, () -> 1L))
        {
            Tapes.write(writer, 40, BLOCK);
            definitions.add(late);
            Tapes.write(writer, 1, BLOCK);
            writer.close(Tapes.SUMMARY);
        }

        assertEquals(List.of(Tapes.instrument(0), late), Tape.open(tape).info().instruments());
    }

    @Test
    void shouldReadNoBlockThatItNeedNot() throws IOException
    {
        Tapes.record(tape, SMALL, 40, BLOCK);
        final TapeInfo before = Tape.open(tape).info();
        final Path file = TapeBytes.rollFile(tape, 1, 0);
        final byte[] bytes = Files.readAllBytes(file);
        for (int i = TapeBytes.blockStart(bytes, 0); i < bytes.length; i++)
        {
            bytes[i] = -1;
        }
        TapeBytes.overwrite(file, bytes);

        assertEquals(before, Tape.open(tape).info());
    }

    @Test
    void shouldNameAFileThatIsMissingAndTellTheRest() throws IOException
    {
        Tapes.record(tape, SMALL, 40, BLOCK);
        final TapeInfo whole = Tape.open(tape).info();
        Files.delete(TapeBytes.rollFile(tape, 1, 1));

        final TapeInfo info = Tape.open(tape).info();

        final File missing = whole.runs().get(0).files().get(1);
        assertEquals(List.of(new Problem(Kind.GAP, "file of a run is missing: run=1 file=" + FILE_1 + " sequences=" +
            missing.firstSequence().getAsLong() + ".." + missing.lastSequence().getAsLong())), info.problems());
        assertEquals(new File(1, FILE_1, FileState.MISSING, missing.firstSequence(), missing.lastSequence(),
            missing.endOffset(), 0), info.runs().get(0).files().get(1));
        assertEquals(whole.runs().get(0).lastSequence(), info.runs().get(0).lastSequence());
        assertEquals(whole.instruments(), info.instruments());
        assertEquals(whole.end(), info.end());
    }

    @Test
    void shouldTellWhatWasRemoved() throws IOException
    {
        Tapes.record(tape, SMALL, 40, BLOCK);
        final File before = Tape.open(tape).info().runs().get(0).files().get(0);
        final Path run = tape.resolve(RunDirectory.name(1));
        final Manifest.Entry seal = Manifest.read(new RunDirectory(1, run, List.of())).seal(0).orElseThrow();
        Manifest.append(run, seal.removed(Tapes.START_NS));
        Files.delete(TapeBytes.rollFile(tape, 1, 0));

        final TapeInfo info = Tape.open(tape).info();

        assertEquals(List.of(), info.problems());
        assertEquals(new File(0, FILE_0, FileState.REMOVED, before.firstSequence(), before.lastSequence(),
            before.endOffset(), before.lengthBytes()), info.runs().get(0).files().get(0));
        assertEquals(OptionalLong.of(0), info.runs().get(0).firstSequence());
        assertEquals(OptionalLong.of(39_999), info.runs().get(0).lastSequence());
        assertEquals(OptionalLong.empty(), info.runs().get(0).startTimeNs());
    }

    @Test
    void shouldNameFilesThatAreShorterThanTheyWere() throws IOException
    {
        Tapes.record(tape, SMALL, 40, BLOCK);
        final Path file = TapeBytes.rollFile(tape, 1, 0);
        final byte[] bytes = Files.readAllBytes(file);
        TapeBytes.overwrite(file, Arrays.copyOf(bytes, bytes.length - 4096));

        assertEquals(List.of(new Problem(Kind.DAMAGED,
            "tape is damaged, a sealed file has another length: run=1 file=" + FILE_0 + " length=" +
            (bytes.length - 4096) + " sealed=" + bytes.length + " sequences=0..15999")),
            Tape.open(tape).info().problems());
    }

    @Test
    void shouldNameMarksManifestsAndHeadersThatCannotBeTold() throws IOException
    {
        Tapes.record(tape, 2, 10);
        Tapes.record(tape, 3, 10);
        Files.delete(tape.resolve(MarkFile.DURABLE));
        Files.write(tape.resolve(RunDirectory.name(1)).resolve(Manifest.NAME), new byte[64]);
        final Path file = TapeBytes.rollFile(tape, 1, 0);
        final byte[] bytes = Files.readAllBytes(file);
        bytes[HEADER_AT + DocumentLayout.COMMON_BYTES] ^= 1;
        TapeBytes.overwrite(file, bytes);

        final TapeInfo info = Tape.open(tape).info();

        assertEquals(List.of(
            new Problem(Kind.DAMAGED,
                "tape is damaged, the manifest of a run is not whole: run=1 entry=0 file=manifest"),
            new Problem(Kind.DAMAGED,
                "tape is damaged, the header of a run is not whole: run=1 file=" + FILE_0 + " sequences=0..19"),
            new Problem(Kind.DAMAGED, "tape is damaged, a mark is missing: file=mark-durable")), info.problems());
        assertEquals(2, info.runs().size());
        assertEquals(OptionalLong.empty(), info.runs().get(0).firstSequence());
        assertEquals(OptionalLong.of(19), info.runs().get(0).lastSequence());
        assertEquals(OptionalLong.of(49), info.runs().get(1).lastSequence());
        assertEquals(Optional.empty(), info.durable());
    }

    @Test
    void shouldNameRunsThatAreMissing() throws IOException
    {
        Tapes.record(tape, 2, 10);
        Tapes.record(tape, 3, 10);
        Tapes.record(tape, 1, 10);
        TapeDirectory.deleteTree(tape.resolve("run-000002"));
        final List<Problem> inBetween = Tape.open(tape).info().problems();
        TapeDirectory.deleteTree(tape.resolve("run-000003"));

        final List<Problem> atTheEnd = Tape.open(tape).info().problems();

        assertEquals(List.of(new Problem(Kind.GAP,
            "sequences are missing: before run=3 missing run=2 sequences=20..49")), inBetween);
        assertEquals(List.of(new Problem(Kind.GAP,
            "sequences are missing: missing run=3 sequences=20..59")), atTheEnd);
    }

    @Test
    void shouldNameDamageAtTheEndOfTheNewestRun() throws IOException
    {
        try (TapeWriter writer = Tapes.open(tape, TapeConfig.defaults()))
        {
            Tapes.write(writer, 3, 10);
        }
        final Path file = TapeBytes.rollFile(tape, 1, 0);
        final byte[] bytes = Files.readAllBytes(file);
        final int block = TapeBytes.blockStart(bytes, 1);
        bytes[block + 4 + DocumentLayout.SEQUENCE_OFFSET] ^= 1;
        TapeBytes.overwrite(file, bytes);

        final TapeInfo info = Tape.open(tape).info();

        assertEquals(List.of(new Problem(Kind.DAMAGED, "tape is damaged: run=1 file=" + FILE_0 + " block=1 offset=" +
            block + " sequence=10: block is not the next one: firstSequence=11 blockNumber=1; " +
            "sequences 10..29 are not readable")), info.problems());
        assertEquals(Optional.empty(), info.end());
        assertEquals(OptionalLong.empty(), info.runs().get(0).lastSequence());
        assertEquals(List.of(Tapes.instrument(0)), info.instruments());
    }

    @Test
    void shouldTellOfWhichStartOfTheMachineTheMarksAre()
    {
        final TapeParts parts = TapeParts.of(tape, TapeConfig.defaults().withReserveBytes(0), () -> Tapes.START_NS);
        try (TapeWriter writer = TapeWriter.open(tape, Tapes.definitions(), parts.with(BOOT)))
        {
            Tapes.write(writer, 1, 10);
            writer.force();
        }

        assertEquals(MachineStart.THIS, start(BOOT));
        assertEquals(MachineStart.ANOTHER, start(new BootId(3, 4)));
        assertEquals(MachineStart.UNKNOWN, start(BootId.UNKNOWN));
        assertEquals(OptionalLong.of(9),
            OptionalLong.of(Tape.open(tape, BOOT).info().durable().orElseThrow().lastSequence()));
    }

    @Test
    void shouldTellAnEmptyTape()
    {
        try (TapeWriter writer = Tapes.open(tape, TapeConfig.defaults()))
        {
            writer.close(Tapes.SUMMARY);
        }

        final TapeInfo info = Tape.open(tape).info();

        assertEquals(List.of(), info.problems());
        assertEquals(OptionalLong.of(-1), info.runs().get(0).lastSequence());
        assertEquals(Optional.of(new TapeEnd(TapeEnd.Kind.CLOSED, "")), info.end());
    }

    private MachineStart start(final BootId now)
    {
        return Tape.open(tape, now).info().journaled().orElseThrow().machineStart();
    }

    private static OptionalLong next(final File file)
    {
        return OptionalLong.of(file.lastSequence().getAsLong() + 1);
    }

    private long end(final int run, final int file) throws IOException
    {
        try (Walker walker = new Walker(Walker.DEFAULT_WINDOW_BYTES))
        {
            walker.open(TapeBytes.rollFile(tape, run, file));
            int step = walker.next();
            while (step == Walker.DOCUMENT || step == Walker.CHRONICLE)
            {
                step = walker.next();
            }
            return walker.position();
        }
    }

    private long runBytes(final int run) throws IOException
    {
        long size = 0;
        try (Stream<Path> files = Files.list(tape.resolve(RunDirectory.name(run))))
        {
            for (final Path file : files.toList())
            {
                size += Files.size(file);
            }
        }
        return size;
    }
}
