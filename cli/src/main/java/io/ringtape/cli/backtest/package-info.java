/**
 * Backtests as the command runs them: strategy, limits and models in, a report, a list of fills and a page out.
 * <p>
 * Start with {@link io.ringtape.cli.backtest.BacktestSession}; {@link io.ringtape.cli.backtest.BacktestPage} writes the
 * page, {@link io.ringtape.cli.backtest.Plot} draws.
 * <p>
 * Threading: one thread.
 */
@NullMarked
package io.ringtape.cli.backtest;

import org.jspecify.annotations.NullMarked;
