package io.ringtape.cli.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.backtest.Backtest;
import io.ringtape.backtest.BacktestConfig;
import io.ringtape.backtest.BacktestHandlers;
import io.ringtape.backtest.BacktestResult;
import io.ringtape.backtest.FeeSchedule;
import io.ringtape.backtest.FillListener;
import io.ringtape.backtest.LatencyModel;
import io.ringtape.backtest.QueueModel;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.journal.RunSummary;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeConfig;
import io.ringtape.journal.TapeRange;
import io.ringtape.journal.TapeWriter;
import io.ringtape.order.FeeRate;
import io.ringtape.risk.AccountLimits;
import io.ringtape.risk.RiskGate;
import io.ringtape.risk.RiskLimits;
import io.ringtape.strategy.ExampleParameters;
import io.ringtape.strategy.ExampleStrategy;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The example strategy over real captures, and how long that takes. */
@Timeout(120)
final class RealBacktestTest
{
    private static final int BLOCK = 64;

    @TempDir
    private Path parent;

    @Test
    void shouldDoTheSameTwiceOverADayOfAmazon(final TestReporter reporter) throws Exception
    {
        record(RealCaptures.find("lobster", "LOBSTER_SampleFile_AMZN_2012-06-21_5.zip"));

        final BacktestResult one = backtest(reporter);
        final BacktestResult other = backtest(reporter);

        reporter.publishEntry("money", one.money().toString());
        assertEquals(225_172, one.events());
        assertTrue(one.counts().fills() > 0, () -> "counts=" + one.counts());
        assertEquals(one.fillHash(), other.fillHash());
        assertEquals(one.instruments(), other.instruments());
        assertEquals(one.chart(), other.chart());
        assertEquals(QueueModel.PESSIMISTIC, one.instruments().get(0).queueModel());
    }

    @Test
    void shouldDoTheSameTwiceOverFutures(final TestReporter reporter) throws Exception
    {
        record(RealCaptures.find("databento", "orderbooks_mbo_2024-05-08*.dbn.zst"));

        final BacktestResult one = backtest(reporter);
        final BacktestResult other = backtest(reporter);

        assertEquals(13_796, one.events());
        assertEquals(one.fillHash(), other.fillHash());
        assertEquals(one.instruments(), other.instruments());
        assertEquals(QueueModel.EXACT_BY_ORDER_ID, one.instruments().get(0).queueModel());
    }

    private BacktestResult backtest(final TestReporter reporter)
    {
        final BacktestHandlers.Factory handlers = BacktestHandlers.factory(
            (definitions, books) ->
                RiskGate.builder(definitions, books::book).venueAnswers()
                    .otherLimits(RiskLimits::defaultsFor).otherAccounts(AccountLimits.defaults()).build(),
            (definitions) -> new ExampleStrategy(definitions, ExampleParameters.defaults()), "example", 1, 256);
        final BacktestConfig config = BacktestConfig.of(QueueModel.EXACT_BY_ORDER_ID,
            LatencyModel.constant(50_000, 50_000), FeeSchedule.of(FeeRate.ofUnits(-2_000_000, 3_000_000)));

        final long startNs = System.nanoTime();
        final BacktestResult result = new Backtest(config, handlers, FillListener.NONE)
            .run(Tape.open(parent.resolve("tape")), TapeRange.ALL, (sequence) ->
            {
            });
        final long ms = (System.nanoTime() - startNs) / 1_000_000;

        reporter.publishEntry("backtest", "ms=" + ms + " events=" + result.events() + " " + result.counts());
        return result;
    }

    private void record(final Path file) throws Exception
    {
        final Definitions definitions = new Definitions();
        final EventBatch batch = new EventBatch(Capture.MAX_EVENTS);
        final EventBatch block = new EventBatch(2 * Capture.MAX_EVENTS);
        try (Capture capture = Captures.open(List.of(file), Optional.empty(), definitions);
            TapeWriter writer = TapeWriter.open(parent.resolve("tape"), TapeConfig.defaults().withReserveBytes(0),
                definitions, () -> 1))
        {
            long next = writer.firstSequence();
            while (capture.next(batch))
            {
                for (int i = 0; i < batch.count(); i++)
                {
                    block.append().copyFrom(batch.event(i)).sequence(next++);
                }
                if (block.count() >= BLOCK)
                {
                    flush(writer, block, next);
                }
            }
            flush(writer, block, next);
            writer.close(new RunSummary(next, 0, 1, 2, 3));
        }
    }

    private static void flush(final TapeWriter writer, final EventBatch block, final long next)
    {
        if (block.count() > 0)
        {
            writer.onRange(block.buffer(), 0, next - block.count(), block.count());
            block.clear();
        }
    }
}
