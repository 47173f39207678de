package io.ringtape.bus;

import io.ringtape.event.EventHandler;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NoOpIdleStrategy;

/**
 * The rules that hold over the lanes of a bus, and the order in which they run after each other.
 */
final class LaneGraph
{
    private final Map<String, Lane> lanes = new LinkedHashMap<>();
    private final Map<String, Lane> ordered = new LinkedHashMap<>();

    private LaneGraph(final List<Lane> declared)
    {
        for (final Lane lane : declared)
        {
            if (lanes.put(lane.name(), lane) != null)
            {
                throw new IllegalArgumentException("lane name is taken: lane=" + lane.name());
            }
        }
    }

    /**
     * Checks the lanes of a bus.
     *
     * @param declared   in the order of declaration.
     * @param writerIdle how the writer waits.
     * @param config     of the bus.
     * @return the lanes, each behind those that it runs after.
     * @throws IllegalArgumentException if a rule is broken; the message names lane and rule.
     */
    static List<Lane> check(final List<Lane> declared, final IdleStrategy writerIdle, final BusConfig config)
    {
        final LaneGraph graph = new LaneGraph(declared);
        graph.requireHandlers();
        OrderLaneRules.check(declared);
        for (final Lane lane : declared)
        {
            requireSkippable(lane);
            graph.requireTargets(lane);
            FrontierRules.check(lane, declared, config);
        }
        for (final Lane lane : declared)
        {
            graph.visit(lane, new ArrayList<>());
        }
        OverflowRules.check(declared);
        requireProcessors(declared, writerIdle, config.processors());
        return List.copyOf(graph.ordered.values());
    }

    /**
     * Checks a lane that is to be attached to a running bus.
     *
     * @param current    the lanes of the bus.
     * @param lane       to be attached.
     * @param writerIdle how the writer waits.
     * @param processors that spinning threads may take.
     * @throws IllegalArgumentException if a rule is broken; the message names lane and rule.
     */
    static void checkAttached(
        final List<Lane> current, final Lane lane, final IdleStrategy writerIdle, final int processors)
    {
        final List<Lane> all = new ArrayList<>(current);
        all.add(lane);
        new LaneGraph(all).requireHandlers();
        if (lane.isOrderLane() || lane.isInline() || lane.finishesOnHalt() || !lane.after().isEmpty() ||
            !lane.frontiers().isEmpty() || lane.overflowPolicy() != OverflowPolicy.GATE)
        {
            throw new IllegalArgumentException("an attached lane gates, has a thread of its own, runs after " +
                "nothing, is no order lane and does not finish on a halt: lane=" + lane.name());
        }
        OrderLaneRules.check(List.of(lane));
        OverflowRules.check(List.of(lane));
        requireSkippable(lane);
        requireProcessors(all, writerIdle, processors);
    }

    /**
     * Checks a handler that is to join a lane of a running bus.
     *
     * @param current the lanes of the bus, and the handlers that joined them.
     * @param target  the lane.
     * @param isOpen  whether the lane looks for joiners between its batches.
     * @param joining a lane of the handler alone.
     * @throws IllegalArgumentException if a rule is broken; the message names lane and rule.
     */
    static void checkJoin(
        final List<Lane> current, final Lane target, final boolean isOpen, final Lane joining)
    {
        final List<Lane> all = new ArrayList<>(current);
        all.add(joining);
        new LaneGraph(all).requireHandlers();
        final NamedHandler<EventHandler> named = joining.handlers().get(0);
        if (!isOpen || target.isOrderLane() || target.overflowPolicy() != OverflowPolicy.GATE ||
            target.faultPolicy() == FaultPolicy.SKIP)
        {
            throw new IllegalArgumentException("a handler joins a lane that was built with the bus, gates, has a " +
                "thread of its own, skips nothing and is no order lane: lane=" + target.name() +
                " handler=" + named.name());
        }
        OrderLaneRules.checkJoin(target, named);
    }

    /**
     * Checks the lane that holds the recorder of the history.
     *
     * @param declared in the order of declaration.
     * @param name     of the lane.
     * @param history  that is recorded there.
     * @throws IllegalArgumentException if it cannot be the one.
     */
    static void checkRecorder(final List<Lane> declared, final String name, final History history)
    {
        for (final Lane lane : declared)
        {
            if (lane.name().equals(name))
            {
                if (lane.rangeHandlers().isEmpty() || lane.overflowPolicy() != OverflowPolicy.GATE)
                {
                    throw new IllegalArgumentException(
                        "the lane of the history gates and has a range handler: lane=" + name);
                }
                if (history.recorder().filter((recorder) -> !FrontierRules.isOn(lane, recorder)).isPresent())
                {
                    throw new IllegalArgumentException(
                        "the lane of the history has its recorder as a range handler: lane=" + name);
                }
                return;
            }
        }
        throw new IllegalArgumentException("history is of a lane that does not exist: lane=" + name);
    }

    private void requireHandlers()
    {
        final Set<String> names = new HashSet<>();
        for (final Lane lane : lanes.values())
        {
            final List<String> own = new ArrayList<>();
            lane.handlers().forEach((named) -> own.add(named.name()));
            lane.rangeHandlers().forEach((named) -> own.add(named.name()));
            if (own.isEmpty())
            {
                throw new IllegalArgumentException("lane needs a handler: lane=" + lane.name());
            }
            for (final String name : own)
            {
                if (name.isEmpty())
                {
                    throw new IllegalArgumentException("handler name must not be empty: lane=" + lane.name());
                }
                if (!names.add(name))
                {
                    throw new IllegalArgumentException(
                        "handler name is taken: lane=" + lane.name() + " handler=" + name);
                }
            }
        }
    }

    private static void requireSkippable(final Lane lane)
    {
        if (lane.faultPolicy() != FaultPolicy.SKIP)
        {
            return;
        }
        if (!lane.rangeHandlers().isEmpty())
        {
            throw new IllegalArgumentException("a lane that skips has no range handlers: lane=" + lane.name() +
                " handler=" + lane.rangeHandlers().get(0).name());
        }
        for (final NamedHandler<?> named : lane.handlers())
        {
            if (!named.stateless())
            {
                throw new IllegalArgumentException("a lane that skips has stateless handlers only: lane=" +
                    lane.name() + " handler=" + named.name());
            }
        }
    }

    private void requireTargets(final Lane lane)
    {
        for (final String name : lane.after())
        {
            final Lane target = lanes.get(name);
            if (target == null)
            {
                throw new IllegalArgumentException(
                    "lane runs after one that does not exist: lane=" + lane.name() + " after=" + name);
            }
            requireGateAndHalt(target, "a lane runs after one that gates and halts: lane=" + lane.name() +
                " after=" + name + (target.overflowPolicy() == OverflowPolicy.GATE ?
                    " faultPolicy=" + target.faultPolicy() : " overflowPolicy=" + target.overflowPolicy()));
            if (lane.isInline() && !target.isInline())
            {
                throw new IllegalArgumentException(
                    "an inline lane must not wait for a thread: lane=" + lane.name() + " after=" + name);
            }
        }
    }

    private static void requireGateAndHalt(final Lane lane, final String message)
    {
        if (lane.faultPolicy() != FaultPolicy.HALT || lane.overflowPolicy() != OverflowPolicy.GATE)
        {
            throw new IllegalArgumentException(message);
        }
    }

    private void visit(final Lane lane, final List<String> path)
    {
        final int start = path.indexOf(lane.name());
        path.add(lane.name());
        if (start >= 0)
        {
            throw new IllegalArgumentException(
                "lanes run after each other: cycle=" + String.join(" -> ", path.subList(start, path.size())));
        }
        if (!ordered.containsKey(lane.name()))
        {
            targets(lane).forEach((target) -> visit(target, path));
            ordered.put(lane.name(), lane);
        }
        path.remove(path.size() - 1);
    }

    // A frontier moves with the lane of its recorder, so it is an edge of the graph like any other.
    private Stream<Lane> targets(final Lane lane)
    {
        return Stream.concat(
            lane.after().stream().map(lanes::get),
            lane.frontiers().stream().flatMap((frontier) ->
                FrontierRules.recorderLane(frontier, lanes.values()).stream()));
    }

    private static void requireProcessors(
        final List<Lane> lanes, final IdleStrategy writerIdle, final int processors)
    {
        int spinning = isSpinning(writerIdle) ? 1 : 0;
        for (final Lane lane : lanes)
        {
            if (!lane.isInline() && isSpinning(lane.idle()))
            {
                spinning++;
            }
        }
        if (spinning > processors)
        {
            throw new IllegalArgumentException("more spinning threads than processors, the writer's included: " +
                "spinning=" + spinning + " processors=" + processors);
        }
    }

    private static boolean isSpinning(final IdleStrategy idle)
    {
        return idle instanceof BusySpinIdleStrategy || idle instanceof NoOpIdleStrategy;
    }
}
