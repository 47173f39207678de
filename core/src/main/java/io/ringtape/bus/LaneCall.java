package io.ringtape.bus;

/**
 * Which handler of a lane is being called, for the watchdog. Hot path.
 * <p>
 * Stores and loads are plain, so they cost next to nothing, and it has its lines to itself, so nobody else's polling
 * does. That is enough for what is asked: a call that hangs is in a loop with a safepoint, or in a call of its own, and
 * what the thread stored before is in memory there.
 */
final class LaneCall extends Padded
{
    /** No handler is being called. */
    static final int NONE = -1;

    private int index = NONE;

    /**
     * A call begins.
     *
     * @param handler its place on the lane, range handlers behind the event handlers.
     */
    void to(final int handler)
    {
        index = handler;
    }

    void none()
    {
        index = NONE;
    }

    int index()
    {
        return index;
    }
}
