package io.ringtape.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class MeasureTest
{
    @Test
    void shouldBeAboveOneWhereOursIsFaster()
    {
        assertEquals(4, Measure.SPEED.ratio(5, 20));
    }

    @Test
    void shouldBeBelowOneWhereOursIsCheaperOrSmaller()
    {
        assertEquals(0.25, Measure.COST.ratio(5, 20));
        assertEquals(0.25, Measure.SIZE.ratio(5, 20));
    }

    @Test
    void shouldBeTheDifferenceWhereOursDoesMore()
    {
        assertEquals(2, Measure.EXTRA.ratio(5, 3));
        assertEquals(-1, Measure.EXTRA.ratio(3, 4));
        assertTrue(Measure.EXTRA.isMet(-1, 2, 2));
        assertFalse(Measure.EXTRA.isMet(1, 2.1, 2));
        assertTrue(Measure.EXTRA.isTimed());
        assertFalse(Measure.EXTRA.isAlone());
    }

    @Test
    void shouldHoldAStageAgainstTheOneBeforeIt()
    {
        assertEquals(2, Measure.STEP.ratio(3, 5));
        assertEquals(-1, Measure.STEP.ratio(4, 3));
        assertEquals(2, Measure.STEP.reference(3));
        assertEquals(0, Measure.STEP.reference(0));
        assertEquals(0, Measure.SPEED.reference(3));
        assertEquals(Measure.TIME, Measure.STEP.alone());
        assertFalse(Measure.STEP.isAlone());
        assertTrue(Measure.STEP.isTimed());
    }

    @Test
    void shouldGiveTheValueItselfOfOneAlone()
    {
        assertEquals(20, Measure.TIME.ratio(5, 20));
        assertEquals(20, Measure.ALLOCATION.ratio(5, 20));
    }

    @Test
    void shouldHoldTheHighEndAgainstTheMostThatOneAloneMayTake()
    {
        assertTrue(Measure.TIME.isMet(50, 60, 60));
        assertFalse(Measure.TIME.isMet(50, 60.1, 60));
        assertFalse(Measure.ALLOCATION.isMet(0, 0.2, 0.01));
        assertEquals("<=", Measure.TIME.relation());
    }

    @Test
    void shouldLookAtOursAloneInTimeUnlessBytesOfTheHeapAreCounted()
    {
        assertEquals(Measure.TIME, Measure.SPEED.alone());
        assertEquals(Measure.TIME, Measure.COST.alone());
        assertEquals(Measure.ALLOCATION, Measure.ALLOCATION.alone());
        assertFalse(Measure.ALLOCATION.isTimed());
        assertTrue(Measure.TIME.isTimed());
    }

    @Test
    void shouldHoldTheLowEndAgainstTheLeastThatSpeedMayBe()
    {
        assertTrue(Measure.SPEED.isMet(0.9, 2, 0.9));
        assertFalse(Measure.SPEED.isMet(0.89, 2, 0.9));
        assertEquals(">=", Measure.SPEED.relation());
    }

    @Test
    void shouldHoldTheHighEndAgainstTheMostThatCostOrSizeMayBe()
    {
        assertTrue(Measure.COST.isMet(0.5, 1.1, 1.1));
        assertFalse(Measure.COST.isMet(0.5, 1.11, 1.1));
        assertFalse(Measure.SIZE.isMet(1.04, 1.06, 1.05));
        assertEquals("<=", Measure.COST.relation());
        assertEquals("<=", Measure.SIZE.relation());
    }
}
