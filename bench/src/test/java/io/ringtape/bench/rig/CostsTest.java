package io.ringtape.bench.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.ringtape.bench.peer.Measure;
import io.ringtape.bench.peer.Row;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class CostsTest
{
    private static final Row ROW = Fixtures.row(1);

    @Test
    void shouldHaveAnIntervalForEachPeerOfTheRoundsThatAreKept()
    {
        final List<Round> rounds = new ArrayList<>();
        for (int i = 0; i < 7; i++)
        {
            rounds.add(round(60, 10 + i % 2));
        }
        rounds.add(round(200, 1_000));

        final Costs costs = Costs.of(ROW, rounds, 0.3);

        assertEquals(new Statistics.Interval(10, 10, 11), costs.perEvent().get(0));
        assertEquals(new Statistics.Interval(20, 20, 20), costs.perEvent().get(1));
        assertEquals(3, costs.perEvent().size());
        assertEquals("X1 nothing", costs.title());
        assertEquals("lossy", costs.peer(2));
    }

    @Test
    void shouldKeepEveryRoundWhereNoTimeIsLookedAt()
    {
        final List<Round> rounds = List.of(
            round(60, 1), round(60, 1), round(60, 1), round(60, 1), round(200, 1));

        assertEquals(3, Costs.of(Fixtures.row(Measure.SIZE, 1), rounds, 0.3).perEvent().size());
    }

    @Test
    void shouldSayNothingOfTooFewRounds()
    {
        assertFalse(Costs.of(ROW, List.of(round(60, 1), round(60, 1)), 0.3).isMeasured());
        assertFalse(Costs.of(ROW, List.of(), 0.3).isMeasured());
    }

    @Test
    void shouldDrawNothingOfARowWithATimeOfNothing()
    {
        final List<Round> rounds = List.of(round(60, 1), round(60, 1), round(60, 1), round(60, 1), round(60, 0));

        assertFalse(Costs.of(ROW, rounds, 0.3).isMeasured());
    }

    private static Round round(final double copyNsPerKib, final double ours)
    {
        final Canary.Reading reading = new Canary.Reading(50, copyNsPerKib);
        return new Round(reading, reading, new double[]{ours, 20, 30});
    }
}
