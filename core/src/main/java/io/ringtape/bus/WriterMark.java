package io.ringtape.bus;

import com.lmax.disruptor.Cursored;
import com.lmax.disruptor.Sequence;

/**
 * Shows whoever ends the bus whether a publish of the one writer may be under way.
 * <pre>{@code
 *  claimed = cursor --claim: ahead of the look at the state--> claimed > cursor --publish--> claimed = cursor
 * }</pre>
 * The cursor itself takes the mark down, so that it costs one store a claim. Where the end of a publish lies behind the
 * cursor, with inline lanes and for a drain of many claims, the writer holds it up meanwhile.
 * <p>
 * Hot path. Written by the writer's thread, but for {@link #finishing(boolean)}; a writer whose role was taken over may
 * still raise its mark and take it back at once, so nothing but this question is answered by it.
 */
final class WriterMark
{
    private final Sequence claimed;
    private final Sequence held = new Sequence(0L);
    private final Cursored cursor;
    private volatile boolean finishing;

    WriterMark(final Cursored cursor)
    {
        this.cursor = cursor;
        claimed = new Sequence(cursor.getCursor());
    }

    /**
     * Raises the mark, or takes it back where the claim is refused.
     *
     * @param last sequence that is claimed; the last one published to take it back.
     */
    void claimed(final long last)
    {
        claimed.set(last);
    }

    void hold()
    {
        held.set(1L);
    }

    /** Whether the writer holds it up, asked by itself. */
    boolean isHeld()
    {
        return held.get() != 0L;
    }

    void release()
    {
        held.set(0L);
    }

    /** Whoever ends the writer's part of the bus is at it, or has done with it. */
    void finishing(final boolean now)
    {
        finishing = now;
    }

    /**
     * Whether a publish may be under way; to be believed once the state is set and the writer has settled.
     */
    boolean isUp()
    {
        // The mark of a claim last: a publish with inline lanes is held before the cursor gets to it.
        return finishing || claimed.get() > cursor.getCursor() || held.get() != 0L;
    }
}
