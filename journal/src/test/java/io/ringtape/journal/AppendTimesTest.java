package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** When a block is said to have been appended. */
final class AppendTimesTest
{
    private static final long RECEIVED_NS = 1_700_000_000_000_000_000L;

    private long looks;
    private final AppendTimes times = new AppendTimes(() -> ++looks);

    @Test
    void shouldLookForEachLargeBlock()
    {
        for (int block = 1; block <= 3; block++)
        {
            assertEquals(block, times.next(RECEIVED_NS, AppendTimes.EVENTS));
        }
    }

    @Test
    void shouldLookOnceInSoManyEvents()
    {
        for (int event = 0; event < 10 * AppendTimes.EVENTS; event++)
        {
            assertEquals(1 + event / AppendTimes.EVENTS, times.next(RECEIVED_NS + event, 1));
        }
    }

    @Test
    void shouldLookWhereABlockGoesOverTheNumber()
    {
        assertEquals(1, times.next(RECEIVED_NS, AppendTimes.EVENTS - 1));
        assertEquals(2, times.next(RECEIVED_NS, 2));
        assertEquals(2, times.next(RECEIVED_NS, AppendTimes.EVENTS - 2));
        assertEquals(3, times.next(RECEIVED_NS, 1));
    }

    @Test
    void shouldLookWhenReceiveTimeHasGoneOn()
    {
        assertEquals(1, times.next(RECEIVED_NS, 1));
        assertEquals(1, times.next(RECEIVED_NS + AppendTimes.STEP_NS - 1, 1));
        assertEquals(2, times.next(RECEIVED_NS + AppendTimes.STEP_NS, 1));
        assertEquals(2, times.next(RECEIVED_NS + AppendTimes.STEP_NS, 1));
    }

    @Test
    void shouldLookAtTheFirstBlockWithAReceiveTime()
    {
        assertEquals(1, times.next(DocumentLayout.NO_TIME, 1));
        assertEquals(1, times.next(DocumentLayout.NO_TIME, 1));
        assertEquals(2, times.next(RECEIVED_NS, 1));
    }

    @Test
    void shouldLookForEachBlockWhereReceiveTimesEnd()
    {
        assertEquals(1, times.next(Long.MAX_VALUE, 1));
        assertEquals(2, times.next(Long.MAX_VALUE, 1));
    }
}
