package io.ringtape.bench.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class PlanTest
{
    @Test
    void shouldNameWhatIsOutOfRange()
    {
        assertEquals("rounds must be at least 1: rounds=0", refused(0, 1, 1, 0, 0.3));
        assertEquals("forks must be from 1 to the rounds: forks=0 rounds=9", refused(9, 0, 1, 0, 0.3));
        assertEquals("forks must be from 1 to the rounds: forks=10 rounds=9", refused(9, 10, 1, 0, 0.3));
        assertEquals("a turn takes at least 1 ms: turnMs=0", refused(9, 3, 0, 0, 0.3));
        assertEquals("warm-up must not be negative: warmUpMs=-1", refused(9, 3, 1, -1, 0.3));
        assertEquals("band must be above 0: band=0.0", refused(9, 3, 1, 0, 0));
        assertEquals("band must be above 0: band=NaN", refused(9, 3, 1, 0, Double.NaN));
    }

    @Test
    void shouldMeasureEnoughRoundsToLoseSome()
    {
        assertTrue(Plan.QUICK.rounds() >= 9);
        assertTrue(Plan.FULL.rounds() > 2 * Outcome.MINIMUM_ROUNDS);
    }

    @Test
    void shouldRunAsManyRoundsAsFit()
    {
        final Plan plan = new Plan(21, 3, 1, 0, 0.3, 1);

        assertEquals(15, plan.fitting(3, 125, 10));
        assertEquals(21, plan.fitting(3, 1_000, 10));
        assertEquals(21, plan.fitting(3, Long.MAX_VALUE, 0));
    }

    @Test
    void shouldRunTheLeastRoundsWhateverTheyTake()
    {
        final Plan plan = new Plan(21, 3, 1, 0, 0.3, 1);

        assertEquals(Plan.LEAST_ROUNDS, plan.fitting(3, 0, 10));
        assertEquals(Plan.LEAST_ROUNDS, plan.fitting(3, -500, 10));
        assertEquals(12, plan.fitting(12, -500, 10));
        assertEquals(5, new Plan(5, 1, 1, 0, 0.3, 1).fitting(1, 0, 10));
    }

    private static String refused(
        final int rounds, final int forks, final int turnMs, final int warmUpMs, final double band)
    {
        return assertThrows(IllegalArgumentException.class,
            () -> new Plan(rounds, forks, turnMs, warmUpMs, band, 1)).getMessage();
    }
}
