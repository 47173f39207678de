package io.ringtape.bus;

/**
 * What happens when a lane falls behind by the whole ring.
 * <p>
 * A lane that does not gate copies what it can read into a buffer of its own and gives the room in the ring back
 * before it calls its handlers. It is evicted where the writer needs room that the lane has not copied yet, also if
 * the lane is just copying it: such a copy is never delivered.
 * <p>
 * Thread safety: immutable.
 * Allocation: none.
 */
public enum OverflowPolicy
{
    /** The ring waits for the lane: lossless; its handlers read the slots in place. */
    GATE,
    /**
     * The ring does not wait, and nothing is lost: an evicted lane goes on from the history where it stands, in slices
     * and holding nobody, until it is at most a quarter of the ring behind the recorder; it then takes its gate at the
     * cursor, reads the history up to there, and is live again. Its handlers see each event once and in order, and
     * nothing of the change, but that it costs them time.
     * <p>
     * Needs a history ({@link EventBusBuilder#history(History, String)}). A spill opens it, which allocates and reads
     * some files where it is a tape; a lane that keeps up pays the copy into its buffer. A lane whose handlers are
     * slower than the writer for good stays on the history for good. Where the history does not go on, because its
     * recorder ended or a range is not on it, the lane ends by a fault ({@link FaultPhase#SPILL},
     * {@link SpillException}) ahead of the gap: it halts or detaches, and never skips.
     */
    SPILL,
    /**
     * The ring does not wait: an evicted lane goes on behind the cursor and its handlers are told exactly which
     * sequences they do not get. A lane that keeps up sheds nothing.
     */
    SHED,
    /**
     * The handlers get the latest state, merged by a conflater, see
     * {@link Lane.Builder#conflate(io.ringtape.event.Conflater, OverflowPolicy)}; when the lane falls behind all the
     * same, the ring waits or the lane sheds, as declared.
     */
    CONFLATE
}
