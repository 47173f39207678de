package io.ringtape.risk;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What an account has of an instrument before the first event of a run.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param quantity     above 0 long, below 0 short.
 * @param averagePrice what it cost; there if and only if the quantity is not 0.
 * @param mark         that it is valued at until the market says better; one a symbol, given with any account or with
 *                     several. The average price if it is not there.
 * @param dayNano      won on the day of the positions at the mark, realised and not, fees taken off; below 0 for a
 *                     loss, in 10^-9 of the currency.
 */
public record OpeningPosition(
    BigDecimal quantity, Optional<BigDecimal> averagePrice, Optional<BigDecimal> mark, long dayNano)
{
    /**
     * Checks the fields.
     *
     * @throws IllegalArgumentException if a position has no average price, or nothing has one; the message says which.
     */
    public OpeningPosition
    {
        if ((quantity.signum() != 0) != averagePrice.isPresent())
        {
            throw new IllegalArgumentException(averagePrice.isPresent() ?
                "no position must have no average-price" : "position must have an average-price");
        }
    }

    boolean isNothing()
    {
        return quantity.signum() == 0 && dayNano == 0;
    }
}
