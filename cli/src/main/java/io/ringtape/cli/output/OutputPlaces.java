package io.ringtape.cli.output;

import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import io.ringtape.journal.Tape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The files that a command is to write, and those that it reads: refuses an output that would replace a file of a tape,
 * an input, or another output, or that cannot be written, before there is any work. Symbolic links are followed as
 * {@link FileOutput} does.
 * <p>
 * Thread safety: none; one thread.
 * Allocation: on each call.
 */
public final class OutputPlaces
{
    private final List<Named> inputs = new ArrayList<>();
    private final List<Named> outputs = new ArrayList<>();

    /** Nothing is written and nothing is read. */
    public OutputPlaces()
    {
        // Options are added.
    }

    /** A file that an option names. */
    private record Named(String option, Path file)
    {
        String text()
        {
            return option + "=" + file;
        }
    }

    /**
     * Adds a file that is read.
     *
     * @param option that names it.
     * @param file   empty if it was not given.
     * @return this.
     */
    public OutputPlaces input(final String option, final Optional<Path> file)
    {
        file.ifPresent((path) -> inputs.add(new Named(option, path)));
        return this;
    }

    /**
     * Adds a file that is written.
     *
     * @param option that names it.
     * @param file   empty if it was not given.
     * @return this.
     */
    public OutputPlaces output(final String option, final Optional<Path> file)
    {
        file.ifPresent((path) -> outputs.add(new Named(option, path)));
        return this;
    }

    /**
     * Refuses what would replace something else than an output of before.
     *
     * @throws CommandException if an output lies inside a tape, or is an input or another output; or if there is no
     *     place for it, or nothing can be written there. The message names option and path.
     */
    public void require()
    {
        for (final Named output : outputs)
        {
            try
            {
                final Path place = FileOutput.place(output.file());
                requireOutsideOfTapes(output, place);
                for (final Named input : inputs)
                {
                    requireApart(output, place, input);
                }
                for (final Named other : outputs)
                {
                    if (!other.equals(output))
                    {
                        requireApart(output, place, other);
                    }
                }
            }
            catch (final IOException e)
            {
                throw FileOutput.failed(output.file(), e);
            }
        }
        outputs.forEach((output) -> FileOutput.open(output.file()).close());
    }

    private static void requireOutsideOfTapes(final Named output, final Path place) throws IOException
    {
        Path directory = place.getParent();
        while (directory != null)
        {
            if (Tape.isAt(directory))
            {
                throw new CommandException(ExitCode.USAGE,
                    output.option() + " lies inside a tape: " + output.text() + " tape=" + directory);
            }
            directory = directory.getParent();
        }
    }

    private static void requireApart(final Named output, final Path place, final Named other) throws IOException
    {
        if (isSame(place, other.file()))
        {
            throw new CommandException(ExitCode.USAGE, output.option() + " would replace the file of " +
                other.option() + ": " + output.text() + " " + other.text());
        }
    }

    private static boolean isSame(final Path place, final Path other) throws IOException
    {
        if (Files.exists(other))
        {
            return Files.exists(place) && Files.isSameFile(place, other);
        }
        // Two outputs may be one that is not there yet; of an input that is not there its reader tells.
        final Path parent = other.toAbsolutePath().getParent();
        return parent != null && Files.exists(parent) && place.equals(FileOutput.place(other));
    }
}
