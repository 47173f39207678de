package io.ringtape.event;

import java.util.Arrays;

/**
 * The instruments and sources that the ids of events index into.
 * <p>
 * A definition is added before the first event that uses it is published, so a handler that sees the event also sees
 * the definition. Definitions are never changed or removed.
 * <p>
 * Thread safety: one thread adds; any thread reads.
 * Allocation: on {@code add} only.
 */
public final class Definitions
{
    /** The highest source id. */
    public static final int MAX_SOURCE_ID = 255;

    private volatile InstrumentDefinition[] instruments = {};
    private volatile SourceDefinition[] sources = {};

    /**
     * Adds an instrument.
     *
     * @param definition its id must be {@link #instrumentCount()}.
     * @throws IllegalArgumentException if the id is another one.
     */
    public void add(final InstrumentDefinition definition)
    {
        final InstrumentDefinition[] old = instruments;
        requireNext("instrumentId", definition.instrumentId(), old.length);
        final InstrumentDefinition[] grown = Arrays.copyOf(old, old.length + 1);
        grown[old.length] = definition;
        instruments = grown;
    }

    /**
     * Adds a source.
     *
     * @param definition its id must be {@link #sourceCount()}.
     * @throws IllegalArgumentException if the id is another one.
     */
    public void add(final SourceDefinition definition)
    {
        final SourceDefinition[] old = sources;
        requireNext("sourceId", definition.sourceId(), old.length);
        final SourceDefinition[] grown = Arrays.copyOf(old, old.length + 1);
        grown[old.length] = definition;
        sources = grown;
    }

    /**
     * How many instruments there are.
     *
     * @return 0 or more.
     */
    public int instrumentCount()
    {
        return instruments.length;
    }

    /**
     * An instrument.
     *
     * @param instrumentId 0 to {@link #instrumentCount()} - 1.
     * @return its definition.
     * @throws IllegalArgumentException if there is none of this id.
     */
    public InstrumentDefinition instrument(final int instrumentId)
    {
        final InstrumentDefinition[] known = instruments;
        if (instrumentId < 0 || instrumentId >= known.length)
        {
            throw new IllegalArgumentException(
                "instrument is not defined: instrumentId=" + instrumentId + " instrumentCount=" + known.length);
        }
        return known[instrumentId];
    }

    /**
     * How many sources there are.
     *
     * @return 0 to 256.
     */
    public int sourceCount()
    {
        return sources.length;
    }

    /**
     * A source.
     *
     * @param sourceId 0 to {@link #sourceCount()} - 1.
     * @return its definition.
     * @throws IllegalArgumentException if there is none of this id.
     */
    public SourceDefinition source(final int sourceId)
    {
        final SourceDefinition[] known = sources;
        if (sourceId < 0 || sourceId >= known.length)
        {
            throw new IllegalArgumentException(
                "source is not defined: sourceId=" + sourceId + " sourceCount=" + known.length);
        }
        return known[sourceId];
    }

    private static void requireNext(final String field, final int id, final int next)
    {
        if (id != next)
        {
            throw new IllegalArgumentException(field + " must be the next one, " + next + ": " + field + "=" + id);
        }
    }
}
