package io.ringtape.cli.soak;

import io.ringtape.bus.JoinFrom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A lane that joins while the bus runs, or a handler that joins a lane of it.
 *
 * @param place   what it becomes.
 * @param from    where it starts.
 * @param joinAt  the cursor at which it joins.
 * @param leaveAt the cursor at which it is asked to leave, or {@link #NEVER}.
 * @param faultAt the sequence at which its handler throws, or {@link #NEVER}.
 */
record Visit(Place place, JoinFrom from, long joinAt, long leaveAt, long faultAt)
{
    static final long NEVER = Long.MAX_VALUE;
    private static final int STARTS = 3;
    private static final int ENDS = 5;
    private static final long EVENTS_EACH = 4_000_000;
    private static final long LEAST = STARTS * ENDS;
    private static final long MOST = 4 * LEAST;

    /** What joins. */
    enum Place
    {
        /** A lane of its own. */
        LANE,
        /** A handler of a lane that runs: its faults would be that lane's, so it has none. */
        HANDLER
    }

    /**
     * Visits of each place with each kind of start and each kind of end, in the order of their joins.
     */
    static List<Visit> plan(final SplittableRandom random, final long events)
    {
        final List<Visit> plan = new ArrayList<>();
        final long count = Math.min(MOST, Math.max(LEAST, events / EVENTS_EACH));
        for (int i = 0; i < count; i++)
        {
            plan.add(of(i, random, events));
        }
        plan.sort(Comparator.comparingLong(Visit::joinAt));
        return plan;
    }

    private static Visit of(final int index, final SplittableRandom random, final long events)
    {
        final long joinAt = random.nextLong(events);
        final JoinFrom from = switch (index % STARTS)
        {
            case 0 -> JoinFrom.start();
            case 1 -> JoinFrom.sequence(random.nextLong(joinAt + 1));
            default -> JoinFrom.live();
        };
        final long first = from.kind() == JoinFrom.Kind.LIVE ? joinAt : from.value();
        return switch (index / STARTS % ENDS)
        {
            case 0 -> new Visit(Place.LANE, from, joinAt, joinAt + random.nextLong(events - joinAt), NEVER);
            case 1 -> new Visit(Place.LANE, from, joinAt, NEVER, first + random.nextLong(events - first));
            case 2 -> new Visit(Place.LANE, from, joinAt, NEVER, NEVER);
            case 3 -> new Visit(Place.HANDLER, from, joinAt, joinAt + random.nextLong(events - joinAt), NEVER);
            default -> new Visit(Place.HANDLER, from, joinAt, NEVER, NEVER);
        };
    }
}
