package io.ringtape.bench.page;

import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;

/**
 * Reads the histograms that the forks of a run left: interval logs named {@code ROW-peer-slug.hlog}, whose intervals
 * are added up.
 * <p>
 * Thread safety: stateless.
 * Allocation: a histogram a file.
 */
public final class Histograms
{
    private static final Pattern NAME = Pattern.compile("([^-]+)-(\\d+)-(.+)\\.hlog");
    private static final int DIGITS = 3;

    private Histograms()
    {
    }

    /**
     * Reads a folder.
     *
     * @param folder of the logs.
     * @return a curve for each file that holds a value, by row and peer.
     * @throws CommandException if a file has another name or holds something else.
     * @throws IOException      if the folder cannot be read.
     */
    public static List<Curve> read(final Path folder) throws IOException
    {
        final List<Curve> curves = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder))
        {
            for (final Path file : files.sorted().toList())
            {
                final Matcher name = NAME.matcher(file.getFileName().toString());
                if (!name.matches())
                {
                    throw new CommandException(ExitCode.BAD_INPUT,
                        "file name is not ROW-peer-slug.hlog: file=" + file);
                }
                final AbstractHistogram latencies = sum(file);
                if (latencies.getTotalCount() > 0)
                {
                    curves.add(new Curve(name.group(1), Integer.parseInt(name.group(2)), name.group(3), latencies));
                }
            }
        }
        curves.sort(Comparator.comparing(Curve::row).thenComparingInt(Curve::peer));
        return List.copyOf(curves);
    }

    private static AbstractHistogram sum(final Path file) throws FileNotFoundException
    {
        final Histogram sum = new Histogram(DIGITS);
        sum.setAutoResize(true);
        try (HistogramLogReader reader = new HistogramLogReader(file.toFile()))
        {
            while (reader.hasNext())
            {
                final EncodableHistogram interval = reader.nextIntervalHistogram();
                if (interval instanceof AbstractHistogram latencies)
                {
                    sum.add(latencies);
                }
            }
        }
        catch (final IllegalArgumentException e)
        {
            throw new CommandException(ExitCode.BAD_INPUT, "file is not a histogram log: file=" + file, e);
        }
        return sum;
    }
}
