package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The valid prefix of a tape becomes a tape of its own, and the tape stays as it is. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class TapeRepairTest
{
    private final Path tape = Tapes.fresh("repair");
    private final Path target = tape.resolveSibling("repaired");

    @AfterEach
    void clean()
    {
        Tapes.delete(tape);
    }

    @Test
    void shouldCopyAWholeTapeBlockForBlock()
    {
        Tapes.record(tape, 5, 16);
        Tapes.record(tape, 1, 2500);
        Tapes.record(tape, 0, 1);
        Tapes.record(tape, 3, 7);

        final TapeCopy copy = repair();

        assertEquals(new TapeCopy(2601, 4, 0, 2600, "", ""), copy);
        assertEquals(contents(tape), contents(target));
        assertEquals(new TapeReport(TapeStatus.OK, 2601, 0, 2600, 4, "all runs are whole: runs=4"),
            TapeVerifier.verify(target));
    }

    @Test
    void shouldLeaveTheTapeAsItIs() throws IOException
    {
        Tapes.record(tape, 60, 16);
        flip(TapeBytes.rollFile(tape, 1, 0), 30);
        final Map<String, List<Byte>> before = files(tape);

        repair();

        assertEquals(before, files(tape));
    }

    @Test
    void shouldStopAtDamageAndSayWhatIsLeftBehind() throws IOException
    {
        Tapes.record(tape, 10, 16);
        Tapes.record(tape, 60, 16);
        Tapes.record(tape, 10, 16);
        flip(TapeBytes.rollFile(tape, 2, 0), 30);
        final String detail = TapeVerifier.verify(tape).detail();

        final TapeCopy copy = repair();

        assertEquals(new TapeCopy(640, 2, 0, 639, copy.problem(), "whole behind it: run=3 sequences=1120..1279"), copy);
        assertTrue(copy.problem().endsWith(": crc does not match; sequences 640..1119 are not readable"),
            copy.problem());
        assertEquals(copy.problem() + "; " + copy.leftBehind(), detail);
        assertEquals(contents(tape).subList(0, contents(target).size()), contents(target));
        final TapeReport report = TapeVerifier.verify(target);
        assertEquals(TapeStatus.OK, report.status(), report.detail());
        assertEquals(640, report.events());
    }

    @Test
    void shouldStopBeforeARunOfWhichNoBlockCanBeRead() throws IOException
    {
        Tapes.record(tape, 10, 16);
        Tapes.record(tape, 10, 16);
        flip(TapeBytes.rollFile(tape, 2, 0), 0);

        final TapeCopy copy = repair();

        assertEquals(160, copy.events());
        assertEquals(1, copy.runs());
        assertEquals(new TapeReport(TapeStatus.OK, 160, 0, 159, 1, "all runs are whole: runs=1"),
            TapeVerifier.verify(target));
    }

    @Test
    void shouldStopAtAGap() throws IOException
    {
        Tapes.record(tape, TapeConfig.defaults().withRollBytes(TapeConfig.MIN_ROLL_BYTES), 500, 128);
        Files.delete(TapeBytes.rollFile(tape, 1, 1));
        final TapeReport gap = TapeVerifier.verify(tape);

        final TapeCopy copy = repair();

        assertEquals(TapeStatus.GAP, gap.status());
        assertEquals(new TapeCopy(gap.events(), 1, 0, gap.lastSequence(), gap.detail(), ""), copy);
        assertEquals(TapeStatus.OK, TapeVerifier.verify(target).status());
        assertEquals(LongStream.rangeClosed(0, gap.lastSequence()).boxed().toList(),
            Tapes.sequences(target, TapeRange.ALL));
    }

    @Test
    void shouldLeaveATornTailBehind() throws IOException
    {
        try (TapeWriter writer = Tapes.open(tape, TapeConfig.defaults()))
        {
            Tapes.write(writer, 10, 16);
        }
        final Path file = TapeBytes.rollFile(tape, 1, 0);
        final byte[] bytes = Files.readAllBytes(file);
        bytes[TapeBytes.blockStart(bytes, 10) + 9] = 77;
        TapeBytes.overwrite(file, bytes);
        final TapeReport torn = TapeVerifier.verify(tape);

        final TapeCopy copy = repair();

        assertEquals(TapeStatus.TORN_TAIL, torn.status());
        assertEquals(new TapeCopy(160, 1, 0, 159, torn.detail(), ""), copy);
        assertEquals(TapeStatus.OK, TapeVerifier.verify(target).status());
        Tapes.record(target, 1, 16);
        assertEquals(new TapeReport(TapeStatus.OK, 176, 0, 175, 2, "what was recorded is whole: runs=2 notClosed=1; " +
            "run was not closed: run=1 file=19700101-00LX.cq4 offset=44224 lastSequence=159"),
            TapeVerifier.verify(target));
    }

    @Test
    void shouldSayWhatOnlyAVerificationLooksAt() throws IOException
    {
        Tapes.record(tape, 10, 16);
        Files.delete(tape.resolve("run-000001").resolve(Manifest.NAME));

        final TapeCopy copy = repair();

        assertEquals(new TapeCopy(160, 1, 0, 159,
            "tape is damaged, the manifest of a run is missing: run=1 file=manifest", ""), copy);
        assertEquals(TapeStatus.OK, TapeVerifier.verify(target).status());
    }

    @Test
    void shouldKeepWhatWasRemovedAsRuns() throws IOException
    {
        Tapes.record(tape, 2, 16);
        Tapes.record(tape, 3, 16);
        Tapes.record(tape, 1, 16);
        Tapes.record(tape, 2, 16);
        final long size = Tape.open(tape).sizeBytes();
        TapeRetention.keepBytes(Tape.open(tape), size - Files.size(TapeBytes.rollFile(tape, 1, 0)) - 1, true);
        final TapeReport before = TapeVerifier.verify(tape);

        final TapeCopy copy = repair();

        assertEquals(new TapeCopy(48, 2, 80, 127, "", ""), copy);
        assertEquals("all runs are whole: runs=2; sequences were removed: sequences=0..79 firstSequence=80",
            before.detail());
        assertEquals(before, TapeVerifier.verify(target));
        assertEquals(contents(tape), contents(target));
        assertEquals(List.of(), Tape.open(target).info().problems());
        Tapes.record(target, 1, 16);
        assertEquals(64, TapeVerifier.verify(target).events());
    }

    @Test
    void shouldKeepWhatWasRemovedAroundARunThatNeverGotADocument() throws IOException
    {
        Tapes.record(tape, 2, 16);
        Manifest.create(TapeDirectory.makeRun(tape, 2, Device.REAL));
        Tapes.record(tape, 3, 16);
        Tapes.record(tape, 2, 16);
        TapeRetention.keepBytes(Tape.open(tape), 0, true);
        final TapeReport before = TapeVerifier.verify(tape);

        final TapeCopy copy = repair();

        assertEquals(new TapeCopy(32, 1, 80, 111, "", ""), copy);
        assertEquals(before, TapeVerifier.verify(target));
        assertEquals(contents(tape), contents(target));
        assertEquals(List.of(), Tape.open(target).info().problems());
    }

    @Test
    void shouldCopyNothingOfARunThatIsTakenBack()
    {
        Tapes.record(tape, 2, 16);
        try (TapeWriter writer = Tapes.open(tape, TapeConfig.defaults()))
        {
            Tapes.write(writer, 100, 16);

            final TapeException refused = assertThrows(TapeException.class, () -> TapeRepair.repair(
                Tape.open(tape), target, UnaryOperator.identity(), (events) -> discardAt(writer, events)));

            assertEquals(Kind.IN_USE, refused.kind(), refused.getMessage());
        }
        assertEquals(List.of("tape"), siblings());
    }

    private static void discardAt(final TapeWriter writer, final long events)
    {
        if (events == 48)
        {
            writer.discard();
        }
    }

    @Test
    void shouldKeepWhatWasRemovedOfARun() throws IOException
    {
        Tapes.record(tape, 1, 16);
        Tapes.record(tape, TapeConfig.defaults().withRollBytes(TapeConfig.MIN_ROLL_BYTES), 500, 128);
        Tapes.record(tape, 2, 16);
        final long size = Tape.open(tape).sizeBytes();
        final long first = TapeRetention.keepBytes(Tape.open(tape), size - 200_000, true).firstSequence();
        final TapeReport before = TapeVerifier.verify(tape);
        assertEquals(2, before.runs());

        final TapeCopy copy = repair();

        assertEquals(new TapeCopy(64_048 - first, 2, first, 64_047, "", ""), copy);
        assertEquals(before, TapeVerifier.verify(target));
        assertEquals(contents(tape), contents(target));
        assertFalse(Files.exists(TapeBytes.rollFile(target, 2, 0)));
        assertEquals(List.of(), Tape.open(target).info().problems());
        assertEquals(LongStream.range(first, 64_048).boxed().toList(), Tapes.sequences(target, TapeRange.ALL));
        assertEquals("sequences were removed: sequences=0.." + (first - 1) + " firstSequence=" + first,
            assertThrows(TapeException.class, () -> Tapes.sequences(target, TapeRange.sequences(first - 1, first)))
                .getMessage());
    }

    @Test
    void shouldCopyARunOfWhichOnlyTheEndIsLeft()
    {
        Tapes.record(tape, TapeConfig.defaults().withRollBytes(TapeConfig.MIN_ROLL_BYTES), 500, 128);
        final long first = TapeRetention.keepBytes(Tape.open(tape), 0, true).firstSequence();
        final TapeReport before = TapeVerifier.verify(tape);

        final TapeCopy copy = repair();

        assertEquals(new TapeCopy(64_000 - first, 1, first, 63_999, "", ""), copy);
        assertEquals(before, TapeVerifier.verify(target));
        assertEquals(contents(tape), contents(target));
        Tapes.record(target, 1, 16);
        assertEquals(64_016 - first, TapeVerifier.verify(target).events());
    }

    @Test
    void shouldKeepTheNumbersOfRuns() throws IOException
    {
        Tapes.record(tape, 2, 16);
        Files.createDirectory(tape.resolve("run-000006"));
        Tapes.record(tape, 2, 16);

        repair();

        assertEquals(List.of(1L, 7L), Tape.open(target).runInfos().stream().map(RunInfo::runId).toList());
        assertEquals(contents(tape), contents(target));
    }

    @Test
    void shouldCopyAnEmptyTapeAndGoIntoAnEmptyDirectory() throws IOException
    {
        TapeDirectory.prepare(tape, Device.REAL);
        Files.createDirectory(target);

        final TapeCopy copy = repair();

        assertEquals(new TapeCopy(0, 0, -1, -1, "", ""), copy);
        assertEquals(new TapeReport(TapeStatus.OK, 0, -1, -1, 0, "tape is empty"), TapeVerifier.verify(target));
    }

    @Test
    void shouldLeaveNothingBehindWhereNothingCanBeRead() throws IOException
    {
        Tapes.record(tape, 10, 16);
        final Path file = TapeBytes.rollFile(tape, 1, 0);
        final byte[] whole = Files.readAllBytes(file);
        flip(file, 0);

        final TapeException damaged = assertThrows(TapeException.class, this::repair);
        TapeBytes.overwrite(file, whole);
        Files.delete(file);
        final TapeException gap = assertThrows(TapeException.class, this::repair);

        assertEquals(Kind.DAMAGED, damaged.kind());
        assertEquals(Kind.GAP, gap.kind());
        assertEquals(List.of("tape"), siblings());
    }

    @Test
    void shouldLeaveNothingBehindOnAFullDevice()
    {
        Tapes.record(tape, 10, 16);

        final TapeException failure = assertThrows(TapeException.class, () -> TapeRepair.repair(
            Tape.open(tape), target, (parts) -> parts.with((SpaceSource)() -> 0L), TapeRepairTest::ignore));

        assertEquals(Kind.IO, failure.kind(), failure.getMessage());
        assertEquals(List.of("tape"), siblings());
    }

    @Test
    void shouldRefuseATargetThatIsNotFree() throws IOException
    {
        Tapes.record(tape, 1, 16);
        Files.writeString(Files.createDirectory(target).resolve("notes"), "mine");
        final Path inside = tape.resolve("repaired");
        final Path link = Files.createSymbolicLink(tape.resolveSibling("link"), tape);

        final TapeException held = assertThrows(TapeException.class, this::repair);
        final TapeException within = assertThrows(TapeException.class, () -> repair(inside));
        final TapeException itself = assertThrows(TapeException.class, () -> repair(tape));
        final TapeException linked = assertThrows(TapeException.class, () -> repair(link.resolve("repaired")));

        assertEquals("repaired tape needs a directory that is missing or empty: target=" + target.toAbsolutePath(),
            held.getMessage());
        assertEquals("repaired tape must lie outside the tape: target=" + inside.toAbsolutePath() + " directory=" +
            tape, within.getMessage());
        assertEquals("repaired tape must lie outside the tape: target=" + tape.toAbsolutePath() + " directory=" +
            tape, itself.getMessage());
        for (final TapeException refused : List.of(held, within, itself, linked))
        {
            assertEquals(Kind.CANNOT_CREATE, refused.kind());
        }
        assertFalse(Files.exists(inside));
        assertEquals("mine", Files.readString(target.resolve("notes")));
        assertEquals(List.of("link", "repaired", "tape"), siblings());
    }

    private TapeCopy repair()
    {
        return repair(target);
    }

    private TapeCopy repair(final Path to)
    {
        return TapeRepair.repair(Tape.open(tape), to, UnaryOperator.identity(), TapeRepairTest::ignore);
    }

    private static void ignore(final long events)
    {
        assertTrue(events > 0);
    }

    private static void flip(final Path file, final int block) throws IOException
    {
        final byte[] bytes = Files.readAllBytes(file);
        bytes[TapeBytes.blockStart(bytes, block) + 200] ^= 1;
        TapeBytes.overwrite(file, bytes);
    }

    private List<String> siblings()
    {
        return List.copyOf(new TreeMap<>(list(tape.toAbsolutePath().getParent())).keySet());
    }

    private static Map<String, Path> list(final Path directory)
    {
        final Map<String, Path> found = new TreeMap<>();
        try (Stream<Path> entries = Files.list(directory))
        {
            entries.forEach((path) -> found.put(path.getFileName().toString(), path));
        }
        catch (final IOException e)
        {
            throw new AssertionError(e);
        }
        return found;
    }

    private static Map<String, List<Byte>> files(final Path directory) throws IOException
    {
        final Map<String, List<Byte>> found = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(directory))
        {
            for (final Path path : paths.toList())
            {
                final List<Byte> bytes = new ArrayList<>();
                if (Files.isRegularFile(path))
                {
                    for (final byte value : Files.readAllBytes(path))
                    {
                        bytes.add(value);
                    }
                }
                found.put(path + " " + Files.getLastModifiedTime(path), bytes);
            }
        }
        return found;
    }

    /** Everything that a reader is told, up to the end or to what is wrong; but not who wrote it. */
    private static List<String> contents(final Path directory)
    {
        final List<String> lines = new ArrayList<>();
        final RunListener listener = new RunListener()
        {
            @Override
            public void onRunStart(final RunInfo run)
            {
                lines.add(run.runId() + " " + run.firstSequence() + " " + run.startTimeNs() + " " +
                    run.previousRunId());
            }

            @Override
            public void onRunEnd(final RunInfo run, final Optional<RunTrailer> trailer)
            {
                trailer.ifPresent((found) -> lines.add(found.toString()));
            }
        };
        try (TapeReader reader = Tape.open(directory).read(TapeRange.ALL, listener))
        {
            while (reader.nextBlock())
            {
                final byte[] block = new byte[DocumentLayout.EVENTS_OFFSET - DocumentLayout.SEQUENCE_OFFSET +
                    reader.count() * DocumentLayout.EVENT_BYTES];
                reader.buffer().getBytes(
                    reader.offset() - DocumentLayout.EVENTS_OFFSET + DocumentLayout.SEQUENCE_OFFSET, block);
                lines.add(Arrays.toString(block) + reader.definitions().instrumentCount() +
                    reader.definitions().instrument(0) + reader.definitions().source(0));
            }
        }
        catch (final TapeException e)
        {
            return lines;
        }
        return lines;
    }
}
