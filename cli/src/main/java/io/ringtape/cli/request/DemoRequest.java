package io.ringtape.cli.request;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What {@code demo} is asked for.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param events  input events to generate, 1 to {@link io.ringtape.cli.demo.DemoSession#MAX_EVENTS}.
 * @param seed    of the generator.
 * @param journal directory of the tape that is kept; empty for a temporary one.
 */
public record DemoRequest(long events, long seed, Optional<Path> journal)
{
}
