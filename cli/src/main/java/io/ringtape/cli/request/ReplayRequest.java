package io.ringtape.cli.request;

import io.ringtape.cli.value.EventRange;
import java.nio.file.Path;

/**
 * What {@code replay} is asked for.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param journal      directory of the tape.
 * @param range        that is compared and reported.
 * @param useSnapshots whether the handlers may start behind a snapshot.
 * @param trading      which strategy runs, and within which limits.
 */
public record ReplayRequest(Path journal, EventRange range, boolean useSnapshots, TradingSetup trading)
{
}
