package io.ringtape.cli.demo;

/**
 * One instrument of the generated session.
 * <p>
 * Thread safety: none.
 * Allocation: none in steady state.
 */
sealed interface DemoMarket permits DemoOrders, DemoLevels
{
    /** Every venue event fits into this many events. */
    int MAX_STEP = 512;
    /** With less room than this a step makes one event. */
    int LEAST_ROOM = 4;

    /**
     * Appends the events of one venue event, at least one; the caller marks the final one.
     *
     * @param events to append to.
     * @param room   the most events that may be appended, at least 1.
     */
    void step(DemoEvents events, long room);
}
