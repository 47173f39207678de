package io.ringtape.cli.session;

import io.ringtape.bus.BusState;
import io.ringtape.bus.EventBus;
import io.ringtape.bus.EventBusBuilder;
import io.ringtape.bus.Frontier;
import io.ringtape.bus.Lane;
import io.ringtape.bus.Writer;
import io.ringtape.cli.output.Formats;
import io.ringtape.cli.report.OrderFlow;
import io.ringtape.cli.request.GatewaySetup;
import io.ringtape.cli.request.TradingSetup;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.SourceDefinition;
import io.ringtape.gateway.GatewayHandler;
import io.ringtape.gateway.LookingIdleStrategy;
import io.ringtape.gateway.OrderState;
import io.ringtape.gateway.OrderStates;
import io.ringtape.gateway.SafeModeResult;
import io.ringtape.journal.CountersFile;
import io.ringtape.journal.GatewaySideFile;
import io.ringtape.journal.TapeWriter;
import io.ringtape.order.ClientOrderIds;
import io.ringtape.order.OpenOrders;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingIdleStrategy;
import org.jspecify.annotations.Nullable;

/**
 * The gateway of a recording, where it has one: its lane, its inbox, and the side file beside the tape. What an earlier
 * run's gateway left there goes on tape with or without a gateway.
 * <p>
 * Thread safety: the writer's thread; the gateway's lane looks at its frontier while it waits, behind the bus's start.
 * Allocation: cold.
 */
final class GatewaySession implements AutoCloseable
{
    static final String LANE = "gateway";
    // What is on the ring and not on tape must find room in the box of answers, so that no answer has to wait for the
    // tape: when it is there depends on the machine, and a recording must not.
    private static final int RING_CAPACITY = 1 << 14;
    private static final int RING_CAPACITY_WITHOUT = 1 << 16;
    private static final int ANSWER_CAPACITY = 2 * RING_CAPACITY;
    private static final int INBOX_CAPACITY = 1 << 14;
    private static final long TAPE_IDLE_NS = 50_000L;
    private static final int TURN_SPINS = 20;
    private static final int TURN_YIELDS = 500;

    private final GatewaySetup setup;
    private final TapeWriter tape;
    private final GatewaySideFile side;
    private final RecordParts parts;
    private final OrderStates states;
    private final EpochNanoClock clock;
    private final @Nullable GatewayHandler handler;
    private @Nullable EventBus bus;
    private int publishedCount;
    private int openBeforeEnd;
    private int openAtEnd;

    private GatewaySession(
        final GatewaySetup setup, final TapeWriter tape, final GatewaySideFile side, final Definitions definitions,
        final KillPoll kill, final EpochNanoClock clock, final RecordParts parts)
    {
        this.setup = setup;
        this.tape = tape;
        this.side = side;
        this.clock = clock;
        this.parts = parts;
        if (side.pendingCount() > 0)
        {
            final SourceDefinition left = new SourceDefinition(definitions.sourceCount(),
                SourceDefinition.Kind.GATEWAY, GatewaySideFile.SOURCE_NAME, TradingSetup.ACCOUNT, 0, 0);
            definitions.add(left);
            side.claim(left, kill.timeNs());
        }
        final SourceDefinition source = GatewaySetup.source(definitions).orElse(null);
        states = source == null ? OrderStates.NONE :
            new OrderStates(ClientOrderIds.runOf(tape.runId()), strategies(definitions));
        handler = source == null ? null : GatewayHandler
            .builder(definitions, source, (answers) -> parts.gateway(setup.venue(), definitions, source, answers))
            .guard(kill.guard()).journaled(tape::journaledSequence).clock(clock).store(parts.store(side))
            .answerLimitNs(parts.answerLimitNs()).answerCapacity(ANSWER_CAPACITY).states(states).build();
    }

    /**
     * Opens what there is beside a tape whose run has just been started, and makes it that run's.
     *
     * @param setup       which gateway.
     * @param journal     directory of the tape.
     * @param tape        the run.
     * @param definitions of the run, with the source of the gateway.
     * @param kill        what the gateway asks before each order; it has the time of the first venue event, at which
     *                    what was left goes on tape.
     * @param clock       of heartbeats and limits.
     * @param parts       make the gateway.
     * @return to be closed behind the bus.
     */
    static GatewaySession open(
        final GatewaySetup setup, final Path journal, final TapeWriter tape, final Definitions definitions,
        final KillPoll kill, final EpochNanoClock clock, final RecordParts parts)
    {
        final GatewaySideFile side = GatewaySideFile.open(journal, tape, definitions, setup.isPresent());
        try
        {
            return new GatewaySession(setup, tape, side, definitions, kill, clock, parts);
        }
        catch (final RuntimeException | Error e)
        {
            side.close();
            throw e;
        }
    }

    private static List<SourceDefinition> strategies(final Definitions definitions)
    {
        return IntStream.range(0, definitions.sourceCount()).mapToObj(definitions::source)
            .filter((source) -> source.kind() == SourceDefinition.Kind.STRATEGY).toList();
    }

    /** Adds what tells how far orders are: to the order lane behind the strategy, and behind the recorder. */
    void follow(final Lane.Builder order, final Lane.Builder taped)
    {
        if (handler != null)
        {
            order.handler("published-orders", states.published());
            taped.rangeHandler("journaled-orders", states.journaled(tape::journaledSequence));
        }
    }

    /** Adds inbox and lane of the gateway to a bus, behind its other lanes, and sets its capacity. */
    void addTo(final EventBusBuilder builder)
    {
        final GatewayHandler sending = handler;
        builder.capacity(sending == null ? RING_CAPACITY_WITHOUT : RING_CAPACITY);
        if (sending == null)
        {
            return;
        }
        final Lane.Builder lane = Lane.named(LANE).handler(LANE, sending);
        if (setup.writeAhead() == GatewaySetup.WriteAhead.OFF)
        {
            lane.inline();
            builder.idle(sending.idle(new BackoffIdleStrategy()));
        }
        else
        {
            final Frontier frontier =
                setup.writeAhead() == GatewaySetup.WriteAhead.JOURNALED ? tape.journaled() : tape.durable();
            lane.after(frontier).idle(
                new LookingIdleStrategy(() -> haltBehind(frontier), sending.idle(untilItsTurn())));
            builder.idle(untilItsTurn());
        }
        builder.inbox(LANE, INBOX_CAPACITY).lane(lane.build());
    }

    // Behind a frontier that has failed the lane stands still, the writer waits for it, and with no event more the
    // recorder would never come to see that a force of its tape has failed.
    private void haltBehind(final Frontier frontier)
    {
        final EventBus waiting = bus;
        if (waiting != null && frontier.hasFailed())
        {
            waiting.halt();
        }
    }

    /** Adds the gateway to what is counted, before the bus is built. */
    void countIn(final CountersFile counters)
    {
        final GatewayHandler counting = handler;
        if (counting != null)
        {
            counters.gateway(setup.venue().text(), counting);
        }
    }

    /** What is to stand in front of the inbox of the strategies' orders. */
    EventPublisher outbox(final EventPublisher inbox)
    {
        return handler == null ? inbox : states.queued(inbox);
    }

    /** How the lane of the tape waits: large blocks cost less, but not where each venue event waits for its own. */
    IdleStrategy tapeIdle()
    {
        return setup.writeAhead() == GatewaySetup.WriteAhead.OFF ? new SleepingIdleStrategy(TAPE_IDLE_NS) :
            untilItsTurn();
    }

    /**
     * How writer, tape and gateway wait for each other at each venue event: a turn takes some us, and who parks has to
     * be woken for it. Where nothing comes for longer they park.
     */
    private static IdleStrategy untilItsTurn()
    {
        return new BackoffIdleStrategy(TURN_SPINS, TURN_YIELDS, BackoffIdleStrategy.DEFAULT_MIN_PARK_PERIOD_NS,
            BackoffIdleStrategy.DEFAULT_MAX_PARK_PERIOD_NS);
    }

    void connect(final EventBus made)
    {
        bus = made;
        final GatewayHandler sending = handler;
        if (sending != null)
        {
            sending.connect(made.inbox(LANE), made.firstSequence(), () -> made.state() == BusState.HALTED);
        }
        parts.connect(made);
    }

    /** Begins the run, behind a kill that is latched: what an earlier one's gateway left goes on the ring first. */
    void begin(final Writer writer)
    {
        if (handler != null)
        {
            writer.stepWith(LANE);
        }
        publishedCount = side.pendingCount();
        side.publish(writer::publishInStep);
    }

    /**
     * Ends the run in order: no new order from here on, and what is open is cancelled, by the strategies' senders at a
     * control event, or several, so that a replay does the same. The answers are waited for, within the limit.
     *
     * @param writer of the bus, where nothing moves.
     * @param kill   publishes the control event.
     * @param open   the orders that the gate takes for open, which stand still while nothing moves.
     */
    void end(final Writer writer, final KillPoll kill, final OpenOrders open)
    {
        if (handler == null)
        {
            return;
        }
        openBeforeEnd = open.size();
        cancelAll(writer, kill, open);
        final IdleStrategy idle = new BackoffIdleStrategy();
        final long startNs = clock.nanoTime();
        while (open.size() > 0 && clock.nanoTime() - startNs < parts.answerLimitNs())
        {
            idle.idle();
            writer.awaitQuiescent();
        }
        openAtEnd = open.size();
    }

    // A control event is worth a bounded number of cancels; one that brings none would bring none again.
    private static void cancelAll(final Writer writer, final KillPoll kill, final OpenOrders open)
    {
        long due = cancelsDue(open);
        long before = Long.MAX_VALUE;
        while (due > 0 && due < before)
        {
            kill.end(writer);
            before = due;
            due = cancelsDue(open);
        }
    }

    private static long cancelsDue(final OpenOrders open)
    {
        return LongStream.of(open.ids()).filter((id) -> !open.isCancelPending(open.find(id))).count();
    }

    /** How far orders got, behind the end of the bus; empty without a gateway. */
    Optional<OrderFlow> orders()
    {
        final GatewayHandler sending = handler;
        return sending == null ? Optional.empty() : Optional.of(new OrderFlow(
            states.count(OrderState.QUEUED), states.count(OrderState.PUBLISHED), states.count(OrderState.JOURNALED),
            states.count(OrderState.SENT), openBeforeEnd, openAtEnd,
            sending.safeMode().map(SafeModeResult::keptCount).orElse(0L)));
    }

    /**
     * The run stays: what it began with is no longer kept, unless its tape was away and may not have it, or more was
     * kept beside it at the end.
     */
    void settle()
    {
        if (tape.missingRanges().isEmpty())
        {
            side.settle();
        }
    }

    /** What was unusual, one line; empty if nothing was. */
    String notice()
    {
        final Optional<SafeModeResult> safeMode =
            handler == null ? Optional.empty() : handler.safeMode();
        return safeMode.map(this::text).orElse(publishedCount == 0 ? "" :
            Formats.count(publishedCount, "event") + " of an earlier run's gateway " +
                (publishedCount == 1 ? "is" : "are") + " on tape now, ahead of all others");
    }

    @Override
    public void close()
    {
        // A lane that has not ended in time may still be in safe mode: what it keeps is worth more than a channel.
        if (handler == null || bus == null || handler.hasStopped())
        {
            side.close();
        }
    }

    private String text(final SafeModeResult safeMode)
    {
        return "gateway in safe mode: cancels=" + safeMode.cancelCount() + " kept=" + safeMode.keptCount() +
            " open=" + safeMode.openCount() + " queued=" + states.count(OrderState.QUEUED) + " published=" +
            states.count(OrderState.PUBLISHED) + " journaled=" + states.count(OrderState.JOURNALED) + " sent=" +
            states.count(OrderState.SENT) + (safeMode.failures().isEmpty() ? "" :
                " failure=" + safeMode.failures().get(0).getMessage());
    }
}
