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
 * @param clock    measures how long the work takes.
 */
public record SessionContext(StopSignal stop, Progress progress, Consumer<String> note, NanoClock clock)
{
}
