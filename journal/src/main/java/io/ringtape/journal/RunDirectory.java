package io.ringtape.journal;

import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A run on disk: its directory and its roll files in order.
 *
 * @param runId of the directory's name.
 * @param path  of the directory.
 * @param files in order of their numbers.
 */
record RunDirectory(long runId, Path path, List<RollFile> files)
{
    /** What a run's directory is called until it holds a run. */
    static final String TEMPORARY_SUFFIX = ".tmp";
    private static final Pattern NAME = Pattern.compile("run-(\\d{6,18})");

    /**
     * A roll file.
     *
     * @param number from 0 in the run.
     * @param path   of the file.
     */
    record RollFile(long number, Path path)
    {
        String name()
        {
            return path.getFileName().toString();
        }
    }

    static String name(final long runId)
    {
        return String.format(Locale.ROOT, "run-%06d", runId);
    }

    /**
     * The runs of a tape, in order.
     *
     * @param tape its directory.
     * @return the runs that have a directory.
     * @throws IOException   if a directory cannot be read.
     * @throws TapeException if one is a symbolic link.
     */
    static List<RunDirectory> list(final Path tape) throws IOException
    {
        final List<RunDirectory> runs = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(tape))
        {
            for (final Path entry : entries)
            {
                final Matcher name = NAME.matcher(entry.getFileName().toString());
                if (name.matches() && Files.isDirectory(entry))
                {
                    TapeFiles.requireNoLink(entry, Kind.UNREADABLE);
                    list(Long.parseLong(name.group(1)), entry).ifPresent(runs::add);
                }
            }
        }
        runs.sort(Comparator.comparingLong(RunDirectory::runId));
        return runs;
    }

    private static Optional<RunDirectory> list(final long runId, final Path run) throws IOException
    {
        try
        {
            return Optional.of(new RunDirectory(runId, run, listFiles(run)));
        }
        catch (final NoSuchFileException e)
        {
            // It was taken back since the tape was listed.
            return Optional.empty();
        }
    }

    /**
     * The same run as it stands now, from the first file on that was known.
     *
     * @return with the files that were added since.
     * @throws IOException if the directory cannot be read.
     */
    RunDirectory refresh() throws IOException
    {
        final long first = files.isEmpty() ? 0 : files.get(0).number();
        return new RunDirectory(
            runId, path, listFiles(path).stream().filter((file) -> file.number() >= first).toList());
    }

    private static List<RollFile> listFiles(final Path run) throws IOException
    {
        final List<RollFile> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(run))
        {
            for (final Path entry : entries)
            {
                final long number = RollFiles.number(entry.getFileName().toString());
                if (number >= 0)
                {
                    files.add(new RollFile(number, entry));
                }
            }
        }
        files.sort(Comparator.comparingLong(RollFile::number));
        return List.copyOf(files);
    }
}
