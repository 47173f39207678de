package io.ringtape.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class RowTest
{
    @Test
    void shouldSayWhatIsMissing()
    {
        final Row row = row(Measure.SPEED, Row.NO_GOAL, () -> Optional.of("no file"));

        assertEquals(Optional.of("too few processors: processors=1 needed=2"), row.unfit(1));
        assertEquals(Optional.of("no file"), row.unfit(2));
        assertEquals(Optional.empty(), row(Measure.SPEED, Row.NO_GOAL, Row.Need.NOTHING).unfit(2));
    }

    @Test
    void shouldJudgeOursAloneOnlyWithAGoalOfItsOwnOrWhereNothingIsCompared()
    {
        assertFalse(row(Measure.SPEED, Row.NO_GOAL, Row.Need.NOTHING).isJudged(0));
        assertTrue(row(Measure.SPEED, 60, Row.Need.NOTHING).isJudged(0));
        assertTrue(row(Measure.TIME, Row.NO_GOAL, Row.Need.NOTHING).isJudged(0));
        assertTrue(row(Measure.SPEED, Row.NO_GOAL, Row.Need.NOTHING).isJudged(1));
    }

    @Test
    void shouldRefuseAGoalOfOursInBytesOfFiles()
    {
        final Exception thrown = assertThrows(IllegalArgumentException.class,
            () -> row(Measure.SIZE, 60, Row.Need.NOTHING));

        assertEquals("ours has no goal of its own in bytes: id=X3", thrown.getMessage());
    }

    private static Row row(final Measure measure, final double goal, final Row.Need need)
    {
        return new Row("X3", "nothing", measure, 2, Work.BLOCK_EVENTS, List.of(
            new Row.Entrant("ours", goal, (directory) -> new BareSize()),
            new Row.Entrant("other", Row.NO_GOAL, (directory) -> new BareSize())), need);
    }
}
