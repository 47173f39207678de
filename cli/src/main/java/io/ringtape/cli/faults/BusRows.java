package io.ringtape.cli.faults;

import io.ringtape.bus.BusState;
import io.ringtape.bus.EventBus;
import io.ringtape.bus.EventBusBuilder;
import io.ringtape.bus.Fault;
import io.ringtape.bus.FaultPolicy;
import io.ringtape.bus.Lane;
import io.ringtape.bus.LaneState;
import io.ringtape.bus.OverflowPolicy;
import io.ringtape.bus.Stall;
import io.ringtape.bus.StallListener;
import io.ringtape.bus.Writer;
import io.ringtape.cli.platform.InjectedPause;
import io.ringtape.event.EventHandler;
import io.ringtape.event.OrderBookEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

/**
 * What handlers do to a bus: F28, F29, F31 and F42.
 */
final class BusRows
{
    static final long CLOSE_LIMIT_NS = Limits.HANG_MS * 1_000_000L;
    private static final int CAPACITY = 64;
    private static final int MAX_CLAIM = 8;
    private static final long POLICY_LIMIT_MS = 10;
    private static final long STALL_MS = 100;
    /** A quarter more is the watchdog's; where it gets no processor itself it counts less than what passes. */
    private static final long STALL_TOLD_MS = 5 * STALL_MS;
    private static final long SHORT_CLOSE_NS = 20_000_000;
    private static final long NAP_NS = 50_000;
    private static final List<FaultPolicy> POLICIES = List.of(FaultPolicy.values());
    private static final String FAILING = "failing";
    private static final String OTHER = "other";

    private final Limits limits;
    /** The first fault of a process loads what tells it: 10 ms are for those behind it. */
    private boolean hasThrown;

    BusRows(final Limits limits)
    {
        this.limits = limits;
    }

    List<FaultRow> rows()
    {
        return List.of(
            new Row("F28", "a handler throws, each policy", 3_000, (seed, scratch) -> throwing(seed)),
            new Row("F29", "a handler hangs", 200, (seed, scratch) -> hanging(seed)),
            new Row("F31", "a handler publishes to its own ring; a claim stays open", 1_000, this::misusing),
            new Row("F42", "a lane is evicted inside a callback", 1_000, (seed, scratch) -> evicting(seed)));
    }

    private void throwing(final long seed) throws IOException
    {
        final SplittableRandom random = new SplittableRandom(seed);
        final FaultPolicy policy = POLICIES.get(random.nextInt(POLICIES.size()));
        final long events = 200L + random.nextInt(2_000);
        final long at = random.nextLong(events);
        final AtomicLong thrownNs = new AtomicLong();
        final AtomicLong tookNs = new AtomicLong();
        final AtomicReference<Fault> told = new AtomicReference<>();
        final Delivered failing = new Delivered();
        final Delivered other = new Delivered();
        final EventHandler throwing = (event) ->
        {
            failing.onEvent(event);
            if (event.sequence() == at)
            {
                thrownNs.set(limits.start());
                throw new IllegalStateException("made by a fault row");
            }
        };
        final EventBus bus = bus().faultListener((fault) ->
        {
            // Judged later: a listener must not throw.
            tookNs.set(limits.start() - thrownNs.get());
            told.set(fault);
        }).lane(lane(FAILING).onFault(policy).statelessHandler(FAILING, throwing).build())
            .lane(lane(OTHER).handler(OTHER, other).build()).build();
        bus.start();
        publish(bus, 0, events, random);
        limits.await("the fault", Limits.HANG_MS, () -> told.get() != null);
        final boolean isDrained = bus.close(CLOSE_LIMIT_NS);

        limits.requireTook("the policy", tookNs.get(), hasThrown ? POLICY_LIMIT_MS : Limits.HANG_MS);
        hasThrown = true;
        final Fault fault = told.get();
        FaultFailure.require(fault.sequence() == at && fault.applied() == policy &&
            fault.handler().equals(FAILING),
            "the fault is not told: policy=" + policy + " at=" + at + " fault=" + fault + " bus=" + bus.fault());
        FaultFailure.require(isDrained == (policy != FaultPolicy.HALT) &&
            bus.fault().isPresent() == (policy == FaultPolicy.HALT),
            "the bus is not as the policy says: policy=" + policy + " drained=" + isDrained);
        failing.requireUpTo(FAILING, policy == FaultPolicy.SKIP ? events : at + 1);
        other.requireUpTo(OTHER, policy == FaultPolicy.HALT ? other.next() : events);
        FaultFailure.require(bus.lane(FAILING).skippedCount() == (policy == FaultPolicy.SKIP ? 1 : 0) &&
            (bus.lane(FAILING).state() == LaneState.DETACHED) == (policy == FaultPolicy.DETACH),
            "the lane is not as the policy says: policy=" + policy + " state=" + bus.lane(FAILING).state());
    }

    private void hanging(final long seed) throws IOException
    {
        final SplittableRandom random = new SplittableRandom(seed);
        final long at = random.nextLong(4 * CAPACITY);
        final long events = at + 4 * CAPACITY;
        final Hang hang = new Hang(at);
        final Delivered hung = new Delivered();
        final Delivered other = new Delivered();
        final EventBus bus = bus().stallLimit(STALL_MS * 1_000_000L, hang)
            .lane(lane("hanging").handler("hanging", (event) ->
            {
                hung.onEvent(event);
                hang.onEvent(event);
            }).build()).lane(lane(OTHER).handler(OTHER, other).build()).build();
        bus.start();
        long next = 0;
        final long startNs = limits.start();
        long full = 0;
        try
        {
            while (hang.stall.get() == null)
            {
                limits.require("the stall", startNs, Limits.HANG_MS);
                final int answer = tryPublish(bus, next, 1);
                next += answer == Writer.ACCEPTED ? 1 : 0;
                full += answer == Writer.FULL ? 1 : 0;
            }
            FaultFailure.require(full > 0 && next <= at + CAPACITY + 1,
                "the ring went on without the lane: next=" + next + " at=" + at);
        }
        finally
        {
            hang.isReleased = true;
        }
        publish(bus, next, events - next, random);
        limits.requireTook("the word of the stall", hang.tookNs, STALL_TOLD_MS);
        limits.await("the end of the stall", Limits.HANG_MS, () -> hang.isOver);
        FaultFailure.require(bus.close(CLOSE_LIMIT_NS), "bus was not drained");
        hung.requireUpTo("hanging", events);
        other.requireUpTo(OTHER, events);
    }

    /** A handler that stands at one event until it is let go, and what the watchdog says of it. */
    private final class Hang implements EventHandler, StallListener
    {
        private final long at;
        private final AtomicReference<Stall> stall = new AtomicReference<>();
        private volatile long sinceNs;
        private volatile long tookNs;
        private volatile boolean isReleased;
        private volatile boolean isOver;

        private Hang(final long at)
        {
            this.at = at;
        }

        @Override
        public void onEvent(final OrderBookEvent event)
        {
            if (event.sequence() == at)
            {
                sinceNs = limits.start();
                while (!isReleased)
                {
                    InjectedPause.ofNs(NAP_NS);
                }
            }
        }

        // A lane that had to wait for a processor may be told as well: it is another event's.
        @Override
        public void onStall(final Stall found)
        {
            if (found.handler().equals("hanging") && found.sequence() == at)
            {
                tookNs = limits.start() - sinceNs;
                stall.set(found);
            }
        }

        @Override
        public void onStallEnd(final Stall found)
        {
            isOver |= found.sequence() == at;
        }
    }

    private void misusing(final long seed, final Path scratch) throws IOException, InterruptedException
    {
        final SplittableRandom random = new SplittableRandom(seed);
        switch (random.nextInt(3))
        {
            case 0 -> publishInside(random);
            case 1 -> claimTwice(random);
            default -> closeOverClaim(random);
        }
    }

    private void publishInside(final SplittableRandom random) throws IOException
    {
        final FaultPolicy policy = random.nextBoolean() ? FaultPolicy.HALT : FaultPolicy.DETACH;
        final long events = (long)CAPACITY + random.nextInt(500);
        final long at = random.nextLong(events);
        final AtomicReference<EventBus> own = new AtomicReference<>();
        final AtomicReference<Fault> told = new AtomicReference<>();
        final Delivered other = new Delivered();
        final EventBus bus = bus().faultListener(told::set)
            .lane(lane(FAILING).onFault(policy).handler(FAILING, (event) ->
            {
                if (event.sequence() == at)
                {
                    own.get().writer().claim(1);
                }
            }).build()).lane(lane(OTHER).handler(OTHER, other).build()).build();
        own.set(bus);
        bus.start();
        publish(bus, 0, events, random);
        limits.await("the exception", Limits.HANG_MS, () -> told.get() != null);
        bus.close(CLOSE_LIMIT_NS);
        final Fault fault = told.get();
        FaultFailure.require(fault.sequence() == at && fault.cause() instanceof IllegalStateException,
            "no exception for a handler that publishes: at=" + at + " fault=" + fault.describe());
        other.requireUpTo(OTHER, policy == FaultPolicy.HALT ? other.next() : events);
    }

    private void claimTwice(final SplittableRandom random)
    {
        final Delivered other = new Delivered();
        final EventBus bus = bus().lane(lane(OTHER).handler(OTHER, other).build()).build();
        bus.start();
        final long before = 1L + random.nextInt(200);
        publish(bus, 0, before, random);
        final int count = 1 + random.nextInt(MAX_CLAIM);
        final long first = bus.writer().claim(count);
        String said = "nothing";
        try
        {
            bus.writer().claim(1);
        }
        catch (final IllegalStateException e)
        {
            said = String.valueOf(e.getMessage());
        }
        FaultFailure.require(said.equals("a claim is open: first=" + first + " count=" + count),
            "no exception for a second claim: " + said);
        for (long sequence = first; sequence < first + count; sequence++)
        {
            FaultTapes.fill(bus.writer().slot(sequence), sequence);
        }
        bus.writer().publish();
        FaultFailure.require(bus.close(CLOSE_LIMIT_NS), "bus was not drained");
        other.requireUpTo(OTHER, before + count);
    }

    private void closeOverClaim(final SplittableRandom random) throws InterruptedException
    {
        final Delivered other = new Delivered();
        final EventBus bus = bus().lane(lane(OTHER).handler(OTHER, other).build()).build();
        bus.start();
        final long before = 1L + random.nextInt(200);
        publish(bus, 0, before, random);
        bus.writer().claim(1 + random.nextInt(MAX_CLAIM));
        final AtomicReference<Boolean> isDrained = new AtomicReference<>(true);
        final Thread closing = new Thread(() -> isDrained.set(bus.close(SHORT_CLOSE_NS)), "fault-close");
        closing.start();
        closing.join(Limits.HANG_MS);
        FaultFailure.require(!closing.isAlive(), "a close hangs over a claim");
        FaultFailure.require(!isDrained.get() && bus.state() == BusState.CLOSED && bus.cursor() == before - 1,
            "a claim that was never published counts: state=" + bus.state() + " cursor=" + bus.cursor());
        other.requireUpTo(OTHER, before);
    }

    private void evicting(final long seed) throws IOException
    {
        final SplittableRandom random = new SplittableRandom(seed);
        final Delivered shed = new Delivered();
        final AtomicReference<EventBus> own = new AtomicReference<>();
        final SplittableRandom pauses = random.split();
        final long events = 4_000L + random.nextInt(4_000);
        final EventBus bus = bus().lane(lane("shed").overflow(OverflowPolicy.SHED)
            .privateBuffer(1 << random.nextInt(7)).handler("shed", new EventHandler()
            {
                @Override
                public void onEvent(final OrderBookEvent event)
                {
                    shed.onEvent(event);
                    if (pauses.nextInt(MAX_CLAIM) == 0)
                    {
                        // Until every slot of the ring holds another event.
                        final long end = Math.min(events - 1, event.sequence() + 3 * CAPACITY);
                        while (own.get().cursor() < end && own.get().state() == BusState.RUNNING)
                        {
                            Thread.onSpinWait();
                        }
                        shed.compare(event, shed.next() - 1);
                    }
                }

                @Override
                public void onShed(final long firstSequence, final long lastSequence)
                {
                    shed.onShed(firstSequence, lastSequence);
                }
            }).build()).build();
        own.set(bus);
        bus.start();
        publish(bus, 0, events, random);
        FaultFailure.require(bus.close(CLOSE_LIMIT_NS), "bus was not drained");
        shed.requireUpTo("shed", events);
        FaultFailure.require(bus.lane("shed").evictionCount() > 0 && bus.lane("shed").shedCount() == shed.shed(),
            "losses differ: evictions=" + bus.lane("shed").evictionCount() + " shed=" +
            bus.lane("shed").shedCount() + " told=" + shed.shed());
    }

    private void publish(final EventBus bus, final long first, final long events, final SplittableRandom random)
    {
        final long end = first + events;
        long next = first;
        int answer = Writer.ACCEPTED;
        while (next < end && answer == Writer.ACCEPTED)
        {
            final int count = (int)Math.min(end - next, 1 + random.nextInt(MAX_CLAIM));
            answer = publish(limits, bus, next, count);
            next += count;
        }
        FaultFailure.require(answer == Writer.ACCEPTED || answer == Writer.HALTED, "publisher got " + answer);
    }

    /** Publishes with one claim; a ring that stays full is a hang. */
    static int publish(final Limits limits, final EventBus bus, final long first, final int count)
    {
        final long startNs = limits.start();
        int answer = tryPublish(bus, first, count);
        while (answer == Writer.FULL)
        {
            limits.require("a publish", startNs, Limits.HANG_MS);
            YieldingIdleStrategy.INSTANCE.idle();
            answer = tryPublish(bus, first, count);
        }
        return answer;
    }

    private static int tryPublish(final EventBus bus, final long first, final int count)
    {
        final Writer writer = bus.writer();
        final long claimed = writer.tryClaim(count);
        if (claimed < 0)
        {
            return (int)claimed;
        }
        for (long sequence = first; sequence < first + count; sequence++)
        {
            FaultTapes.fill(writer.slot(sequence), sequence);
        }
        writer.publish();
        return Writer.ACCEPTED;
    }

    private static EventBusBuilder bus()
    {
        return EventBus.builder().capacity(CAPACITY).idle(new BackoffIdleStrategy());
    }

    static Lane.Builder lane(final String name)
    {
        return Lane.named(name).idle(new BackoffIdleStrategy());
    }
}
