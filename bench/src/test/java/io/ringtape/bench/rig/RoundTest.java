package io.ringtape.bench.rig;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtape.bench.peer.Measure;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class RoundTest
{
    private static final Canary.Reading USUAL = new Canary.Reading(50, 60);

    @Test
    void shouldKeepRoundsOnASteadyMachine()
    {
        final List<Round> rounds = List.of(
            round(USUAL, USUAL), round(new Canary.Reading(64, 60), USUAL), round(USUAL, new Canary.Reading(50, 47)));

        assertEquals(rounds, Round.keep(rounds, 0.3, true));
    }

    @Test
    void shouldDropARoundWhenACopyIsOffOrTheHopMoved()
    {
        final Round slowHopBefore = round(new Canary.Reading(66, 60), USUAL);
        final Round fastHopAfter = round(USUAL, new Canary.Reading(19, 60));
        final Round slowCopyAfter = round(USUAL, new Canary.Reading(50, 79));
        final Round fastCopyBefore = round(new Canary.Reading(50, 40), USUAL);
        final Round usual = round(USUAL, USUAL);

        final List<Round> kept = Round.keep(
            List.of(usual, slowHopBefore, usual, fastHopAfter, usual, slowCopyAfter, usual, fastCopyBefore), 0.3, true);

        assertEquals(List.of(usual, usual, usual, usual), kept);
    }

    @Test
    void shouldKeepRoundsOfEveryLevelOfTheHop()
    {
        final Canary.Reading far = new Canary.Reading(250, 60);
        final List<Round> rounds = List.of(round(USUAL, USUAL), round(far, far), round(USUAL, USUAL));

        assertEquals(rounds, Round.keep(rounds, 0.3, true));
    }

    @Test
    void shouldNotListenToTheHopWhereOneThreadWorks()
    {
        final List<Round> rounds = List.of(round(USUAL, USUAL), round(USUAL, new Canary.Reading(19, 60)));

        assertEquals(rounds, Round.keep(rounds, 0.3, false));
    }

    @Test
    void shouldKeepNothingOfNothing()
    {
        assertEquals(List.of(), Round.keep(List.of(), 0.3, true));
    }

    @Test
    void shouldTakeRatiosWithinARound()
    {
        final List<Round> rounds = List.of(
            new Round(USUAL, USUAL, new double[]{10, 20, 5}), new Round(USUAL, USUAL, new double[]{30, 90, 15}));

        assertArrayEquals(new double[]{2, 3}, Round.ratios(rounds, Measure.SPEED, 1));
        assertArrayEquals(new double[]{0.5, 0.5}, Round.ratios(rounds, Measure.SPEED, 2));
        assertArrayEquals(new double[]{2, 2}, Round.ratios(rounds, Measure.COST, 2));
        assertEquals(20, Round.median(rounds, 0));
    }

    @Test
    void shouldTakeAStepWithinARound()
    {
        final List<Round> rounds = List.of(
            new Round(USUAL, USUAL, new double[]{10, 12, 15}), new Round(USUAL, USUAL, new double[]{30, 33, 32}));

        assertArrayEquals(new double[]{2, 3}, Round.ratios(rounds, Measure.STEP, 1));
        assertArrayEquals(new double[]{3, -1}, Round.ratios(rounds, Measure.STEP, 2));
    }

    @Test
    void shouldPrintOneLine()
    {
        final Round round = new Round(USUAL, new Canary.Reading(51.26, 61), new double[]{10.04, 200});

        assertEquals("  hopNs=50.0,51.3 copyNsPerKib=60.0,61.0 perEvent=10.0,200.0", round.text());
    }

    private static Round round(final Canary.Reading before, final Canary.Reading after)
    {
        return new Round(before, after, new double[]{1, 1});
    }
}
