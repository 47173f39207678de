package io.ringtape.cli.session;

import io.ringtape.book.Books;
import io.ringtape.bus.BusCounters;
import io.ringtape.bus.BusHaltedException;
import io.ringtape.bus.BusState;
import io.ringtape.bus.EventBus;
import io.ringtape.bus.EventBusBuilder;
import io.ringtape.bus.Lane;
import io.ringtape.bus.LaneState;
import io.ringtape.bus.Writer;
import io.ringtape.cli.capture.Capture;
import io.ringtape.cli.capture.CaptureException;
import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.output.Formats;
import io.ringtape.cli.report.BookCounts;
import io.ringtape.cli.report.PositionsTable;
import io.ringtape.cli.report.RecordReport;
import io.ringtape.cli.report.SessionHashes;
import io.ringtape.cli.request.GatewaySetup;
import io.ringtape.cli.request.RecordRequest;
import io.ringtape.cli.request.RecordRequest.OnBadInput;
import io.ringtape.cli.request.SessionContext;
import io.ringtape.cli.request.TradingSetup;
import io.ringtape.cli.settings.RunSettings;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventHashes;
import io.ringtape.event.EventType;
import io.ringtape.event.Interest;
import io.ringtape.event.SourceDefinition;
import io.ringtape.journal.CountersFile;
import io.ringtape.journal.KillOnTrouble;
import io.ringtape.journal.LimitsExchange;
import io.ringtape.journal.RunSummary;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeConfig;
import io.ringtape.journal.TapeException;
import io.ringtape.journal.TapeWriter;
import io.ringtape.order.OwnOrders;
import io.ringtape.risk.OpeningPositions;
import io.ringtape.strategy.StrategyException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.OffsetEpochNanoClock;

/**
 * Puts a capture on tape through the bus: books, risk and strategy on the order lane, hashes and recorder on the tape
 * lane.
 * <p>
 * The thread that runs the session is the writer. It publishes one venue event, waits until the order lane has passed
 * it and what the strategy sent is on the ring too, and only then goes on, so that the same capture gives the same
 * tape.
 * <p>
 * Thread safety: none; the thread that runs it is the writer.
 * Allocation: none an event, once warm.
 */
public final class RecordSession
{
    private static final String OUTBOX = "outbox";
    private static final String ORDER_LANE = "order";
    private static final String TAPE_LANE = "tape";
    private static final Set<String> LANES_THAT_MATTER = Set.of(ORDER_LANE, TAPE_LANE, GatewaySession.LANE);
    private static final int OUTBOX_CAPACITY = 2 * OwnOrders.MOST_CANCELS;
    private static final int BATCH_CAPACITY = 1024;
    private static final long CLOSE_LIMIT_NS = 60_000_000_000L;
    private static final int PROGRESS_MASK = (1 << 12) - 1;

    // Not the system's own, which makes an object for each block.
    private final EpochNanoClock clock = new OffsetEpochNanoClock();
    private final EventBatch batch = new EventBatch(BATCH_CAPACITY);
    private final EventHashes hashes = new EventHashes();
    private final SessionStatistics statistics = new SessionStatistics();
    private final Outbox outbox = new Outbox(OUTBOX_CAPACITY);
    private final Outages outages = new Outages();
    private final Definitions definitions;
    private final Capture capture;
    private final SessionContext context;
    private final TradingSetup trading;
    private final GatewaySetup gateway;
    private final RecordParts parts;

    /**
     * What runs: made behind the tape, in this order.
     *
     * @param order  lane.
     * @param kill   the writer's look at the kill switch.
     * @param limits the writer's look at other limits.
     * @param venue  the gateway, where there is one.
     * @param bus    of all.
     */
    private record Run(OrderLane order, KillPoll kill, LimitsPoll limits, GatewaySession venue, EventBus bus)
    {
    }

    /**
     * A session of the example strategy that has not started.
     *
     * @param definitions that the capture adds its instruments and sources to.
     * @param capture     to record; closed by the caller.
     * @param context     that the session runs in.
     */
    RecordSession(final Definitions definitions, final Capture capture, final SessionContext context)
    {
        this(definitions, capture, context, TradingSetup.EXAMPLE, GatewaySetup.NONE);
    }

    /**
     * A session of the usual parts that has not started.
     *
     * @param definitions that the capture adds its instruments and sources to.
     * @param capture     to record; closed by the caller.
     * @param context     that the session runs in.
     * @param trading     strategy and limits.
     * @param gateway     who answers orders.
     */
    RecordSession(
        final Definitions definitions, final Capture capture, final SessionContext context,
        final TradingSetup trading, final GatewaySetup gateway)
    {
        this(definitions, capture, context, trading, gateway, RecordParts.REAL);
    }

    /**
     * A session that has not started.
     *
     * @param definitions that the capture adds its instruments and sources to.
     * @param capture     to record; closed by the caller.
     * @param context     that the session runs in.
     * @param trading     strategy and limits.
     * @param gateway     who answers orders.
     * @param parts       that the session is made of.
     */
    public RecordSession(
        final Definitions definitions, final Capture capture, final SessionContext context,
        final TradingSetup trading, final GatewaySetup gateway, final RecordParts parts)
    {
        this.definitions = definitions;
        this.capture = capture;
        this.context = context;
        this.trading = trading;
        this.gateway = gateway;
        this.parts = parts;
    }

    /**
     * Runs the session onto a tape that is written as usual.
     *
     * @param journal    directory of the tape.
     * @param layout     which threads to use.
     * @param onBadInput what becomes of the run if the capture cannot be read to its end.
     * @return what was recorded.
     * @throws CaptureException if the capture cannot be read to its end.
     */
    RecordReport run(final Path journal, final RecordLayout layout, final OnBadInput onBadInput)
        throws CaptureException
    {
        return run(journal, layout, onBadInput, TapeConfig.defaults());
    }

    /**
     * Runs the session to the end of the capture, or until it is asked to stop.
     *
     * @param journal    directory of the tape; made if it is not there, but not before the capture gave its first
     *                   event.
     * @param layout     which threads to use.
     * @param onBadInput what becomes of the run if the capture cannot be read to its end.
     * @param config     how the tape is written.
     * @return what was recorded.
     * @throws CaptureException if the capture cannot be read to its end.
     * @throws TapeException    if the tape cannot be made or written.
     */
    public RecordReport run(
        final Path journal, final RecordLayout layout, final OnBadInput onBadInput, final TapeConfig config)
        throws CaptureException
    {
        if (!capture.next(batch))
        {
            throw new CommandException(ExitCode.BAD_INPUT, "capture has no events: format=" + capture.format() +
                (capture.skippedRecords() == 0 ? "" : " skippedRecords=" + capture.skippedRecords()));
        }
        final TapeBefore before = TapeBefore.of(journal);
        final SourceDefinition strategy = OrderLane.source(trading, definitions.sourceCount());
        definitions.add(strategy);
        gateway.define(definitions);
        trading.settings().forEach(definitions::add);
        final long limitsBefore = LimitsExchange.lastNumber(journal);
        final TapeWriter tape = parts.tape(journal, config, definitions, clock, outages);
        noteBefore(tape.firstSequence());
        final String left = before.leftNotice(RunSettings.positions(definitions) != OpeningPositions.NONE);
        if (!left.isEmpty())
        {
            context.warning().accept(left);
        }
        final OpenParts open = new OpenParts();
        final Run run = build(journal, layout, tape, strategy, limitsBefore, open);
        try (open)
        {
            note(run.kill().notice());
            note(run.kill().unknown());
            final long startNs = context.clock().nanoTime();
            final Optional<CaptureException> broken = record(run);
            // Orders that have left cannot be taken back, so nor is what the tape says of them.
            if (broken.isPresent() && onBadInput == OnBadInput.DISCARD && !gateway.isPresent())
            {
                run.limits().close();
                tape.discard();
                throw broken.get();
            }
            tape.close(new RunSummary(hashes.inputCount(), hashes.ownCount(), hashes.eventHash(),
                hashes.outputHash(), run.order().books().bookHash()));
            run.venue().settle();
            final long elapsedNs = context.clock().nanoTime() - startNs;
            if (broken.isPresent())
            {
                throw broken.get().keeping(
                    statistics.eventCount(), statistics.firstSequence(), statistics.lastSequence());
            }
            return report(journal, run, tape, before, elapsedNs);
        }
        finally
        {
            closeUnlessWritten(tape, run.bus());
        }
    }

    private RecordReport report(
        final Path journal, final Run run, final TapeWriter tape, final TapeBefore before, final long elapsedNs)
    {
        final String redefined = before.redefined(definitions);
        if (!redefined.isEmpty())
        {
            context.warning().accept(redefined);
        }
        final Books books = run.order().books();
        final RunTotals totals = new RunTotals();
        totals.add(tape.runId(), definitions, books, BookCounts.NOTHING);
        return new RecordReport(journal, Summaries.of(statistics, totals, definitions, books,
            new SessionHashes(hashes.eventHash(), hashes.outputHash(), run.order().bookHash()), elapsedNs,
            Tape.open(journal)), capture.skippedRecords(), context.stop().isRequested(),
            Formats.joined(before.notice(), run.venue().notice()), before.damage(), outages.of(tape))
            .with(run.venue().orders(), PositionsTable.of(
                run.order().risk().holdings(), RunSettings.positions(definitions), definitions));
    }

    private void note(final String line)
    {
        if (!line.isEmpty())
        {
            context.note().accept(line);
        }
    }

    private void noteBefore(final long firstSequence)
    {
        if (firstSequence > 0)
        {
            context.note().accept("Goes on behind sequence " + Formats.count(firstSequence - 1) +
                " of the tape that is there.");
        }
    }

    // A lane that did not end in time may still be in the middle of a block: the tape then stays as after a kill.
    private static void closeUnlessWritten(final TapeWriter tape, final EventBus bus)
    {
        final LaneState state = bus.lane(TAPE_LANE).state();
        if (state != LaneState.NEW && state != LaneState.RUNNING)
        {
            tape.close();
        }
    }

    /** A tape beside which something cannot be made gets no run, and nothing stays open. */
    private Run build(
        final Path journal, final RecordLayout layout, final TapeWriter tape, final SourceDefinition strategy,
        final long limitsBefore, final OpenParts open)
    {
        try
        {
            final OrderLane order = new OrderLane(trading, definitions, strategy, tape.runId(), outbox);
            final KillPoll kill =
                open.add(KillPoll.open(journal, definitions, outbox, clock));
            kill.next(batch);
            final LimitsPoll limits = open.add(
                LimitsPoll.open(kill.limits(), definitions, order.risk(), limitsBefore));
            final CountersFile counters = open.add(counters(journal, tape));
            final GatewaySession venue = open.add(
                GatewaySession.open(gateway, journal, tape, definitions, kill, clock, parts));
            venue.countIn(counters);
            return new Run(order, kill, limits, venue,
                bus(tape, order, venue, layout, counters.counters(), kill.onTrouble(LANES_THAT_MATTER)));
        }
        catch (final RuntimeException | Error e)
        {
            OpenParts.attempt(open::close, e);
            OpenParts.attempt(tape::discard, e);
            throw e;
        }
    }

    private CountersFile counters(final Path journal, final TapeWriter tape)
    {
        final CountersFile file = CountersFile.create(journal, tape.runId(), clock);
        file.counters().frontier("journaled", tape::journaledSequence).frontier("durable", tape::durableSequence);
        return file;
    }

    private EventBus bus(
        final TapeWriter tape, final OrderLane order, final GatewaySession venue, final RecordLayout layout,
        final BusCounters counters, final KillOnTrouble trouble)
    {
        final Lane.Builder orderLane = Lane.named(ORDER_LANE).orderLane().idle(new BackoffIdleStrategy());
        layout.orderProbe().ifPresent((probe) -> orderLane.handler("order-probe", probe));
        orderLane.handler("timers", outbox::onTimer, Interest.all().withTypes(EventType.TIMER))
            .handler("books", order.books()).handler("risk", order.risk()).handler("strategy", order.strategy());
        if (layout.orderLaneInline())
        {
            orderLane.inline();
        }
        // Sleeping when it has caught up makes large blocks, which cost less on tape and in every replay.
        final Lane.Builder tapeLane = Lane.named(TAPE_LANE).finishOnHalt().idle(venue.tapeIdle());
        layout.tapeProbe().ifPresent((probe) -> tapeLane.handler("tape-probe", probe));
        tapeLane.handler("statistics", statistics).rangeHandler("recorder", tape).rangeHandler("hashes", hashes);
        final EventBusBuilder builder = EventBus.builder()
            .firstSequence(tape.firstSequence())
            .inbox(OUTBOX, OUTBOX_CAPACITY)
            .counters(counters)
            .timers(OrderLane.TIMERS)
            .faultListener(trouble)
            .stallLimit(RecordRequest.STALL_LIMIT_NS, trouble)
            .idle(new BackoffIdleStrategy());
        venue.follow(orderLane, tapeLane);
        venue.addTo(builder.lane(orderLane.build()).lane(tapeLane.build()));
        final EventBus bus = builder.build();
        outbox.connect(venue.outbox(bus.inbox(OUTBOX)));
        venue.connect(bus);
        return bus;
    }

    private Optional<CaptureException> record(final Run run)
    {
        final EventBus bus = run.bus();
        final Optional<CaptureException> broken;
        try
        {
            bus.start();
            // A kill that is latched comes first: what an earlier run's gateway left may be a reason for orders.
            run.kill().publish(bus.writer());
            run.venue().begin(bus.writer());
            broken = publishAll(bus.writer(), run.kill(), run.limits());
            run.venue().end(bus.writer(), run.kill(), run.order().risk().openOrders());
            run.kill().latch();
        }
        catch (final BusHaltedException e)
        {
            if (bus.fault().isEmpty())
            {
                // No lane has told of it.
                OpenParts.attempt(run.kill()::fail, e);
            }
            bus.close(CLOSE_LIMIT_NS);
            note(run.venue().notice());
            throw failure(bus);
        }
        catch (final RuntimeException | Error e)
        {
            stop(run, e);
            throw e;
        }
        if (!bus.close(CLOSE_LIMIT_NS))
        {
            note(run.venue().notice());
            throw failure(bus);
        }
        return broken;
    }

    /** A failure outside of the lanes is no orderly end: a gateway cancels what is open, the next run is stopped. */
    private void stop(final Run run, final Throwable failure)
    {
        run.bus().halt();
        OpenParts.attempt(run.kill()::fail, failure);
        OpenParts.attempt(() -> run.bus().close(CLOSE_LIMIT_NS), failure);
        note(run.venue().notice());
    }

    private Optional<CaptureException> publishAll(
        final Writer writer, final KillPoll kill, final LimitsPoll limits)
    {
        context.progress().start("recording", capture.totalBytes());
        final long before = writer.cursor();
        long count = 0;
        try
        {
            do
            {
                kill.next(batch);
                outbox.startInput();
                kill.publish(writer);
                limits.publish(writer, kill.timeNs());
                writer.publishInStep(batch);
                if ((++count & PROGRESS_MASK) == 0)
                {
                    context.progress().update(capture.bytesRead(), writer.cursor() - before);
                }
            }
            while (!context.stop().isRequested() && capture.next(batch));
        }
        catch (final CaptureException e)
        {
            return Optional.of(e);
        }
        return Optional.empty();
    }

    private static RuntimeException failure(final EventBus bus)
    {
        final Throwable cause = bus.fault().map((fault) -> fault.cause()).orElse(null);
        if (cause instanceof TapeException || cause instanceof StrategyException)
        {
            return (RuntimeException)cause;
        }
        final String reason = bus.fault().map((fault) -> fault.describe())
            .orElse((bus.state() == BusState.HALTED ? "the bus was halted" : "the lanes did not drain in time") +
                ": cursor=" + bus.cursor());
        return new CommandException(ExitCode.INTERNAL, "recording stopped: " + reason);
    }
}
