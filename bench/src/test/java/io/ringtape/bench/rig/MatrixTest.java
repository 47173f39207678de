package io.ringtape.bench.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
        assertCut("cut after 6 rounds", 6);
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
        assertCut("cut after 3 rounds", 3);
    }

    @Test
    void shouldBeWholeWhereSomebodyStopsInTheLastTurn() throws IOException
    {
        onTurn = () -> stopAt(TURNS_OF_FIRST + 2 * ROUNDS);

        measure();

        assertEquals(List.of("0 of 2 rows", "1 of 2 rows", ""), incomplete());
        assertEquals(Verdict.MET, told.get(2).outcomes().get(2).verdict());
    }

    @Test
    void shouldBeWholeUpToTheRowInWhoseLastTurnSomebodyStops() throws IOException
    {
        onTurn = () -> stopAt(TURNS_OF_FIRST);

        measure();

        assertEquals(List.of("0 of 2 rows", "1 of 2 rows"), incomplete());
        assertEquals(List.of("X1", "X1"), rows(told.get(1)));
    }

    @Test
    void shouldTellOfTheErrorOfAPeerBeforeThatOfTheListener()
    {
        onTurn = () -> failAt(1);
        final IOException full = new IOException("no space");

        final Exception thrown = assertThrows(IllegalStateException.class, () -> measure((measured) ->
        {
            if (turns > 0)
            {
                throw full;
            }
        }));

        assertEquals("fork is gone", thrown.getMessage());
        assertEquals(List.of(full), List.of(thrown.getSuppressed()));
    }

    private void assertCut(final String reason, final int kept)
    {
        final Outcome cut = told.get(2).outcomes().get(2);
        assertEquals(Verdict.NOT_MEASURABLE, cut.verdict());
        assertEquals(reason, cut.reason());
        assertEquals(kept, cut.kept());
        assertTrue(Double.isNaN(cut.ratio().median()));
        assertFalse(told.get(2).costs().get(1).isMeasured());
    }

    private void measure() throws IOException
    {
        measure(told::add);
    }

    private void measure(final Matrix.Listener listener) throws IOException
    {
        final PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
        new Matrix(new Plan(ROUNDS, 1, 1, 0, 0.3, 1), Matrix.UNLIMITED, Path.of("target"), Optional.empty(), nowhere,
            () -> 0, stop).measure(ROWS, () -> Fixtures.USUAL, (row, peer) -> new FakeRunner(), listener);
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
