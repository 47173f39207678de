package io.ringtape.bus;

import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.Sequencer;
import io.ringtape.event.EventHandler;
import io.ringtape.event.Interest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One ring of events, one writer, and lanes of handlers.
 * <pre>{@code
 *  inputs, inboxes --> Writer --> | ring of 64-byte slots | --> lane "order":  book -> risk -> strategy
 *                                                           --> lane "tape":   recorder
 * }</pre>
 * Every lane that gates gets every event once and in sequence order; for the others see {@link OverflowPolicy}. Either
 * the bus has a writer thread of its own ({@link EventBusBuilder#ownWriterThread()}), or a thread of the embedder uses
 * {@link #writer()}. See {@link BusState} for its life.
 * <p>
 * Thread safety: any thread, unless a method says otherwise.
 * Allocation: on construction, start, close and faults only.
 */
public final class EventBus
{
    private final BusConfig config;
    private final BusControl control;
    private final Sequencer sequencer;
    private final WriterRole role;
    private final WriterCore core;
    private final Writer writer;
    private final WriterDuty duty;
    private final Map<String, Inbox> inboxes = new LinkedHashMap<>();
    private final LaneSet lanes = new LaneSet();
    private final List<LaneThread> laneThreads = new ArrayList<>();
    private final @Nullable WriterThread writerThread;
    private final @Nullable Watchdog watchdog;
    private volatile @Nullable Thread watching;
    private final ThreadFactory threadFactory;
    private final @Nullable CountersThread counting;
    private final BusClose close;
    private final Attachments attachments;
    private final @Nullable SharedWriter sharedWriter;
    private final Object starting = new Object();

    EventBus(final EventBusBuilder builder, final BusConfig config, final List<Lane> ordered)
    {
        this.config = config;
        threadFactory = builder.threadFactory();
        control = new BusControl(builder.faultListener(), builder.clock());
        final Slots slots = new Slots(config.capacity());
        sequencer = Sequencers.of(config, builder.isMultiProducer());
        role = new WriterRole(control);
        final WriterTimers timers = new WriterTimers(builder.timers(), control, sequencer);
        core = new WriterCore(control, sequencer, slots, builder.idle(), role, timers);
        for (final EventBusBuilder.InboxSpec spec : builder.inboxes())
        {
            inboxes.put(spec.name(), new Inbox(spec, control, core, role, timers));
        }
        watchdog = config.stallLimitNs() == BusConfig.NO_STALL_LIMIT ? null :
            new Watchdog(control, builder.clock(), config.stallLimitNs(), builder.stallListener());
        final InlineLanes inline = makeLanes(builder, ordered, slots);
        final InputOrder order = new InputOrder(builder, inboxes);
        duty = new WriterDuty(control, order.inputs(timers, core), order.inboxes(), lanes);
        core.inline(inline);
        writer = new Writer(control, core, builder.idle(), duty, timers);
        writerThread =
            builder.hasOwnWriterThread() ? new WriterThread(control, writer, core, duty, builder.idle()) : null;
        close = new BusClose(control, core, role, duty, writerThread, lanes, builder.clock());
        sharedWriter = builder.isMultiProducer() ?
            new SharedWriter(control, sequencer, slots, role, builder.sharedBackPressure()) : null;
        final BusCounters counters = builder.counters();
        counting = counters == null ? null :
            new CountersThread(counters, config, control, sequencer, lanes, inboxes.values(), sharedWriter);
        attachments = new Attachments(builder, config, control, sequencer, slots, role, lanes);
    }

    /**
     * Starts the description of a bus.
     *
     * @return a builder.
     */
    public static EventBusBuilder builder()
    {
        return new EventBusBuilder();
    }

    /**
     * Starts the threads of the lanes, and the writer's where the bus has one. Handlers are started on the threads of
     * their lanes; nothing here waits for them. If a thread cannot be started, the bus is halted, those that were end,
     * and what was thrown is thrown on.
     *
     * @throws IllegalStateException if the bus was started before or has ended.
     */
    public void start()
    {
        synchronized (starting)
        {
            requireNew(control.state() == BusControl.NEW);
            final Thread[] threads = new Thread[laneThreads.size()];
            for (int i = 0; i < threads.length; i++)
            {
                final LaneThread lane = laneThreads.get(i);
                threads[i] = thread(lane, "ringtape-lane-" + lane.name());
            }
            watching = watchdog == null ? null : thread(watchdog, "ringtape-watchdog");
            final Thread writing = writerThread == null ? null : thread(writerThread, "ringtape-writer");
            // Ahead of the state: once the bus runs, no other thread can become the writer's, and no lane's thread.
            role.lanes(threads);
            if (writing != null)
            {
                role.assign(writing);
            }
            requireNew(control.change(BusControl.NEW, BusControl.RUNNING));
            startThreads(writing, threads);
        }
    }

    /**
     * Attaches a lane while the bus runs. It gets every event from the start that was chosen, once and in order: first
     * from the history, in slices on a thread of its own, then from the ring; in between it takes its gate at the
     * cursor and reads the history up to there. Neither the writer nor another lane waits for the history to be read.
     * Handlers that implement {@link JoinListener} hear how it goes. A lane whose handlers are slower than the writer
     * stays on the history, whole, and is never live.
     * <p>
     * The history is opened on the calling thread, which reads a few files where it is a tape. From
     * {@link JoinFrom#live()} the first event is the next that is published after the return.
     *
     * @param lane with a thread of its own, gating, after no other; an idle strategy that spins takes a processor.
     * @param from where to start.
     * @return the attached lane; it leaves when asked, or ends with the bus.
     * @throws JoinRefusedException     if the bus does not run, or the history lacks the first event or has it of an
     *                                  earlier run.
     * @throws IllegalArgumentException if the lane does not fit to the others; the message names it.
     * @throws IllegalStateException    if the bus has many producers: a gate that is added there stands at what is
     *                                  claimed.
     */
    public Attachment attach(final Lane lane, final JoinFrom from)
    {
        requireOneWriter();
        return watched(attachments.attach(lane, from));
    }

    /**
     * Attaches a handler to a lane that runs. It catches up on a thread of its own, as a lane does that is attached,
     * but never goes further than the lane has been, and so sees nothing ahead of what that lane runs after. Then,
     * between two batches, the lane takes it over behind its other event handlers: {@link JoinListener#onLive(long)}
     * names the first event that it gets as one of them. Neither the writer nor the lane waits for it; all that the
     * lane does is to deliver the rest up to its own place, a quarter of the ring, or a batch, at most.
     * <p>
     * While it catches up it is listed as a lane of its own, named lane + "+" + handler, and a fault of it is its own:
     * it is detached. Later a fault of it is one of the lane, whose {@link FaultPolicy} applies. It leaves, when asked,
     * between two batches of the lane, and is stopped on its thread.
     *
     * @param laneName    of a lane that was built with the bus, gates, has a thread of its own, does not skip, and is
     *                    not the order lane: its handlers are to be the same in each replay.
     * @param handlerName unique on the bus.
     * @param handler     gets each event of interest; it sends no orders.
     * @param interest    which those are.
     * @param from        where to start.
     * @return the attached handler; it leaves when asked, or ends with the lane.
     * @throws JoinRefusedException     if bus or lane do not run, or for the first event as above.
     * @throws IllegalArgumentException if the lane is none to join, or the name is taken; the message names it.
     */
    public Attachment attach(
        final String laneName, final String handlerName, final EventHandler handler, final Interest interest,
        final JoinFrom from)
    {
        requireOneWriter();
        return watched(attachments.attach(laneName,
            new NamedHandler<>(handlerName, Objects.requireNonNull(handler, "handler"), false,
                Objects.requireNonNull(interest, "interest")), from));
    }

    /**
     * The writer, to be used on the writer's thread only.
     *
     * @return always the same one.
     * @throws IllegalStateException if the bus has many producers.
     */
    public Writer writer()
    {
        requireOneWriter();
        return writer;
    }

    /**
     * What every thread publishes with, where the bus has many producers.
     *
     * @return always the same one.
     * @throws IllegalStateException if the bus has one writer.
     */
    public SharedWriter sharedWriter()
    {
        if (sharedWriter == null)
        {
            throw new IllegalStateException("bus has one writer");
        }
        return sharedWriter;
    }

    /**
     * An inbox.
     *
     * @param name of the inbox.
     * @return the inbox.
     * @throws IllegalArgumentException if there is none of this name.
     */
    public Inbox inbox(final String name)
    {
        final Inbox inbox = inboxes.get(name);
        if (inbox == null)
        {
            throw new IllegalArgumentException("no such inbox: inbox=" + name);
        }
        return inbox;
    }

    /**
     * How a lane stands.
     *
     * @param name of the lane.
     * @return its status, which goes on changing.
     * @throws IllegalArgumentException if there is none of this name.
     */
    public LaneStatus lane(final String name)
    {
        return duty.lane(name);
    }

    /**
     * How the lanes stand, each behind those that it runs after.
     *
     * @return a status of each lane, which goes on changing.
     */
    public Collection<LaneStatus> lanes()
    {
        return List.copyOf(lanes.values());
    }

    /**
     * The highest sequence published; a lane may have the next events a moment earlier. Where the bus has many
     * producers, the highest claimed, until all offers have returned.
     *
     * @return one below the first sequence if nothing was.
     */
    public long cursor()
    {
        return sequencer.getCursor();
    }

    /**
     * The sequence of the first event.
     *
     * @return as it was chosen.
     */
    public long firstSequence()
    {
        return config.firstSequence();
    }

    /**
     * How many slots the ring has.
     *
     * @return a power of two.
     */
    public int capacity()
    {
        return config.capacity();
    }

    /**
     * Events that were published as void.
     *
     * @return 0 or more.
     */
    public long voidCount()
    {
        return control.voidCount();
    }

    /**
     * Where the bus is in its life.
     *
     * @return the state.
     */
    public BusState state()
    {
        return BusState.of(control.state());
    }

    /**
     * The first fault that halted the bus.
     *
     * @return empty if none did.
     */
    public Optional<Fault> fault()
    {
        return control.fault();
    }

    /**
     * Stops the bus where it stands: the writer fails at once, also one that waits on a full ring, and the lanes end
     * behind the batch that they are in. What waits in inboxes is dropped. {@link #close(long)} still is to be called:
     * it waits for the threads and stops inline lanes. May be called by a handler.
     */
    public void halt()
    {
        control.halt(null);
    }

    /**
     * Ends the bus in order: refuses new publishes and offers, waits for the publish in flight, drains the inboxes,
     * waits until the lanes have delivered everything, and stops them. Each publish and each offer is either accepted
     * and handled, or refused. A second call waits for the first.
     * <p>
     * With no writer thread of the bus, the calling thread takes the writer's role over: inline lanes get what the
     * inboxes still held, and their stop, on this thread, last, once the other lanes have ended, or at once where the
     * bus halts meanwhile; never where the writer hangs in a publish beyond the limit. Counters are copied once more.
     *
     * @param limitNs how long to wait for all of it, in nanoseconds; the lanes are told to end when it has passed.
     * @return true if every lane that is attached has delivered every event that was accepted, and all have ended with
     *     no fault that halted the bus.
     * @throws IllegalStateException if a handler calls it, or a filler where the bus has many producers.
     */
    public boolean close(final long limitNs)
    {
        if (sharedWriter != null)
        {
            sharedWriter.requireNoFill("close its bus");
        }
        final long deadlineNs = close.deadlineNs(limitNs);
        try
        {
            return close.run(deadlineNs);
        }
        finally
        {
            // It finds that the lanes were told to end; an idle watchdog would find out a look later.
            LockSupport.unpark(watching);
            final CountersThread last = counting;
            if (last != null && close.isDone())
            {
                last.end();
                close.await(last::hasEnded, deadlineNs);
            }
        }
    }

    private void requireOneWriter()
    {
        if (sharedWriter != null)
        {
            throw new IllegalStateException("bus has many producers");
        }
    }

    private Attachment watched(final Attachment attachment)
    {
        watch(attachment.lane().ownRunner(), attachment.lane().predecessors());
        return attachment;
    }

    private void watch(final LaneRunner lane, final LaneRunner... predecessors)
    {
        if (watchdog != null)
        {
            watchdog.watch(lane, predecessors);
        }
    }

    private void requireNew(final boolean isNew)
    {
        if (!isNew)
        {
            throw new IllegalStateException("bus cannot be started: state=" + state());
        }
    }

    private void startThreads(final @Nullable Thread writing, final Thread[] threads)
    {
        try
        {
            if (writing != null)
            {
                writing.start();
            }
            for (final Thread thread : threads)
            {
                thread.start();
            }
            final Thread looking = watching;
            if (looking != null)
            {
                looking.start();
            }
            final CountersThread counts = counting;
            if (counts != null)
            {
                // Last: where a thread cannot be started, nobody copies.
                counts.start(thread(counts, "ringtape-counters"));
            }
        }
        catch (final Throwable t)
        {
            control.halt(null);
            control.stopLanes();
            cancelUnstarted(writing, threads);
            throw t;
        }
    }

    // A close waits for the end of each lane and of the writer's thread, also of those that will never run.
    private void cancelUnstarted(final @Nullable Thread writing, final Thread[] threads)
    {
        if (writerThread != null && writing != null && isUnstarted(writing))
        {
            writerThread.cancel();
        }
        for (int i = 0; i < threads.length; i++)
        {
            if (isUnstarted(threads[i]))
            {
                laneThreads.get(i).cancel();
            }
        }
    }

    private static boolean isUnstarted(final Thread thread)
    {
        return thread.getState() == Thread.State.NEW;
    }

    private InlineLanes makeLanes(final EventBusBuilder builder, final List<Lane> ordered, final Slots slots)
    {
        final Recording recording = Recording.of(builder, lanes);
        final List<LaneRunner> inline = new ArrayList<>();
        final List<LaneRunner[]> predecessors = new ArrayList<>();
        final List<SequenceBarrier> barriers = new ArrayList<>();
        final List<PrivateGate> evictable = new ArrayList<>();
        for (final Lane lane : ordered)
        {
            final LaneParts parts = LaneParts.of(lane, control, sequencer, slots, recording);
            final LaneRunner runner = parts.runner();
            final LaneRunner[] before = lane.after().stream().map(lanes::get).toArray(LaneRunner[]::new);
            lanes.put(lane.name(), runner);
            watch(runner, before);
            if (lane.isInline())
            {
                inline.add(runner);
                predecessors.add(before);
            }
            else
            {
                addGate(parts, evictable);
                final SequenceBarrier barrier = sequencer.newBarrier(
                    Arrays.stream(before).map(LaneRunner::ownSequence).toArray(Sequence[]::new));
                barriers.add(barrier);
                laneThreads.add(new LaneThread(
                    parts, FrontierRules.withRecorders(lane, before, lanes), barrier,
                    builder.isMultiProducer() ? null : slots, control, role));
            }
        }
        control.barriers(barriers.toArray(SequenceBarrier[]::new));
        core.evictable(new EvictableGates(
            evictable.toArray(PrivateGate[]::new), config.capacity(), sequencer.getCursor()));
        return new InlineLanes(
            inline.toArray(LaneRunner[]::new), predecessors.toArray(LaneRunner[][]::new), config.capacity());
    }

    private void addGate(final LaneParts parts, final List<PrivateGate> evictable)
    {
        final Sequence gating = parts.gatingSequence();
        final PrivateGate gate = parts.gate();
        if (gating != null)
        {
            sequencer.addGatingSequences(gating);
        }
        else if (gate != null)
        {
            evictable.add(gate);
        }
    }

    private Thread thread(final Runnable runnable, final String name)
    {
        final Thread thread = threadFactory.newThread(runnable);
        thread.setName(name);
        return thread;
    }
}
