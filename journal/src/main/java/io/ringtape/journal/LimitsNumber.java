package io.ringtape.journal;

import java.util.function.LongConsumer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The number of the last change of limits, in the mapped {@link ControlFile}: who hands limits over raises it, and a
 * recording's writer looks at it. Hot path: {@link #get()}.
 * <p>
 * Thread safety: any thread looks; who raises it holds a lock of the file.
 * Allocation: {@link #get()} none.
 */
final class LimitsNumber
{
    private static final int AT = 40;

    private final UnsafeBuffer buffer;
    private final ControlLock lock;

    LimitsNumber(final UnsafeBuffer buffer, final ControlLock lock)
    {
        this.buffer = buffer;
        this.lock = lock;
    }

    long get()
    {
        return buffer.getLongVolatile(AT);
    }

    /** Raises it, once the change is where the recording finds it. */
    long announce(final LongConsumer handOver)
    {
        return lock.change(() ->
        {
            final long number = get() + 1;
            handOver.accept(number);
            buffer.putLongVolatile(AT, number);
            return number;
        });
    }
}
