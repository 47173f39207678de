package io.ringtape.journal;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run whose last file was skimmed to its end, or to the first thing that is wrong there.
 *
 * @param reader  closed, where it stopped.
 * @param problem what is wrong there, or null.
 */
record RunSkim(RunReader reader, @Nullable TapeException problem)
{
    /**
     * Skims the last file of a run that starts with a whole header.
     *
     * @param chain the runs.
     * @param index of the run; it has a header.
     * @param marks of the tape.
     * @param live  whether a writer may be adding to the run.
     * @return what was found.
     */
    static RunSkim of(final RunChain chain, final int index, final TapeMarks marks, final boolean live)
    {
        final RunDirectory directory = chain.directory(index);
        try (Walker walker = new Walker(Walker.DEFAULT_WINDOW_BYTES))
        {
            final int file = RunSeek.fileIndex(chain, index, Long.MAX_VALUE, Long.MAX_VALUE, walker);
            final RunReader reader =
                new RunReader(directory, file, chain.head(index), chain.fence(index), marks, live, walker);
            reader.checking(false);
            return new RunSkim(reader, read(reader));
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot read", directory.path(), e);
        }
    }

    private static @Nullable TapeException read(final RunReader reader)
    {
        try
        {
            boolean more = true;
            while (more)
            {
                more = reader.nextBlock();
            }
            return null;
        }
        catch (final TapeException e)
        {
            return e;
        }
    }

    Optional<TapeException> failure()
    {
        return Optional.ofNullable(problem);
    }
}
