package io.ringtape.gateway;

import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventHandler;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.SourceDefinition;
import io.ringtape.risk.RiskCheck;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.OffsetEpochNanoClock;

/**
 * Hands the orders and cancels of the ring's strategies to a {@link Gateway}, on a lane of its own, and is the last to
 * stop them. Hot path.
 * <ul>
 * <li><b>Before each new order</b> it asks the {@link KillGuard}, itself, so that none leaves after its next look,
 * whatever other threads do; and whether the bus still runs; and whether the {@link AnswerBox} has room. An order that
 * is held back is answered with an {@link EventType#OWN_REJECTED} of the gateway's source: check
 * {@link RiskCheck#GATEWAY}, {@link GatewayReason}, limit. Where so many wait that the room of answers is in danger, it
 * throws. Cancels always go.</li>
 * <li><b>Write-ahead</b> is the lane's: it runs after the frontier that an order must have passed before it leaves, or
 * after none.</li>
 * <li><b>At each batch and each idle look</b> answers that found no room are offered again; at each idle look and,
 * where the lane never idles, at each 64th batch the guard is told that somebody looks, which takes a look at the
 * clock. The idle strategy of {@link #idle(IdleStrategy)} is to be that of the lane or, where the lane is inline, the
 * writer's: else nobody looks while nothing comes.</li>
 * <li><b>Safe mode</b>, when the lane stops and the bus has halted: no new order leaves, each order that was sent and
 * is open is cancelled at once, without waiting for a frontier, and what is not known to be on tape goes to the
 * {@link SafeModeStore}: answers, also those that come within the time for it, and the cancels.</li>
 * </ul>
 * After an orderly end orders stay as they are; answers that are not on tape then go to the store all the same.
 * <p>
 * Thread safety: the lane's thread; {@link #safeMode()} and {@link #count(GatewayCount)} any.
 * Allocation: none once warm; safe mode is cold.
 */
public final class GatewayHandler implements EventHandler
{
    /** How long safe mode waits for answers where nothing else is said. */
    public static final long DEFAULT_ANSWER_LIMIT_NS = TimeUnit.SECONDS.toNanos(2);

    /** From one look at the clock to the next while batches come without a pause. */
    static final int BATCHES_PER_BEAT = 64;

    private static final int ACCOUNT = 2;
    private static final int STRATEGY = 3;

    private final OrderBookEvent order = new EventBatch(1).append();
    private final GatewayCounts counts = new GatewayCounts();
    private final SentOrders sent = new SentOrders(counts);
    private final Definitions definitions;
    private final int sourceId;
    private final AnswerBox box;
    private final AnswerWriter rejects;
    private final Gateway gateway;
    private final KillGuard guard;
    private final LongSupplier journaled;
    private final OrderStates states;
    private final EpochNanoClock clock;
    private final SafeModeStore store;
    private final long answerLimitNs;
    private BooleanSupplier halted = () -> false;
    private boolean orderInHand;
    private int batchesToBeat;
    private volatile boolean stopped;
    private volatile Optional<SafeModeResult> safeMode = Optional.empty();

    private GatewayHandler(final Builder builder)
    {
        definitions = builder.definitions;
        sourceId = builder.source.sourceId();
        box = new AnswerBox(builder.answerCapacity);
        rejects = new AnswerWriter(sourceId, box);
        gateway = builder.gateway.apply(box);
        guard = builder.guard;
        journaled = builder.journaled;
        states = builder.states;
        clock = builder.clock;
        store = builder.store;
        answerLimitNs = builder.answerLimitNs;
    }

    /**
     * Starts the description of a handler.
     *
     * @param definitions of the run; orders are those of sources that are strategies there.
     * @param source      of the gateway.
     * @param gateway     makes the gateway with what takes its answers.
     * @return a builder.
     * @throws IllegalArgumentException if the source is not a gateway.
     */
    public static Builder builder(
        final Definitions definitions, final SourceDefinition source, final Function<EventPublisher, Gateway> gateway)
    {
        return new Builder(definitions, source, gateway);
    }

    /**
     * Connects the handler to its bus, before that starts.
     *
     * @param inbox         takes the answers; it fails where it is full.
     * @param firstSequence of the bus.
     * @param isHalted      whether the bus has halted.
     * @throws IllegalArgumentException if the inbox does not take batches of {@link AnswerBox#MAX_BATCH} events.
     */
    public void connect(final EventPublisher inbox, final long firstSequence, final BooleanSupplier isHalted)
    {
        box.connect(inbox, firstSequence);
        halted = isHalted;
    }

    /**
     * How the thread that runs this handler is to wait: each time it first looks at guard and answers.
     *
     * @param delegate waits.
     * @return a strategy for the lane of this handler alone, or for the writer where that lane is inline.
     */
    public IdleStrategy idle(final IdleStrategy delegate)
    {
        return new LookingIdleStrategy(this::idleLook, delegate);
    }

    @Override
    public void onEvent(final OrderBookEvent event)
    {
        if (!event.has(EventFlags.OWN))
        {
            gateway.onMarket(event);
            return;
        }
        final int type = event.type();
        if (event.sourceId() == sourceId)
        {
            box.onSeen(event.sequence());
            sent.onAnswer(event, type);
        }
        else if (type == EventType.DETAIL)
        {
            if (orderInHand)
            {
                orderInHand = false;
                onOrder(event);
            }
        }
        else
        {
            onOwn(event, type);
        }
    }

    @Override
    public void onBatchEnd(final long lastSequence)
    {
        if (--batchesToBeat < 0)
        {
            beat();
        }
        lookAtAnswers();
    }

    @Override
    public void onStop(final long lastSequence)
    {
        try
        {
            stop(lastSequence);
        }
        finally
        {
            stopped = true;
        }
    }

    private void stop(final long lastSequence)
    {
        final SafeMode mode = new SafeMode(gateway, box, sent, store, counts);
        if (halted.getAsBoolean())
        {
            // With the times of the last order, since no clock is to enter an event.
            final OrderBookEvent cancel = order.sourceId(sourceId).sourceSequence(lastSequence);
            safeMode = Optional.of(mode.cancelAndKeep(cancel, clock, answerLimitNs));
        }
        else
        {
            box.close();
            // Also what is on the ring: a tape that hangs beyond the limit of a close may never have it.
            box.look(journaled.getAsLong());
            if (box.waitingCount() > 0)
            {
                safeMode = Optional.of(mode.keep(sourceId));
            }
        }
    }

    /**
     * How many orders were sent and are open, as far as answers have come by.
     *
     * @return 0 or more.
     */
    public int openCount()
    {
        return sent.size();
    }

    /**
     * One of the things that are counted, each by itself: two of them may be of different moments.
     *
     * @param which of them.
     * @return 0 or more; {@link GatewayCount#SENT} and {@link GatewayCount#WAITING} are 0 without
     *     {@link Builder#states(OrderStates)}.
     */
    public long count(final GatewayCount which)
    {
        return switch (which)
        {
            case SENT -> states.count(OrderState.SENT);
            case WAITING -> states.waitingCount();
            case UNJOURNALED -> box.waitingCount();
            default -> counts.get(which);
        };
    }

    /**
     * The answers on their way.
     *
     * @return always the same one.
     */
    public AnswerBox answers()
    {
        return box;
    }

    /**
     * What safe mode did.
     *
     * @return empty while it has not ended, and for good where the end was orderly and all answers were seen.
     */
    public Optional<SafeModeResult> safeMode()
    {
        return safeMode;
    }

    /**
     * Whether the handler was stopped and safe mode has ended: the {@link SafeModeStore} is used no more.
     *
     * @return false while it may be.
     */
    public boolean hasStopped()
    {
        return stopped;
    }

    private void idleLook()
    {
        beat();
        lookAtAnswers();
    }

    private void beat()
    {
        batchesToBeat = BATCHES_PER_BEAT - 1;
        guard.beat(clock.nanoTime());
    }

    private void lookAtAnswers()
    {
        if (box.waitingCount() > 0)
        {
            box.look(journaled.getAsLong());
        }
    }

    private void onOwn(final OrderBookEvent event, final int type)
    {
        orderInHand = false;
        // Only a strategy's: a run may begin with cancels that an earlier run's gateway sent.
        if (definitions.source(event.sourceId()).kind() != SourceDefinition.Kind.STRATEGY)
        {
            return;
        }
        if (type == EventType.OWN_NEW)
        {
            order.copyFrom(event);
            orderInHand = true;
        }
        else if (type == EventType.OWN_CANCEL)
        {
            // Behind it: one that throws is cancelled again in safe mode.
            gateway.cancel(event);
            sent.onCancel(event);
        }
    }

    private void onOrder(final OrderBookEvent detail)
    {
        // Safe mode follows; an order that is not answered was not sent.
        if (halted.getAsBoolean())
        {
            return;
        }
        final int account = (int)detail.detail(ACCOUNT);
        if (!guard.maySend((int)detail.detail(STRATEGY), account))
        {
            reject(GatewayReason.KILLED, account);
        }
        else if (!box.hasRoom())
        {
            reject(GatewayReason.ANSWERS_WAIT, box.capacity() >> 1);
        }
        else
        {
            // Ahead of the send: one that throws may have sent it.
            sent.add(order);
            gateway.send(order, detail);
        }
        states.onSent(order.orderId());
    }

    private void reject(final GatewayReason reason, final long limit)
    {
        if (!box.hasRoomForReject())
        {
            throw new IllegalStateException("rejects of the gateway fill the room of answers: waiting=" +
                box.waitingCount() + " limit=" + box.rejectLimit());
        }
        counts.add(GatewayCount.HELD_BACK);
        rejects.at(order.receiveTimeNs()).to(order)
            .rejected(order.price(), order.quantity(), RiskCheck.GATEWAY.code(), reason.code(), limit);
    }

    /**
     * Collects what a handler works with.
     * <p>
     * Thread safety: none.
     * Allocation: on use.
     */
    public static final class Builder
    {
        private final Definitions definitions;
        private final SourceDefinition source;
        private final Function<EventPublisher, Gateway> gateway;
        private KillGuard guard = KillGuard.NONE;
        private LongSupplier journaled = () -> Long.MAX_VALUE;
        private OrderStates states = OrderStates.NONE;
        private EpochNanoClock clock = new OffsetEpochNanoClock();
        private SafeModeStore store = SafeModeStore.NONE;
        private int answerCapacity = AnswerBox.DEFAULT_CAPACITY;
        private long answerLimitNs = DEFAULT_ANSWER_LIMIT_NS;

        private Builder(
            final Definitions definitions, final SourceDefinition source,
            final Function<EventPublisher, Gateway> gateway)
        {
            if (source.kind() != SourceDefinition.Kind.GATEWAY)
            {
                throw new IllegalArgumentException("source must be a gateway: sourceId=" + source.sourceId() +
                    " kind=" + source.kind());
            }
            this.definitions = definitions;
            this.source = source;
            this.gateway = gateway;
        }

        /**
         * Sets the kill switch outside, by default none.
         *
         * @param value asked before each new order.
         * @return this.
         */
        public Builder guard(final KillGuard value)
        {
            guard = Objects.requireNonNull(value, "guard");
            return this;
        }

        /**
         * Sets how far the tape is, by default everything is on it: answers are kept up to there.
         *
         * @param value the last sequence that is on tape, asked by the gateway's thread.
         * @return this.
         */
        public Builder journaled(final LongSupplier value)
        {
            journaled = Objects.requireNonNull(value, "journaled");
            return this;
        }

        /**
         * Sets who is told of each order that is sent or held back, by default nobody.
         *
         * @param value of the strategies of the run.
         * @return this.
         */
        public Builder states(final OrderStates value)
        {
            states = Objects.requireNonNull(value, "states");
            return this;
        }

        /**
         * Sets the clock of heartbeats and of the limit of safe mode.
         *
         * @param value ns since the epoch; nothing on tape depends on it.
         * @return this.
         */
        public Builder clock(final EpochNanoClock value)
        {
            clock = Objects.requireNonNull(value, "clock");
            return this;
        }

        /**
         * Sets where safe mode puts what is not on tape, by default nowhere.
         *
         * @param value of the tape of the run.
         * @return this.
         */
        public Builder store(final SafeModeStore value)
        {
            store = Objects.requireNonNull(value, "store");
            return this;
        }

        /**
         * Sets how many events of answers may be on their way to the tape.
         *
         * @param events a power of two, at least {@link AnswerBox#MIN_CAPACITY}.
         * @return this.
         */
        public Builder answerCapacity(final int events)
        {
            answerCapacity = events;
            return this;
        }

        /**
         * Sets how long safe mode waits for answers.
         *
         * @param nanoseconds 0 or more.
         * @return this.
         */
        public Builder answerLimitNs(final long nanoseconds)
        {
            answerLimitNs = nanoseconds;
            return this;
        }

        /**
         * Makes the handler, and its gateway.
         *
         * @return a handler that is not connected yet.
         * @throws IllegalArgumentException if a value is out of its range; the message names it.
         */
        public GatewayHandler build()
        {
            if (answerLimitNs < 0)
            {
                throw new IllegalArgumentException("answerLimitNs must be 0 or more: answerLimitNs=" + answerLimitNs);
            }
            return new GatewayHandler(this);
        }
    }
}
