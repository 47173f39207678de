package io.ringtape.bus;

import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SingleProducerSequencer;
import io.ringtape.event.EventHandler;
import io.ringtape.event.EventLayout;
import io.ringtape.event.EventType;
import io.ringtape.event.InterestFilter;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.RangeHandler;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Delivers batches to the handlers of a lane and applies its fault policy; a {@link LaneThread} or, inline, the writer
 * calls it.
 * <p>
 * Hot path: {@link #deliver(long, long)}.
 */
final class LaneRunner implements LaneStatus
{
    private final Lane lane;
    private final BusControl control;
    private final SingleProducerSequencer sequencer;
    private final EventHandler[] handlers;
    private final @Nullable InterestFilter[] filters;
    private final RangeHandler[] rangeHandlers;
    private final boolean endsBatches;
    private final boolean isPlain;
    private final LaneHandlers life;
    private final LaneCall call = new LaneCall();
    private final AtomicLong skipped = new AtomicLong();
    private @Nullable OrderBookEvent flyweight;
    // These three change when a lane that was attached late goes live, on its own thread, and else never.
    private Slots slots;
    private Sequence gate;
    private volatile Sequence sequence;

    private volatile LaneState state = LaneState.NEW;
    private volatile @Nullable Fault fault;
    private volatile boolean ended;

    LaneRunner(final Lane lane, final BusControl control, final SingleProducerSequencer sequencer, final Slots slots)
    {
        this(lane, control, sequencer, slots, new Sequence(sequencer.getCursor()));
    }

    /** A lane that reads other slots at first, or starts somewhere else than behind the cursor. */
    LaneRunner(
        final Lane lane, final BusControl control, final SingleProducerSequencer sequencer, final Slots slots,
        final Sequence sequence)
    {
        this.lane = lane;
        this.control = control;
        this.sequencer = sequencer;
        this.slots = slots;
        this.sequence = sequence;
        gate = sequence;
        handlers = lane.handlers().stream().map(NamedHandler::handler).toArray(EventHandler[]::new);
        rangeHandlers = lane.rangeHandlers().stream().map(NamedHandler::handler).toArray(RangeHandler[]::new);
        filters = lane.handlers().stream().map(LaneRunner::filter).toArray(InterestFilter[]::new);
        endsBatches = Arrays.stream(handlers).anyMatch(LaneRunner::endsBatches);
        isPlain = handlers.length == 1 && rangeHandlers.length == 0 && !endsBatches && filters[0] == null;
        life = new LaneHandlers(lane, call, sequence.get());
    }

    /**
     * Starts the handlers, on the thread that will deliver.
     *
     * @return false if one failed and the lane has left or halted the bus.
     */
    boolean start()
    {
        // Made by the thread that moves it, so that no two lanes' flyweights are born on one cache line.
        flyweight = new OrderBookEvent().wrap(slots.buffer(), 0);
        try
        {
            life.start();
        }
        catch (final Throwable t)
        {
            onFault(life.failing(), FaultPhase.START, sequence.get() + 1, t);
            return false;
        }
        state = LaneState.RUNNING;
        return true;
    }

    /**
     * Delivers a batch and moves the lane's sequence behind it.
     *
     * @param first sequence of the batch.
     * @param last  sequence of the batch, not below the first.
     * @return false if a fault ended the lane.
     */
    boolean deliver(final long first, final long last)
    {
        final boolean isDelivered = isPlain ? deliverToOne(first, last) : deliverToEach(first, last);
        call.none();
        if (isDelivered)
        {
            sequence.set(last);
        }
        return isDelivered;
    }

    private boolean deliverToEach(final long first, final long last)
    {
        return (handlers.length == 0 || deliverToAll(first, last)) &&
            (rangeHandlers.length == 0 || deliverRanges(first, last)) &&
            (!endsBatches || endBatch(last));
    }

    /**
     * Tells the handlers that were started that it is over.
     */
    void stop()
    {
        try
        {
            life.stop(this);
        }
        finally
        {
            if (state == LaneState.NEW || state == LaneState.RUNNING)
            {
                state = LaneState.STOPPED;
            }
            ended = true;
        }
    }

    /** Holds the ring at a gate while the lane still reads elsewhere, below it. */
    void hold(final Sequence held)
    {
        gate = held;
    }

    /** Goes on with the ring, behind the gate, up to which everything was delivered. */
    void goLive(final Slots ring)
    {
        slots = ring;
        sequence = gate;
    }

    /** Takes the gate away; early if the bus goes on without the lane. Its handlers are still to be stopped. */
    void leave(final boolean early)
    {
        sequencer.removeGatingSequence(gate);
        if (early && isAttached())
        {
            state = LaneState.LEFT;
        }
    }

    /** Whether the lane ended before its bus and owes it nothing more. */
    boolean hasLeft()
    {
        final LaneState now = state;
        return now == LaneState.DETACHED || now == LaneState.LEFT;
    }

    boolean hasEnded()
    {
        return ended;
    }

    /**
     * Whether the lane still has a say: the ring waits for it and others may run after it.
     *
     * @return false once it ended or a fault took it out.
     */
    boolean isAttached()
    {
        final LaneState now = state;
        return now == LaneState.NEW || now == LaneState.RUNNING;
    }

    Lane lane()
    {
        return lane;
    }

    Sequence ownSequence()
    {
        return sequence;
    }

    LaneCall call()
    {
        return call;
    }

    /**
     * The name of a handler.
     *
     * @param index its place on the lane, range handlers behind the event handlers.
     * @return its name.
     */
    String handlerName(final int index)
    {
        return life.name(index);
    }

    long published()
    {
        return sequencer.getCursor();
    }

    /**
     * The event that the lane moved its flyweight to, as another thread sees it: right where the lane stands still, and
     * some number that changes where it does not.
     *
     * @param at the lane's sequence.
     * @return a sequence; the first that is not delivered where no event of the batch is in hand.
     */
    long inHand(final long at)
    {
        final long next = at + 1;
        final OrderBookEvent event = flyweight;
        if (state == LaneState.NEW || event == null || !isSame(event.buffer(), slots.buffer()))
        {
            return next;
        }
        final long found = next + (((event.offset() >> 6) - next) & slots.mask());
        return found <= sequencer.getCursor() ? found : next;
    }

    @Override
    public String name()
    {
        return lane.name();
    }

    @Override
    public LaneState state()
    {
        return state;
    }

    @Override
    public long sequence()
    {
        return sequence.get();
    }

    @Override
    public long lag()
    {
        // The lane first: read the other way round a moving lane could seem ahead of the cursor.
        final long reached = sequence.get();
        return Math.max(0L, sequencer.getCursor() - reached);
    }

    @Override
    public long skippedCount()
    {
        return skipped.get();
    }

    @Override
    public Optional<Fault> fault()
    {
        return Optional.ofNullable(fault);
    }

    // Many lanes have one handler that asks for nothing but events, and the loops for more cost as much as an event.
    private boolean deliverToOne(final long first, final long last)
    {
        final EventHandler handler = handlers[0];
        final int mask = slots.mask();
        final UnsafeBuffer buffer = slots.buffer();
        final OrderBookEvent event = flyweight;
        long at = first;
        call.to(0);
        while (true)
        {
            try
            {
                while (at <= last)
                {
                    event.moveTo(buffer, ((int)at & mask) << 6);
                    if (event.type() != EventType.VOID)
                    {
                        handler.onEvent(event);
                    }
                    at++;
                }
                return true;
            }
            catch (final Throwable t)
            {
                if (!isSkipped(0, first, at, t))
                {
                    return false;
                }
                at++;
            }
        }
    }

    private boolean deliverToAll(final long first, final long last)
    {
        final EventHandler[] all = handlers;
        final @Nullable InterestFilter[] asked = filters;
        final LaneCall now = call;
        final int count = all.length;
        final int mask = slots.mask();
        final UnsafeBuffer buffer = slots.buffer();
        final OrderBookEvent event = flyweight;
        long at = first;
        int index = 0;
        while (true)
        {
            try
            {
                while (at <= last)
                {
                    final int offset = ((int)at & mask) << 6;
                    final long tail = buffer.getLong(offset + EventLayout.INSTRUMENT_ID_OFFSET);
                    if (EventLayout.type(tail) != EventType.VOID)
                    {
                        while (index < count)
                        {
                            final InterestFilter filter = asked[index];
                            if (filter == null || filter.accepts(tail))
                            {
                                now.to(index);
                                // For each handler: the one before may have wrapped the flyweight elsewhere.
                                all[index].onEvent(event.moveTo(buffer, offset));
                            }
                            index++;
                        }
                    }
                    index = 0;
                    at++;
                }
                return true;
            }
            catch (final Throwable t)
            {
                if (!isSkipped(index, first, at, t))
                {
                    return false;
                }
                // The next handler still gets the event that this one failed on.
                index++;
            }
        }
    }

    private boolean isSkipped(final int index, final long first, final long at, final Throwable cause)
    {
        final boolean isSkipped = onFault(name(lane.handlers(), index), FaultPhase.EVENT, at, cause);
        if (!isSkipped)
        {
            life.deliveredEvents(index, at, first - 1);
        }
        return isSkipped;
    }

    private boolean deliverRanges(final long first, final long last)
    {
        final RangeHandler[] all = rangeHandlers;
        final UnsafeBuffer buffer = slots.buffer();
        long from = first;
        while (from <= last)
        {
            final int offset = slots.offset(from);
            final int count = (int)Math.min(last - from + 1, slots.capacity() - (offset >> 6));
            int index = 0;
            try
            {
                while (index < all.length)
                {
                    call.to(handlers.length + index);
                    all[index].onRange(buffer, offset, from, count);
                    index++;
                }
            }
            catch (final Throwable t)
            {
                onFault(name(lane.rangeHandlers(), index), FaultPhase.RANGE, from, t);
                life.deliveredRanges(index, from + count - 1, from - 1, last);
                return false;
            }
            from += count;
        }
        return true;
    }

    private boolean endBatch(final long last)
    {
        final EventHandler[] all = handlers;
        int index = 0;
        while (true)
        {
            try
            {
                while (index < all.length)
                {
                    call.to(index);
                    all[index].onBatchEnd(last);
                    index++;
                }
                return true;
            }
            catch (final Throwable t)
            {
                if (!onFault(name(lane.handlers(), index), FaultPhase.BATCH_END, last, t))
                {
                    life.delivered(last);
                    return false;
                }
                index++;
            }
        }
    }

    /**
     * Applies the fault policy.
     *
     * @param handler that threw.
     * @param phase   the call that failed.
     * @param at      the sequence of the {@link Fault}.
     * @param cause   what was thrown.
     * @return true if the call is skipped and the lane goes on.
     */
    boolean onFault(final String handler, final FaultPhase phase, final long at, final Throwable cause)
    {
        final FaultPolicy applied = applied(phase, cause);
        if (applied == FaultPolicy.DETACH)
        {
            // The gate goes first: whatever follows, the writer waits for this lane no longer.
            sequencer.removeGatingSequence(gate);
            state = LaneState.DETACHED;
        }
        final Fault found = new Fault(lane.name(), handler, phase, at, applied, cause);
        fault = found;
        if (applied == FaultPolicy.SKIP)
        {
            skipped.incrementAndGet();
        }
        else if (applied == FaultPolicy.HALT)
        {
            // The bus first: who waits for this lane finds it attached, or the bus halted, and never neither.
            control.halt(found);
            state = LaneState.FAULTED;
        }
        control.report(found);
        return applied == FaultPolicy.SKIP;
    }

    private FaultPolicy applied(final FaultPhase phase, final Throwable cause)
    {
        final FaultPolicy policy = lane.faultPolicy();
        final boolean skippable = !(cause instanceof Error) && phase != FaultPhase.START && phase != FaultPhase.STOP;
        return policy == FaultPolicy.SKIP && !skippable ? FaultPolicy.HALT : policy;
    }

    private static @Nullable InterestFilter filter(final NamedHandler<EventHandler> named)
    {
        return named.interest().isAll() ? null : new InterestFilter(named.interest(), named.handler());
    }

    private static boolean isSame(final Object one, final Object other)
    {
        return one == other;
    }

    private static boolean endsBatches(final EventHandler handler)
    {
        try
        {
            return handler.getClass().getMethod("onBatchEnd", long.class).getDeclaringClass() != EventHandler.class;
        }
        catch (final NoSuchMethodException e)
        {
            throw new IllegalStateException("handler has no end of batch: class=" + handler.getClass().getName(), e);
        }
    }

    private static <H> String name(final List<NamedHandler<H>> handlers, final int index)
    {
        return handlers.get(index).name();
    }
}
