package io.ringtape.cli.request;

import io.ringtape.cli.output.Progress;
import io.ringtape.cli.platform.StopSignal;
import java.util.function.Consumer;
import org.agrona.concurrent.NanoClock;

/**
 * What a session runs in.
 * <p>
 * Thread safety: as its parts.
 * Allocation: on construction only.
 *
 * @param stop     asks the session to end in order; look at it between two venue events.
 * @param progress tell it how far the work has come; draws nothing where nobody looks.
 * @param note     takes a line for a person about what happens now, before the report; drops it with {@code --json}.
 * @param warning  takes a line that nobody may miss who trades now, also with {@code --json}.
 * @param clock    measures how long the work takes.
 */
public record SessionContext(
    StopSignal stop, Progress progress, Consumer<String> note, Consumer<String> warning, NanoClock clock)
{
    /**
     * A session whose warnings are notes.
     *
     * @param stop     asks the session to end in order.
     * @param progress tell it how far the work has come.
     * @param note     takes a line for a person.
     * @param clock    measures how long the work takes.
     */
    public SessionContext(
        final StopSignal stop, final Progress progress, final Consumer<String> note, final NanoClock clock)
    {
        this(stop, progress, note, note, clock);
    }

    /**
     * The same session, with an ear for its warnings.
     *
     * @param listener is told of each ahead of who takes it.
     * @return a context.
     */
    public SessionContext withWarningListener(final Consumer<String> listener)
    {
        return new SessionContext(stop, progress, note, listener.andThen(warning), clock);
    }
}
