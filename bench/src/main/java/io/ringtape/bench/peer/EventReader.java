package io.ringtape.bench.peer;

/**
 * What the reading side does with an event once it has read it.
 * <p>
 * Thread safety: the reading thread of a {@link Carrier} calls it. Allocation: none.
 */
@FunctionalInterface
interface EventReader
{
    /** Called once on the reading thread before it looks for events. */
    default void onStart()
    {
    }

    /**
     * Called for each event.
     *
     * @param sequence the first of its eight longs.
     * @param fold     of all eight, see {@link Work}.
     */
    void onEvent(long sequence, long fold);
}
