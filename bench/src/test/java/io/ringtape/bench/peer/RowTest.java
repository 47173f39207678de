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
    void shouldKeepItsFirstPeers()
    {
        final Row row = Rows.named("T1");

        assertEquals(row.peers().subList(0, 2), row.firstPeers(2).peers());
        assertEquals(row, row.firstPeers(100));
    }

    @Test
    void shouldBeOfNoFamilyUnlessItIsASize()
    {
        assertEquals(Optional.empty(), Growth.of(Rows.named("T1")));
        assertEquals(Optional.of(new Growth("events to tape, 64 a block", 4, "GiB of tape")),
            Growth.of(Rows.named("J4G")));
        assertEquals(Growth.of(Rows.named("J4G")).map(Growth::family), Growth.of(Rows.named("J1")).map(Growth::family));
    }

    @Test
    void shouldHaveFiveQuickRowsThatTwoProcessorsCanRun()
    {
        final List<Row> quick = Rows.quick();

        assertEquals(5, quick.size());
        assertTrue(Rows.all().containsAll(quick));
        assertTrue(quick.stream().allMatch((row) -> row.processors() <= 2));
    }

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
