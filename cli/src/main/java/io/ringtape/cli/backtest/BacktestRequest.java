package io.ringtape.cli.backtest;

import io.ringtape.backtest.BacktestConfig;
import io.ringtape.cli.settings.StrategyLoader;
import io.ringtape.cli.value.EventRange;
import io.ringtape.risk.LimitSet;
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
 * @param strategy to run.
 * @param limits   of the risk gate; empty for the defaults of each instrument.
 * @param config   models of the venue.
 * @param page     file to write; empty for none.
 * @param fills    file to write; empty for none.
 */
public record BacktestRequest(
    Path journal, EventRange range, StrategyLoader strategy, Optional<LimitSet> limits, BacktestConfig config,
    Optional<Path> page, Optional<Path> fills)
{
}
