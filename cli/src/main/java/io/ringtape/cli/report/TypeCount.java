package io.ringtape.cli.report;

import io.ringtape.event.EventType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToLongFunction;

/**
 * How many events of a type there are.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param type  name of the type, see {@link EventType#name(int)}.
 * @param count at least 1.
 */
public record TypeCount(String type, long count)
{
    /**
     * The types that occur.
     *
     * @param counts how many of a code of {@link EventType} there are.
     * @return those above 0, in order of their codes.
     */
    public static List<TypeCount> of(final IntToLongFunction counts)
    {
        final List<TypeCount> present = new ArrayList<>();
        for (int code = 0; code < EventType.LIMIT; code++)
        {
            final long count = counts.applyAsLong(code);
            if (count > 0)
            {
                present.add(new TypeCount(EventType.name(code), count));
            }
        }
        return List.copyOf(present);
    }
}
