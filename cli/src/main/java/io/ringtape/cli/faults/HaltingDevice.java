package io.ringtape.cli.faults;

import io.ringtape.journal.DeviceFaults;
import io.ringtape.journal.TapeStep;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Ends the process without a word, as a kill does, at a step of the writer: so many steps behind a certain one, on the
 * same thread.
 */
final class HaltingDevice implements DeviceFaults
{
    /** What the process ends with. */
    static final int CODE = 99;
    /** Stands for the very first step. */
    static final String AT_ONCE = "-";

    private final @Nullable TapeStep from;
    private final AtomicLong left;
    private long behind;
    private @Nullable Thread thread;

    /**
     * A device of the main thread of a child.
     *
     * @param from   name of the step to count from, or {@link #AT_ONCE}.
     * @param nth    time that it is done, from 1.
     * @param behind how many steps later, 0 at the step itself.
     */
    HaltingDevice(final String from, final long nth, final long behind)
    {
        this.from = from.equals(AT_ONCE) ? null : TapeStep.valueOf(from);
        this.left = new AtomicLong(nth);
        this.behind = behind;
    }

    @Override
    public void onStep(final TapeStep step)
    {
        if (thread == null)
        {
            if (from != null && (step != from || left.decrementAndGet() != 0))
            {
                return;
            }
            thread = Thread.currentThread();
        }
        if (thread == Thread.currentThread() && behind-- == 0)
        {
            Runtime.getRuntime().halt(CODE);
        }
    }
}
