package io.ringtape.event;

import java.util.BitSet;
import java.util.stream.Collectors;

/**
 * Which events a handler asks for: by type, by instrument, or by both, where both must hold.
 * <pre>{@code
 * Interest.all().withInstruments(3, 5)                          // two instruments, and what concerns all of them
 * Interest.all().withTypes(EventType.TRADE)                     // trades of all instruments
 * Interest.all().withTypes(EventType.TRADE).withInstruments(3)  // trades of one
 * }</pre>
 * Four rules hold whatever was chosen:
 * <ul>
 * <li>A {@link EventType#DETAIL} follows the event that it extends: who gets that event gets its details, and nobody
 * else does, whatever instrument a detail names. One that comes first is for an interest in everything.</li>
 * <li>A {@link EventType#VOID} is of interest to nobody.</li>
 * <li>{@link EventType#GAP}, {@link EventType#RECOVERED}, {@link EventType#TIMER}, {@link EventType#CONTROL},
 * {@link EventType#HEARTBEAT} and {@link EventType#RUN_START} concern no single instrument, so a choice of instruments
 * keeps none of them away; a choice of types does. A venue's heartbeat names the instrument that its flags are about,
 * and comes to all the same.</li>
 * <li>A code that {@link EventType} does not know is of interest where types were not chosen, whatever instrument it
 * names: a handler that takes it for an error gets to see it.</li>
 * </ul>
 * An {@link InterestTable} applies it, on the lane of a bus as in a replay.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 */
public final class Interest
{
    /** The highest instrument id that can be chosen; ids are dense from 0: {@link InterestTable} has room up to it. */
    public static final int MAX_INSTRUMENT_ID = (1 << 24) - 1;

    /** How many type codes there can be. */
    static final int CODES = 256;

    private static final Interest ALL = new Interest(codes(true), true, new BitSet());

    private final BitSet types;
    private final boolean everyInstrument;
    private final BitSet instruments;

    /** Whether events of a type are asked for. */
    enum Answer
    {
        NEVER,
        ALWAYS,
        /** Where the event's instrument was chosen. */
        BY_INSTRUMENT
    }

    private Interest(final BitSet types, final boolean everyInstrument, final BitSet instruments)
    {
        this.types = types;
        this.everyInstrument = everyInstrument;
        this.instruments = instruments;
    }

    /**
     * The interest in everything that is delivered.
     *
     * @return always the same one.
     */
    public static Interest all()
    {
        return ALL;
    }

    /**
     * The same instruments, and these types only.
     *
     * @param codes of {@link EventType}, at least one.
     * @return a new interest.
     * @throws IllegalArgumentException if there is none, or one is unknown, {@link EventType#VOID} or
     *     {@link EventType#DETAIL}.
     */
    public Interest withTypes(final int... codes)
    {
        if (codes.length == 0)
        {
            throw new IllegalArgumentException("an interest in types needs one");
        }
        final BitSet chosen = codes(false);
        for (final int code : codes)
        {
            if (!EventType.isKnown(code) || code == EventType.VOID || code == EventType.DETAIL)
            {
                throw new IllegalArgumentException(
                    "no type to be interested in: code=" + code + " name=" + EventType.name(code));
            }
            chosen.set(code);
        }
        return new Interest(chosen, everyInstrument, instruments);
    }

    /**
     * The same types, of these instruments only.
     *
     * @param ids dense ids, at least one, 0 to {@link #MAX_INSTRUMENT_ID}; they need not be defined yet.
     * @return a new interest.
     * @throws IllegalArgumentException if there is none, or one is out of range.
     */
    public Interest withInstruments(final int... ids)
    {
        if (ids.length == 0)
        {
            throw new IllegalArgumentException("an interest in instruments needs one");
        }
        final BitSet chosen = new BitSet();
        for (final int id : ids)
        {
            if (id < 0 || id > MAX_INSTRUMENT_ID)
            {
                throw new IllegalArgumentException(
                    "instrumentId must be 0 to " + MAX_INSTRUMENT_ID + ": instrumentId=" + id);
            }
            chosen.set(id);
        }
        return new Interest(types, false, chosen);
    }

    /**
     * Whether nothing is kept away.
     *
     * @return true for an interest that equals {@link #all()}.
     */
    public boolean isAll()
    {
        return equals(ALL);
    }

    /** The answer to a type code; a detail is not asked for by itself, but by an interest in everything. */
    Answer answer(final int code)
    {
        if (code == EventType.DETAIL ? !isAll() : !types.get(code))
        {
            return Answer.NEVER;
        }
        return everyInstrument || !namesInstrument(code) ? Answer.ALWAYS : Answer.BY_INSTRUMENT;
    }

    /** The instruments that were chosen; none where all are of interest. */
    BitSet instruments()
    {
        return instruments;
    }

    private static boolean namesInstrument(final int code)
    {
        return switch (code)
        {
            case EventType.GAP, EventType.RECOVERED, EventType.TIMER, EventType.CONTROL, EventType.HEARTBEAT,
                EventType.RUN_START -> false;
            default -> EventType.isKnown(code);
        };
    }

    private static BitSet codes(final boolean included)
    {
        final BitSet codes = new BitSet(CODES);
        codes.set(0, CODES, included);
        codes.clear(EventType.VOID);
        codes.clear(EventType.DETAIL);
        return codes;
    }

    @Override
    public boolean equals(final Object other)
    {
        return other instanceof Interest that && types.equals(that.types) &&
            everyInstrument == that.everyInstrument && instruments.equals(that.instruments);
    }

    @Override
    public int hashCode()
    {
        return 31 * types.hashCode() + instruments.hashCode();
    }

    @Override
    public String toString()
    {
        final String names = types.get(EventType.LIMIT) ? "all" :
            types.stream().mapToObj(EventType::name).collect(Collectors.joining(",", "[", "]"));
        final String ids = everyInstrument ? "all" :
            instruments.stream().mapToObj(Integer::toString).collect(Collectors.joining(",", "[", "]"));
        return "types=" + names + " instruments=" + ids;
    }
}
