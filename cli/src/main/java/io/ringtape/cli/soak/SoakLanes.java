package io.ringtape.cli.soak;

import io.ringtape.bus.EventBus;
import io.ringtape.bus.EventBusBuilder;
import io.ringtape.bus.FaultPolicy;
import io.ringtape.bus.Lane;
import io.ringtape.bus.OverflowPolicy;
import io.ringtape.event.EventType;
import io.ringtape.event.Interest;
import io.ringtape.journal.TapeWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import org.agrona.concurrent.BackoffIdleStrategy;

/**
 * The lanes that are there from the start: one of each policy, and the recorder.
 */
final class SoakLanes
{
    static final String RECORDER = "tape";
    /** The lane that handlers join and leave. */
    static final String HOST = "host";
    private static final long APART = 16_384;
    private static final long PARK_NS = 1_000_000;
    /** Lossy lanes fall behind on purpose. */
    private static final long LONG_PARK_NS = 4_000_000;
    private static final long FAULTS_APART = 50_000;
    /** More rings than one and what a lane has copied. */
    private static final int OVERRUN_RINGS = 3;
    private static final String EVERY = "every";

    private final SplittableRandom random;
    private final List<Lane> lanes = new ArrayList<>();
    private final List<Watched> watched = new ArrayList<>();
    private final Set<String> evictable = new HashSet<>();
    private final PartialAccount reference = new PartialAccount((sequence) ->
    {
    });
    private final Overrun overrun;

    /**
     * The lanes.
     *
     * @param random chooses slow-downs and faults.
     * @param events that will be published.
     * @param tape   the recorder.
     */
    SoakLanes(final SplittableRandom random, final long events, final TapeWriter tape)
    {
        this.random = random;
        addOrder();
        add(lane(RECORDER).finishOnHalt().rangeHandler("recorder", tape));
        addEvery(lane("journaled").after(tape.journaled()), "journaled", OverflowPolicy.GATE);
        addSkipping();
        addDetaching(events / 4 + random.nextLong(Math.max(1, events / 2)));
        addEvery(lane(HOST), HOST, OverflowPolicy.GATE);
        overrun = addSpilling(events);
        addEvery(lane("shed").overflow(OverflowPolicy.SHED), "shed", OverflowPolicy.SHED);
        addMerged("conflate", OverflowPolicy.GATE);
        addMerged("conflate-shed", OverflowPolicy.SHED);
    }

    private void addOrder()
    {
        final String name = "order";
        final SoakAccount every = new SoakAccount(slow(PARK_NS));
        final PartialAccount trades = new PartialAccount(slow(PARK_NS));
        add(lane(name).orderLane().handler(name, every).handler("reference", reference)
            .handler("trades", trades, Interest.all().withTypes(EventType.TRADE)));
        watched.add(Watched.every(name, EVERY, "gate, halt", every));
        watched.add(Watched.trades(name, "trades", "gate, halt", trades));
    }

    private void addEvery(final Lane.Builder lane, final String name, final OverflowPolicy policy)
    {
        final boolean gates = policy == OverflowPolicy.GATE;
        final SoakAccount every = new SoakAccount(slow(gates ? PARK_NS : LONG_PARK_NS));
        add(lane.handler(name, every));
        watched.add(Watched.every(name, EVERY, words(policy) + ", halt", every));
        if (!gates)
        {
            evictable.add(name);
        }
    }

    private Overrun addSpilling(final long events)
    {
        final String name = "spill";
        final long at = random.nextLong(events / 4 + 1);
        final Overrun once = new Overrun(at, Math.min(events - 1, at + OVERRUN_RINGS * SoakSession.CAPACITY));
        final SoakAccount every = new SoakAccount(slow(LONG_PARK_NS).then(once));
        add(lane(name).overflow(OverflowPolicy.SPILL).handler(name, every));
        watched.add(Watched.every(name, EVERY, "spill, halt", every));
        evictable.add(name);
        return once;
    }

    private void addSkipping()
    {
        final String name = "skip";
        final PlannedFaults faults = PlannedFaults.every(random.split(), FAULTS_APART);
        final SoakAccount failing = new SoakAccount(slow(PARK_NS).then(faults));
        final SoakAccount behind = new SoakAccount(slow(PARK_NS));
        add(lane(name).onFault(FaultPolicy.SKIP).statelessHandler("failing", failing)
            .statelessHandler("behind", behind));
        watched.add(Watched.skipping(name, "failing", "gate, skip", failing, faults));
        watched.add(Watched.every(name, "behind", "gate, skip", behind));
    }

    private void addDetaching(final long faultAt)
    {
        final String name = "detach";
        final PlannedFaults fault = PlannedFaults.onceAt(faultAt);
        final SoakAccount failing = new SoakAccount(slow(PARK_NS).then(fault));
        add(lane(name).onFault(FaultPolicy.DETACH).handler(name, failing));
        watched.add(Watched.detaching(name, "failing", "gate, detach", failing, fault));
    }

    private void addMerged(final String name, final OverflowPolicy whenFull)
    {
        final PartialAccount merged = new PartialAccount(slow(LONG_PARK_NS));
        final boolean gates = whenFull == OverflowPolicy.GATE;
        add(lane(name).conflate(new LatestQuotes(), whenFull).handler(name, merged));
        watched.add(Watched.merged(name, "merged", "conflate, " + words(whenFull), merged, gates));
        if (!gates)
        {
            evictable.add(name);
        }
    }

    private void add(final Lane.Builder lane)
    {
        lanes.add(lane.build());
    }

    private Disturbance slow(final long parkNs)
    {
        return new SlowDown(random.split(), APART, parkNs);
    }

    private static Lane.Builder lane(final String name)
    {
        return Lane.named(name).idle(new BackoffIdleStrategy());
    }

    private static String words(final OverflowPolicy policy)
    {
        return policy.name().toLowerCase(Locale.ROOT);
    }

    void addTo(final EventBusBuilder builder)
    {
        lanes.forEach(builder::lane);
    }

    /** Ahead of the start. */
    void watch(final EventBus bus)
    {
        overrun.watch(bus);
    }

    List<Watched> watched()
    {
        return watched;
    }

    /** Names of the lanes that the ring goes on without. */
    Set<String> evictable()
    {
        return evictable;
    }

    PartialAccount reference()
    {
        return reference;
    }
}
