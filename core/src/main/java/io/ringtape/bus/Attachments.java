package io.ringtape.bus;

import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.Sequencer;
import io.ringtape.bus.JoinRefusedException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.agrona.concurrent.IdleStrategy;
import org.jspecify.annotations.Nullable;

/**
 * Attaches lanes to a running bus: checks, opens the history, makes the thread.
 * <p>
 * Against a close: the lane is added, then the state is looked at; a close sets the state, then looks at the lanes. So
 * a lane is either awaited like any other, or refused.
 */
final class Attachments
{
    private final BusControl control;
    private final Sequencer sequencer;
    private final Slots ring;
    private final WriterRole role;
    private final LaneSet lanes;
    private final ThreadFactory threadFactory;
    private final IdleStrategy writerIdle;
    private final int processors;
    private final @Nullable History history;
    private final String recorderLane;

    Attachments(
        final EventBusBuilder builder, final BusConfig config, final BusControl control,
        final Sequencer sequencer, final Slots ring, final WriterRole role, final LaneSet lanes)
    {
        this.control = control;
        this.sequencer = sequencer;
        this.ring = ring;
        this.role = role;
        this.lanes = lanes;
        threadFactory = builder.threadFactory();
        writerIdle = builder.idle();
        processors = config.processors();
        history = builder.history();
        recorderLane = builder.recorderLane();
    }

    synchronized Attachment attach(final Lane lane, final JoinFrom from)
    {
        requireRunning(lane);
        final List<Lane> all = new ArrayList<>();
        lanes.values().forEach((runner) -> all.add(runner.lane()));
        LaneGraph.checkAttached(all, lane, writerIdle, processors);
        final LateLane late = make(lane, from);
        boolean attached = false;
        try
        {
            lanes.put(lane.name(), late.runner());
            requireRunning(lane);
            final Thread thread = threadFactory.newThread(() -> run(late));
            thread.setName("ringtape-lane-" + lane.name());
            thread.start();
            attached = true;
            control.countJoin();
            return new Attachment(late);
        }
        finally
        {
            if (!attached)
            {
                late.cancel();
            }
        }
    }

    private LateLane make(final Lane lane, final JoinFrom from)
    {
        if (from.kind() == JoinFrom.Kind.LIVE)
        {
            return makeLive(lane);
        }
        final History past = history;
        if (past == null)
        {
            throw refused(Reason.NO_HISTORY, "bus has no history: lane=" + lane.name());
        }
        final LaneRunner recorder = lanes.get(recorderLane);
        if (recorder == null || !recorder.isAttached())
        {
            throw refused(Reason.RECORDER_ENDED, "recorder of the history has ended: lane=" + lane.name() +
                " recorder=" + recorderLane);
        }
        final long cursor = sequencer.getCursor();
        if (from.value() > cursor + 1 && from.kind() == JoinFrom.Kind.SEQUENCE)
        {
            throw refused(Reason.NOT_ON_TAPE, "sequence is above the next one: lane=" + lane.name() +
                " sequence=" + from.value() + " cursor=" + cursor);
        }
        final History.Cursor opened = past.open(from);
        final CatchUp catchUp =
            new CatchUp(opened, recorder, lane.batchLimit(ring.capacity()), ring.capacity());
        return late(new LaneRunner(
            lane, control, sequencer, catchUp.slots(), new Sequence(opened.nextSequence() - 1), null), catchUp);
    }

    private LateLane makeLive(final Lane lane)
    {
        final Sequence gate = new Sequence();
        boolean made = false;
        try
        {
            // At the cursor: the first event is the next one that is published.
            sequencer.addGatingSequences(gate);
            final LateLane late = late(new LaneRunner(lane, control, sequencer, ring, gate, null), null);
            made = true;
            return late;
        }
        finally
        {
            if (!made)
            {
                // A gate that nobody moves would stop the writer for good.
                sequencer.removeGatingSequence(gate);
            }
        }
    }

    private LateLane late(final LaneRunner runner, final @Nullable CatchUp catchUp)
    {
        return new LateLane(runner, catchUp, control, sequencer, ring,
            (ended) -> lanes.remove(ended.runner().name()));
    }

    private void run(final LateLane late)
    {
        final Thread thread = Thread.currentThread();
        role.addLane(thread);
        try
        {
            late.run();
        }
        finally
        {
            role.removeLane(thread);
        }
    }

    private void requireRunning(final Lane lane)
    {
        if (!control.isRunning())
        {
            throw refused(Reason.NOT_RUNNING, "bus does not run: lane=" + lane.name() +
                " state=" + BusState.of(control.state()));
        }
    }

    private static JoinRefusedException refused(final Reason reason, final String message)
    {
        return new JoinRefusedException(reason, message, JoinRefusedException.NONE, null);
    }
}
