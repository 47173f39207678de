package io.ringtape.cli.session;

import io.ringtape.book.BookConflater;
import io.ringtape.bus.BusCounters;
import io.ringtape.bus.EventBus;
import io.ringtape.bus.FaultPolicy;
import io.ringtape.bus.Lane;
import io.ringtape.bus.OverflowPolicy;
import io.ringtape.cli.TestTapes;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventHandler;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.journal.CountersFile;
import io.ringtape.journal.TapeConfig;
import io.ringtape.journal.TapeHistory;
import io.ringtape.journal.TapeWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.YieldingIdleStrategy;

/**
 * A process with a lane of each overflow and each fault policy, every one of which had to do what its policy says. It
 * then waits for the end of its input.
 * <p>
 * Thread safety: none; one test.
 * Allocation: as it needs.
 */
public final class PolicyLanes
{
    /** What must become of each lane, as {@code top} shows it to a person. */
    public static final List<String> TEXT = List.of(
        "  lane       policy  on fault     state  sequence  lag  shed  conflate" +
            "d  spills  evictions  skipped  faults  stalls",
        "  tape         gate      halt   running        47    0     0          " +
            "0       0          0        0       0       0",
        "  spiller     spill    detach   running        47    0     0          " +
            "0       1          1        0       0       0",
        "  shedder      shed      skip   running        47    0    40          " +
            "0       0          1        1       1       0",
        "  merger   conflate      halt   running        47    0     0          " +
            "6       0          0        0       0       0",
        "  quitter      gate    detach  detached        -1   48     0          " +
            "0       0          0        0       1       0",
        "  skipper      gate      skip   running        47    0     0          " +
            "0       0          0        1       1       0");
    private static final List<String> COUNTS = List.of(
        "sequence", "lag", "skipped", "shed", "conflated", "evictions", "faults", "stalls", "spills");
    /** The same as it tells a program. */
    public static final String JSON = String.join(",",
        object("tape", "gate", "halt", "running", 47, 0, 0, 0, 0, 0, 0, 0, 0),
        object("spiller", "spill", "detach", "running", 47, 0, 0, 0, 0, 1, 0, 0, 1),
        object("shedder", "shed", "skip", "running", 47, 0, 1, 40, 0, 1, 1, 0, 0),
        object("merger", "conflate", "halt", "running", 47, 0, 0, 0, 6, 0, 0, 0, 0),
        object("quitter", "gate", "detach", "detached", -1, 48, 0, 0, 0, 0, 1, 0, 0),
        object("skipper", "gate", "skip", "running", 47, 0, 1, 0, 0, 0, 1, 0, 0));

    private static final long AWAIT_LIMIT_NS = 60_000_000_000L;
    private static final int CAPACITY = 8;
    private static final int MISSED = 40;
    private static final int MERGED = 6;

    private final Held spiller = new Held(false);
    private final Held shedder = new Held(true);
    private final Held merger = new Held(false);
    private final EventBatch event = new EventBatch(1);
    private final EventBus bus;

    private PolicyLanes(final Path directory, final TapeWriter tape, final BusCounters counters)
    {
        bus = EventBus.builder().capacity(CAPACITY).idle(new YieldingIdleStrategy())
            .counters(counters.interval(BusCounters.MIN_INTERVAL_NS))
            .history(new TapeHistory(directory, tape), "tape")
            .lane(lane("tape").rangeHandler("recorder", tape).build())
            .lane(lane("spiller").overflow(OverflowPolicy.SPILL).onFault(FaultPolicy.DETACH)
                .handler("spilling", spiller).build())
            .lane(lane("shedder").overflow(OverflowPolicy.SHED).onFault(FaultPolicy.SKIP)
                .statelessHandler("shedding", shedder).build())
            .lane(lane("merger").conflate(new BookConflater(TestTapes.definitions()), OverflowPolicy.GATE)
                .privateBuffer(CAPACITY).handler("merging", merger).build())
            .lane(lane("quitter").onFault(FaultPolicy.DETACH).handler("quitting", new Failing()).build())
            .lane(lane("skipper").onFault(FaultPolicy.SKIP).statelessHandler("skipping", new Failing()).build())
            .build();
    }

    public static void main(final String[] arguments) throws IOException
    {
        final Path directory = Path.of(arguments[0]);
        try (TapeWriter tape = TapeWriter.open(directory, TapeConfig.defaults().withReserveBytes(0),
                new Definitions(), SystemEpochNanoClock.INSTANCE);
            CountersFile file = CountersFile.create(directory, tape.runId(), SystemEpochNanoClock.INSTANCE))
        {
            final PolicyLanes lanes = new PolicyLanes(directory, tape, file.counters());
            lanes.run();
            while (System.in.read() >= 0)
            {
                Thread.onSpinWait();
            }
            lanes.bus.close(AWAIT_LIMIT_NS);
        }
    }

    private void run()
    {
        bus.start();
        merger.release();
        publish(EventType.HEARTBEAT);
        await(() -> spiller.isHeld() && shedder.isHeld());
        for (int i = 0; i < MISSED; i++)
        {
            publish(EventType.HEARTBEAT);
        }
        spiller.release();
        shedder.release();
        await(() -> all("tape", "spiller", "shedder", "merger", "skipper") && !bus.lane("spiller").isOnTape());
        merger.hold();
        publish(EventType.HEARTBEAT);
        await(merger::isHeld);
        for (int i = 0; i < MERGED; i++)
        {
            publish(EventType.QUOTE);
        }
        merger.release();
        await(() -> all("tape", "spiller", "shedder", "merger", "skipper"));
    }

    private void publish(final int type)
    {
        event.clear();
        event.append().type(type).price(1_000_000_000L).quantity(1).flags(Side.BID | EventFlags.LAST);
        bus.writer().publish(event);
    }

    private boolean all(final String... names)
    {
        boolean reached = true;
        for (final String name : names)
        {
            reached &= bus.lane(name).sequence() == bus.cursor();
        }
        return reached;
    }

    private static String object(
        final String name, final String policy, final String faultPolicy, final String state, final int... counts)
    {
        final StringBuilder text = new StringBuilder("{\"name\":\"" + name + "\",\"policy\":\"" + policy +
            "\",\"faultPolicy\":\"" + faultPolicy + "\",\"state\":\"" + state + "\"");
        for (int i = 0; i < counts.length; i++)
        {
            text.append(",\"").append(COUNTS.get(i)).append("\":").append(counts[i]);
        }
        return text.append('}').toString();
    }

    private static Lane.Builder lane(final String name)
    {
        return Lane.named(name).idle(new YieldingIdleStrategy());
    }

    private static void await(final BooleanSupplier condition)
    {
        final YieldingIdleStrategy idle = new YieldingIdleStrategy();
        final long deadlineNs = System.nanoTime() + AWAIT_LIMIT_NS;
        while (!condition.getAsBoolean())
        {
            if (System.nanoTime() - deadlineNs > 0)
            {
                throw new AssertionError("waited in vain");
            }
            idle.idle();
        }
    }

    /** Holds its lane while it is told to, and may fail once, at the first event. */
    private static final class Held implements EventHandler
    {
        private final boolean fails;
        private volatile boolean held = true;
        private volatile boolean holding;

        private Held(final boolean fails)
        {
            this.fails = fails;
        }

        @Override
        public void onEvent(final OrderBookEvent event)
        {
            holding = held;
            await(() -> !held);
            holding = false;
            if (fails && event.sequence() == 0)
            {
                throw new IllegalStateException("fails once");
            }
        }

        void hold()
        {
            held = true;
        }

        void release()
        {
            held = false;
        }

        boolean isHeld()
        {
            return holding;
        }
    }

    /** Fails at the first event. */
    private static final class Failing implements EventHandler
    {
        @Override
        public void onEvent(final OrderBookEvent event)
        {
            if (event.sequence() == 0)
            {
                throw new IllegalStateException("fails once");
            }
        }
    }
}
