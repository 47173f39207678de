package io.ringtape.cli.request;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What {@code record} is asked for.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param journal directory of the tape.
 * @param files   captures, in the order in which they are recorded, at least one.
 * @param format  of all files, empty to detect it.
 */
public record RecordRequest(Path journal, List<Path> files, Optional<String> format)
{
    /**
     * Makes the list its own.
     */
    public RecordRequest
    {
        files = List.copyOf(files);
    }
}
