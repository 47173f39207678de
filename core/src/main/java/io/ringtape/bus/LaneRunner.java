package io.ringtape.bus;

import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.Sequencer;
import io.ringtape.event.EventHandler;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A lane while it runs: where it stands, what its {@link LaneDelivery} delivers, what a fault does to it. A
 * {@link LaneThread}, a {@link LateLane} or, inline, the writer calls it.
 * <p>
 * Hot path: {@link #deliver(long, long)}.
 * Thread safety: who runs the lane; any thread may ask what a {@link LaneStatus} has.
 * Allocation: on construction and on a fault, beside what handlers do.
 */
final class LaneRunner implements LaneStatus, LaneStep
{
    private final Lane lane;
    private final BusControl control;
    private final Sequencer sequencer;
    private final @Nullable PrivateGate evictable;
    private final LaneDelivery delivery;
    private final LaneHandlers life;
    private final LaneCall call;
    private final AtomicLong skipped = new AtomicLong();
    private final AtomicLong faults = new AtomicLong();
    private final AtomicLong stalls = new AtomicLong();
    private final OverflowCounts counts;
    private final LaneGuests guests = new LaneGuests(this);
    // Both change when a lane that was attached late goes live, on its own thread, and else never.
    private Sequence gate;
    private volatile Sequence sequence;

    private volatile LaneState state = LaneState.NEW;
    private volatile @Nullable Fault fault;
    private volatile boolean ended;

    LaneRunner(final Lane lane, final BusControl control, final Sequencer sequencer, final Slots slots)
    {
        this(lane, control, sequencer, slots, new Sequence(sequencer.getCursor()), null);
    }

    /**
     * A lane that reads other slots than the ring's, or starts somewhere else than behind the cursor.
     *
     * @param lane      its description.
     * @param control   of the bus.
     * @param sequencer of the bus.
     * @param slots     that it reads, at first.
     * @param sequence  where it stands; its gate unless it gets another.
     * @param evictable the gate of a lane with private slots, else null.
     */
    LaneRunner(
        final Lane lane, final BusControl control, final Sequencer sequencer, final Slots slots,
        final Sequence sequence, final @Nullable PrivateGate evictable)
    {
        this.lane = lane;
        this.evictable = evictable;
        counts = evictable == null ? new OverflowCounts() : evictable.counts();
        this.control = control;
        this.sequencer = sequencer;
        this.sequence = sequence;
        gate = sequence;
        call = new LaneCall(control.isWatched());
        life = new LaneHandlers(lane, call, sequence.get());
        delivery = new LaneDelivery(this, life, call, slots);
    }

    /**
     * Starts the handlers, on the thread that will deliver.
     *
     * @return false if one failed and the lane has left or halted the bus.
     */
    boolean start()
    {
        delivery.start();
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
        final boolean isDelivered = delivery.deliver(first, last, end);
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

    /**
     * Tells the handlers that were started that it is over.
     */
    void stop()
    {
        final LeaveReason why = leaveReason();
        try
        {
            guests.tellEnd(why);
            life.stop(this);
        }
        finally
        {
            guests.end(why);
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
        delivery.read(ring);
        sequence = gate;
    }

    /**
     * Between two batches, on the thread of the lane: handlers join and leave.
     *
     * @return false if a fault ended the lane.
     */
    boolean atBoundary()
    {
        return guests.atBoundary();
    }

    /**
     * Goes on with the handler of another lane, which has delivered as much, behind its own event handlers.
     *
     * @param other a lane with this handler only, which is not to be used again.
     */
    void append(final LaneRunner other)
    {
        life.append(other.lane.handlers().get(0));
        delivery.append(other.delivery);
    }

    /** Goes on without a handler, which was stopped. */
    void drop(final NamedHandler<EventHandler> named)
    {
        call.none();
        delivery.drop(life.drop(named));
    }

    /** Ends without a stop: another lane has the handlers. */
    void retire()
    {
        leave(true);
        call.none();
        counts.onTape(false);
        ended = true;
    }

    /** Names a handler of the lane to who looks what is being called. */
    void calls(final NamedHandler<EventHandler> named)
    {
        call.to(life.indexOf(named));
    }

    /** Ends where a handler failed as it was told what was shed, see {@link LaneHandlers#deliveredShed}. */
    void endShed(final int index, final long last, final long before)
    {
        life.deliveredShed(index, last, before);
    }

    /** The last sequence that a handler of the lane has got, between two batches or after the last. */
    long delivered(final NamedHandler<EventHandler> named)
    {
        return life.delivered(life.indexOf(named), sequence.get());
    }

    /** The last sequence that all handlers of the lane have got, also where one failed inside a batch. */
    long deliveredToAll()
    {
        return life.deliveredToAll(sequence.get());
    }

    LaneGuests guests()
    {
        return guests;
    }

    /** Whether an event handler, and no other call, has a place on the lane. */
    boolean isEventHandler(final int index)
    {
        return life.isEventHandler(index);
    }

    /** Takes the gate away; early if the bus goes on without the lane. Its handlers are still to be stopped. */
    void leave(final boolean early)
    {
        leaveRing();
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

    /** Whether a close has nothing more to wait for before the lane is told to end. */
    boolean isSettled()
    {
        if (ended || control.isUnstarted())
        {
            return true;
        }
        return control.isHalted() ? !lane.finishesOnHalt() : !isAttached() || sequence() >= published();
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

    boolean isGone()
    {
        return ended || !isAttached();
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
     * The event in hand, as another thread sees it: right where the lane stands still, and some number that changes
     * where it does not.
     *
     * @param at the lane's sequence.
     * @return a sequence; the first that is not delivered where no event of the batch is in hand.
     */
    long inHand(final long at)
    {
        return state == LaneState.NEW ? at + 1 : delivery.inHand(at, sequencer.getCursor());
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
    public long faultCount()
    {
        return faults.get();
    }

    @Override
    public long stallCount()
    {
        return stalls.get();
    }

    void countStall()
    {
        stalls.incrementAndGet();
    }

    @Override
    public long spillCount()
    {
        return counts.spills();
    }

    @Override
    public boolean isOnTape()
    {
        return counts.isOnTape();
    }

    @Override
    public Optional<Fault> fault()
    {
        return Optional.ofNullable(fault);
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
        faults.incrementAndGet();
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

    private LeaveReason leaveReason()
    {
        if (state == LaneState.DETACHED || state == LaneState.FAULTED)
        {
            return LeaveReason.FAULT;
        }
        return control.isHalted() ? LeaveReason.HALTED : LeaveReason.CLOSED;
    }

    private void leaveRing()
    {
        final PrivateGate own = evictable;
        if (own == null)
        {
            sequencer.removeGatingSequence(gate);
        }
        else
        {
            own.leave();
        }
    }

    private FaultPolicy applied(final FaultPhase phase, final Throwable cause)
    {
        final FaultPolicy policy = lane.faultPolicy();
        // To skip a range of the history would be a gap.
        final boolean skippable = !(cause instanceof Error) && phase != FaultPhase.START &&
            phase != FaultPhase.STOP && phase != FaultPhase.SPILL;
        return policy == FaultPolicy.SKIP && !skippable ? FaultPolicy.HALT : policy;
    }
}
