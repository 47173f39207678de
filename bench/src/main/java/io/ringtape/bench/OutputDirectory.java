package io.ringtape.bench;

import io.ringtape.bench.page.Curve;
import io.ringtape.bench.page.Histograms;
import io.ringtape.bench.page.Page;
import io.ringtape.bench.report.Report;
import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.output.FileOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a run leaves its files: made before anything is measured, so that a run of an hour does not end with nowhere to
 * go.
 */
final class OutputDirectory
{
    private static final String RESULT = "result.json";
    private static final String PAGE = "index.html";
    private static final String HISTOGRAMS = "histograms";

    private final Path directory;

    private OutputDirectory(final Path directory)
    {
        this.directory = directory;
    }

    /**
     * Makes the directory, or takes one that is empty.
     *
     * @param directory wanted.
     * @return it, with a folder for histograms.
     * @throws CommandException if it cannot be made or written to, or holds something.
     */
    static OutputDirectory prepare(final Path directory)
    {
        try
        {
            Files.createDirectories(directory);
            try (Stream<Path> entries = Files.list(directory))
            {
                if (entries.findAny().isPresent())
                {
                    throw new CommandException(
                        ExitCode.CANNOT_CREATE, "output directory is not empty: out=" + directory);
                }
            }
            Files.createDirectory(directory.resolve(HISTOGRAMS));
            return new OutputDirectory(directory);
        }
        catch (final FileAlreadyExistsException e)
        {
            throw new CommandException(ExitCode.CANNOT_CREATE, "output is not a directory: out=" + directory, e);
        }
        catch (final IOException e)
        {
            throw new CommandException(
                ExitCode.CANNOT_CREATE, "output directory cannot be made or written to: out=" + directory, e);
        }
    }

    /**
     * Writes the result and the page of it; the histograms are there already, from the forks.
     *
     * @param report of the run.
     * @return the report with the percentiles of the histograms, as it was written.
     * @throws IOException if the histograms cannot be read.
     */
    Report write(final Report report) throws IOException
    {
        // The result first: a histogram that cannot be read does not lose it.
        write(RESULT, report.json() + "\n");
        final List<Curve> curves = Histograms.read(directory.resolve(HISTOGRAMS));
        final Report whole = report.with(curves.stream().map(Curve::percentiles).toList());
        write(RESULT, whole.json() + "\n");
        write(PAGE, Page.of(whole, curves));
        return whole;
    }

    Path page()
    {
        return directory.resolve(PAGE);
    }

    private void write(final String name, final String text)
    {
        try (FileOutput file = FileOutput.open(directory.resolve(name)))
        {
            file.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            file.complete();
        }
    }
}
