package io.ringtape.bench.peer;

import io.ringtape.backtest.Backtest;
import io.ringtape.backtest.BacktestConfig;
import io.ringtape.backtest.BacktestHandlers;
import io.ringtape.backtest.BacktestResult;
import io.ringtape.backtest.FeeSchedule;
import io.ringtape.backtest.FillListener;
import io.ringtape.backtest.LatencyModel;
import io.ringtape.backtest.QueueModel;
import io.ringtape.cli.capture.InstrumentTerms;
import io.ringtape.cli.output.Progress;
import io.ringtape.cli.platform.StopSignal;
import io.ringtape.cli.request.GatewaySetup;
import io.ringtape.cli.request.RecordRequest;
import io.ringtape.cli.request.RecordRequest.OnBadInput;
import io.ringtape.cli.request.SessionContext;
import io.ringtape.cli.request.TradingSetup;
import io.ringtape.cli.session.TapeSessions;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeConfig;
import io.ringtape.journal.TapeRange;
import io.ringtape.risk.AccountLimits;
import io.ringtape.risk.RiskGate;
import io.ringtape.risk.RiskLimits;
import io.ringtape.strategy.MarketMaker;
import io.ringtape.strategy.StrategyParameters;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.agrona.concurrent.SystemNanoClock;

/**
 * A backtest of a session on a tape as the command runs it without options: the market maker, the pessimistic queue, 50
 * us each way. The tape is opened within the run; a page is not written. The sum is the hash of all fills, and it is
 * held against that of a backtest before.
 * <p>
 * Thread safety: one thread owns it. Allocation: handlers, a venue and what is kept for charts a run.
 */
final class BacktestDay implements Peer
{
    private static final long LATENCY_NS = 50_000;
    private static final int ACCOUNT = 1;

    private final Path directory;
    private final Session session;
    private Path tape;
    private long expected;
    private long sum;

    /** Puts a session on a tape, if it is not there. */
    @FunctionalInterface
    interface Session
    {
        Path tape(Path directory, int count);
    }

    BacktestDay(final Path directory, final Session session)
    {
        this.directory = directory;
        this.session = session;
        tape = directory;
    }

    /** The recorded day of AMZN, whatever count is asked for. */
    static Path amzn(final Path directory, final int count)
    {
        final Path recorded = directory.resolve("amzn");
        if (!Files.exists(recorded))
        {
            final SystemNanoClock clock = SystemNanoClock.INSTANCE;
            new TapeSessions().record(new RecordRequest(recorded, List.of(CaptureFile.AMZN_LEVEL_5.path()),
                Optional.empty(), OnBadInput.DISCARD, TapeConfig.defaults(), TradingSetup.EXAMPLE,
                GatewaySetup.NONE, InstrumentTerms.NONE),
                new SessionContext(new StopSignal(), new Progress(System.err, false, clock), (note) ->
                {
                    // Nobody reads along.
                }, clock));
        }
        return recorded;
    }

    @Override
    public void prepare(final int count)
    {
        final Path wanted = session.tape(directory, count);
        if (!wanted.equals(tape))
        {
            tape = wanted;
            expected = backtest();
        }
    }

    @Override
    public void run(final int count)
    {
        sum = backtest();
    }

    private long backtest()
    {
        final BacktestConfig config = BacktestConfig.of(
            QueueModel.PESSIMISTIC, LatencyModel.constant(LATENCY_NS, LATENCY_NS), FeeSchedule.FREE);
        final BacktestHandlers.Factory handlers = BacktestHandlers.factory(
            (definitions, books) -> RiskGate.builder(definitions, books::book).venueAnswers()
                .otherLimits(RiskLimits::defaultsFor).otherAccounts(AccountLimits.defaults()).build(),
            (definitions) -> new MarketMaker(definitions, new StrategyParameters(Map.of())), "MarketMaker", ACCOUNT,
            config.timers());
        final BacktestResult result = new Backtest(config, handlers, FillListener.NONE)
            .run(Tape.open(tape), TapeRange.ALL, (sequence) ->
            {
                // Nobody waits for it.
            });
        return result.fillHash();
    }

    @Override
    public long checksum()
    {
        return sum;
    }

    @Override
    public long expected(final long first, final int count)
    {
        return expected;
    }

    @Override
    public void close()
    {
        sum = 0;
    }
}
