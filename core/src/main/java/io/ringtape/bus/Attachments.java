package io.ringtape.bus;

import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.Sequencer;
import io.ringtape.bus.JoinRefusedException.Reason;
import io.ringtape.event.EventHandler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.jspecify.annotations.Nullable;

/**
 * Attaches lanes to a running bus, and handlers to lanes of it: checks, opens the history, makes the thread.
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
    private final long firstSequence;
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
        firstSequence = config.firstSequence();
        history = builder.history();
        recorderLane = builder.recorderLane();
    }

    synchronized Attachment attach(final Lane lane, final JoinFrom from)
    {
        requireRunning(lane);
        LaneGraph.checkAttached(present(), lane, writerIdle, processors);
        return start(make(lane, from, null));
    }

    synchronized Attachment attach(
        final String laneName, final NamedHandler<EventHandler> named, final JoinFrom from)
    {
        final LaneRunner target = lanes.get(laneName);
        if (target == null)
        {
            throw new IllegalArgumentException("no such lane: lane=" + laneName);
        }
        final int limit = target.lane().batchLimit(ring.capacity());
        final Lane joining = Lane.named(laneName + "+" + named.name()).onFault(FaultPolicy.DETACH).batchLimit(limit)
            .idle(new BackoffIdleStrategy()).handler(named.name(), named.handler(), named.interest()).build();
        requireRunning(joining);
        LaneGraph.checkJoin(present(), target.lane(), target.guests().isOpen(), joining);
        if (target.isGone())
        {
            throw refused(Reason.LANE_ENDED, "lane has ended: lane=" + laneName + " handler=" + named.name() +
                " state=" + target.state());
        }
        final LateLane late =
            make(joining, from, new Handover(target, Math.max(limit, ring.capacity() >> 2), Handover.PATIENCE));
        target.guests().add(late);
        return start(late);
    }

    private List<Lane> present()
    {
        final Map<String, Lane> all = new LinkedHashMap<>();
        lanes.values().forEach((runner) -> all.put(runner.name(), runner.lane()));
        // Those that have joined are lanes no more, and keep their names.
        for (final LaneRunner runner : lanes.values())
        {
            for (final LateLane guest : runner.guests().all())
            {
                all.putIfAbsent(guest.ownRunner().name(), guest.ownRunner().lane());
            }
        }
        return new ArrayList<>(all.values());
    }

    private Attachment start(final LateLane late)
    {
        final Lane lane = late.ownRunner().lane();
        boolean attached = false;
        try
        {
            lanes.put(lane.name(), late.ownRunner());
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

    private LateLane make(final Lane lane, final JoinFrom from, final @Nullable Handover handover)
    {
        if (from.kind() == JoinFrom.Kind.LIVE)
        {
            return makeLive(lane, handover);
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
        final Optional<History.Snapshot> snapshot = from.kind() == JoinFrom.Kind.SNAPSHOT ?
            past.newestSnapshot(firstSequence, JoinSnapshot.states(lane)) : Optional.empty();
        final History.Cursor opened =
            open(past, lane, snapshot.map((found) -> JoinFrom.sequence(found.nextSequence())).orElse(from));
        final CatchUp catchUp =
            new CatchUp(opened, recorder, lane.batchLimit(ring.capacity()), ring.capacity());
        catchUp.startWith(snapshot.map(JoinSnapshot::new).orElse(null));
        final Sequence before = new Sequence(opened.nextSequence() - 1);
        return late(
            new LaneRunner(lane, control, sequencer, catchUp.slots(), before, null), catchUp, handover);
    }

    /**
     * Opens the history at an event of this bus: the runs before it had books and definitions of their own, so what
     * they left is for nobody who joins this one.
     */
    private History.Cursor open(final History past, final Lane lane, final JoinFrom from)
    {
        if (from.kind() == JoinFrom.Kind.START || from.kind() == JoinFrom.Kind.SNAPSHOT)
        {
            return past.open(JoinFrom.sequence(firstSequence));
        }
        if (from.kind() == JoinFrom.Kind.SEQUENCE)
        {
            final long cursor = cursorFrom(from.value() - 1);
            if (from.value() > cursor + 1)
            {
                throw refused(Reason.NOT_ON_TAPE, "sequence is above the next one: lane=" + lane.name() +
                    " sequence=" + from.value() + " cursor=" + cursor);
            }
            requireThisRun(lane, from.value());
            return past.open(from);
        }
        final History.Cursor opened = past.open(from);
        boolean isOfThisRun = false;
        try
        {
            requireThisRun(lane, opened.nextSequence());
            isOfThisRun = true;
            return opened;
        }
        finally
        {
            if (!isOfThisRun)
            {
                opened.close();
            }
        }
    }

    // The caller may hold an event that its lane found in the slot, with the cursor still on its way.
    private long cursorFrom(final long sequence)
    {
        long cursor = sequencer.getCursor();
        while (cursor < sequence && control.isRunning() &&
            ring.published(cursor + 1, (int)Math.min(sequence - cursor, ring.capacity())) >= sequence)
        {
            Thread.onSpinWait();
            cursor = sequencer.getCursor();
        }
        // Once more: the ring may have gone round since the first look.
        return Math.max(cursor, sequencer.getCursor());
    }

    private void requireThisRun(final Lane lane, final long sequence)
    {
        if (sequence < firstSequence)
        {
            throw new JoinRefusedException(Reason.EARLIER_RUN, "sequence is of an earlier run: lane=" + lane.name() +
                " sequence=" + sequence + " firstSequence=" + firstSequence, firstSequence, null);
        }
    }

    private LateLane makeLive(final Lane lane, final @Nullable Handover handover)
    {
        final Sequence gate = new Sequence();
        boolean made = false;
        try
        {
            // At the cursor: the first event is the next one that is published.
            sequencer.addGatingSequences(gate);
            final LateLane late =
                late(new LaneRunner(lane, control, sequencer, ring, gate, null), null, handover);
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

    private LateLane late(
        final LaneRunner runner, final @Nullable CatchUp catchUp, final @Nullable Handover handover)
    {
        final Consumer<LateLane> onEnd = (ended) ->
        {
            lanes.remove(runner.name());
            if (handover != null && handover.state() != Handover.State.TAKEN)
            {
                handover.target().guests().remove(ended);
            }
        };
        return new LateLane(runner, catchUp, control, sequencer, ring, onEnd, handover);
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
