package io.ringtape.cli.report;

import io.ringtape.cli.output.Formats;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.risk.Holding;
import io.ringtape.risk.OpeningPosition;
import java.math.BigDecimal;

/**
 * What one account has of one instrument, as it is printed.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param account        of the strategies.
 * @param instrument     its name, see {@link InstrumentNames}.
 * @param quantity       a plain decimal, below 0 short.
 * @param averagePrice   a plain decimal, {@link Formats#NONE} where nothing is open.
 * @param mark           a plain decimal, {@link Formats#NONE} where there is none.
 * @param realisedNano   of the run, without fees, in 10^-9 of the currency.
 * @param unrealisedNano at the mark.
 * @param feesNano       of the run.
 * @param dayNano        won since the last UTC day began, with fees.
 * @param isKnown        whether the amounts are.
 */
public record PositionRow(
    int account, String instrument, String quantity, String averagePrice, String mark, long realisedNano,
    long unrealisedNano, long feesNano, long dayNano, boolean isKnown)
{
    /**
     * What a run has.
     *
     * @param holding  of it.
     * @param quantity of it, exactly.
     * @param name     of the instrument.
     * @return a row.
     */
    static PositionRow of(final Holding holding, final BigDecimal quantity, final String name)
    {
        final InstrumentDefinition instrument = holding.instrument();
        return new PositionRow(holding.account(), name, Formats.plain(quantity),
            Formats.price(holding.averagePrice(), instrument.priceExponent()),
            Formats.price(holding.mark(), instrument.priceExponent()), holding.realisedNano(),
            holding.unrealisedNano(), holding.feesNano(), holding.dayNano(), holding.isKnown());
    }

    /**
     * What a run started with, of an instrument that did not come.
     *
     * @param account  that has it.
     * @param symbol   of the instrument.
     * @param position that it has.
     * @return a row.
     */
    static PositionRow of(final int account, final String symbol, final OpeningPosition position)
    {
        return new PositionRow(account, symbol, Formats.plain(position.quantity()),
            position.averagePrice().map(Formats::plain).orElse(Formats.NONE),
            position.mark().map(Formats::plain).orElse(Formats.NONE), 0, 0, 0, 0, false);
    }
}
