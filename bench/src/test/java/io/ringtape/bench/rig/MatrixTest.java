package io.ringtape.bench.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ringtape.bench.peer.Measure;
import io.ringtape.bench.peer.Row;
import io.ringtape.cli.platform.StopSignal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rows X1 with three peers and X2 with two, nine rounds of each; a turn takes no time. */
@Timeout(10)
final class MatrixTest
{
    private static final int ROUNDS = 9;
    private static final int TURNS_OF_FIRST = 3 * ROUNDS;
    private static final List<Row> ROWS =
        List.of(Fixtures.row(0.9), Fixtures.alone(Measure.SPEED, 60, 1));

    private final StopSignal stop = new StopSignal();
    private final List<Matrix.Measured> told = new ArrayList<>();
    private Runnable onTurn = stop::isRequested;
    private int turns;

    @Test
    void shouldTellWhatThereIsAsEachRowEnds() throws IOException
    {
        measure();

        assertEquals(List.of("0 of 2 rows", "1 of 2 rows", ""), incomplete());
        assertEquals(List.of(), told.get(0).outcomes());
        assertEquals(List.of("X1", "X1"), rows(told.get(1)));
        assertEquals(told.get(2).outcomes().subList(0, 2), told.get(1).outcomes());
        assertEquals(List.of("X1", "X1", "X2"), rows(told.get(2)).subList(0, 3));
    }

    @Test
    void shouldTellOfTheRoundsThatARowHasWhereSomebodyStops() throws IOException
    {
        onTurn = () -> stopAt(TURNS_OF_FIRST + 2 * 6 + 1);

        measure();

        assertEquals(List.of("0 of 2 rows", "1 of 2 rows", "1 of 2 rows and 6 rounds of X2"), incomplete());
        assertEquals(TURNS_OF_FIRST + 2 * 6 + 1, turns);
        assertEquals(6, told.get(2).outcomes().get(2).kept());
    }

    @Test
    void shouldLeaveOutARowThatHasNoRoundWhereSomebodyStops() throws IOException
    {
        onTurn = () -> stopAt(1);

        measure();

        assertEquals(List.of("0 of 2 rows", "0 of 2 rows"), incomplete());
        assertEquals(List.of(), told.get(1).outcomes());
        assertEquals(1, turns);
    }

    @Test
    void shouldTellOfTheRoundsBeforeAPeerFailed()
    {
        onTurn = () -> failAt(TURNS_OF_FIRST + 2 * 3 + 2);

        assertEquals("fork is gone", assertThrows(IllegalStateException.class, this::measure).getMessage());

        assertEquals(List.of("0 of 2 rows", "1 of 2 rows", "1 of 2 rows and 3 rounds of X2"), incomplete());
        assertEquals(Verdict.NOT_MEASURABLE, told.get(2).outcomes().get(2).verdict());
        assertEquals("too few rounds were left", told.get(2).outcomes().get(2).reason());
    }

    private void measure() throws IOException
    {
        final PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
        new Matrix(new Plan(ROUNDS, 1, 1, 0, 0.3, 1), Matrix.UNLIMITED, Path.of("target"), Optional.empty(), nowhere,
            () -> 0, stop).measure(ROWS, () -> Fixtures.USUAL, (row, peer) -> new FakeRunner(), told::add);
    }

    private List<String> incomplete()
    {
        return told.stream().map(Matrix.Measured::incomplete).toList();
    }

    private static List<String> rows(final Matrix.Measured measured)
    {
        return measured.outcomes().stream().map((outcome) -> outcome.row().id()).toList();
    }

    private void stopAt(final int turn)
    {
        if (turns == turn)
        {
            stop.request();
        }
    }

    private void failAt(final int turn)
    {
        if (turns == turn)
        {
            throw new IllegalStateException("fork is gone");
        }
    }

    private final class FakeRunner implements Runner
    {
        @Override
        public double turn()
        {
            turns++;
            onTurn.run();
            return 10;
        }

        @Override
        public void close()
        {
            // It has nothing.
        }
    }
}
