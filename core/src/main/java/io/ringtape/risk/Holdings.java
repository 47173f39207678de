package io.ringtape.risk;

import java.util.List;

/**
 * What the gate holds a run's positions for at one moment, by account and then by instrument.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param dayEndNs end of the UTC day that the gate is in; 0 before the first event with a time.
 * @param held     each account and instrument that had an order, a fill or an opening position.
 */
public record Holdings(long dayEndNs, List<Holding> held)
{
    /**
     * Makes the list its own.
     */
    public Holdings
    {
        held = List.copyOf(held);
    }
}
