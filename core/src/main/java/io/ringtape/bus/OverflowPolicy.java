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
