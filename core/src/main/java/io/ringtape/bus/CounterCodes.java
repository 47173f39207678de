package io.ringtape.bus;

import java.util.List;

/**
 * States and policies as numbers of counters. A code is a place in a list, so only ever add to the end.
 */
final class CounterCodes
{
    private static final List<BusState> BUS_STATES =
        List.of(BusState.NEW, BusState.RUNNING, BusState.CLOSING, BusState.CLOSED, BusState.HALTED);
    private static final List<LaneState> LANE_STATES = List.of(
        LaneState.NEW, LaneState.RUNNING, LaneState.STOPPED, LaneState.DETACHED, LaneState.FAULTED, LaneState.LEFT);
    private static final List<OverflowPolicy> POLICIES =
        List.of(OverflowPolicy.GATE, OverflowPolicy.SHED, OverflowPolicy.CONFLATE, OverflowPolicy.SPILL);
    private static final List<FaultPolicy> FAULT_POLICIES =
        List.of(FaultPolicy.HALT, FaultPolicy.DETACH, FaultPolicy.SKIP);
    private static final String UNKNOWN = "UNKNOWN";

    private CounterCodes()
    {
    }

    static long code(final BusState state)
    {
        return BUS_STATES.indexOf(state);
    }

    static long code(final LaneState state)
    {
        return LANE_STATES.indexOf(state);
    }

    static long code(final OverflowPolicy policy)
    {
        return POLICIES.indexOf(policy);
    }

    static long code(final FaultPolicy policy)
    {
        return FAULT_POLICIES.indexOf(policy);
    }

    static String busState(final long code)
    {
        return name(BUS_STATES, code);
    }

    static String laneState(final long code)
    {
        return name(LANE_STATES, code);
    }

    static String policy(final long code)
    {
        return name(POLICIES, code);
    }

    static String faultPolicy(final long code)
    {
        return name(FAULT_POLICIES, code);
    }

    // The code may come from a file of a newer version, or of nobody.
    private static String name(final List<? extends Enum<?>> known, final long code)
    {
        return code >= 0 && code < known.size() ? known.get((int)code).name() : UNKNOWN;
    }
}
