package io.ringtape.gateway;

import java.util.List;

/**
 * What safe mode did.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param cancelCount how many orders were open and had no cancel, so that one was sent and the gateway took it.
 * @param keptCount   events that the {@link SafeModeStore} took: answers and those cancels.
 * @param openCount   orders whose end was not heard of when the time was over; 0 if all are gone.
 * @param failures    one for each order whose cancel the gateway never took, and what the store threw.
 */
public record SafeModeResult(int cancelCount, long keptCount, int openCount, List<Throwable> failures)
{
    /**
     * Makes the list its own.
     */
    public SafeModeResult
    {
        failures = List.copyOf(failures);
    }
}
