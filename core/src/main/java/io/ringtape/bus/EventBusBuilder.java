package io.ringtape.bus;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a bus is made of; {@link #build()} refuses what does not fit together and names it.
 * <p>
 * Thread safety: none.
 * Allocation: cold.
 */
public final class EventBusBuilder
{
    /**
     * An input as it was declared.
     *
     * @param stage when it is polled.
     * @param name  unique among inputs and inboxes.
     * @param input to poll.
     */
    record Input(InputStage stage, String name, WriterInput input)
    {
    }

    /**
     * An inbox as it was declared.
     *
     * @param stage        when it is drained.
     * @param name         unique among inputs and inboxes.
     * @param capacity     in events.
     * @param backPressure of an offer that finds no room.
     */
    record InboxSpec(InputStage stage, String name, int capacity, BackPressure backPressure)
    {
    }

    private final List<Lane> lanes = new ArrayList<>();
    private final List<Input> inputs = new ArrayList<>();
    private final List<InboxSpec> inboxes = new ArrayList<>();
    private int capacity = BusConfig.DEFAULT_CAPACITY;
    private long firstSequence;
    private long declaredRate;
    private long stallLimitNs = BusConfig.NO_STALL_LIMIT;
    private int processors = Runtime.getRuntime().availableProcessors();
    private boolean ownWriterThread;
    private @Nullable BackPressure sharedBackPressure;
    private @Nullable History history;
    private @Nullable BusCounters counters;
    private String recorderLane = "";
    private IdleStrategy idle = BusySpinIdleStrategy.INSTANCE;
    private NanoClock clock = SystemNanoClock.INSTANCE;
    private TimerConfig timers = TimerConfig.OFF;
    private ThreadFactory threadFactory = EventBusBuilder::daemon;
    private FaultListener faultListener = (fault) ->
    {
    };
    private StallListener stallListener = (stall) ->
    {
    };

    EventBusBuilder()
    {
    }

    /**
     * Sets how many slots the ring has, by default 65,536.
     *
     * @param slots a power of two, 1 to 2^24.
     * @return this.
     */
    public EventBusBuilder capacity(final int slots)
    {
        capacity = slots;
        return this;
    }

    /**
     * Sets the sequence of the first event, by default 0: a later run of a tape goes on where the one before ended.
     *
     * @param sequence 0 to 2^62.
     * @return this.
     */
    public EventBusBuilder firstSequence(final long sequence)
    {
        firstSequence = sequence;
        return this;
    }

    /**
     * Adds a lane.
     *
     * @param lane its description.
     * @return this.
     */
    public EventBusBuilder lane(final Lane lane)
    {
        lanes.add(Objects.requireNonNull(lane, "lane"));
        return this;
    }

    /**
     * Adds an inbox in the stage {@link InputStage#INBOUND}.
     *
     * @param name   unique among inputs and inboxes.
     * @param events how many it holds, a power of two, {@link Inbox#MIN_CAPACITY} to {@link Inbox#MAX_CAPACITY}.
     * @return this.
     */
    public EventBusBuilder inbox(final String name, final int events)
    {
        return inbox(InputStage.INBOUND, name, events);
    }

    /**
     * Adds an inbox whose offers fail where there is no room.
     *
     * @param stage  when it is drained.
     * @param name   unique among inputs and inboxes.
     * @param events how many it holds, a power of two, {@link Inbox#MIN_CAPACITY} to {@link Inbox#MAX_CAPACITY}.
     * @return this.
     */
    public EventBusBuilder inbox(final InputStage stage, final String name, final int events)
    {
        return inbox(stage, name, events, BackPressure.FAIL);
    }

    /**
     * Adds an inbox.
     *
     * @param stage        when it is drained.
     * @param name         unique among inputs and inboxes.
     * @param events       how many it holds, a power of two, {@link Inbox#MIN_CAPACITY} to {@link Inbox#MAX_CAPACITY}.
     * @param backPressure what an offer does that finds no room; one that waits is not for handlers.
     * @return this.
     */
    public EventBusBuilder inbox(
        final InputStage stage, final String name, final int events, final BackPressure backPressure)
    {
        inboxes.add(new InboxSpec(stage, name, events, Objects.requireNonNull(backPressure, "backPressure")));
        return this;
    }

    /**
     * Adds an input in the stage {@link InputStage#FEED}.
     *
     * @param name  unique among inputs and inboxes.
     * @param input polled by the writer's thread.
     * @return this.
     */
    public EventBusBuilder input(final String name, final WriterInput input)
    {
        return input(InputStage.FEED, name, input);
    }

    /**
     * Adds an input.
     *
     * @param stage when it is polled.
     * @param name  unique among inputs and inboxes.
     * @param input polled by the writer's thread.
     * @return this.
     */
    public EventBusBuilder input(final InputStage stage, final String name, final WriterInput input)
    {
        inputs.add(new Input(stage, name, Objects.requireNonNull(input, "input")));
        return this;
    }

    /**
     * Gives the bus a writer thread of its own, which polls inputs and inboxes; without it the first thread that uses
     * {@link EventBus#writer()} is the writer's, and polls by {@link Writer#poll()} as it likes.
     *
     * @return this.
     */
    public EventBusBuilder ownWriterThread()
    {
        ownWriterThread = true;
        return this;
    }

    /**
     * Lets every thread publish straight into the ring, by {@link EventBus#sharedWriter()}, in place of the one writer
     * with its inboxes. The order of the events of several threads is then the machine's: no second run repeats it, and
     * what needs the one writer is refused, that is inputs, inboxes, a writer thread, a history, a stall limit, and
     * lanes that are inline, the order lane, or do not gate.
     *
     * @param backPressure what an offer does that finds the ring full; one that waits is not for handlers.
     * @return this.
     */
    public EventBusBuilder multiProducer(final BackPressure backPressure)
    {
        sharedBackPressure = Objects.requireNonNull(backPressure, "backPressure");
        return this;
    }

    /**
     * Chooses how the writer waits, on a full ring and, on its own thread, for input; by default a busy spin.
     *
     * @param strategy not shared with another thread unless it is stateless.
     * @return this.
     */
    public EventBusBuilder idle(final IdleStrategy strategy)
    {
        idle = Objects.requireNonNull(strategy, "strategy");
        return this;
    }

    /**
     * Sets how many processors spinning threads may take, by default those of the machine.
     *
     * @param count at least 1.
     * @return this.
     */
    public EventBusBuilder processors(final int count)
    {
        processors = count;
        return this;
    }

    /**
     * Declares how many events a second the bus is built for: the ring is then refused if it could not hold what comes
     * while a lane waits for a {@link Frontier} that moves by time. It limits nothing.
     *
     * @param eventsPerSecond 0 to 10^9; 0, the default, declares nothing.
     * @return this.
     */
    public EventBusBuilder declaredRate(final long eventsPerSecond)
    {
        declaredRate = eventsPerSecond;
        return this;
    }

    /**
     * Has a thread of the bus, the watchdog, look for lanes that stand still with work waiting; by default nobody
     * does. It tells between the limit and a quarter of it later, once per stall. A lane counts as moving when its
     * sequence moves or, within a batch, its event or handler. A pause of the whole process is not taken for a stall;
     * one of a single lane's thread is, as far as it is longer than the limit.
     *
     * @param limitNs  in nanoseconds, at least 10^6; longer than the longest call of a handler, and than the interval
     *                 of any frontier and two of its forces, for which a lane behind it may stand.
     * @param listener told of stalls and of their ends.
     * @return this.
     */
    public EventBusBuilder stallLimit(final long limitNs, final StallListener listener)
    {
        stallLimitNs = limitNs;
        stallListener = Objects.requireNonNull(listener, "listener");
        return this;
    }

    /**
     * Sets the clock of the limit of a close and of the watchdog, by default the system's; it enters no event.
     *
     * @param nanoClock the clock.
     * @return this.
     */
    public EventBusBuilder clock(final NanoClock nanoClock)
    {
        clock = Objects.requireNonNull(nanoClock, "nanoClock");
        return this;
    }

    /**
     * Sets how many timers of handlers may be pending, by default 0: then requests are recorded and no timer comes,
     * which a replay misses, since it makes each one. One more than there is room for halts the bus, so give room for
     * those of all strategies.
     *
     * @param count 0 to {@link io.ringtape.event.TimerQueue#MAX_CAPACITY}.
     * @return this.
     * @throws IllegalArgumentException if the count is out of its range.
     */
    public EventBusBuilder timers(final int count)
    {
        timers = timers.withCapacity(count);
        return this;
    }

    /**
     * Lets a poll of the writer publish a heartbeat when no input came for a while, by default never: for a live
     * market, so that time goes on, and timers with it, when nothing happens. Its receive time is the clock's, or the
     * latest so far if that is later. A capture has its time from its events alone.
     *
     * @param epochClock of the receive times, ns since the epoch.
     * @param quietNs    for how long no input came, by the clock, above 0; 0 for no heartbeats.
     * @return this.
     * @throws IllegalArgumentException if the time is negative.
     */
    public EventBusBuilder heartbeat(final EpochNanoClock epochClock, final long quietNs)
    {
        timers = timers.withHeartbeat(Objects.requireNonNull(epochClock, "epochClock"), quietNs);
        return this;
    }

    /**
     * Sets who makes the threads, by default daemons; the bus names them.
     *
     * @param factory of threads that are not started.
     * @return this.
     */
    public EventBusBuilder threadFactory(final ThreadFactory factory)
    {
        threadFactory = Objects.requireNonNull(factory, "factory");
        return this;
    }

    /**
     * Sets who gets the rare events, by default nobody.
     *
     * @param listener called on the thread where it happened.
     * @return this.
     */
    public EventBusBuilder faultListener(final FaultListener listener)
    {
        faultListener = Objects.requireNonNull(listener, "listener");
        return this;
    }

    /**
     * Gives the bus a past, so that handlers can join while it runs and get what they missed, and lanes that fall
     * behind can go on from it, see {@link OverflowPolicy#SPILL}.
     *
     * @param past     what the recorder has kept.
     * @param laneName the lane of the recorder: it gates, and has it as a range handler.
     * @return this.
     */
    public EventBusBuilder history(final History past, final String laneName)
    {
        history = Objects.requireNonNull(past, "past");
        recorderLane = Objects.requireNonNull(laneName, "laneName");
        return this;
    }

    /**
     * Has a thread of the bus copy what it counts to where others can look; by default nobody does.
     *
     * @param copies of this bus alone, with room for all lanes and inboxes.
     * @return this.
     */
    public EventBusBuilder counters(final BusCounters copies)
    {
        counters = Objects.requireNonNull(copies, "copies");
        return this;
    }

    /**
     * Makes the bus; it is started by {@link EventBus#start()}.
     *
     * @return the bus.
     * @throws IllegalArgumentException if something does not fit; the message names it.
     */
    public EventBus build()
    {
        final BusConfig config = new BusConfig(capacity, firstSequence, processors, declaredRate, stallLimitNs);
        requireInputNames();
        if (isMultiProducer())
        {
            SharedRules.check(this, lanes, config);
        }
        final List<Lane> ordered = LaneGraph.check(lanes, idle, config);
        if (history == null)
        {
            OverflowRules.checkWithoutHistory(lanes);
        }
        else
        {
            LaneGraph.checkRecorder(lanes, recorderLane, history);
        }
        return new EventBus(this, config, ordered);
    }

    List<Input> inputs()
    {
        return inputs;
    }

    List<InboxSpec> inboxes()
    {
        return inboxes;
    }

    @Nullable
    History history()
    {
        return history;
    }

    @Nullable
    BusCounters counters()
    {
        return counters;
    }

    String recorderLane()
    {
        return recorderLane;
    }

    boolean isMultiProducer()
    {
        return sharedBackPressure != null;
    }

    BackPressure sharedBackPressure()
    {
        return Objects.requireNonNull(sharedBackPressure, "sharedBackPressure");
    }

    boolean hasOwnWriterThread()
    {
        return ownWriterThread;
    }

    IdleStrategy idle()
    {
        return idle;
    }

    NanoClock clock()
    {
        return clock;
    }

    TimerConfig timers()
    {
        return timers;
    }

    ThreadFactory threadFactory()
    {
        return threadFactory;
    }

    FaultListener faultListener()
    {
        return faultListener;
    }

    StallListener stallListener()
    {
        return stallListener;
    }

    private void requireInputNames()
    {
        final Set<String> names = new HashSet<>();
        for (final Input input : inputs)
        {
            requireName(names, input.name());
        }
        for (final InboxSpec inbox : inboxes)
        {
            requireName(names, inbox.name());
            final int events = inbox.capacity();
            if (events < Inbox.MIN_CAPACITY || events > Inbox.MAX_CAPACITY || Integer.bitCount(events) != 1)
            {
                throw new IllegalArgumentException("inbox capacity must be a power of two, " + Inbox.MIN_CAPACITY +
                    " to " + Inbox.MAX_CAPACITY + ": inbox=" + inbox.name() + " capacity=" + events);
            }
        }
    }

    private static void requireName(final Set<String> names, final String name)
    {
        if (name.isEmpty() || !names.add(name))
        {
            throw new IllegalArgumentException("input name is empty or taken: input=" + name);
        }
    }

    private static Thread daemon(final Runnable runnable)
    {
        final Thread thread = new Thread(runnable);
        thread.setDaemon(true);
        return thread;
    }
}
