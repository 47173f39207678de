package io.ringtape.bus;

/**
 * What happens when a lane falls behind by the whole ring. The package page has all four side by side.
 * <p>
 * A lane that does not gate copies what it can read into a buffer of its own and gives the room in the ring back
 * before it calls its handlers. It is evicted where the writer needs room that the lane has not copied yet, also if
 * the lane is just copying it: such a copy is never delivered.
 * <p>
 * All four on one ring: {@code EveryPolicyPropertyTest}, {@code ./ringtape soak}; by their lines in
 * {@code ./ringtape top}: {@code TopPoliciesIT}.
 * <p>
 * Thread safety: immutable.
 * Allocation: none.
 */
public enum OverflowPolicy
{
    /**
     * The ring waits for the lane: each handler gets each event that it asks for, once and in order, and reads the
     * slot in place.
     * <p>
     * <b>Costs</b> the lane nothing. While it is the whole ring behind, the writer waits, or answers
     * {@link Writer#FULL}, and every other lane gets no new event. Counted as lag, and as stalls by a watchdog.
     * <p>
     * <b>Tests:</b> {@code WriterTest}, {@code WatchdogTest}, {@code BusPropertyTest}, jcstress {@code CursorStress}.
     */
    GATE,
    /**
     * The ring does not wait, and nothing is lost: an evicted lane goes on from the history where it stands, in slices
     * and holding nobody, until it is at most a quarter of the ring behind the recorder; it then takes its gate at the
     * cursor, reads the history up to there, and is live again. Its handlers see each event once and in order, and
     * nothing of the change, but that it costs them time.
     * <p>
     * <b>Costs</b> the copy into its buffer where it keeps up. A spill opens the history, which allocates and reads
     * some files where it is a tape; a lane whose handlers are slower than the writer for good stays on it for good.
     * Counted as evictions and spills.
     * <p>
     * <b>Needs</b> a history ({@link EventBusBuilder#history(History, String)}). Where that does not go on, because its
     * recorder ended or a range is not on it, the lane ends by a fault ({@link FaultPhase#SPILL},
     * {@link SpillException}) ahead of the gap: it halts or detaches, and never skips.
     * <p>
     * <b>Tests:</b> {@code SpillLaneTest}, {@code SpillFaultTest}, {@code SpillWindowTest} step by step,
     * {@code SpillAllocationTest}, {@code TapeSpillTest} on a tape.
     */
    SPILL,
    /**
     * The ring does not wait: an evicted lane goes on behind the cursor and its handlers are told exactly which
     * sequences they do not get ({@code onShed}), in order with the events. A lane that keeps up sheds nothing.
     * <p>
     * <b>Costs</b> the copy into its buffer, and what is shed. Counted as evictions and shed.
     * <p>
     * <b>Tests:</b> {@code ShedLaneTest}, {@code OverflowPropertyTest}, {@code EvictionRaceTest}, jcstress
     * {@code PrivateGateStress} and {@code EvictableGatesStress}, {@code ./ringtape faults --rows F42}.
     */
    SHED,
    /**
     * The handlers get the latest state, merged by a conflater, see
     * {@link Lane.Builder#conflate(io.ringtape.event.Conflater, OverflowPolicy)}; what it does not merge they get as it
     * is, all in the order of the sequences. When the lane falls behind all the same, the ring waits or the lane sheds,
     * as declared: then the conflater is told as well, and says in its events what may be wrong.
     * <p>
     * <b>Costs</b> two copies of an event and the call of the conflater. Counted as conflated; where it sheds, as
     * evictions and shed too. What was published is delivered, merged, shed or void, and nothing is two of these.
     * <p>
     * <b>Tests:</b> {@code ConflateLaneTest}, {@code BookConflaterLaneTest}.
     */
    CONFLATE
}
