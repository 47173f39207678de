package io.ringtape.backtest;

import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;

/**
 * Gets the fills of a backtest as the venue makes them.
 * <p>
 * Thread safety: the thread of the backtest.
 * Allocation: as the implementation has it.
 */
@FunctionalInterface
public interface FillListener
{
    /** Passes over all fills. */
    FillListener NONE = (instrument, fill, detail, tapeSequence, position) ->
    {
    };

    /**
     * Called for each fill, in order.
     *
     * @param instrument   of the fill.
     * @param fill         an {@link io.ringtape.event.EventType#OWN_FILL}; both its times are the venue's, on the
     *                     receive times of the tape; the order id is the client's; flag maker if the order was resting;
     *                     valid during the call only.
     * @param detail       of the fill: venue order id, execution id, leaves quantity, fee in 10^-9 of the currency;
     *                     valid during the call only.
     * @param tapeSequence of the last market event before the fill, or that made it.
     * @param position     in the instrument, the fill included.
     */
    void onFill(
        InstrumentDefinition instrument, OrderBookEvent fill, OrderBookEvent detail, long tapeSequence, long position);
}
