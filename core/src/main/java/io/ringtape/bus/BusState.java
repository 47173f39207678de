package io.ringtape.bus;

/**
 * The life of a bus.
 * <pre>{@code
 *  NEW --start--> RUNNING --close--> CLOSING --lanes at the final cursor, or the limit--> CLOSED
 *   |                |                  |
 *   +--- halt -------+------ halt ------+--> HALTED
 *   +--- close --> CLOSED
 * }</pre>
 * <p>
 * Thread safety: immutable.
 * Allocation: none.
 */
public enum BusState
{
    /** Built, not started: nothing can be published. */
    NEW,
    /** The writer publishes and lanes read. */
    RUNNING,
    /** New publishes are refused; what was accepted is still being handled. */
    CLOSING,
    /** Ended in order. */
    CLOSED,
    /** Stopped by a fault or by {@link EventBus#halt()}; it never runs again. */
    HALTED;

    static BusState of(final int code)
    {
        return switch (code)
        {
            case BusControl.NEW -> NEW;
            case BusControl.RUNNING -> RUNNING;
            case BusControl.CLOSING -> CLOSING;
            case BusControl.CLOSED -> CLOSED;
            case BusControl.HALTED -> HALTED;
            default -> throw new IllegalArgumentException("no such state: code=" + code);
        };
    }
}
