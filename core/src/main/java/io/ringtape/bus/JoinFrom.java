package io.ringtape.bus;

import java.util.Objects;

/**
 * Where a handler that joins a running bus starts. Never ahead of the first event of the bus: what a history has from
 * earlier runs was made with other definitions, and for books that no lane of this run had.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param kind  of the start.
 * @param value the sequence, 0 or more, or the time in ns since the epoch, UTC; 0 where the kind needs none.
 */
public record JoinFrom(Kind kind, long value)
{
    /** What the start is told by. */
    public enum Kind
    {
        /** The first event that is published after the call. */
        LIVE,
        /** The first event of the bus, {@link EventBus#firstSequence()}. */
        START,
        /** The event of a sequence. */
        SEQUENCE,
        /** The first event whose receive time is at or above a time; refused where an earlier run has it. */
        TIME,
        /** The event behind the newest snapshot; the first event of the bus where there is none of use. */
        SNAPSHOT
    }

    /**
     * Checks the value.
     *
     * @throws IllegalArgumentException if a sequence is negative, or a value was given where none is needed.
     */
    public JoinFrom
    {
        Objects.requireNonNull(kind, "kind");
        if (kind != Kind.TIME && (value < 0 || (value != 0 && kind != Kind.SEQUENCE)))
        {
            throw new IllegalArgumentException("value does not fit: kind=" + kind + " value=" + value);
        }
    }

    /**
     * From the next event on: needs no history.
     *
     * @return the start.
     */
    public static JoinFrom live()
    {
        return new JoinFrom(Kind.LIVE, 0);
    }

    /**
     * From the first event of the bus, as a lane gets it that was there from the start.
     *
     * @return the start.
     */
    public static JoinFrom start()
    {
        return new JoinFrom(Kind.START, 0);
    }

    /**
     * From a sequence on, that event included.
     *
     * @param sequence of the bus, from its first to one above the cursor.
     * @return the start.
     * @throws IllegalArgumentException if it is negative.
     */
    public static JoinFrom sequence(final long sequence)
    {
        return new JoinFrom(Kind.SEQUENCE, sequence);
    }

    /**
     * From the first event whose receive time is at or above a time. If an earlier run has such an event, the join is
     * refused.
     *
     * @param receiveTimeNs ns since the epoch, UTC.
     * @return the start.
     */
    public static JoinFrom time(final long receiveTimeNs)
    {
        return new JoinFrom(Kind.TIME, receiveTimeNs);
    }

    /**
     * From the newest snapshot of the run on: the handlers take over what they would know, had they been there from
     * the start, and get every event behind it.
     * <pre>{@code
     * bus.attach(Lane.named("late").handler("books", new Books(definitions)).build(), JoinFrom.snapshot());
     * }</pre>
     * Each handler of the lane that is {@link io.ringtape.event.Stateful} takes its state over, between {@code onStart}
     * and {@link JoinListener#onCatchUp(long)}, on the thread of the lane; at least one has to be, and all of them are
     * to be fresh and to have interest in everything. Others on the lane start with the same event, as they are.
     * <p>
     * A snapshot is of use if it has the states of all of them. One that is damaged, of another tape or of other
     * handlers is passed over, and the one before is tried. If none is left the join is one from {@link #start()},
     * which comes to the same state, later: {@code onCatchUp} and {@link Attachment#firstSequence()} tell the first
     * event that follows. It is refused only where the first event of the bus is not in the history any more. A handler
     * that throws while it takes over its state has failed: its lane ends or halts the bus, and never goes on.
     *
     * @return the start.
     */
    public static JoinFrom snapshot()
    {
        return new JoinFrom(Kind.SNAPSHOT, 0);
    }
}
