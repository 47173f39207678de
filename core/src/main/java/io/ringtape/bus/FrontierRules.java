package io.ringtape.bus;

import io.ringtape.event.RangeHandler;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The rules for a lane that runs after frontiers.
 */
final class FrontierRules
{
    private static final BigInteger NS_PER_SECOND = BigInteger.valueOf(TimeUnit.SECONDS.toNanos(1));

    private FrontierRules()
    {
    }

    /**
     * Checks a lane.
     *
     * @param lane   that may run after frontiers.
     * @param lanes  of the bus.
     * @param config of the bus.
     * @throws IllegalArgumentException if a rule is broken; the message names lane, frontier and rule.
     */
    static void check(final Lane lane, final Collection<Lane> lanes, final BusConfig config)
    {
        for (final Frontier frontier : lane.frontiers())
        {
            if (frontier.name().isEmpty())
            {
                throw new IllegalArgumentException("frontier name must not be empty: lane=" + lane.name());
            }
            if (lane.isInline())
            {
                throw new IllegalArgumentException(
                    "an inline lane must not wait for a frontier: " + describe(lane, frontier));
            }
            if (frontier.recorder().isPresent())
            {
                requireRecorder(lane, frontier, lanes);
            }
            requireRoom(lane, frontier, config);
            requireStallLimit(lane, frontier, config);
        }
    }

    /**
     * The lane of the recorder that moves a frontier.
     *
     * @param frontier to look at.
     * @param lanes    of the bus.
     * @return empty if no handler of these lanes moves it.
     */
    static Optional<Lane> recorderLane(final Frontier frontier, final Collection<Lane> lanes)
    {
        return frontier.recorder().flatMap((recorder) -> lanes.stream()
            .filter((lane) -> isOn(lane, recorder)).findFirst());
    }

    static boolean isOn(final Lane lane, final RangeHandler recorder)
    {
        return lane.rangeHandlers().stream().anyMatch((named) -> named.handler() == recorder);
    }

    private static void requireRecorder(final Lane lane, final Frontier frontier, final Collection<Lane> lanes)
    {
        final Lane target = recorderLane(frontier, lanes).orElseThrow(() -> new IllegalArgumentException(
            "a frontier is waited for on the bus of its recorder: " + describe(lane, frontier)));
        if (target.name().equals(lane.name()))
        {
            throw new IllegalArgumentException(
                "a lane must not wait for a frontier that its own recorder moves: " + describe(lane, frontier));
        }
        if (target.faultPolicy() != FaultPolicy.HALT || target.overflowPolicy() != OverflowPolicy.GATE)
        {
            throw new IllegalArgumentException("a lane runs after the frontier of a recorder that gates and halts: " +
                describe(lane, frontier) + " recorderLane=" + target.name() +
                " faultPolicy=" + target.faultPolicy() + " overflowPolicy=" + target.overflowPolicy());
        }
    }

    // Twice: what came during one interval waits while the next one passes.
    private static void requireRoom(final Lane lane, final Frontier frontier, final BusConfig config)
    {
        final BigInteger needed = BigInteger.valueOf(config.declaredRate())
            .multiply(BigInteger.valueOf(frontier.intervalNs())).shiftLeft(1)
            .add(NS_PER_SECOND).subtract(BigInteger.ONE).divide(NS_PER_SECOND);
        if (needed.compareTo(BigInteger.valueOf(config.capacity())) > 0)
        {
            throw new IllegalArgumentException(
                "capacity must be at least the declared rate x the frontier's interval x 2: " +
                describe(lane, frontier) + " capacity=" + config.capacity() + " declaredRate=" +
                config.declaredRate() + " intervalNs=" + frontier.intervalNs() + " needed=" + needed);
        }
    }

    // It has work that it must not do for as long as the frontier stands, which is no stall.
    private static void requireStallLimit(final Lane lane, final Frontier frontier, final BusConfig config)
    {
        if (config.stallLimitNs() <= frontier.intervalNs())
        {
            throw new IllegalArgumentException("the stall limit must be longer than the frontier's interval: " +
                describe(lane, frontier) + " stallLimitNs=" + config.stallLimitNs() + " intervalNs=" +
                frontier.intervalNs());
        }
    }

    private static String describe(final Lane lane, final Frontier frontier)
    {
        return "lane=" + lane.name() + " frontier=" + frontier.name();
    }

    /** The lanes that a lane waits for: where a bus is halted, a frontier moves until its recorder's lane has ended. */
    static LaneRunner[] withRecorders(final Lane lane, final LaneRunner[] before, final LaneSet lanes)
    {
        final List<Lane> ready = lanes.values().stream().map(LaneRunner::lane).toList();
        return Stream.concat(
            Arrays.stream(before),
            lane.frontiers().stream()
                .flatMap((frontier) -> recorderLane(frontier, ready).stream())
                .map((recorder) -> lanes.get(recorder.name()))).toArray(LaneRunner[]::new);
    }
}
