package io.ringtape.backtest;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * What fills came to, in the currency of the instruments; all but the turnover in 10^-9 of it, held at the ends of 64
 * bits. A sum over instruments takes them to have one currency.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param realisedNano    what closed positions made, without fees.
 * @param unrealisedNano  what open positions would make at the mark, without fees.
 * @param feesNano        what fees cost; below 0 if rebates were more.
 * @param pnlNano         profit or loss: realised and unrealised less fees, from the exact sums, so it may differ by
 *                        one from what these fields give together.
 * @param maxDrawdownNano the furthest that profit fell below its highest so far, which starts at 0; 0 or more.
 * @param turnover        what was bought and sold together, exact.
 */
public record BacktestMoney(
    long realisedNano, long unrealisedNano, long feesNano, long pnlNano, long maxDrawdownNano, BigDecimal turnover)
{
    /** Nothing. */
    public static final BacktestMoney NONE = new BacktestMoney(0, 0, 0, 0, 0, BigDecimal.ZERO);

    /**
     * Checks that the turnover is there.
     */
    public BacktestMoney
    {
        Objects.requireNonNull(turnover, "turnover");
    }
}
