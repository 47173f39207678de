package io.ringtape.cli.tape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ringtape.cli.TestConsole;
import io.ringtape.cli.TestTapes;
import io.ringtape.cli.output.Progress;
import io.ringtape.cli.report.PositionsReport;
import io.ringtape.journal.RunInfo;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which events of a tape count. */
@Timeout(20)
final class PositionsQueryTest
{
    private final TestTapes tapes = new TestTapes(PositionsQueryTest.class);
    private final Progress progress = new TestConsole().console().progress(false);

    @Test
    void shouldStopWhereARunBeganMeanwhile()
    {
        final List<RunInfo> runs = tapes.record(TestTapes.definitions(), TestMarket::amzn).runInfos();
        final Tape tape = tapes.record(TestTapes.definitions(), TestMarket::esm4);
        final PositionsQuery query = new PositionsQuery(tape);

        final PositionsReport report = query.at(runs, BookQuery.END, Optional.empty(), progress);

        assertEquals(OptionalLong.of(1), report.runId());
        assertEquals(8, report.sequence());
        assertEquals("", query.notice());
    }

    @Test
    void shouldPassOverARunWithoutAnEvent()
    {
        tapes.record(TestTapes.definitions(), TestMarket::amzn);

        final PositionsReport report = new PositionsQuery(tapes.empty()).at(BookQuery.END, Optional.empty(), progress);

        assertEquals(OptionalLong.of(1), report.runId());
        assertEquals(8, report.sequence());
    }

    @Test
    void shouldRefuseASequenceThatDoesNotExistAsABookDoes()
    {
        final Tape tape = tapes.record(TestTapes.definitions(), TestMarket::amzn);

        final TapeException refused = assertThrows(
            TapeException.class, () -> new PositionsQuery(tape).at(99, Optional.empty(), progress));

        assertEquals(TapeException.Kind.OUT_OF_RANGE, refused.kind());
        assertEquals(assertThrows(TapeException.class,
            () -> new BookQuery(tape, Optional.empty(), 1).at(99, progress)).getMessage(), refused.getMessage());
    }
}
