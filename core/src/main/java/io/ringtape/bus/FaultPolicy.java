package io.ringtape.bus;

/**
 * What a lane does when one of its handlers throws. The package page says call by call what each of them does.
 * <p>
 * An {@link Error} halts the bus, or detaches the lane where the policy is {@link #DETACH}; it is never skipped. Every
 * fault goes to the {@link FaultListener}, with lane, handler, call and sequence, and is counted on its lane. None of
 * the three costs anything while nothing throws.
 * <p>
 * Of each policy: {@code FaultTest} call by call, {@code BusFaultMatrixTest}, {@code ./ringtape faults --rows F28,F32},
 * {@code ./ringtape soak}; by their lines in {@code ./ringtape top}: {@code TopPoliciesIT}.
 * <p>
 * Thread safety: immutable.
 * Allocation: none.
 */
public enum FaultPolicy
{
    /**
     * The bus halts: the writer fails at once with the cause ({@link BusHaltedException}), also one that waits on a
     * full ring; the other lanes end behind the batch that they are in, or behind what is published where they finish
     * on a halt. Nothing is delivered behind a fault that nobody has looked at. The default; the order lane and lanes
     * that others run after must have it.
     * <p>
     * <b>Costs</b> the run of the bus. <b>Tests:</b> {@code BusHaltRaceTest} beside those of all.
     */
    HALT,
    /**
     * The lane drops its gate, ahead of anything else, and ends; the writer and the other lanes notice nothing. The
     * handlers ahead of the failing one have got the event, it and those behind it have not, and {@code onStop} tells
     * each of them where it ended.
     * <p>
     * <b>Costs</b> the lane, with all its handlers, for good: no other lane runs after one that may go.
     * <b>Tests:</b> {@code LeaveTest}, {@code LaneJoinTest} beside those of all.
     */
    DETACH,
    /**
     * The failing call of that handler is skipped and counted ({@link LaneStatus#skippedCount()}): the handlers behind
     * it get the event, and it gets the next one. Only on a lane whose handlers are all declared stateless
     * ({@link Lane.Builder#statelessHandler(String, io.ringtape.event.EventHandler)}). A start, a stop and a history
     * that does not go on are never skipped: they halt.
     * <p>
     * <b>Costs</b> the events that were skipped, of that handler.
     * <b>Tests:</b> {@code EventBusBuilderTest} for who may have it, beside those of all.
     */
    SKIP
}
