package io.ringtape.cli.faults;

import io.ringtape.cli.faults.GatewayPlan.Point;

/**
 * Ends the process without a word, as a kill does, when it comes to a point for the n-th time.
 */
final class PointEnd
{
    /** Ends nothing. */
    static final PointEnd NEVER = new PointEnd(Point.NOWHERE, 0);

    private final Point point;
    private long left;

    PointEnd(final Point point, final long nth)
    {
        this.point = point;
        left = nth;
    }

    /** Called by one thread for the point that counts. */
    void at(final Point here)
    {
        if (here == point && --left == 0)
        {
            Runtime.getRuntime().halt(HaltingDevice.CODE);
        }
    }
}
