package io.ringtape.cli.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.cli.soak.Visit.Place;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class VisitTest
{
    @Test
    void shouldPlanTheSameForTheSameSeed()
    {
        assertEquals(plan(7, 1_000_000), plan(7, 1_000_000));
        assertNotEquals(plan(7, 1_000_000), plan(8, 1_000_000));
    }

    @Test
    void shouldPlanEachPlaceWithEachKindOfStartAndOfEnd()
    {
        final List<Visit> plan = plan(1, 1_000_000);

        assertEquals(15, plan.size());
        assertEquals(15, plan.stream()
            .map((visit) -> visit.place() + " " + visit.from().kind() + " leaves=" + (visit.leaveAt() != Visit.NEVER) +
                " fails=" + (visit.faultAt() != Visit.NEVER))
            .distinct().count());
        assertEquals(Set.of(Place.LANE), plan.stream().filter((visit) -> visit.faultAt() != Visit.NEVER)
            .map(Visit::place).collect(Collectors.toSet()));
        assertEquals(60, plan(1, 1_000_000_000).size());
    }

    @Test
    void shouldPlanWithinTheEvents()
    {
        for (long events = 1; events < 50; events++)
        {
            for (final Visit visit : plan(events, events))
            {
                assertTrue(visit.joinAt() < events && visit.from().value() <= visit.joinAt(), visit.toString());
                assertTrue(visit.leaveAt() == Visit.NEVER || visit.leaveAt() < events, visit.toString());
                assertTrue(visit.faultAt() == Visit.NEVER || visit.faultAt() < events, visit.toString());
            }
        }
    }

    private static List<Visit> plan(final long seed, final long events)
    {
        return Visit.plan(new SplittableRandom(seed), events);
    }
}
