package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is written comes back: over blocks, files and runs. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class TapeRoundTripTest
{
    private final Path tape = Tapes.fresh("round-trip");

    @AfterEach
    void clean()
    {
        Tapes.delete(tape);
    }

    @Test
    void shouldReadBackAClosedRun()
    {
        Tapes.record(tape, 100, 64);

        final List<Long> sequences = Tapes.sequences(tape, TapeRange.ALL);

        assertEquals(LongStream.range(0, 6400).boxed().toList(), sequences);
        assertEquals(new TapeReport(TapeStatus.OK, 6400, 0, 6399, 1, "all runs are whole: runs=1"),
            TapeVerifier.verify(tape));
    }

    @Test
    void shouldSplitALongRangeIntoBlocks()
    {
        Tapes.record(tape, 1, 2500);

        final List<Long> sequences = Tapes.sequences(tape, TapeRange.ALL);

        assertEquals(LongStream.range(0, 2500).boxed().toList(), sequences);
    }

    @Test
    void shouldContinueSequencesInANewRun()
    {
        Tapes.record(tape, 3, 10);
        Tapes.record(tape, 2, 7);

        final List<Long> sequences = Tapes.sequences(tape, TapeRange.ALL);

        assertEquals(LongStream.range(0, 44).boxed().toList(), sequences);
        assertEquals(new TapeReport(TapeStatus.OK, 44, 0, 43, 2, "all runs are whole: runs=2"),
            TapeVerifier.verify(tape));
    }

    @Test
    void shouldRollFilesBySize()
    {
        final TapeConfig config = TapeConfig.defaults().withRollBytes(TapeConfig.MIN_ROLL_BYTES);

        Tapes.record(tape, config, 500, 128);

        assertEquals(LongStream.range(0, 64_000).boxed().toList(), Tapes.sequences(tape, TapeRange.ALL));
        assertTrue(Tape.open(tape).runs().get(0).files().size() >= 4);
        assertEquals(new TapeReport(TapeStatus.OK, 64_000, 0, 63_999, 1, "all runs are whole: runs=1"),
            TapeVerifier.verify(tape));
    }

    @Test
    void shouldReadAnEmptyTape()
    {
        TapeWriter.open(tape, TapeConfig.defaults(), Tapes.definitions(), () -> 1L).close();

        assertEquals(List.of(), Tapes.sequences(tape, TapeRange.ALL));
        assertEquals(TapeStatus.OK, TapeVerifier.verify(tape).status());
    }
}
