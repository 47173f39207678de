package io.ringtape.bus;

import static io.ringtape.bus.BusFixture.CLOSE_LIMIT_NS;
import static io.ringtape.bus.BusFixture.bus;
import static io.ringtape.bus.BusFixture.lane;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A small ring that is overrun all the time, while lanes copy from it: no torn event is ever delivered. */
@Timeout(60)
final class EvictionRaceTest
{
    private static final int CAPACITY = 64;
    private static final long BUDGET_NS = 3_000_000_000L;
    private static final int CLAIMS_A_LOOK = 1_000;

    @Test
    void shouldDeliverNoTornEventFromARingThatIsOverrun()
    {
        final OverflowFixture.Account single = new OverflowFixture.Account((event) ->
        {
        });
        final OverflowFixture.Account ranged = new OverflowFixture.Account((event) ->
        {
        });
        final OverflowFixture.RangeAccount ranges = new OverflowFixture.RangeAccount();
        final EventBus bus = bus(CAPACITY)
            .lane(lane("single").overflow(OverflowPolicy.SHED).privateBuffer(CAPACITY).batchLimit(CAPACITY)
                .handler("single", single).build())
            .lane(lane("ranged").overflow(OverflowPolicy.SHED).privateBuffer(CAPACITY / 4)
                .handler("ranged", ranged).rangeHandler("ranges", ranges).build())
            .build();
        bus.start();

        long published = 0;
        final long start = System.nanoTime();
        while (System.nanoTime() - start < BUDGET_NS)
        {
            for (int i = 0; i < CLAIMS_A_LOOK; i++)
            {
                final int count = 1 + (i & 31);
                OverflowFixture.publish(bus, count);
                published += count;
            }
        }

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals("", single.wrong());
        assertEquals("", ranged.wrong());
        assertEquals("", ranges.wrong());
        assertEquals(published, single.delivered() + single.shed());
        assertEquals(published, ranged.delivered() + ranged.shed());
        assertEquals(published, ranges.delivered() + ranges.shed());
        // Else nothing was put to the test.
        assertTrue(bus.lane("single").evictionCount() > 0, "evictions=0 published=" + published);
        assertTrue(single.delivered() > 0, "delivered=0 published=" + published);
    }
}
