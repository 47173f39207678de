package io.ringtape.bench.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.bench.peer.Measure;
import io.ringtape.bench.peer.Row;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
final class OutcomeTest
{
    @Test
    void shouldMeetAGoalThatTheWholeIntervalIsAbove()
    {
        final Outcome outcome = Outcome.of(Fixtures.row(1.9), rounds(7, 2.0), 0.3).get(0);

        assertEquals(Verdict.MET, outcome.verdict());
        assertEquals(new Statistics.Interval(2, 2, 2), outcome.ratio());
        assertEquals(10, outcome.ours());
        assertEquals(20, outcome.theirs());
    }

    @Test
    void shouldMissAGoalThatTheIntervalReachesBelow()
    {
        final List<Round> rounds = new ArrayList<>(rounds(4, 2.0));
        rounds.addAll(rounds(3, 1.8));

        final Outcome outcome = Outcome.of(Fixtures.row(1.9), rounds, 0.3).get(0);

        assertEquals(2.0, outcome.ratio().median());
        assertEquals(1.8, outcome.ratio().low());
        assertEquals(Verdict.MISSED, outcome.verdict());
    }

    @Test
    void shouldMeetALimitOfCostThatTheWholeIntervalIsBelow()
    {
        final Outcome outcome = Outcome.of(Fixtures.row(Measure.COST, 0.5), rounds(7, 2.0), 0.3).get(0);

        assertEquals(Verdict.MET, outcome.verdict());
        assertEquals(new Statistics.Interval(0.5, 0.5, 0.5), outcome.ratio());
    }

    @Test
    void shouldMissALimitOfCostThatTheIntervalReachesAbove()
    {
        final List<Round> rounds = new ArrayList<>(rounds(4, 2.0));
        rounds.addAll(rounds(3, 1.6));

        final Outcome outcome = Outcome.of(Fixtures.row(Measure.COST, 0.6), rounds, 0.3).get(0);

        assertEquals(0.5, outcome.ratio().median());
        assertEquals(0.625, outcome.ratio().high());
        assertEquals(Verdict.MISSED, outcome.verdict());
    }

    @Test
    void shouldDropNoRoundWhereNoTimeIsLookedAt()
    {
        final List<Round> rounds = new ArrayList<>(rounds(4, 2.0));
        rounds.add(off());

        final Outcome outcome = Outcome.of(Fixtures.row(Measure.SIZE, 0.5), rounds, 0.3).get(0);

        assertEquals(5, outcome.kept());
        assertEquals(0, outcome.dropped());
    }

    @Test
    void shouldOnlyShowAPeerWithoutAGoal()
    {
        assertEquals(Verdict.SHOWN, Outcome.of(Fixtures.row(1.9), rounds(7, 2.0), 0.3).get(1).verdict());
    }

    @Test
    void shouldCountWhatWasDropped()
    {
        final List<Round> rounds = new ArrayList<>(rounds(7, 2.0));
        rounds.add(off());
        rounds.add(off());

        final Outcome outcome = Outcome.of(Fixtures.row(1.9), rounds, 0.3).get(0);

        assertEquals(7, outcome.kept());
        assertEquals(2, outcome.dropped());
    }

    @Test
    void shouldSayNothingOfTooFewRounds()
    {
        final List<Round> rounds = new ArrayList<>(rounds(4, 2.0));
        rounds.add(off());

        final Outcome outcome = Outcome.of(Fixtures.row(1.9), rounds, 0.3).get(0);

        assertEquals(Verdict.NOT_MEASURABLE, outcome.verdict());
        assertTrue(Double.isNaN(outcome.ratio().median()));
        assertEquals(4, outcome.kept());
        assertEquals(1, outcome.dropped());
        assertEquals("too few rounds were left", outcome.reason());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void shouldSayNothingOfATimeThatIsNone(final double none)
    {
        final List<Round> rounds = new ArrayList<>(rounds(8, 2.0));
        rounds.add(new Round(Fixtures.USUAL, Fixtures.USUAL, new double[]{10, none, 5}));

        for (final Measure measure : List.of(Measure.SPEED, Measure.COST, Measure.EXTRA, Measure.SIZE))
        {
            final List<Outcome> outcomes = Outcome.of(Fixtures.row(measure, 1), rounds, 0.3);

            assertEquals(Verdict.NOT_MEASURABLE, outcomes.get(0).verdict(), measure.text());
            assertEquals("some round took no time, or no number of it: peer=held", outcomes.get(0).reason());
            assertTrue(Double.isNaN(outcomes.get(0).ratio().high()));
            assertEquals(Verdict.SHOWN, outcomes.get(1).verdict());
        }
    }

    @Test
    void shouldNameItselfWhereItsOwnTimeIsNone()
    {
        final List<Round> rounds = new ArrayList<>(rounds(8, 2.0));
        rounds.add(new Round(Fixtures.USUAL, Fixtures.USUAL, new double[]{0, 10, 5}));

        final Outcome outcome = Outcome.of(Fixtures.row(1.9), rounds, 0.3).get(0);

        assertEquals("some round took no time, or no number of it: peer=ours", outcome.reason());
    }

    @Test
    void shouldNotBeFasterThanEverybodyByATimeOfNothing()
    {
        final List<Round> rounds = new ArrayList<>(rounds(8, 2.0));
        rounds.add(new Round(Fixtures.USUAL, Fixtures.USUAL, new double[]{0, 20, 5}));

        final List<Outcome> outcomes = Outcome.of(Fixtures.row(Measure.COST, 1), rounds, 0.3);

        assertTrue(outcomes.stream().allMatch((one) -> one.verdict() == Verdict.NOT_MEASURABLE));
    }

    @Test
    void shouldMeetAGoalThatTheIntervalEndsAt()
    {
        assertEquals(Verdict.MET, Outcome.of(Fixtures.row(2), rounds(7, 2.0), 0.3).get(0).verdict());
        assertEquals(Verdict.MET,
            Outcome.of(Fixtures.row(Measure.COST, 0.5), rounds(7, 2.0), 0.3).get(0).verdict());
    }

    @Test
    void shouldAllocateNothingWhereThatIsWhatWasMeasured()
    {
        final List<Round> rounds = new ArrayList<>(rounds(8, 2.0));
        rounds.add(new Round(Fixtures.USUAL, Fixtures.USUAL, new double[]{0, 0, 0}));

        final Outcome outcome = Outcome.of(Fixtures.alone(Measure.ALLOCATION, 10, 1), rounds, 0.3).get(0);

        assertEquals(Verdict.MET, outcome.verdict());
    }

    @Test
    void shouldSayNothingOfARowThatWasNotRun()
    {
        final List<Outcome> outcomes = Outcome.unfit(Fixtures.row(1.9), "no processor");

        assertEquals(2, outcomes.size());
        assertEquals(Verdict.NOT_MEASURABLE, outcomes.get(0).verdict());
        assertEquals(Verdict.NOT_MEASURABLE, outcomes.get(1).verdict());
    }

    @Test
    void shouldHoldTheTimeOfOursAgainstItsOwnGoalBesideTheCanary()
    {
        final List<Outcome> outcomes = Outcome.of(Fixtures.alone(Measure.SPEED, 10, 1), rounds(7, 2.0), 0.3);

        assertEquals(2, outcomes.size());
        assertEquals(Measure.TIME, outcomes.get(0).measure());
        assertEquals(Verdict.MET, outcomes.get(0).verdict());
        assertEquals(new Statistics.Interval(10, 10, 10), outcomes.get(0).ratio());
        assertEquals(10, outcomes.get(0).ours());
        assertEquals(Fixtures.USUAL.copyNsPerKib(), outcomes.get(0).theirs());
        assertEquals(Measure.SPEED, outcomes.get(1).measure());
        assertEquals(Verdict.SHOWN, outcomes.get(1).verdict());
        assertEquals(2, outcomes.get(1).ratio().median());
    }

    @Test
    void shouldMissAGoalOfItsOwnThatTheIntervalReachesAbove()
    {
        final Outcome outcome = Outcome.of(Fixtures.alone(Measure.SPEED, 9.9, 2), rounds(7, 2.0), 0.3).get(0);

        assertEquals(Verdict.MISSED, outcome.verdict());
        assertEquals(Fixtures.USUAL.hopNs(), outcome.theirs());
    }

    @Test
    void shouldLookAtEachAloneWhereNothingIsCompared()
    {
        final List<Outcome> outcomes =
            Outcome.of(Fixtures.alone(Measure.ALLOCATION, 10, 1), rounds(7, 2.0), 0.3);

        assertEquals(10, outcomes.get(0).ours());
        assertEquals(Verdict.MET, outcomes.get(0).verdict());
        assertEquals(20, outcomes.get(1).ours());
        assertEquals(20, outcomes.get(1).ratio().median());
        assertEquals(Verdict.SHOWN, outcomes.get(1).verdict());
        assertTrue(Double.isNaN(outcomes.get(1).theirs()));
    }

    @Test
    void shouldSayOfEachStageWhatItTakesAndWhatItAdds()
    {
        final List<Outcome> outcomes = Outcome.of(Fixtures.row(Measure.STEP, Row.NO_GOAL), rounds(7, 2.0), 0.3);

        assertEquals(List.of("ours", "held", "lossy"), outcomes.stream().map((one) -> one.peer().name()).toList());
        assertEquals(List.of(Measure.TIME, Measure.STEP, Measure.STEP),
            outcomes.stream().map(Outcome::measure).toList());
        assertEquals(List.of(10.0, 20.0, 5.0), outcomes.stream().map(Outcome::ours).toList());
        assertEquals(List.of(Fixtures.USUAL.copyNsPerKib(), 10.0, 20.0),
            outcomes.stream().map(Outcome::theirs).toList());
        assertEquals(List.of(10.0, 10.0, -15.0), outcomes.stream().map((one) -> one.ratio().median()).toList());
        assertTrue(outcomes.stream().allMatch((one) -> one.verdict() == Verdict.SHOWN));
    }

    @Test
    void shouldSayWhyARowWasNotRun()
    {
        final List<Outcome> outcomes = Outcome.unfit(Fixtures.alone(Measure.SPEED, 10, 1), "no file");

        assertEquals(List.of("no file", "no file"), outcomes.stream().map(Outcome::reason).toList());
        assertEquals(Verdict.NOT_MEASURABLE, outcomes.get(0).verdict());
        assertTrue(Double.isNaN(outcomes.get(0).ours()));
    }

    private static List<Round> rounds(final int count, final double ratio)
    {
        final List<Round> rounds = new ArrayList<>();
        for (int i = 0; i < count; i++)
        {
            rounds.add(new Round(Fixtures.USUAL, Fixtures.USUAL, new double[]{10, 10 * ratio, 5}));
        }
        return rounds;
    }

    private static Round off()
    {
        return new Round(Fixtures.USUAL, new Canary.Reading(50, 90), new double[]{10, 1, 5});
    }
}
