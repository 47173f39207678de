package io.ringtape.bench.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.ringtape.bench.peer.Host;
import io.ringtape.bench.peer.Measure;
import io.ringtape.bench.peer.Row;
import io.ringtape.bench.peer.Work;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class ScheduleTest
{
    private static final Plan PLAN = new Plan(21, 3, 1, 0, 0.3, 1);
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
    private static final List<Row> ROWS = List.of(row("A", 2, 2), row("B", 4, 6), row("C", 2, 4));

    @Test
    void shouldDivideTheTimeByThePeersOfTheRowsThatAreRun()
    {
        final Schedule schedule = new Schedule(ROWS, 12 * MINUTE, host(4));

        assertEquals(2 * MINUTE, schedule.shareNs(0, 0));
        assertEquals(6 * MINUTE, schedule.shareNs(1, 2 * MINUTE));
        assertEquals(4 * MINUTE, schedule.shareNs(2, 8 * MINUTE));
        assertEquals(0, schedule.shareNs(2, 13 * MINUTE));
    }

    @Test
    void shouldGiveNoPeerMoreThanFiveQuartersOfAMinute()
    {
        final Schedule schedule = new Schedule(ROWS, 60 * MINUTE, host(4));

        assertEquals(2 * Schedule.PEER_LIMIT_NS, schedule.shareNs(0, 0));
        assertEquals(6 * Schedule.PEER_LIMIT_NS, schedule.shareNs(1, MINUTE));
        assertEquals(4 * Schedule.PEER_LIMIT_NS, schedule.shareNs(2, 2 * MINUTE));
        assertEquals(5 * MINUTE, 4 * Schedule.PEER_LIMIT_NS);
    }

    @Test
    void shouldGiveNoTimeToARowThatNeedsMoreProcessors()
    {
        final Schedule schedule = new Schedule(ROWS, 12 * MINUTE, host(2));

        assertEquals(2 * Schedule.PEER_LIMIT_NS, schedule.shareNs(0, 0));
        assertFalse(schedule.isRun(ROWS.get(1)));
        assertEquals("[2/3] B work: not run, too few processors: processors=2 needed=4", schedule.line(1, MINUTE));
        assertEquals(3 * MINUTE, schedule.shareNs(2, 9 * MINUTE));
    }

    @Test
    void shouldGiveAllTheTimeWhereThereIsNoLimit()
    {
        assertEquals(Schedule.UNLIMITED, new Schedule(ROWS, Schedule.UNLIMITED, host(4)).shareNs(1, MINUTE));
    }

    @Test
    void shouldSayHowMuchIsToCome()
    {
        assertEquals("3 rows, 9 to 21 rounds of each, sized to end within 12 m 0.0 s",
            new Schedule(ROWS, 12 * MINUTE, host(4)).announcement(PLAN));
        assertEquals("3 rows, 21 rounds of each", new Schedule(ROWS, Schedule.UNLIMITED, host(4)).announcement(PLAN));
    }

    @Test
    void shouldSayHowLongItStillTakes()
    {
        final Schedule schedule = new Schedule(ROWS, 12 * MINUTE, host(4));

        assertEquals("[1/3] A work", schedule.line(0, 0));
        assertEquals("[2/3] B work; about 5 m 0.0 s to go", schedule.line(1, MINUTE));
        assertEquals("[3/3] C work; about 2 m 0.0 s to go", schedule.line(2, 10 * MINUTE));
    }

    private static Host host(final int processors)
    {
        return new Host(processors, Long.MAX_VALUE);
    }

    private static Row row(final String id, final int processors, final int peers)
    {
        return new Row(id, "work", Measure.SPEED, processors, Work.BLOCK_EVENTS, IntStream.range(0, peers)
            .mapToObj((peer) -> new Row.Entrant("peer " + peer, Row.NO_GOAL, (directory) -> new Fixtures.FixedPeer(0)))
            .toList());
    }
}
