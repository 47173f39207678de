package io.ringtape.bench.peer;

import io.ringtape.bus.Lane;

/**
 * What stands on the one lane behind a {@link PacedWriter}.
 * <p>
 * Thread safety: the lane's thread delivers, the owner's thread does the rest while the lane is at rest.
 * Allocation: none for an event.
 */
interface LaneSink
{
    /** The name of the handler. */
    String NAME = "sink";

    /**
     * Makes everything ready for a run that starts with sequence 0.
     *
     * @param lane  gets the handler.
     * @param count events of the run.
     * @return the lane.
     */
    Lane.Builder begin(Lane.Builder lane, int count);

    /**
     * What became of the events of the run, once the bus is closed.
     *
     * @return the sum of a {@link Tally}.
     */
    long finish();
}
