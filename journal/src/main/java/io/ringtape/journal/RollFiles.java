package io.ringtape.journal;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.rollcycles.SparseRollCycles;

/**
 * Names of the files of a run. They are Chronicle's, by the hour, so that any Chronicle tool finds them; but the hour
 * is the number of the file, counted from the epoch: {@code 19700101-00LX.cq4} is file 0.
 */
final class RollFiles
{
    /** Hours, with an index entry each 2^20 documents: the sparsest index that Chronicle's own tools know by name. */
    static final RollCycle CYCLE = SparseRollCycles.LARGE_HOURLY_XSPARSE;
    static final String SUFFIX = ".cq4";

    private static final DateTimeFormatter NAME =
        DateTimeFormatter.ofPattern("uuuuMMdd-HH'LX" + SUFFIX + "'", Locale.ROOT);
    private static final LocalDateTime EPOCH = LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC);

    private RollFiles()
    {
    }

    static String name(final long fileNumber)
    {
        return EPOCH.plusHours(fileNumber).format(NAME);
    }

    /**
     * The number of a file.
     *
     * @param name of a file.
     * @return its number, or -1 if it is not the name of a roll file.
     */
    static long number(final String name)
    {
        if (!name.endsWith(SUFFIX))
        {
            return -1;
        }
        try
        {
            final Duration since = Duration.between(EPOCH, LocalDateTime.parse(name, NAME));
            return since.isNegative() ? -1 : since.toHours();
        }
        catch (final DateTimeParseException e)
        {
            return -1;
        }
    }
}
