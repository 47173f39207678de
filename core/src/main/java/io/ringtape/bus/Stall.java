package io.ringtape.bus;

import java.util.Objects;

/**
 * A lane that made no progress with work waiting, for longer than the limit of the watchdog.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param lane     that stands still.
 * @param handler  that it is in; empty if it is in none.
 * @param frontier that it waits for, the first of them; empty if it waits for none.
 * @param sequence the event that the handler was given, at the end of a batch its last; in a range handler the first of
 *                 the batch; the next to deliver if the lane is in no handler.
 * @param lag      events that are published and not yet behind the lane: cursor less the lane's sequence, which moves
 *                 once per batch.
 * @param waitedNs how long it was seen to stand still, in nanoseconds; time that the watchdog did not see, as while the
 *                 process was paused, counts for a quarter of the limit at most.
 */
public record Stall(String lane, String handler, String frontier, long sequence, long lag, long waitedNs)
{
    /**
     * Checks that nothing is missing.
     */
    public Stall
    {
        Objects.requireNonNull(lane, "lane");
        Objects.requireNonNull(handler, "handler");
        Objects.requireNonNull(frontier, "frontier");
    }

    /**
     * The stall in one line.
     *
     * @return {@code name=value} pairs.
     */
    public String describe()
    {
        return "lane=" + lane + " handler=" + handler + " frontier=" + frontier + " sequence=" + sequence +
            " lag=" + lag + " waitedNs=" + waitedNs;
    }
}
