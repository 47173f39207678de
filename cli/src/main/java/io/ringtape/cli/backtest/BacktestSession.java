package io.ringtape.cli.backtest;

import io.ringtape.backtest.Backtest;
import io.ringtape.backtest.BacktestHandlers;
import io.ringtape.backtest.BacktestResult;
import io.ringtape.backtest.FillListener;
import io.ringtape.book.Books;
import io.ringtape.cli.output.FileOutput;
import io.ringtape.cli.output.Formats;
import io.ringtape.cli.output.Progress;
import io.ringtape.cli.request.TradingSetup;
import io.ringtape.cli.settings.LimitsCheck;
import io.ringtape.cli.tape.TapeProgress;
import io.ringtape.event.Definitions;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeRange;
import io.ringtape.risk.RiskGate;
import java.io.BufferedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.agrona.concurrent.NanoClock;

/**
 * Runs a backtest and writes what was asked for. A file is there when it is whole, and not before.
 * <p>
 * Thread safety: none; one thread, one backtest.
 * Allocation: as the backtest's, and text for each fill where they are written.
 */
public final class BacktestSession
{
    private static final int BUFFER_BYTES = 1 << 16;

    private final BacktestRequest request;
    private final Progress progress;
    private final NanoClock clock;
    private final List<Definitions> runs = new ArrayList<>();

    /**
     * A session that has not started.
     *
     * @param request  what to do.
     * @param progress told how far it has come.
     * @param clock    measures how long it takes.
     */
    public BacktestSession(final BacktestRequest request, final Progress progress, final NanoClock clock)
    {
        this.request = request;
        this.progress = progress;
        this.clock = clock;
    }

    /**
     * Runs it.
     *
     * @return what came of it.
     * @throws io.ringtape.journal.TapeException        if the tape is damaged, has a gap, or does not hold the range.
     * @throws io.ringtape.backtest.BacktestException   if the strategy failed.
     * @throws io.ringtape.cli.error.CommandException   if it cannot be made.
     */
    public BacktestReport run()
    {
        final Tape tape = Tape.open(request.journal());
        final TapeRange range = request.range().on(tape);
        if (request.fills().isEmpty())
        {
            return report(tape, range, FillListener.NONE);
        }
        try (FileOutput file = FileOutput.open(request.fills().get()))
        {
            final PrintStream out = new PrintStream(
                new BufferedOutputStream(file, BUFFER_BYTES), false, StandardCharsets.UTF_8);
            final BacktestReport report = report(tape, range, new FillsCsv(out));
            out.flush();
            file.complete();
            return report;
        }
    }

    private BacktestReport report(final Tape tape, final TapeRange range, final FillListener fills)
    {
        final long startNs = clock.nanoTime();
        final TapeProgress read = TapeProgress.ofReplay(progress, "backtesting", tape);
        final BacktestResult result =
            new Backtest(request.config(), handlers(), fills).run(tape, range, read::start, read);
        final BacktestReport report = new BacktestReport(request.journal(), request.trading().name(),
            request.trading().parameters(), result, request.trading().limits()
                .map((limits) -> "version " + limits.version()).orElse("defaults of each instrument, see docs/risk.md"),
            clock.nanoTime() - startNs, request.page(), request.fills(), notice());
        request.page().ifPresent((file) -> BacktestPage.write(file, report));
        return report;
    }

    private String notice()
    {
        final Set<String> came = new TreeSet<>();
        for (final Definitions run : runs)
        {
            came.addAll(LimitsCheck.symbols(run));
        }
        return Formats.joined(request.trading().limitsNotice(came),
            LimitsCheck.unmet("--fees", request.config().fees().symbols(), came));
    }

    private BacktestHandlers.Factory handlers()
    {
        return BacktestHandlers.factory(this::gate, request.trading().strategy()::apply, request.trading().name(),
            TradingSetup.ACCOUNT, request.config().timers());
    }

    private RiskGate gate(final Definitions definitions, final Books books)
    {
        runs.add(definitions);
        return TradingSetup.limit(
            RiskGate.builder(definitions, books::book).venueAnswers(), request.trading().limits()).build();
    }
}
