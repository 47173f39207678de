package io.ringtape.bus;

import io.ringtape.event.Conflater;
import io.ringtape.event.EventHandler;
import io.ringtape.event.Interest;
import io.ringtape.event.RangeHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.jspecify.annotations.Nullable;

/**
 * The description of a lane: handlers in a fixed order on one thread.
 * <p>
 * For each batch of events the lane calls its event handlers event by event, each event through all of them in order;
 * then its range handlers, once per contiguous range of slots; then {@code onBatchEnd} of the event handlers. Its own
 * sequence moves once per batch. Overflow and fault policy belong to the lane, so all its handlers share them.
 * <p>
 * <b>Own thread</b> (the default) or <b>inline</b>: an inline lane runs on the writer's thread, inside each publish,
 * and the writer is behind it at no time. <b>The order lane</b> holds book, risk and the strategies that share limits,
 * so that they see the same instant; a bus has at most one, it gates and halts.
 * <p>
 * A lane may run <b>after</b> other lanes and after {@link Frontier frontiers}: it sees an event when all of them have
 * passed it. A handler with an {@link Interest} gets a part of the events. The package page has the whole contract.
 * <p>
 * A lane that spills, sheds or conflates ({@link OverflowPolicy}) reads from a buffer of its own instead of the ring,
 * needs its own thread, and no other lane runs after it.
 * <p>
 * Thread safety: immutable; a description is used by one bus, because handlers and idle strategy hold state.
 * Allocation: on construction only.
 */
public final class Lane
{
    /** Events of a batch where none was chosen and the ring is large enough: what one block of the tape takes. */
    public static final int DEFAULT_BATCH_LIMIT = 1024;

    private final String name;
    private final boolean orderLane;
    private final boolean inline;
    private final boolean finishOnHalt;
    private final List<NamedHandler<EventHandler>> handlers;
    private final List<NamedHandler<RangeHandler>> rangeHandlers;
    private final List<String> after;
    private final List<Frontier> frontiers;
    private final FaultPolicy faultPolicy;
    private final OverflowPolicy overflowPolicy;
    private final IdleStrategy idle;
    private final int batchLimit;
    private final int privateBuffer;
    private final @Nullable Conflater conflater;
    private final OverflowPolicy whenFull;

    private Lane(final Builder builder)
    {
        name = builder.name;
        orderLane = builder.orderLane;
        inline = builder.inline;
        finishOnHalt = builder.finishOnHalt;
        handlers = List.copyOf(builder.handlers);
        rangeHandlers = List.copyOf(builder.rangeHandlers);
        after = List.copyOf(builder.after);
        frontiers = List.copyOf(builder.frontiers);
        faultPolicy = builder.faultPolicy;
        overflowPolicy = Objects.requireNonNullElse(builder.overflowPolicy, OverflowPolicy.GATE);
        idle = builder.idle;
        batchLimit = builder.batchLimit;
        privateBuffer = builder.privateBuffer;
        conflater = builder.conflater;
        whenFull = builder.whenFull;
    }

    /**
     * Starts the description of a lane.
     *
     * @param name unique on the bus, not empty.
     * @return a builder.
     */
    public static Builder named(final String name)
    {
        return new Builder(name);
    }

    /**
     * The name of the lane.
     *
     * @return not empty.
     */
    public String name()
    {
        return name;
    }

    /**
     * Whether this is the order lane.
     *
     * @return true if it was declared so.
     */
    public boolean isOrderLane()
    {
        return orderLane;
    }

    /**
     * Whether the lane runs on the writer's thread.
     *
     * @return false if it has a thread of its own.
     */
    public boolean isInline()
    {
        return inline;
    }

    /**
     * What a fault of a handler does.
     *
     * @return the policy of all handlers of the lane.
     */
    public FaultPolicy faultPolicy()
    {
        return faultPolicy;
    }

    /**
     * What happens when the lane falls behind.
     *
     * @return the policy of all handlers of the lane.
     */
    public OverflowPolicy overflowPolicy()
    {
        return overflowPolicy;
    }

    /**
     * The lanes that this one runs after.
     *
     * @return names; empty if it waits for the cursor alone.
     */
    public List<String> after()
    {
        return after;
    }

    /**
     * The frontiers that the lane runs after.
     *
     * @return empty if it waits for none.
     */
    public List<Frontier> frontiers()
    {
        return frontiers;
    }

    boolean finishesOnHalt()
    {
        return finishOnHalt;
    }

    List<NamedHandler<EventHandler>> handlers()
    {
        return handlers;
    }

    List<NamedHandler<RangeHandler>> rangeHandlers()
    {
        return rangeHandlers;
    }

    IdleStrategy idle()
    {
        return idle;
    }

    int batchLimit(final int capacity)
    {
        return batchLimit != 0 ? batchLimit : Math.min(DEFAULT_BATCH_LIMIT, Math.max(1, capacity >> 2));
    }

    boolean hasBatchLimit()
    {
        return batchLimit != 0;
    }

    boolean hasPrivateBuffer()
    {
        return privateBuffer != 0;
    }

    int privateBuffer(final int capacity)
    {
        final int least = overflowPolicy == OverflowPolicy.CONFLATE ? OverflowRules.MIN_CONFLATED : 1;
        return privateBuffer != 0 ? privateBuffer : Math.max(least, Math.min(DEFAULT_BATCH_LIMIT, capacity >> 2));
    }

    @Nullable
    Conflater conflater()
    {
        return conflater;
    }

    /**
     * Whether the writer may go on without the lane.
     *
     * @return false if the ring waits for it.
     */
    boolean isEvictable()
    {
        return whenFull != OverflowPolicy.GATE;
    }

    /**
     * Collects the description of a lane; rules over several lanes are checked by {@link EventBusBuilder#build()}.
     * <p>
     * Thread safety: none.
     * Allocation: cold.
     */
    public static final class Builder
    {
        private final String name;
        private final List<NamedHandler<EventHandler>> handlers = new ArrayList<>();
        private final List<NamedHandler<RangeHandler>> rangeHandlers = new ArrayList<>();
        private final List<String> after = new ArrayList<>();
        private final List<Frontier> frontiers = new ArrayList<>();
        private boolean orderLane;
        private boolean inline;
        private boolean finishOnHalt;
        private FaultPolicy faultPolicy = FaultPolicy.HALT;
        private @Nullable OverflowPolicy overflowPolicy;
        private OverflowPolicy whenFull = OverflowPolicy.GATE;
        private @Nullable Conflater conflater;
        private int privateBuffer;
        private IdleStrategy idle = BusySpinIdleStrategy.INSTANCE;
        private int batchLimit;

        private Builder(final String name)
        {
            if (name.isEmpty())
            {
                throw new IllegalArgumentException("lane name must not be empty");
            }
            this.name = name;
        }

        /**
         * Declares this the order lane: it must gate and halt, and a bus has at most one.
         *
         * @return this.
         */
        public Builder orderLane()
        {
            orderLane = true;
            return this;
        }

        /**
         * Runs the lane on the writer's thread, inside each publish.
         *
         * @return this.
         */
        public Builder inline()
        {
            inline = true;
            return this;
        }

        /**
         * Appends an event handler.
         *
         * @param handlerName unique on the bus.
         * @param handler     gets each event.
         * @return this.
         */
        public Builder handler(final String handlerName, final EventHandler handler)
        {
            return add(handlerName, handler, false, Interest.all());
        }

        /**
         * Appends an event handler that gets some of the events; the others cost it a look.
         *
         * @param handlerName unique on the bus.
         * @param handler     gets each event of interest.
         * @param interest    which those are.
         * @return this.
         */
        public Builder handler(final String handlerName, final EventHandler handler, final Interest interest)
        {
            return add(handlerName, handler, false, interest);
        }

        /**
         * Appends an event handler that keeps nothing from one event to the next, so that {@link FaultPolicy#SKIP} may
         * skip a call of it.
         *
         * @param handlerName unique on the bus.
         * @param handler     gets each event.
         * @return this.
         */
        public Builder statelessHandler(final String handlerName, final EventHandler handler)
        {
            return add(handlerName, handler, true, Interest.all());
        }

        /**
         * Appends an event handler that gets some of the events and keeps nothing from one to the next, see
         * {@link #statelessHandler(String, EventHandler)}.
         *
         * @param handlerName unique on the bus.
         * @param handler     gets each event of interest.
         * @param interest    which those are.
         * @return this.
         */
        public Builder statelessHandler(
            final String handlerName, final EventHandler handler, final Interest interest)
        {
            return add(handlerName, handler, true, interest);
        }

        /**
         * Appends a range handler; range handlers run after the event handlers of the lane.
         *
         * @param handlerName unique on the bus.
         * @param handler     gets each contiguous range of slots, void events included.
         * @return this.
         */
        public Builder rangeHandler(final String handlerName, final RangeHandler handler)
        {
            rangeHandlers.add(new NamedHandler<>(
                handlerName, Objects.requireNonNull(handler, "handler"), false, Interest.all()));
            return this;
        }

        /**
         * Makes the lane run after another one: it sees an event only when all handlers of that lane have.
         *
         * @param laneName of a lane that gates and halts.
         * @return this.
         */
        public Builder after(final String laneName)
        {
            after.add(laneName);
            return this;
        }

        /**
         * Makes the lane run after a frontier: it sees an event only when the frontier has reached it. The ring waits
         * for the lane, and so for the frontier; a frontier that stands still holds the lane until the bus ends.
         *
         * @param frontier that moves with the recorder of another lane of the bus, or with no lane of it.
         * @return this.
         */
        public Builder after(final Frontier frontier)
        {
            frontiers.add(Objects.requireNonNull(frontier, "frontier"));
            return this;
        }

        /**
         * Chooses what a fault does, by default {@link FaultPolicy#HALT}.
         *
         * @param policy of all handlers of the lane.
         * @return this.
         */
        public Builder onFault(final FaultPolicy policy)
        {
            faultPolicy = Objects.requireNonNull(policy, "policy");
            return this;
        }

        /**
         * Chooses what happens when the lane falls behind, by default {@link OverflowPolicy#GATE}.
         *
         * @param policy of all handlers of the lane; to conflate see {@link #conflate(Conflater, OverflowPolicy)}.
         * @return this.
         * @throws IllegalArgumentException if it is {@link OverflowPolicy#CONFLATE}, or another policy was chosen.
         */
        public Builder overflow(final OverflowPolicy policy)
        {
            if (policy == OverflowPolicy.CONFLATE)
            {
                throw new IllegalArgumentException("a lane that conflates needs a conflater: lane=" + name);
            }
            overflowPolicy = OverflowRules.one(name, overflowPolicy, Objects.requireNonNull(policy, "policy"));
            whenFull = policy;
            return this;
        }

        /**
         * Gives the handlers the latest state instead of each change. The lane takes over all that is published,
         * offers it to the conflater, and then delivers what was merged, and what is not merged, in the order of the
         * sequences; while its handlers work, the ring holds what comes next. What waits to be delivered, merged or
         * not, is bounded by {@link #privateBuffer(int)}: when as much waits, it is delivered before more is taken
         * over.
         *
         * @param merging  serves this lane only.
         * @param whenFull what happens when the ring is full all the same: {@link OverflowPolicy#GATE} or
         *                 {@link OverflowPolicy#SHED}.
         * @return this.
         * @throws IllegalArgumentException if the last is another policy, or an overflow policy was chosen before.
         */
        public Builder conflate(final Conflater merging, final OverflowPolicy whenFull)
        {
            if (whenFull != OverflowPolicy.GATE && whenFull != OverflowPolicy.SHED)
            {
                throw new IllegalArgumentException(
                    "a lane that conflates gates or sheds when the ring is full: lane=" + name);
            }
            overflowPolicy = OverflowRules.one(name, overflowPolicy, OverflowPolicy.CONFLATE);
            conflater = Objects.requireNonNull(merging, "merging");
            this.whenFull = Objects.requireNonNull(whenFull, "whenFull");
            return this;
        }

        /**
         * Sets how many events a lane that spills, sheds or conflates copies at a time, and how many merged and other
         * events of a lane that conflates wait to be delivered; by default {@link #DEFAULT_BATCH_LIMIT}, or a quarter
         * of the ring if that is less.
         *
         * @param events a power of two, 1 to 2^24, and at least 2 to conflate.
         * @return this.
         * @throws IllegalArgumentException if it is none.
         */
        public Builder privateBuffer(final int events)
        {
            if (events < 1 || events > BusConfig.MAX_CAPACITY || Integer.bitCount(events) != 1)
            {
                throw new IllegalArgumentException("privateBuffer must be a power of two, at most " +
                    BusConfig.MAX_CAPACITY + ": lane=" + name + " privateBuffer=" + events);
            }
            privateBuffer = events;
            return this;
        }

        /**
         * Chooses how the thread of the lane waits, by default a busy spin. Of Agrona's strategies the busy spin and
         * the no-op keep a processor to themselves and are counted against the processors; all others are taken to
         * give it away. While events come fast, a lane pauses for some 100 ns between two looks, which lets the writer
         * publish faster; with the no-op it never does.
         *
         * @param strategy not shared with another thread unless it is stateless.
         * @return this.
         */
        public Builder idle(final IdleStrategy strategy)
        {
            idle = Objects.requireNonNull(strategy, "strategy");
            return this;
        }

        /**
         * Limits the events of a batch, so that a slow lane gives room back before it has seen all that waits; by
         * default {@link #DEFAULT_BATCH_LIMIT}, or a quarter of the ring if that is less. A lane that comes first on
         * a bus with one writer, with event handlers only, takes 256 at most.
         *
         * @param events at least 1.
         * @return this.
         */
        public Builder batchLimit(final int events)
        {
            if (events < 1)
            {
                throw new IllegalArgumentException("batchLimit must be at least 1: batchLimit=" + events);
            }
            batchLimit = events;
            return this;
        }

        /**
         * On a halt that is not its own fault the lane first delivers what is published, as far as the lanes that it
         * runs after did: a recorder then has the event that another lane failed on.
         *
         * @return this.
         */
        public Builder finishOnHalt()
        {
            finishOnHalt = true;
            return this;
        }

        /**
         * Makes the description.
         *
         * @return the lane.
         */
        public Lane build()
        {
            return new Lane(this);
        }

        private Builder add(
            final String handlerName, final EventHandler handler, final boolean stateless, final Interest interest)
        {
            handlers.add(new NamedHandler<>(handlerName, Objects.requireNonNull(handler, "handler"), stateless,
                Objects.requireNonNull(interest, "interest")));
            return this;
        }
    }
}
