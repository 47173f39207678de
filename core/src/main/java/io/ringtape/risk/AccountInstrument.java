package io.ringtape.risk;

import io.ringtape.event.InstrumentDefinition;
import java.nio.ByteBuffer;

/**
 * What one account has of one instrument: its position with its open orders, and what it won or lost today. Hot path.
 * <p>
 * Thread safety: none; the order lane.
 * Allocation: on construction only.
 */
final class AccountInstrument
{
    /** Of what {@link #store(ByteBuffer)} writes. */
    static final int STATE_BYTES = OpenPosition.STATE_BYTES + DayProfit.STATE_BYTES;

    final OpenPosition held = new OpenPosition();
    final DayProfit profit;

    AccountInstrument(final InstrumentDefinition definition)
    {
        profit = new DayProfit(definition);
    }

    void store(final ByteBuffer target)
    {
        held.store(target);
        profit.store(target);
    }

    void load(final ByteBuffer source)
    {
        held.load(source);
        profit.load(source);
    }
}
