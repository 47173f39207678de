package io.ringtape.bus;

import io.ringtape.event.Stateful;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The snapshot that the handlers of a late lane start with, until they have taken their states over.
 */
final class JoinSnapshot
{
    private final History.Snapshot snapshot;

    JoinSnapshot(final History.Snapshot snapshot)
    {
        this.snapshot = snapshot;
    }

    /**
     * The states that a snapshot has to have for a lane.
     *
     * @param lane that is to be attached, or of the handler that is to join one.
     * @return of each handler that has one, at least one.
     * @throws IllegalArgumentException if there is none, or one would be another behind the join than from the start;
     *     the message names lane and rule.
     */
    static List<Stateful> states(final Lane lane)
    {
        final List<Stateful> states = new ArrayList<>();
        handlers(lane).forEach((named) ->
        {
            if (named.handler() instanceof Stateful state)
            {
                if (!named.interest().isAll())
                {
                    throw new IllegalArgumentException("a handler that takes over a state gets every event: lane=" +
                        lane.name() + " handler=" + named.name());
                }
                states.add(state);
            }
        });
        if (states.isEmpty())
        {
            throw new IllegalArgumentException("no handler takes over a state: lane=" + lane.name());
        }
        if (lane.faultPolicy() == FaultPolicy.SKIP)
        {
            throw new IllegalArgumentException("a lane that skips takes over no state: lane=" + lane.name());
        }
        return states;
    }

    /**
     * Lets the handlers take their states over, on the thread that will deliver.
     *
     * @param runner   of the lane.
     * @param sequence of the first event that follows.
     * @return false if one failed, and with it the lane: it never goes on with half of a state.
     */
    boolean restore(final LaneRunner runner, final long sequence)
    {
        for (final NamedHandler<?> named : handlers(runner.lane()).toList())
        {
            if (named.handler() instanceof Stateful state)
            {
                try
                {
                    snapshot.restore(state);
                }
                catch (final Throwable t)
                {
                    return runner.onFault(named.name(), FaultPhase.JOIN, sequence, t);
                }
            }
        }
        return true;
    }

    private static Stream<NamedHandler<?>> handlers(final Lane lane)
    {
        return Stream.concat(lane.handlers().stream(), lane.rangeHandlers().stream());
    }
}
