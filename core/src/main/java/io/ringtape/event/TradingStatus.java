package io.ringtape.event;

/**
 * What an {@link EventType#TRADING_STATUS} carries as its price: whether the venue trades the instrument. Decoders map
 * what their venue says to these; any other value says that it does not.
 * <p>
 * Thread safety: immutable constants.
 * Allocation: none.
 */
public final class TradingStatus
{
    /** Nothing is traded and nothing quoted. */
    public static final long HALTED = -1;
    /** Orders are taken, nothing is traded. */
    public static final long QUOTING = 0;
    /** Orders are matched. */
    public static final long TRADING = 1;

    private TradingStatus()
    {
    }
}
