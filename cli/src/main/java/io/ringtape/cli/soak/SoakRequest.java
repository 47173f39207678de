package io.ringtape.cli.soak;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What {@code soak} is asked for.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param events  to publish, at least 1.
 * @param seed    of all that is chosen: packets, slow-downs, joins, leaves and faults; moments are as the machine has
 *                them.
 * @param journal directory of the tape, which is new and kept; empty for a temporary one.
 */
public record SoakRequest(long events, long seed, Optional<Path> journal)
{
    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a value is out of its range; the message names it.
     */
    public SoakRequest
    {
        if (events < 1)
        {
            throw new IllegalArgumentException("events must be 1 or more: events=" + events);
        }
    }
}
