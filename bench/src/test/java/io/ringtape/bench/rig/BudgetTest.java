package io.ringtape.bench.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.bench.peer.Row;
import io.ringtape.bench.peer.Rows;
import io.ringtape.cli.platform.StopSignal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whole runs on a clock that goes on by what JVMs and turns take, on two shared processors, or somewhat more. */
@Timeout(60)
final class BudgetTest
{
    private static final int QUICK_PEERS = 4;
    /** To start a JVM and to make its peer warm, beside one turn. */
    private static final long OPENING_NS = TimeUnit.MILLISECONDS.toNanos(1_900);
    /** Beside what the events take. */
    private static final long TURN_NS = TimeUnit.MILLISECONDS.toNanos(300);
    /** To recycle pages, to write an event and to read it back, and again for the run without a clock. */
    private static final long EVENT_NS = 150;
    /** Two runs of cold pages. */
    private static final long COOLING_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long CANARY_NS = TimeUnit.MILLISECONDS.toNanos(30);

    private long nowNs;

    @Test
    void shouldEndAQuickLookWithinEightMinutes() throws IOException
    {
        final List<Row> rows = Rows.quick().stream().map((row) -> row.firstPeers(QUICK_PEERS)).toList();

        final List<Outcome> outcomes = run(Plan.QUICK, Plan.QUICK_LIMIT_NS, rows);

        assertEquals(5, outcomes.stream().map((outcome) -> outcome.row().id()).distinct().count());
        assertEnough(outcomes, TimeUnit.MINUTES.toNanos(8));
    }

    @Test
    void shouldEndAFullRunWithinAnHour() throws IOException
    {
        assertEnough(run(Plan.FULL, Plan.FULL_LIMIT_NS, Rows.all()), TimeUnit.MINUTES.toNanos(60));
    }

    private void assertEnough(final List<Outcome> outcomes, final long limitNs)
    {
        assertTrue(nowNs < limitNs, "seconds=" + TimeUnit.NANOSECONDS.toSeconds(nowNs));
        for (final Outcome outcome : outcomes)
        {
            assertTrue(outcome.kept() >= Plan.LEAST_ROUNDS || !outcome.reason().isEmpty(), outcome.row().id());
        }
    }

    private List<Outcome> run(final Plan plan, final long limitNs, final List<Row> rows) throws IOException
    {
        final List<Matrix.Measured> told = new ArrayList<>();
        final PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
        new Matrix(plan, limitNs, Path.of("target"), Optional.empty(), nowhere, () -> nowNs, new StopSignal())
            .measure(rows, this::canary, this::open, told::add);
        return told.get(told.size() - 1).outcomes();
    }

    private Canary.Reading canary()
    {
        nowNs += CANARY_NS;
        return Fixtures.USUAL;
    }

    private Runner open(final Row row, final int peer)
    {
        final long turnNs = TURN_NS + row.eventsOf(peer) * EVENT_NS + ("J2".equals(row.id()) ? COOLING_NS : 0);
        nowNs += OPENING_NS + turnNs;
        return new TimedRunner(turnNs);
    }

    private final class TimedRunner implements Runner
    {
        private final long turnNs;

        private TimedRunner(final long turnNs)
        {
            this.turnNs = turnNs;
        }

        @Override
        public double turn()
        {
            nowNs += turnNs;
            return 1;
        }

        @Override
        public void close()
        {
            // It has nothing.
        }
    }
}
