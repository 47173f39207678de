package io.ringtape.strategy;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
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
    private final TreeMap<String, String> inForce = new TreeMap<>();

    /**
     * Parameters.
     *
     * @param values by name; copied.
     */
    public StrategyParameters(final Map<String, String> values)
    {
        this.values = new TreeMap<>(values);
    }

    /**
     * Reads a parameter.
     *
     * @param name      of the parameter.
     * @param least     lowest value that makes sense.
     * @param most      highest value that makes sense.
     * @param otherwise the value if the parameter is not there.
     * @return the value.
     * @throws IllegalArgumentException if it is no whole number from least to most; the message names it and them.
     */
    public long number(final String name, final long least, final long most, final long otherwise)
    {
        final String text = values.get(name);
        final long value = text == null ? otherwise : parse(name, least, most, text);
        inForce.put(name, Long.toString(value));
        return value;
    }

    /**
     * What was read so far.
     *
     * @return the values that the strategy has, by name in order, those that nobody gave among them.
     */
    public SortedMap<String, String> inForce()
    {
        return Collections.unmodifiableSortedMap(new TreeMap<>(inForce));
    }

    /**
     * Refuses parameters that nobody read.
     *
     * @throws IllegalArgumentException if there are any; the message names the first, and those that were read.
     */
    public void requireAllRead()
    {
        final TreeSet<String> unread = new TreeSet<>(values.keySet());
        unread.removeAll(inForce.keySet());
        if (!unread.isEmpty())
        {
            throw new IllegalArgumentException("unknown parameter: " + unread.first() + "=" +
                values.get(unread.first()) + " known=" +
                (inForce.isEmpty() ? "none" : String.join(",", inForce.keySet())));
        }
    }

    private static long parse(final String name, final long least, final long most, final String text)
    {
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
            throw wrong(name, least, most, text);
        }
        throw wrong(name, least, most, text);
    }

    private static IllegalArgumentException wrong(
        final String name, final long least, final long most, final String text)
    {
        return new IllegalArgumentException(
            name + " must be a whole number from " + least + " to " + most + ": " + name + "=" + text);
    }
}
