package io.ringtape.event;

/**
 * Where venue events begin and end, in the order of a bus or a tape: the one place that says it. Hot path.
 * <p>
 * <b>A venue event</b> is what a venue did at once, told by one input or several in a row. Behind its end the books are
 * whole: there own orders come in, what the handlers made of it is due, and a simulated venue fills; inside of it, not.
 * A recording in step lets nothing in between either, but for a venue event of more inputs than it publishes at once.
 * <ul>
 * <li><b>It ends</b> with the input that is flagged {@link EventFlags#LAST}, whatever its type.</li>
 * <li><b>It begins</b>, where none is open, with an input that is not: of any type, a {@link EventType#GAP} and a
 * venue's heartbeat, as which a DBN record of action N comes, among them.</li>
 * <li><b>Inside or outside of it</b>, and no beginning of one, are a {@link EventType#DETAIL}, which belongs to the
 * event that it extends, and a heartbeat of the writer. So are, and no end of one either, own events, whose
 * {@link EventFlags#LAST} says that an order or answer is whole, timers, controls and void events.</li>
 * </ul>
 * One venue event is open at a time, of whatever instruments and sources its inputs are.
 * <p>
 * Thread safety: none; one thread, one bus or tape.
 * Allocation: none.
 */
public final class VenueEvents
{
    /** The {@link OrderBookEvent#sourceSequence()} of a heartbeat of the writer, by which it is told from a venue's. */
    public static final long WRITERS_HEARTBEAT = -1;

    private boolean open;

    /**
     * No venue event is open.
     */
    public VenueEvents()
    {
    }

    /**
     * Takes an event, in order.
     *
     * @param event of any type.
     */
    public void onEvent(final OrderBookEvent event)
    {
        final int type = event.type();
        final int flags = event.flags();
        if (isEnd(type, flags))
        {
            open = false;
        }
        else if (comesBetween(type))
        {
            open = (flags & EventFlags.OWN) == 0 && !isWritersHeartbeat(event);
        }
    }

    /**
     * Whether a venue event has begun and not ended with what was taken.
     *
     * @return false between two of them.
     */
    public boolean isOpen()
    {
        return open;
    }

    /**
     * Whether an input, to be taken next, comes between two venue events: behind the end of one and the details that
     * belong to it, as the beginning of the next does, and a heartbeat. What came of the one before it is due.
     *
     * @param type of the input.
     * @return false inside of a venue event, and for a detail, a timer, a control and a void event.
     */
    public boolean comesBetween(final int type)
    {
        return !open && isOfVenue(type) && type != EventType.DETAIL;
    }

    /**
     * Goes on from a state that was stored.
     *
     * @param isOpen whether a venue event is open.
     */
    public void open(final boolean isOpen)
    {
        open = isOpen;
    }

    /**
     * Whether an event ends a venue event, be it one of this event alone.
     *
     * @param type  of the event.
     * @param flags of the event, or their low byte.
     * @return true for an input that is flagged last.
     */
    public static boolean isEnd(final int type, final int flags)
    {
        return (flags & (EventFlags.LAST | EventFlags.OWN)) == EventFlags.LAST && isOfVenue(type);
    }

    /**
     * Whether an event is a heartbeat of the writer, which is about no instrument and of no source.
     *
     * @param event of any type.
     * @return false for a venue's, and for one on a tape from before {@link #WRITERS_HEARTBEAT}.
     */
    public static boolean isWritersHeartbeat(final OrderBookEvent event)
    {
        return event.type() == EventType.HEARTBEAT && event.sourceSequence() == WRITERS_HEARTBEAT;
    }

    private static boolean isOfVenue(final int type)
    {
        return type != EventType.VOID && type != EventType.TIMER && type != EventType.CONTROL;
    }
}
