package io.ringtape.cli.backtest;

import io.ringtape.backtest.BacktestConfig;
import io.ringtape.cli.request.TradingSetup;
import io.ringtape.cli.value.EventRange;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What {@code backtest} was asked for.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param journal  directory of the tape.
 * @param range    of it.
 * @param trading  strategy to run, and the limits of its gate.
 * @param config   models of the venue.
 * @param page     file to write; empty for none.
 * @param fills    file to write; empty for none.
 */
public record BacktestRequest(
    Path journal, EventRange range, TradingSetup trading, BacktestConfig config, Optional<Path> page,
    Optional<Path> fills)
{
}
