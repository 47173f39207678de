package io.ringtape.strategy;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a strategy is told from outside: names and whole numbers, for example from a file. A strategy reads each that it
 * knows once, on construction; what nobody read is an error of who wrote it.
 * <p>
 * Thread safety: none.
 * Allocation: on construction and when asked.
 */
public final class StrategyParameters
{
    private final TreeMap<String, String> values;
    private final TreeSet<String> unread;

    /**
     * Parameters.
     *
     * @param values by name; copied.
     */
    public StrategyParameters(final Map<String, String> values)
    {
        this.values = new TreeMap<>(values);
        unread = new TreeSet<>(this.values.keySet());
    }

    /**
     * Reads a parameter.
     *
     * @param name      of the parameter.
     * @param least     lowest value that makes sense.
     * @param most      highest value that makes sense.
     * @param otherwise the value if the parameter is not there.
     * @return the value.
     * @throws IllegalArgumentException if it is no whole number from least to most; the message names it.
     */
    public long number(final String name, final long least, final long most, final long otherwise)
    {
        unread.remove(name);
        final String text = values.get(name);
        if (text == null)
        {
            return otherwise;
        }
        try
        {
            final long value = Long.parseLong(text);
            if (value >= least && value <= most)
            {
                return value;
            }
        }
        catch (final NumberFormatException e)
        {
            throw new IllegalArgumentException(name + " must be a whole number: " + name + "=" + text, e);
        }
        throw new IllegalArgumentException(name + " must be " + least + " to " + most + ": " + name + "=" + text);
    }

    /**
     * Refuses parameters that nobody read.
     *
     * @throws IllegalArgumentException if there are any; the message names the first.
     */
    public void requireAllRead()
    {
        if (!unread.isEmpty())
        {
            throw new IllegalArgumentException(
                "unknown parameter: " + unread.first() + "=" + values.get(unread.first()));
        }
    }
}
