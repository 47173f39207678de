package io.ringtape.event;

import java.util.List;

/**
 * Which of up to sixteen handlers ask for an event, told by one look, however many they are. The one place where an
 * {@link Interest} is applied.
 * <p>
 * The lane of a bus has a table for each sixteen of its handlers; where handlers are called directly, as in a replay,
 * an {@link InterestFilter} has one of its own. Either way a handler gets the same events. A table holds one thing that
 * changes: who was interested in the event that details may follow. A detail that comes first is for those only who ask
 * for everything.
 * <p>
 * Hot path.
 * <p>
 * Thread safety: none.
 * Allocation: on construction, two bytes for each instrument up to the highest that is chosen.
 */
public final class InterestTable
{
    /** The most handlers of a table. */
    public static final int MAX_HANDLERS = 16;

    private static final int MASK = (1 << MAX_HANDLERS) - 1;

    /** By type: who takes it of every instrument and, {@link #MAX_HANDLERS} bits above, who of those he has chosen. */
    private final int[] types = new int[Interest.CODES];
    /** By instrument: who has chosen it. */
    private final char[] instruments;
    private int extended;

    /**
     * A table of handlers.
     *
     * @param interests of the handlers, at most {@link #MAX_HANDLERS}.
     * @param extended  a bit for each handler that was interested in the event before; 0 where there was none.
     * @throws IllegalArgumentException if there are more.
     */
    public InterestTable(final List<Interest> interests, final int extended)
    {
        if (interests.size() > MAX_HANDLERS)
        {
            throw new IllegalArgumentException(
                "a table has at most " + MAX_HANDLERS + " handlers: handlers=" + interests.size());
        }
        this.extended = extended;
        instruments =
            new char[interests.stream().mapToInt((interest) -> interest.instruments().length()).max().orElse(0)];
        for (int i = 0; i < interests.size(); i++)
        {
            add(interests.get(i), 1 << i);
        }
    }

    private void add(final Interest interest, final int bit)
    {
        for (int code = 0; code < Interest.CODES; code++)
        {
            types[code] |= switch (interest.answer(code))
            {
                case ALWAYS -> bit;
                case BY_INSTRUMENT -> bit << MAX_HANDLERS;
                case NEVER -> 0;
            };
        }
        interest.instruments().stream().forEach((id) -> instruments[id] |= (char)bit);
    }

    /**
     * Who asks for an event; to be asked once for each event in sequence order, details included. A void event, for
     * which nobody asks, has no details behind it.
     *
     * @param tail the last eight bytes of the event, see {@link EventLayout#tail(int, int, int, int)}.
     * @return a bit for each handler that it is to be delivered to, the first handler's the lowest.
     */
    public int askedBy(final long tail)
    {
        final int type = EventLayout.type(tail);
        final int answer = types[type];
        final int choosy = answer >>> MAX_HANDLERS;
        int asked = answer & MASK;
        if (choosy != 0)
        {
            final int id = EventLayout.instrumentId(tail);
            if (id >= 0 && id < instruments.length)
            {
                asked |= choosy & instruments[id];
            }
        }
        if (type == EventType.DETAIL)
        {
            return asked | extended;
        }
        extended = asked;
        return asked;
    }

    /**
     * Who was interested in the last event that was no detail.
     *
     * @return a bit for each handler.
     */
    public int extended()
    {
        return extended;
    }
}
