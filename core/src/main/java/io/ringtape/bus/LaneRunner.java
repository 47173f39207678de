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
final class LaneRunner implements LaneStatus, LaneStep
{
    private final Lane lane;
    private final BusControl control;
    private final SingleProducerSequencer sequencer;
    private final Sequence sequence;
    private final Slots slots;
    private final @Nullable PrivateGate gate;
    private final EventHandler[] handlers;
    private final @Nullable InterestFilter[] filters;
    private final RangeHandler[] rangeHandlers;
    private final boolean endsBatches;
    private final boolean isPlain;
    private final LaneHandlers life;
    private final LaneCall call = new LaneCall();
    private final AtomicLong skipped = new AtomicLong();
    private final OverflowCounts counts;
    private @Nullable OrderBookEvent flyweight;

    private volatile LaneState state = LaneState.NEW;
    private volatile @Nullable Fault fault;
    private volatile boolean ended;

    LaneRunner(final Lane lane, final BusControl control, final SingleProducerSequencer sequencer, final Slots slots)
    {
        this(lane, control, sequencer, slots, null);
    }

    /**
     * Delivers for a lane.
     *
     * @param lane      its description.
     * @param control   of the bus.
     * @param sequencer of the bus.
     * @param slots     to deliver from: the ring's, or the private ones of the lane.
     * @param gate      of a lane with private slots, else null: the ring then waits for the lane's own sequence.
     */
    LaneRunner(
        final Lane lane, final BusControl control, final SingleProducerSequencer sequencer, final Slots slots,
        final @Nullable PrivateGate gate)
    {
        this.lane = lane;
        this.gate = gate;
        counts = gate == null ? new OverflowCounts() : gate.counts();
        this.control = control;
        this.sequencer = sequencer;
        this.slots = slots;
        sequence = new Sequence(sequencer.getCursor());
        handlers = lane.handlers().stream().map(NamedHandler::handler).toArray(EventHandler[]::new);
        rangeHandlers = lane.rangeHandlers().stream().map(NamedHandler::handler).toArray(RangeHandler[]::new);
        filters = lane.handlers().stream().map(LaneRunner::filter).toArray(InterestFilter[]::new);
        endsBatches = Arrays.stream(handlers).anyMatch(LaneRunner::endsBatches);
        isPlain = handlers.length == 1 && rangeHandlers.length == 0 && !endsBatches && filters[0] == null;
        life = new LaneHandlers(lane, call, sequencer.getCursor());
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

    @Override
    public boolean deliver(final long first, final long last)
    {
        return deliver(first, last, last);
    }

    /**
     * Delivers a batch that stands in the slots otherwise than by its sequences, as merged events do.
     *
     * @param first position of the batch in the slots.
     * @param last  position of the batch, not below the first.
     * @param end   the sequence at which the lane stands behind the batch.
     * @return false if a fault ended the lane.
     */
    boolean deliver(final long first, final long last, final long end)
    {
        final boolean isDelivered = isPlain ? deliverToOne(first, last) : deliverToEach(first, last, end);
        call.none();
        if (isDelivered)
        {
            sequence.set(end);
        }
        return isDelivered;
    }

    /**
     * Moves the lane's sequence behind events that are not delivered.
     *
     * @param last the last of them.
     */
    void moveTo(final long last)
    {
        sequence.set(last);
    }

    private boolean deliverToEach(final long first, final long last, final long end)
    {
        return (handlers.length == 0 || deliverToAll(first, last)) &&
            (rangeHandlers.length == 0 || deliverRanges(first, last)) &&
            (!endsBatches || endBatch(end));
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

    OverflowCounts counts()
    {
        return counts;
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
    public long shedCount()
    {
        return counts.shed();
    }

    @Override
    public long conflatedCount()
    {
        return counts.conflated();
    }

    @Override
    public long evictionCount()
    {
        return counts.evictions();
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
        // The slots tell, while they still are the lane's: merged events do not stand at their sequences.
        final long failed = slots.sequenceAt(at);
        final long before = slots.sequenceAt(first) - 1;
        final boolean isSkipped = onFault(name(lane.handlers(), index), FaultPhase.EVENT, failed, cause);
        if (!isSkipped)
        {
            life.deliveredEvents(index, failed, before);
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
            leaveRing();
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

    private void leaveRing()
    {
        final PrivateGate own = gate;
        if (own == null)
        {
            sequencer.removeGatingSequence(sequence);
        }
        else
        {
            own.leave();
        }
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
