/**
 * Backtest: the market of a tape through books, risk gate and a strategy, with a simulated venue that answers the
 * strategy's orders in place of the recorded own events.
 * <p>
 * Uses {@code journal}, {@code replay} and core's packages; only the command uses it. Start reading at
 * {@link io.ringtape.backtest.Backtest}, which makes a {@link io.ringtape.backtest.BacktestResult}; then
 * {@link io.ringtape.backtest.SimulatedVenue}, which says when an order is filled, and
 * {@link io.ringtape.backtest.LatencyModel}, which says when it gets there. One thread runs a backtest with all its
 * handlers; nothing here is shared between threads.
 */
@NullMarked
package io.ringtape.backtest;

import org.jspecify.annotations.NullMarked;
