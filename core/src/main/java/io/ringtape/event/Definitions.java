package io.ringtape.event;

import java.util.Arrays;

/**
 * The instruments and sources that the ids of events index into, and the settings that a run was given: what a run has
 * to say outside its events.
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
    /** The most instruments: all that the largest venues list together, and some. */
    public static final int MAX_INSTRUMENTS = 1 << 21;
    /** The most characters that the symbols of all instruments have together. */
    public static final int MAX_SYMBOLS_LENGTH = 1 << 27;
    /** The most settings of a run. */
    public static final int MAX_SETTINGS = 1 << 12;
    /** The most bytes of UTF-8 that the texts of all settings have together. */
    public static final int MAX_SETTINGS_BYTES = 1 << 24;
    private static final int FIRST_LENGTH = 16;

    /** Longer than there are instruments; the count is set last, and read first. */
    private volatile InstrumentDefinition[] instruments = {};
    private volatile int instrumentCount;
    private volatile SourceDefinition[] sources = {};
    private volatile SettingsDefinition[] settings = {};
    private int symbolsLength;
    private int settingsBytes;

    /**
     * Adds an instrument.
     *
     * @param definition its id must be {@link #instrumentCount()}.
     * @throws IllegalArgumentException if the id is another one, or there is no room for it.
     */
    public void add(final InstrumentDefinition definition)
    {
        final int count = instrumentCount;
        requireNext("instrumentId", definition.instrumentId(), count);
        final int length = definition.symbol().length();
        if (count == MAX_INSTRUMENTS)
        {
            throw new IllegalArgumentException(
                "instruments must be at most " + MAX_INSTRUMENTS + ": instrumentCount=" + count);
        }
        if (length > MAX_SYMBOLS_LENGTH - symbolsLength)
        {
            throw new IllegalArgumentException("symbols must have at most " + MAX_SYMBOLS_LENGTH +
                " characters together: instrumentCount=" + count + " length=" + length);
        }
        InstrumentDefinition[] known = instruments;
        if (count == known.length)
        {
            known = Arrays.copyOf(known, Math.max(FIRST_LENGTH, 2 * count));
            instruments = known;
        }
        known[count] = definition;
        symbolsLength += length;
        instrumentCount = count + 1;
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
     * Adds settings.
     *
     * @param definition its id must be {@link #settingsCount()}.
     * @throws IllegalArgumentException if the id is another one, or there is no room for its text.
     */
    public void add(final SettingsDefinition definition)
    {
        final SettingsDefinition[] old = settings;
        requireNext("settingsId", definition.settingsId(), old.length);
        final int bytes = definition.textBytes().length;
        if (bytes > MAX_SETTINGS_BYTES - settingsBytes)
        {
            throw new IllegalArgumentException("settings must have at most " + MAX_SETTINGS_BYTES +
                " bytes together: settingsCount=" + old.length + " bytes=" + bytes);
        }
        final SettingsDefinition[] grown = Arrays.copyOf(old, old.length + 1);
        grown[old.length] = definition;
        settingsBytes += bytes;
        settings = grown;
    }

    /**
     * How many instruments there are.
     *
     * @return 0 to {@link #MAX_INSTRUMENTS}.
     */
    public int instrumentCount()
    {
        return instrumentCount;
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
        final int count = instrumentCount;
        if (instrumentId < 0 || instrumentId >= count)
        {
            throw new IllegalArgumentException(
                "instrument is not defined: instrumentId=" + instrumentId + " instrumentCount=" + count);
        }
        return instruments[instrumentId];
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

    /**
     * How many settings there are.
     *
     * @return 0 to {@link #MAX_SETTINGS}.
     */
    public int settingsCount()
    {
        return settings.length;
    }

    /**
     * Settings, from the first that were given on.
     *
     * @param settingsId 0 to {@link #settingsCount()} - 1.
     * @return their definition.
     * @throws IllegalArgumentException if there are none of this id.
     */
    public SettingsDefinition settings(final int settingsId)
    {
        final SettingsDefinition[] known = settings;
        if (settingsId < 0 || settingsId >= known.length)
        {
            throw new IllegalArgumentException(
                "settings are not defined: settingsId=" + settingsId + " settingsCount=" + known.length);
        }
        return known[settingsId];
    }

    private static void requireNext(final String field, final int id, final int next)
    {
        if (id != next)
        {
            throw new IllegalArgumentException(field + " must be the next one, " + next + ": " + field + "=" + id);
        }
    }
}
