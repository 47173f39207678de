package io.ringtape.bus;

import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.Sequencer;
import io.ringtape.event.EventHandler;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.agrona.concurrent.IdleStrategy;
import org.jspecify.annotations.Nullable;

/**
 * A lane that was attached while the bus ran, step by step.
 * <pre>{@code
 *  BEHIND: slices of the history, no gate --near the recorder: gate at the cursor G--> CLOSING IN: slices up to G
 *                                                                                        |
 *  LIVE: batches of the ring from G + 1 <-----------------------all up to G delivered----+
 * }</pre>
 * From each of them a fault, a wish to leave, or the end of the bus leads out. The tape has the ring's sequences, and
 * the gate keeps the slots above G; so there is neither gap nor repeat, whatever happens in between.
 * <p>
 * A single handler that is to join another lane goes the same way on a thread of its own, but never further than that
 * lane, and is live when that lane has it: see {@link Handover}.
 * <p>
 * Hot path once live: {@link #step()}.
 * Thread safety: a thread of its own; any other asks how it stands, or that it leaves.
 * Allocation: until it is live only, beside what handlers do.
 */
final class LateLane implements Runnable
{
    /** What a step did. */
    enum Step
    {
        /** Something: the next one is due at once. */
        MOVED,
        /** Nothing: what comes next is not there yet. */
        WAITING,
        /** The lane is to be ended. */
        ENDED
    }

    private final LaneRunner runner;
    private final BusControl control;
    private final Sequencer sequencer;
    private final Slots ring;
    private final Consumer<LateLane> onEnd;
    private final @Nullable Handover handover;
    private final JoinListeners listeners;
    private final LaneRunner[] predecessors;
    private final int batchLimit;
    private final long firstSequence;
    private @Nullable CatchUp catchUp;
    private @Nullable Sequence gate;
    private long position;

    private volatile boolean asked;
    private volatile boolean live;
    private volatile boolean ended;
    private volatile @Nullable LeaveReason reason;
    private volatile @Nullable Throwable cause;

    /**
     * A lane, or the one event handler of a lane that is to join another one, not begun.
     *
     * @param runner    delivers; it stands one below the first event.
     * @param catchUp   reads the history; null if the runner's sequence is its gate already.
     * @param control   of the bus.
     * @param sequencer of the bus.
     * @param ring      the slots of the bus.
     * @param onEnd     gets the lane when all else of it has ended, or another lane has its handler.
     * @param handover  to the lane that the handler joins, or null.
     */
    LateLane(
        final LaneRunner runner, final @Nullable CatchUp catchUp, final BusControl control,
        final Sequencer sequencer, final Slots ring, final Consumer<LateLane> onEnd,
        final @Nullable Handover handover)
    {
        this.handover = handover;
        this.runner = runner;
        this.catchUp = catchUp;
        this.control = control;
        this.sequencer = sequencer;
        this.ring = ring;
        this.onEnd = onEnd;
        listeners = new JoinListeners(runner);
        predecessors = Stream.of(
            Optional.ofNullable(catchUp).map(CatchUp::recorder), Optional.ofNullable(handover).map(Handover::target))
            .flatMap(Optional::stream).toArray(LaneRunner[]::new);
        batchLimit = runner.lane().batchLimit(ring.capacity());
        position = runner.sequence();
        firstSequence = position + 1;
    }

    @Override
    public void run()
    {
        final IdleStrategy idle = runner.lane().idle();
        try
        {
            boolean goesOn = begin();
            while (goesOn)
            {
                final Step step = step();
                goesOn = step != Step.ENDED;
                if (step == Step.WAITING)
                {
                    idle.idle();
                }
                else
                {
                    idle.reset();
                }
            }
        }
        catch (final Throwable t)
        {
            // Handlers are guarded one by one: what gets here had not even the memory left to describe its fault.
            control.halt(null);
            throw t;
        }
        finally
        {
            end();
        }
    }

    /**
     * Starts the handlers, on the thread that will deliver; what they take over they take over here.
     *
     * @return false if one failed: the lane is to be ended.
     */
    boolean begin()
    {
        final CatchUp behind = catchUp;
        if (!runner.start() || (behind != null && !behind.restore(runner, firstSequence)))
        {
            reason = LeaveReason.FAULT;
            return false;
        }
        runner.counts().onTape(behind != null);
        return (behind == null && handover == null) ?
            enterLive(firstSequence) : begins(firstSequence, (listener) -> listener.onCatchUp(firstSequence));
    }

    /**
     * Does one bounded piece: a slice, a gate, a change to the ring, a batch.
     *
     * @return what it did.
     */
    Step step()
    {
        final LeaveReason now = wish();
        final Handover other = handover;
        if (other != null && other.state() != Handover.State.FOLLOWING)
        {
            return stepOffered(other, now);
        }
        if (now != null)
        {
            reason = now;
            return Step.ENDED;
        }
        final CatchUp behind = catchUp;
        if (behind != null)
        {
            return stepBehind(behind);
        }
        return other == null ? deliverLive(sequencer.getCursor()) : follow(other);
    }

    private Step deliverLive(final long available)
    {
        final long next = position + 1;
        return available < next ? Step.WAITING : deliver(next, Math.min(available, position + batchLimit));
    }

    private Step follow(final Handover other)
    {
        final long bound = other.bound();
        final Step step = deliverLive(bound);
        if (step != Step.ENDED && position >= bound)
        {
            other.offer();
            return Step.WAITING;
        }
        return step;
    }

    private Step stepOffered(final Handover other, final @Nullable LeaveReason now)
    {
        // Ahead of the state: a lane that has ended does not go on with what it took.
        final boolean isDead = other.target().hasEnded();
        switch (other.state())
        {
            case OFFERED ->
            {
                if (now == null)
                {
                    return other.reclaims(position) ? Step.MOVED : Step.WAITING;
                }
                if (other.reclaim())
                {
                    reason = now;
                    return Step.ENDED;
                }
                return Step.MOVED;
            }
            case TAKEN ->
            {
                return isDead ? Step.ENDED : Step.WAITING;
            }
            default ->
            {
                return Step.ENDED;
            }
        }
    }

    private Step stepBehind(final CatchUp behind)
    {
        final Sequence held = gate;
        if (held == null && isNear(behind))
        {
            final Sequence added = new Sequence();
            // Known to the runner ahead of the ring, so that a fault or a leave always takes it away.
            runner.hold(added);
            sequencer.addGatingSequences(added);
            gate = added;
            return Step.MOVED;
        }
        if (held == null || position < held.get())
        {
            final long toGate = held == null ? Long.MAX_VALUE : held.get() - position;
            final long most = handover == null ? toGate : Math.min(toGate, handover.bound() - position);
            return most > 0 ? readSlice(behind, most) : Step.WAITING;
        }
        // The history may have been ahead of the cursor where the gate was put.
        if (held.get() < position)
        {
            held.set(position);
        }
        runner.goLive(ring);
        catchUp = null;
        behind.close();
        return handover != null || enterLive(position + 1) ? Step.MOVED : Step.ENDED;
    }

    // A lane that is behind the recorder holds the ring itself.
    private boolean isNear(final CatchUp behind)
    {
        return behind.isNear(position) || (handover != null && handover.bound() - position <= ring.capacity() >> 2);
    }

    private Step readSlice(final CatchUp behind, final long most)
    {
        final int count;
        try
        {
            count = behind.read(position, most);
        }
        catch (final Throwable t)
        {
            // Not a handler's fault: nobody but this lane needs the history.
            cause = t;
            return endHistory();
        }
        if (count == CatchUp.ENDED)
        {
            return endHistory();
        }
        return count == 0 ? Step.WAITING : deliver(position + 1, position + count);
    }

    private Step endHistory()
    {
        // The recorder's lane may have ended because its bus did, which was said before.
        final LeaveReason now = wish();
        reason = now != null ? now : LeaveReason.HISTORY;
        return Step.ENDED;
    }

    private Step deliver(final long first, final long last)
    {
        if (!runner.deliver(first, last))
        {
            reason = LeaveReason.FAULT;
            return Step.ENDED;
        }
        position = last;
        return Step.MOVED;
    }

    private @Nullable LeaveReason wish()
    {
        final Handover other = handover;
        // Ahead of the rest: where the bus ends, so do its lanes.
        final boolean isTargetGone = other != null && other.target().isGone();
        if (control.isHalted())
        {
            return LeaveReason.HALTED;
        }
        if (control.isStopping())
        {
            return LeaveReason.CLOSED;
        }
        if (isTargetGone)
        {
            return LeaveReason.LANE;
        }
        return asked ? LeaveReason.ASKED : null;
    }

    private boolean enterLive(final long sequence)
    {
        live = true;
        runner.counts().onTape(false);
        return begins(sequence, (listener) -> listener.onLive(sequence));
    }

    private boolean begins(final long sequence, final Consumer<JoinListener> call)
    {
        final boolean goesOn = listeners.tell(sequence, call);
        if (!goesOn)
        {
            reason = LeaveReason.FAULT;
        }
        return goesOn;
    }

    /**
     * Takes the gate away, tells and stops the handlers; nothing where another lane has them.
     */
    void end()
    {
        if (isJoined())
        {
            return;
        }
        final LeaveReason why = reason == null ? LeaveReason.HALTED : reason;
        reason = why;
        final CatchUp behind = catchUp;
        try
        {
            runner.leave(why == LeaveReason.ASKED || why == LeaveReason.HISTORY || why == LeaveReason.LANE);
            runner.counts().onTape(false);
            if (behind != null)
            {
                behind.close();
            }
            final long last = runner.deliveredToAll();
            listeners.tell(last, (listener) -> listener.onLeft(last, why));
        }
        finally
        {
            endRunner();
        }
    }

    /**
     * Ends a lane that never began.
     */
    void cancel()
    {
        reason = LeaveReason.CLOSED;
        runner.leave(true);
        final CatchUp behind = catchUp;
        if (behind != null)
        {
            behind.close();
        }
        endRunner();
    }

    private void endRunner()
    {
        try
        {
            runner.stop();
        }
        finally
        {
            onEnd.accept(this);
            ended = true;
        }
    }

    /** Whether the lane that is to be joined takes the handler now, on the thread of that lane. */
    boolean isTakenAt(final long last)
    {
        final Handover other = handover;
        return other != null && other.take(runner.sequence(), last);
    }

    /**
     * Brings the handler to where the lane that took it is, on the thread of that lane.
     *
     * @param last the last sequence that the lane has delivered.
     * @return false if the handler failed, which concerns no other.
     */
    boolean board(final long last)
    {
        final boolean goesOn = position == last || deliver(position + 1, last) == Step.MOVED;
        return goesOn && enterLive(last + 1);
    }

    /** The lane has the handler: no gate is needed for it any more, and no thread. */
    void join()
    {
        runner.retire();
        onEnd.accept(this);
        if (handover != null)
        {
            handover.join();
        }
    }

    /** The thread is to end what failed on the lane that took it. */
    void giveBack()
    {
        if (handover != null)
        {
            handover.giveBack();
        }
    }

    /** The lane has let the handler go, or has ended. */
    void left(final LeaveReason why)
    {
        reason = why;
        ended = true;
    }

    boolean isJoined()
    {
        final Handover other = handover;
        return other != null && other.isJoined();
    }

    boolean isAsked()
    {
        return asked;
    }

    /** The handler of a lane that has this one only. */
    NamedHandler<EventHandler> handler()
    {
        return runner.lane().handlers().get(0);
    }

    void leave()
    {
        asked = true;
    }

    /** The lanes that this one does not go further than, at first. */
    LaneRunner[] predecessors()
    {
        return predecessors;
    }

    LaneRunner ownRunner()
    {
        return runner;
    }

    /** Delivers to the handlers now, or did. */
    LaneRunner runner()
    {
        final Handover other = handover;
        return other != null && other.isJoined() ? other.target() : runner;
    }

    long firstSequence()
    {
        return firstSequence;
    }

    boolean isLive()
    {
        return live;
    }

    boolean hasEnded()
    {
        return ended;
    }

    @Nullable
    LeaveReason reason()
    {
        return reason;
    }

    @Nullable
    Throwable cause()
    {
        return cause;
    }
}
