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
        assertEquals(Optional.of(new Growth("events to tape, 64 a block", 16, "GiB of tape")),
            Growth.of(Rows.named("J16G")));
        assertEquals(Growth.of(Rows.named("J16G")).map(Growth::family),
            Growth.of(Rows.named("J1")).map(Growth::family));
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
        final Row row = row(Measure.SPEED, Row.NO_GOAL, (host) -> Optional.of("no file"));

        assertEquals(Optional.of("too few processors: processors=1 needed=2"), row.unfit(new Host(1, 0)));
        assertEquals(Optional.of("no file"), row.unfit(new Host(2, 0)));
        assertEquals(Optional.empty(), row(Measure.SPEED, Row.NO_GOAL, Row.Need.NOTHING).unfit(new Host(2, 0)));
    }

    @Test
    void shouldLeaveNineTenthsOfTheFreeDiskAlone()
    {
        final Row row = row(Measure.SPEED, Row.NO_GOAL, new DiskSpace(1_000));

        assertEquals(Optional.of("takes more than a tenth of the free disk: freeBytes=9999 rowBytes=1000"),
            row.unfit(new Host(2, 9_999)));
        assertEquals(Optional.empty(), row.unfit(new Host(2, 10_000)));
    }

    @Test
    void shouldWriteGibibytesOnlyWhereTheDiskHasTenTimesAsMuch()
    {
        // 4 GiB of events in blocks of 64 behind a header of the size of one, 128 MiB as a peer has them, and the rest.
        final long bytes = 33 * (128L << 20) * 65 / 64 + (64L << 20);

        for (final String id : List.of("J4G", "R4G"))
        {
            assertEquals(Optional.empty(), Rows.named(id).unfit(new Host(1, 10 * bytes)), id);
            assertEquals(Optional.of("takes more than a tenth of the free disk: freeBytes=" + (10 * bytes - 1) +
                " rowBytes=" + bytes), Rows.named(id).unfit(new Host(1, 10 * bytes - 1)));
        }
        assertTrue(Rows.named("J16G").unfit(new Host(1, 30 * bytes)).isPresent());
        assertEquals(Optional.empty(), Rows.named("R1G").unfit(new Host(1, 0)));
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
