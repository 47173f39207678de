package io.ringtape.risk;

import io.ringtape.event.Definitions;
import java.nio.ByteBuffer;

/**
 * A set of sources, a bit each. Hot path.
 * <p>
 * Thread safety: none; the order lane.
 * Allocation: on construction only.
 */
final class SourceSet
{
    private static final int WORDS = (Definitions.MAX_SOURCE_ID + 1) / Long.SIZE;
    /** Of what {@link #store(ByteBuffer)} writes. */
    static final int STATE_BYTES = WORDS * Long.BYTES;
    /** What {@link #next(int)} says behind the last one. */
    static final int NONE = -1;

    private final long[] words = new long[WORDS];

    boolean contains(final int sourceId)
    {
        return (words[sourceId >> 6] >>> sourceId & 1) != 0;
    }

    void add(final int sourceId)
    {
        words[sourceId >> 6] |= 1L << sourceId;
    }

    void remove(final int sourceId)
    {
        words[sourceId >> 6] &= ~(1L << sourceId);
    }

    /**
     * Goes through the set.
     *
     * @param from 0, or one above the source before.
     * @return the next source from there on, or {@link #NONE}.
     */
    int next(final int from)
    {
        for (int sourceId = from; sourceId <= Definitions.MAX_SOURCE_ID; sourceId++)
        {
            if (contains(sourceId))
            {
                return sourceId;
            }
        }
        return NONE;
    }

    void store(final ByteBuffer target)
    {
        for (final long word : words)
        {
            target.putLong(word);
        }
    }

    void load(final ByteBuffer source)
    {
        for (int i = 0; i < WORDS; i++)
        {
            words[i] = source.getLong();
        }
    }
}
