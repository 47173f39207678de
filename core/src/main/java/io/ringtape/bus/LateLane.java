package io.ringtape.bus;

import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.Sequencer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
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
 * Hot path once live: {@link #step()}.
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
    private final List<NamedHandler<?>> listeners;
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
     * A lane that is not begun.
     *
     * @param runner    delivers; it stands one below the first event.
     * @param catchUp   reads the history; null if the runner's sequence is its gate already.
     * @param control   of the bus.
     * @param sequencer of the bus.
     * @param ring      the slots of the bus.
     * @param onEnd     gets the lane when all else of it has ended.
     */
    LateLane(
        final LaneRunner runner, final @Nullable CatchUp catchUp, final BusControl control,
        final Sequencer sequencer, final Slots ring, final Consumer<LateLane> onEnd)
    {
        this.runner = runner;
        this.catchUp = catchUp;
        this.control = control;
        this.sequencer = sequencer;
        this.ring = ring;
        this.onEnd = onEnd;
        listeners = listeners(runner.lane());
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
     * Starts the handlers, on the thread that will deliver.
     *
     * @return false if one failed: the lane is to be ended.
     */
    boolean begin()
    {
        if (!runner.start())
        {
            reason = LeaveReason.FAULT;
            return false;
        }
        runner.counts().onTape(catchUp != null);
        return catchUp == null ?
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
        if (now != null)
        {
            reason = now;
            return Step.ENDED;
        }
        final CatchUp behind = catchUp;
        return behind == null ? deliverLive() : stepBehind(behind);
    }

    private Step deliverLive()
    {
        final long next = position + 1;
        final long available = sequencer.getCursor();
        return available < next ? Step.WAITING : deliver(next, Math.min(available, position + batchLimit));
    }

    private Step stepBehind(final CatchUp behind)
    {
        final Sequence held = gate;
        if (held == null && behind.isNear(position))
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
            return readSlice(behind, held == null ? Long.MAX_VALUE : held.get() - position);
        }
        runner.goLive(ring);
        catchUp = null;
        behind.close();
        return enterLive(position + 1) ? Step.MOVED : Step.ENDED;
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
        if (control.isHalted())
        {
            return LeaveReason.HALTED;
        }
        if (control.isStopping())
        {
            return LeaveReason.CLOSED;
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
        final boolean goesOn = tell(sequence, call);
        if (!goesOn)
        {
            reason = LeaveReason.FAULT;
        }
        return goesOn;
    }

    // False if one threw and its policy ended the lane.
    private boolean tell(final long sequence, final Consumer<JoinListener> call)
    {
        boolean goesOn = true;
        for (final NamedHandler<?> named : listeners)
        {
            if (goesOn && named.handler() instanceof JoinListener listener)
            {
                try
                {
                    call.accept(listener);
                }
                catch (final Throwable t)
                {
                    goesOn = runner.onFault(named.name(), FaultPhase.JOIN, sequence, t);
                }
            }
        }
        return goesOn;
    }

    /**
     * Takes the gate away, tells and stops the handlers.
     */
    void end()
    {
        final LeaveReason why = reason == null ? LeaveReason.HALTED : reason;
        reason = why;
        final CatchUp behind = catchUp;
        try
        {
            runner.leave(why == LeaveReason.ASKED || why == LeaveReason.HISTORY);
            runner.counts().onTape(false);
            if (behind != null)
            {
                behind.close();
            }
            final long last = runner.sequence();
            tell(last, (listener) -> listener.onLeft(last, why));
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

    private static List<NamedHandler<?>> listeners(final Lane lane)
    {
        final List<NamedHandler<?>> found = new ArrayList<>(lane.handlers());
        found.addAll(lane.rangeHandlers());
        found.removeIf((named) -> !(named.handler() instanceof JoinListener));
        return found;
    }

    void leave()
    {
        asked = true;
    }

    LaneRunner runner()
    {
        return runner;
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
