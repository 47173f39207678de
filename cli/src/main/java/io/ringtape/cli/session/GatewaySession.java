package io.ringtape.cli.session;

import io.ringtape.backtest.FeeSchedule;
import io.ringtape.backtest.QueueModel;
import io.ringtape.backtest.SimulatedGateway;
import io.ringtape.bus.BusState;
import io.ringtape.bus.EventBus;
import io.ringtape.bus.EventBusBuilder;
import io.ringtape.bus.Lane;
import io.ringtape.bus.Writer;
import io.ringtape.cli.output.Formats;
import io.ringtape.cli.request.GatewaySetup;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.EventType;
import io.ringtape.event.SourceDefinition;
import io.ringtape.gateway.Gateway;
import io.ringtape.gateway.GatewayHandler;
import io.ringtape.gateway.LoopbackGateway;
import io.ringtape.gateway.SafeModeResult;
import io.ringtape.journal.GatewaySideFile;
import io.ringtape.journal.TapeWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingIdleStrategy;
import org.jspecify.annotations.Nullable;

/**
 * The gateway of a recording, where it has one: its lane, its inbox, and the side file beside the tape. What an earlier
 * run's gateway left there goes on tape with or without a gateway.
 * <p>
 * Thread safety: the writer's thread.
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

    private final GatewaySetup setup;
    private final TapeWriter tape;
    private final GatewaySideFile side;
    private final @Nullable GatewayHandler handler;
    private int publishedCount;

    private GatewaySession(
        final GatewaySetup setup, final TapeWriter tape, final GatewaySideFile side,
        final @Nullable GatewayHandler handler)
    {
        this.setup = setup;
        this.tape = tape;
        this.side = side;
        this.handler = handler;
    }

    /**
     * Opens what there is beside a tape whose run has just been started, and makes it that run's.
     *
     * @param setup       which gateway.
     * @param journal     directory of the tape.
     * @param tape        the run.
     * @param definitions of the run, with the source of the gateway.
     * @param first       the first venue event, at whose time what was left goes on tape.
     * @param kill        what the gateway asks before each order.
     * @param clock       of heartbeats and limits.
     * @return to be closed behind the bus.
     */
    static GatewaySession open(
        final GatewaySetup setup, final Path journal, final TapeWriter tape, final Definitions definitions,
        final EventBatch first, final KillPoll kill, final EpochNanoClock clock)
    {
        final GatewaySideFile side = GatewaySideFile.open(journal, tape, definitions, setup.isPresent());
        if (side.pendingCount() > 0)
        {
            final SourceDefinition left = new SourceDefinition(definitions.sourceCount(),
                SourceDefinition.Kind.GATEWAY, GatewaySideFile.SOURCE_NAME, 0, 0, 0);
            definitions.add(left);
            side.claim(left, timeOf(first));
        }
        final SourceDefinition source = GatewaySetup.source(definitions).orElse(null);
        if (source == null)
        {
            return new GatewaySession(setup, tape, side, null);
        }
        final GatewayHandler handler = GatewayHandler
            .builder(definitions, source, (answers) -> gateway(setup, definitions, source, answers))
            .guard(kill.guard()).journaled(tape::journaledSequence).clock(clock).store(side)
            .answerCapacity(ANSWER_CAPACITY).build();
        return new GatewaySession(setup, tape, side, handler);
    }

    private static Gateway gateway(
        final GatewaySetup setup, final Definitions definitions, final SourceDefinition source,
        final EventPublisher answers)
    {
        return setup.venue() == GatewaySetup.Venue.LOOPBACK ? new LoopbackGateway(source, answers) :
            new SimulatedGateway(definitions, source, QueueModel.EXACT_BY_ORDER_ID, FeeSchedule.FREE, answers);
    }

    /** Adds inbox and lane of the gateway to a bus. */
    void addTo(final EventBusBuilder bus)
    {
        final GatewayHandler sending = handler;
        bus.capacity(sending == null ? RING_CAPACITY_WITHOUT : RING_CAPACITY);
        if (sending == null)
        {
            return;
        }
        final Lane.Builder lane = Lane.named(LANE).handler(LANE, sending);
        if (setup.writeAhead() == GatewaySetup.WriteAhead.OFF)
        {
            lane.inline();
            bus.idle(sending.idle(new BackoffIdleStrategy()));
        }
        else
        {
            lane.after(setup.writeAhead() == GatewaySetup.WriteAhead.JOURNALED ? tape.journaled() : tape.durable())
                .idle(sending.idle(new BackoffIdleStrategy()));
        }
        bus.inbox(LANE, INBOX_CAPACITY).lane(lane.build());
    }

    /** How the lane of the tape waits: large blocks cost less, but not where each venue event waits for its own. */
    IdleStrategy tapeIdle()
    {
        return setup.writeAhead() == GatewaySetup.WriteAhead.OFF ? new SleepingIdleStrategy(TAPE_IDLE_NS) :
            new BackoffIdleStrategy();
    }

    void connect(final EventBus bus)
    {
        final GatewayHandler sending = handler;
        if (sending != null)
        {
            sending.connect(bus.inbox(LANE), bus.firstSequence(), () -> bus.state() == BusState.HALTED);
        }
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
     * The run stays: what it began with is no longer kept, unless its tape was away and may not have it, or more was
     * kept beside it at the end.
     */
    void settle()
    {
        final boolean hasKept = handler != null && handler.safeMode().isPresent();
        if (!hasKept && tape.missingRanges().isEmpty())
        {
            side.settle();
        }
    }

    /** What was unusual, one line; empty if nothing was. */
    String notice()
    {
        final Optional<SafeModeResult> safeMode =
            handler == null ? Optional.empty() : handler.safeMode();
        return safeMode.map(GatewaySession::text).orElse(publishedCount == 0 ? "" :
            Formats.count(publishedCount, "event") + " of an earlier run's gateway " +
                (publishedCount == 1 ? "is" : "are") + " on tape now, ahead of all others");
    }

    @Override
    public void close()
    {
        // A lane that has not ended in time may still be in safe mode: what it keeps is worth more than a channel.
        if (handler == null || handler.hasStopped())
        {
            side.close();
        }
    }

    private static String text(final SafeModeResult safeMode)
    {
        return "gateway in safe mode: cancels=" + safeMode.cancelCount() + " kept=" + safeMode.keptCount() +
            " open=" + safeMode.openCount() + (safeMode.failures().isEmpty() ? "" :
                " failure=" + safeMode.failures().get(0).getMessage());
    }

    private static long timeOf(final EventBatch first)
    {
        long timeNs = 0;
        for (int i = 0; i < first.count(); i++)
        {
            if (first.event(i).type() != EventType.DETAIL && !first.event(i).has(EventFlags.BAD_TIME))
            {
                timeNs = Math.max(timeNs, first.event(i).receiveTimeNs());
            }
        }
        return timeNs;
    }
}
