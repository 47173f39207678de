package io.ringtape.bench.rig;

import io.ringtape.bench.peer.Row;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * The latencies of a peer of a row on the disk, as HdrHistogram's own tools read them: one log a peer, and in it one
 * interval for each fork, to be added up.
 * <p>
 * Thread safety: stateless; the forks of one peer follow each other. Allocation: not for hot paths.
 */
final class HistogramLog
{
    private static final String FOLDER = "histograms";
    private static final String SUFFIX = ".hlog";

    private HistogramLog()
    {
    }

    /**
     * Which file the latencies of a peer go to.
     *
     * @param out  where files are kept.
     * @param row  of the peer.
     * @param peer index in the row.
     * @return the file, which need not be there.
     */
    static Path file(final Path out, final Row row, final int peer)
    {
        return out.resolve(FOLDER).resolve(row.id() + "-" + peer + "-" + tag(row, peer) + SUFFIX);
    }

    /** The name of a peer as a file and a log can have it: a log has no tag with a space or a comma. */
    static String tag(final Row row, final int peer)
    {
        return row.peers().get(peer).name().toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-|-$", "");
    }

    /**
     * Adds an interval to the log of a peer, unless there is nothing to tell.
     *
     * @param out       where files are kept.
     * @param row       of the peer.
     * @param peer      index in the row.
     * @param latencies of the turns of a fork, with the time of its start and end.
     */
    static void append(final Path out, final Row row, final int peer, final Histogram latencies)
    {
        if (latencies.getTotalCount() == 0)
        {
            return;
        }
        final Path file = file(out, row, peer);
        try
        {
            Files.createDirectories(file.getParent());
            final boolean isNew = !Files.exists(file);
            try (OutputStream to = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND))
            {
                final HistogramLogWriter log = new HistogramLogWriter(to);
                if (isNew)
                {
                    log.outputComment(row.id() + ", " + row.peers().get(peer).name() + ", nanoseconds");
                    log.outputLogFormatVersion();
                    log.outputLegend();
                }
                latencies.setTag(tag(row, peer));
                log.outputIntervalHistogram(latencies);
                log.close();
            }
        }
        catch (final IOException e)
        {
            throw new UncheckedIOException("cannot write: file=" + file, e);
        }
    }
}
