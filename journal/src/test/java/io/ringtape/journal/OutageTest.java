package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.bus.EventBus;
import io.ringtape.bus.Lane;
import io.ringtape.event.EventType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A bus that goes on without its tape: what is missing is known, and the rest is there. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class OutageTest
{
    private static final String FULL = "device is full: usableBytes=1000 wantedBytes=33554432";

    private final Path tape = Tapes.fresh("outage");
    private final Outage outage = new Outage(tape);

    @AfterEach
    void clean()
    {
        Tapes.delete(tape);
    }

    @Test
    void shouldStandStillAndSaySoOnceWhileTheTapeIsAway()
    {
        try (TapeWriter writer = outage.open(Durability.PAGE_CACHE))
        {
            outage.feed(writer, 3);
            outage.isFull = true;
            outage.feedUntil(writer, false);
            final long journaled = writer.journaledSequence();

            outage.feed(writer, 50);

            final List<MissingRange> missing = List.of(new MissingRange(journaled + 1, outage.next() - 1));
            assertEquals(List.of("away from " + (journaled + 1) + ": " + FULL), outage.told);
            assertEquals(journaled, writer.journaledSequence());
            assertEquals(missing, writer.missingRanges());
            assertEquals(missing.get(0).count(), writer.unjournaledCount());
            assertFalse(writer.isOnTape(outage.next()));
            assertEquals(new TapeReport(TapeStatus.GAP, journaled + 1, 0, journaled, 1, "sequences " +
                missing.get(0).text() + " are missing: not journaled, behind run=1"), TapeVerifier.verify(tape));
        }
    }

    @Test
    void shouldGoOnInAnotherRunThatNamesWhatIsMissing()
    {
        final MissingRange missing;
        final long last;
        try (TapeWriter writer = outage.open(Durability.PAGE_CACHE))
        {
            missing = away(writer);
            outage.feed(writer, 3);
            last = outage.next() - 1;

            assertEquals("back with run 2 from " + (missing.lastSequence() + 1), outage.told.get(1));
            assertEquals(last, writer.journaledSequence());
            assertEquals(missing.lastSequence() + 1, writer.contiguousFrom());
            assertTrue(writer.isOnTape(missing.lastSequence() + 1));
            assertFalse(writer.isOnTape(missing.lastSequence()));
            writer.close(Tapes.SUMMARY);
            assertFalse(writer.isJournaling());
        }

        final String text = "sequences " + missing.text() + " are missing: not journaled, before run=2";
        assertEquals(new TapeReport(TapeStatus.GAP, missing.firstSequence(), 0, missing.firstSequence() - 1, 1, text +
            "; whole behind it: run=2 sequences=" + (missing.lastSequence() + 1) + ".." + last),
            TapeVerifier.verify(tape));
        assertEquals(from(0, missing.firstSequence() - 1), read(0, missing.firstSequence() - 1));
        assertEquals(from(missing.lastSequence() + 1, last), read(missing.lastSequence() + 1, last));
        assertEquals(text, refusal(0, last));
        assertEquals(text, refusal(missing.firstSequence() + 1, last));
        assertEquals(text, refusal(missing.lastSequence(), Long.MAX_VALUE));
        final TapeInfo info = Tape.open(tape).info();
        assertEquals(List.of(missing), info.unjournaled());
        assertEquals(List.of(new TapeInfo.Problem(TapeException.Kind.GAP, text)), info.problems());
        assertEquals(missing.firstSequence() - 1, info.runs().get(0).lastSequence().orElseThrow());
    }

    @Test
    void shouldNeverGiveSequencesAgainWhenTheProcessEndsBeforeTheTapeIsBack()
    {
        final MissingRange missing;
        try (TapeWriter writer = outage.open(Durability.PAGE_CACHE))
        {
            outage.isFull = true;
            outage.feedUntil(writer, false);
            outage.feed(writer, 2);
            missing = writer.missingRanges().get(0);
            writer.close(Tapes.SUMMARY);
        }
        final TapeReport before = TapeVerifier.verify(tape);
        final String refusal = refusal(missing.lastSequence(), missing.lastSequence());

        Tapes.record(tape, 2, 10);

        final String text = "sequences " + missing.text() + " are missing: not journaled, ";
        assertEquals(text + "behind run=1", before.detail());
        assertEquals(TapeStatus.GAP, before.status());
        assertEquals(text + "behind run=1", refusal);
        assertEquals(text + "before run=2; whole behind it: run=2 sequences=" + (missing.lastSequence() + 1) + ".." +
            (missing.lastSequence() + 20), TapeVerifier.verify(tape).detail());
        assertEquals(from(missing.lastSequence() + 1, missing.lastSequence() + 20),
            read(missing.lastSequence() + 1, Long.MAX_VALUE));
    }

    @Test
    void shouldKnowWhatIsMissingAfterAKill() throws IOException
    {
        final Path killed = tape.resolveSibling("killed");
        final MissingRange missing;
        try (TapeWriter writer = outage.open(Durability.PAGE_CACHE))
        {
            outage.isFull = true;
            outage.feedUntil(writer, false);
            outage.feed(writer, 2);
            missing = writer.missingRanges().get(0);
            copy(killed);
        }

        final TapeReport report = TapeVerifier.verify(killed);
        final long first;
        try (TapeWriter writer = Tapes.open(killed, TapeConfig.defaults()))
        {
            first = writer.firstSequence();
            writer.discard();
        }

        assertEquals("sequences " + missing.text() + " are missing: not journaled, behind run=1", report.detail());
        assertEquals(missing.lastSequence() + 1, first);
        assertEquals(report, TapeVerifier.verify(killed));
    }

    @Test
    void shouldNotTakeADamagedNoteForNone() throws IOException
    {
        try (TapeWriter writer = outage.open(Durability.PAGE_CACHE))
        {
            outage.isFull = true;
            outage.feedUntil(writer, false);
            outage.feed(writer, 1);
        }
        final Path mark = tape.resolve(MarkFile.JOURNALED);
        final byte[] bytes = Files.readAllBytes(mark);

        bytes[64 + 8] ^= 1;
        Files.write(mark, bytes);
        final TapeReport half = TapeVerifier.verify(tape);
        for (final int start : new int[]{64, 4096 + 64})
        {
            bytes[start + 9] ^= 3;
            bytes[start + 20] ^= 3;
        }
        Files.write(mark, bytes);
        final TapeReport none = TapeVerifier.verify(tape);

        final MissingRange missing = new MissingRange(half.lastSequence() + 1, outage.next() - 1);
        assertEquals(TapeStatus.GAP, half.status());
        assertEquals("sequences " + missing.text() + " are missing: not journaled, behind run=1; " +
            "tape is damaged, a mark is not whole: file=mark-journaled", half.detail());
        assertEquals(TapeStatus.DAMAGED, none.status());
        assertEquals("tape is damaged, a mark is not whole: file=mark-journaled", none.detail());
    }

    @Test
    void shouldNeverForceAgainWhatWasNotForcedOnce()
    {
        try (TapeWriter writer = outage.open(Durability.EVERY_BATCH))
        {
            outage.feed(writer, 2);
            outage.isBroken = true;
            outage.feed(writer, 1);
            final long durable = writer.durableSequence();
            final long journaled = writer.journaledSequence();
            outage.isBroken = false;
            outage.forced.clear();

            outage.feedUntil(writer, true);

            final MissingRange missing = writer.missingRanges().get(0);
            assertEquals(2 * Outage.BATCH - 1, durable);
            assertEquals(3 * Outage.BATCH - 1, journaled);
            assertEquals("away from " + (journaled + 1) + ": tape cannot be forced to the device: run=run-000001 " +
                "durableSequence=" + durable + ": IOException device is broken", outage.told.get(0));
            assertEquals(new MissingRange(journaled + 1, outage.next() - Outage.BATCH - 1), missing);
            assertEquals(outage.next() - 1, writer.durableSequence());
            assertEquals(missing.lastSequence() + 1, writer.durableFrom());
            assertEquals(List.of(), outage.forced.stream().filter((name) -> name.startsWith("run-000001/")).toList());
            assertTrue(outage.forced.contains("run-000002/" + RollFiles.name(0)), outage.forced::toString);
        }
    }

    @Test
    void shouldKeepEachOfSeveralOutagesApart()
    {
        final List<MissingRange> missing;
        try (TapeWriter writer = outage.open(Durability.PAGE_CACHE))
        {
            away(writer);
            outage.feed(writer, 5);
            away(writer);
            outage.feed(writer, 5);
            away(writer);
            missing = writer.missingRanges();
            assertEquals(3, missing.size());
            assertEquals(missing.stream().mapToLong(MissingRange::count).sum(), writer.unjournaledCount());
        }

        assertEquals(missing, Tape.open(tape).info().unjournaled());
        assertEquals(6, outage.told.size());
    }

    @Test
    void shouldTakeAllOfItsRunsBack()
    {
        try (TapeWriter writer = outage.open(Durability.PAGE_CACHE))
        {
            outage.feed(writer, 2);
        }
        final TapeReport before = TapeVerifier.verify(tape);
        try (TapeWriter writer = outage.open(Durability.PAGE_CACHE))
        {
            away(writer);
            outage.isFull = true;
            outage.feedUntil(writer, false);

            writer.discard();
        }

        assertEquals(before, TapeVerifier.verify(tape));
        assertEquals(List.of(), Tape.open(tape).info().unjournaled());
    }

    @Test
    void shouldRepairUpToWhatIsMissing()
    {
        final MissingRange missing;
        try (TapeWriter writer = outage.open(Durability.PAGE_CACHE))
        {
            missing = away(writer);
            outage.feed(writer, 2);
        }
        final Path target = tape.resolveSibling("repaired");

        final TapeCopy copy = TapeRepair.repair(Tape.open(tape), target, (events) ->
        {
        });

        assertEquals(new TapeCopy(missing.firstSequence(), 1, 0, missing.firstSequence() - 1, "sequences " +
            missing.text() + " are missing: not journaled, before run=2", "whole behind it: run=2 sequences=" +
            (missing.lastSequence() + 1) + ".." + (outage.next() - 1)), copy);
        assertEquals(TapeStatus.OK, TapeVerifier.verify(target).status());
    }

    @Test
    void shouldNotGoOnUnheard()
    {
        final TapeConfig config = TapeConfig.defaults().withFailurePolicy(TapeFailurePolicy.GO_ON_UNJOURNALED);

        final IllegalArgumentException e = assertThrows(
            IllegalArgumentException.class, () -> Tapes.open(tape, config));

        assertEquals("failurePolicy needs a listener: failurePolicy=GO_ON_UNJOURNALED", e.getMessage());
        assertFalse(Files.exists(tape));
    }

    @Test
    void shouldThrowWhatIsNoFailureOfTheTape()
    {
        try (TapeWriter writer = outage.open(Durability.PAGE_CACHE))
        {
            outage.feed(writer, 1);
            final long next = outage.next();

            final IllegalArgumentException skipped = assertThrows(IllegalArgumentException.class,
                () -> writer.onRange(Tapes.room(1), 0, next + 1, 1));
            final TapeException wrong = assertThrows(TapeException.class,
                () -> writer.onRange(Tapes.room(1), 0, next, 1));

            assertEquals("range is not the next one: firstSequence=513 nextSequence=512", skipped.getMessage());
            assertEquals("tape cannot be written: run=1 sequence=512: IllegalArgumentException an event of the range " +
                "has another sequence: firstSequence=512 count=1", wrong.getMessage());
            assertEquals(List.of(), outage.told);
            assertFalse(writer.isJournaling());
        }
    }

    @Test
    void shouldKeepTheBusGoingOverAnOutage()
    {
        try (TapeWriter writer = outage.open(Durability.PAGE_CACHE))
        {
            outage.isFull = true;
            final EventBus bus = EventBus.builder().capacity(1024).firstSequence(0)
                .lane(Lane.named("tape").rangeHandler("recorder", writer).build()).build();
            bus.start();
            for (int i = 0; i < 40_000; i++)
            {
                bus.writer().publish(1, (event, index) -> event.type(EventType.HEARTBEAT));
            }

            assertTrue(bus.close(TimeUnit.SECONDS.toNanos(30)));

            assertTrue(bus.fault().isEmpty());
            assertEquals(40_000, writer.journaledSequence() + 1 + writer.unjournaledCount());
            assertTrue(writer.unjournaledCount() > 0);
        }
    }

    /** The tape is away for a while, and back. */
    private MissingRange away(final TapeWriter writer)
    {
        outage.isFull = true;
        outage.feedUntil(writer, false);
        outage.feed(writer, 3);
        outage.isFull = false;
        outage.feedUntil(writer, true);
        final List<MissingRange> missing = writer.missingRanges();
        return missing.get(missing.size() - 1);
    }

    private void copy(final Path target) throws IOException
    {
        while (true)
        {
            try
            {
                copyAll(target);
                return;
            }
            catch (final NoSuchFileException | UncheckedIOException e)
            {
                // Who tries to come back made a file ready, and has dropped it again.
                TapeDirectory.deleteTree(target);
            }
        }
    }

    private void copyAll(final Path target) throws IOException
    {
        try (Stream<Path> paths = Files.walk(tape))
        {
            for (final Path path : paths.toList())
            {
                copy(path, target.resolve(tape.relativize(path).toString()));
            }
        }
        // A process that was killed is not alive.
        Files.deleteIfExists(target.resolve(TapeOwner.NAME));
    }

    private static void copy(final Path file, final Path target) throws IOException
    {
        try
        {
            Files.copy(file, target);
        }
        catch (final NoSuchFileException e)
        {
            // The failed run is closed meanwhile, which gives the reserved file back: a kill finds either.
            assertFalse(Files.exists(file));
        }
    }

    private List<Long> read(final long first, final long last)
    {
        return Tapes.sequences(tape, TapeRange.sequences(first, last));
    }

    private String refusal(final long first, final long last)
    {
        final TapeException e = assertThrows(TapeException.class, () -> read(first, last));
        assertEquals(TapeException.Kind.GAP, e.kind());
        return String.valueOf(e.getMessage());
    }

    private static List<Long> from(final long first, final long last)
    {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }
}
