package io.ringtape.bus;

import io.ringtape.event.Conflater;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules of lanes that do not gate.
 */
final class OverflowRules
{
    /** The least that a lane which conflates must be able to hold: what one event may add. */
    static final int MIN_CONFLATED = 2;

    private OverflowRules()
    {
    }

    /**
     * Checks the lanes of a bus.
     *
     * @param lanes of the bus.
     * @throws IllegalArgumentException if a rule is broken; the message names lane and rule.
     */
    static void check(final List<Lane> lanes)
    {
        final List<Conflater> conflaters = new ArrayList<>();
        for (final Lane lane : lanes)
        {
            if (lane.overflowPolicy() == OverflowPolicy.GATE)
            {
                refuse(lane.hasPrivateBuffer(), "a lane that gates reads the ring in place", lane);
                continue;
            }
            refuse(lane.isInline(), "an inline lane must gate", lane);
            final Conflater conflater = lane.conflater();
            if (conflater != null)
            {
                requireConflatable(lane);
                refuse(
                    conflaters.stream().anyMatch((other) -> other == conflater), "a conflater serves one lane", lane);
                conflaters.add(conflater);
            }
        }
    }

    /**
     * Checks the lanes of a bus that has no history.
     *
     * @param lanes of the bus.
     * @throws IllegalArgumentException if one needs it; the message names lane and rule.
     */
    static void checkWithoutHistory(final List<Lane> lanes)
    {
        for (final Lane lane : lanes)
        {
            refuse(lane.overflowPolicy() == OverflowPolicy.SPILL,
                "a lane that spills needs a history, whose recorder gates and gets every event", lane);
        }
    }

    /**
     * Checks a choice for a lane, whose handlers share one policy.
     *
     * @param lane   its name.
     * @param before what was chosen before, or null.
     * @param policy that is chosen.
     * @return the policy.
     * @throws IllegalArgumentException if it is another one, or a second conflater.
     */
    static OverflowPolicy one(final String lane, final @Nullable OverflowPolicy before, final OverflowPolicy policy)
    {
        if (before != null && (before != policy || policy == OverflowPolicy.CONFLATE))
        {
            throw new IllegalArgumentException("a lane has one overflow policy, chosen once: lane=" + lane +
                " overflowPolicy=" + before + " another=" + policy);
        }
        return policy;
    }

    private static void requireConflatable(final Lane lane)
    {
        refuse(!lane.rangeHandlers().isEmpty(), "a lane that conflates has no range handlers", lane);
        refuse(lane.faultPolicy() == FaultPolicy.SKIP, "a lane that conflates must not skip", lane);
        refuse(lane.hasBatchLimit(), "a lane that conflates is limited by its private buffer", lane);
        refuse(lane.hasPrivateBuffer() && lane.privateBuffer(1) < MIN_CONFLATED,
            "a lane that conflates holds " + MIN_CONFLATED + " events at least", lane);
    }

    private static void refuse(final boolean broken, final String rule, final Lane lane)
    {
        if (broken)
        {
            throw new IllegalArgumentException(
                rule + ": lane=" + lane.name() + " overflowPolicy=" + lane.overflowPolicy());
        }
    }
}
