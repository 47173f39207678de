package io.ringtape.bench.peer;

import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What peers read and never change: loaded once in a fork, whose peers are made anew for each turn.
 * <p>
 * Thread safety: any thread may ask. Allocation: what is loaded.
 *
 * @param <T> what is loaded.
 */
final class Kept<T>
{
    private final IntFunction<T> source;
    private @Nullable T value;
    private int loaded;

    Kept(final IntFunction<T> source)
    {
        this.source = source;
    }

    /** What there is of so many events. */
    synchronized T get(final int count)
    {
        final T known = value;
        if (known != null && loaded == count)
        {
            return known;
        }
        final T made = source.apply(count);
        value = made;
        loaded = count;
        return made;
    }
}
