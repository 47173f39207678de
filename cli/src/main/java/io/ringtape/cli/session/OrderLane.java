package io.ringtape.cli.session;

import io.ringtape.book.Books;
import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.output.Formats;
import io.ringtape.cli.report.BookCounts;
import io.ringtape.cli.request.GatewaySetup;
import io.ringtape.cli.request.TradingSetup;
import io.ringtape.cli.settings.RunSettings;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.SourceDefinition;
import io.ringtape.event.Stateful;
import io.ringtape.journal.RunInfo;
import io.ringtape.order.ClientOrderIds;
import io.ringtape.order.OwnOrders;
import io.ringtape.order.OwnTimers;
import io.ringtape.replay.ReplayHandlers;
import io.ringtape.risk.RiskGate;
import io.ringtape.strategy.Strategy;
import io.ringtape.strategy.StrategyHandler;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The handlers of the order lane, in their order: books, risk, strategy. The same ones run when a session is recorded
 * and when it is replayed; they cannot tell which. Hot path.
 * <p>
 * Thread safety: none; the order lane.
 * Allocation: as its handlers.
 */
final class OrderLane implements ReplayHandlers
{
    /** How many timers the strategy may have. */
    static final int TIMERS = 256;

    private final Books books;
    private final RiskGate risk;
    private final TapeLimits limits;
    private final StrategyHandler strategy;
    private final List<Stateful> states;
    private Optional<BookCounts> beforeRange = Optional.empty();

    /**
     * Handlers that have seen nothing.
     *
     * @param setup       strategy and limits.
     * @param definitions of the instruments, and the settings on tape; more may be added any time. A gateway among the
     *                    sources answers orders.
     * @param source      of the own events.
     * @param runId       that the client order ids name.
     * @param outbox      that takes the own events.
     */
    OrderLane(
        final TradingSetup setup, final Definitions definitions, final SourceDefinition source, final long runId,
        final EventPublisher outbox)
    {
        books = new Books(definitions);
        final RiskGate.Builder gate = TradingSetup.limit(RiskGate.builder(definitions, books::book),
            setup.limits().or(() -> RunSettings.limits(definitions))).opening(RunSettings.positions(definitions));
        risk = (GatewaySetup.source(definitions).isPresent() ? gate.venueAnswers() : gate).build();
        limits = new TapeLimits(definitions, risk);
        final OwnOrders orders =
            new OwnOrders(ClientOrderIds.runOf(runId), source, definitions, risk, outbox);
        final Strategy trader = setup.strategy().apply(definitions);
        final OwnTimers timers = new OwnTimers(orders, TIMERS);
        strategy = new StrategyHandler(trader, orders, timers, definitions, books::book);
        // What a strategy knows that cannot be stored is known behind the start of the run only.
        states = trader instanceof Stateful stored ?
            List.of(books, risk.state(), orders.state(), timers.state(), stored) : List.of();
    }

    /**
     * Makes the handlers of a run that was recorded.
     *
     * @param setup       strategy and limits.
     * @param run         its header.
     * @param definitions of the run.
     * @param outbox      that takes the own events.
     * @return the handlers.
     * @throws CommandException if the run has no strategy that they could be.
     */
    static OrderLane of(
        final TradingSetup setup, final RunInfo run, final Definitions definitions, final EventPublisher outbox)
    {
        final SourceDefinition source = strategy(setup, definitions).orElseThrow(() -> new CommandException(
            ExitCode.BAD_INPUT, "run was recorded without the strategy that replays it, see --strategy: run=" +
                run.runId() + " strategy=" + TradingSetup.className(setup.name()) +
                " recorded=" + recorded(definitions)));
        return new OrderLane(setup, definitions, source, run.runId(), outbox);
    }

    /** The strategies of a run, as they are to be named on the command line. */
    private static String recorded(final Definitions definitions)
    {
        return IntStream.range(0, definitions.sourceCount()).mapToObj(definitions::source)
            .filter((source) -> source.kind() == SourceDefinition.Kind.STRATEGY)
            .map((source) -> TradingSetup.className(source.name()))
            .reduce((all, next) -> all + "," + next).orElse(Formats.NONE);
    }

    /**
     * The source of the strategy that these handlers are, if a run has it.
     *
     * @param setup       strategy and limits.
     * @param definitions of the run.
     * @return empty if another strategy, or none, ran.
     */
    static Optional<SourceDefinition> strategy(final TradingSetup setup, final Definitions definitions)
    {
        for (int id = 0; id < definitions.sourceCount(); id++)
        {
            final SourceDefinition source = definitions.source(id);
            if (source.kind() == SourceDefinition.Kind.STRATEGY && source.name().equals(setup.name()))
            {
                return Optional.of(source);
            }
        }
        return Optional.empty();
    }

    /**
     * The source that a recording defines for its strategy.
     *
     * @param setup    strategy and limits.
     * @param sourceId the next one.
     * @return a definition.
     */
    static SourceDefinition source(final TradingSetup setup, final int sourceId)
    {
        return new SourceDefinition(sourceId, SourceDefinition.Kind.STRATEGY, setup.name(), TradingSetup.ACCOUNT, 0, 0);
    }

    @Override
    public void onEvent(final OrderBookEvent event)
    {
        if (event.type() == EventType.CONTROL)
        {
            limits.learn();
        }
        books.onEvent(event);
        risk.onEvent(event);
        strategy.onEvent(event);
    }

    @Override
    public void onRangeStart()
    {
        beforeRange = Optional.of(BookCounts.of(books));
    }

    /**
     * What the books had counted before the range of a replay.
     *
     * @return empty if no event of the range has come.
     */
    Optional<BookCounts> beforeRange()
    {
        return beforeRange;
    }

    @Override
    public List<Stateful> states()
    {
        return states;
    }

    @Override
    public long bookHash()
    {
        return books.bookHash();
    }

    Books books()
    {
        return books;
    }

    RiskGate risk()
    {
        return risk;
    }

    StrategyHandler strategy()
    {
        return strategy;
    }
}
