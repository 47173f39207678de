package io.ringtape.journal;

import io.ringtape.journal.Documents.RunEnd;
import io.ringtape.journal.RunDirectory.RollFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds the indexes of a tape against its blocks while all of them are read. The index of a sealed file has an entry
 * for each stretch; that of another file may be short, as a kill leaves it. A file whose seal names no index may have
 * none. The run that is being written is passed over.
 */
final class IndexCheck
{
    private final Path tape;
    private final IndexEntries expected = new IndexEntries();
    private @Nullable RollFile file;
    private @Nullable RunReader reader;
    private @Nullable String problem;

    /**
     * A check that is to be told each block.
     *
     * @param tape that is read from its start.
     */
    IndexCheck(final Tape tape)
    {
        this.tape = tape.directory();
    }

    /**
     * Takes the next block of the tape.
     *
     * @param block that a reader stands on, whole.
     */
    void onBlock(final RunReader block)
    {
        final RollFile read = block.file();
        if (!read.equals(file))
        {
            endFile();
            file = read;
            reader = block;
        }
        expected.onBlock(block);
    }

    /**
     * The first thing that is wrong with an index; to be asked at the end of the tape.
     *
     * @return empty if the indexes are those of the tape.
     */
    Optional<String> problem()
    {
        endFile();
        return Optional.ofNullable(problem);
    }

    private void endFile()
    {
        final RollFile ended = file;
        final RunReader read = reader;
        if (ended != null && read != null && problem == null && !read.isLive())
        {
            try
            {
                final RunEnd end = ManifestCheck.end(read);
                final String wrong = wrong(end.runId(), ended, expected.made(), sealedCount(ended, end));
                problem = wrong == null ? null : "tape is damaged, an index " + wrong +
                    "; no event is, it is made anew by: ringtape repair --journal " + tape + " --indexes";
            }
            catch (final IOException e)
            {
                throw Tape.failed("cannot read", ended.path(), e);
            }
        }
        file = null;
        expected.restart();
    }

    /**
     * Holds an index against what it has to be.
     *
     * @param runId       of the run.
     * @param file        the roll file.
     * @param expected    the entries that its blocks give.
     * @param sealedCount entries that its seal names; -1 if it is not sealed.
     * @return what is wrong, or null if nothing is.
     * @throws IOException if the index cannot be read.
     */
    static @Nullable String wrong(
        final long runId, final RollFile file, final List<IndexEntry> expected, final int sealedCount)
        throws IOException
    {
        final String name = ": run=" + runId + " file=" + file.name() + FileIndex.SUFFIX;
        final int count = FileIndex.count(directory(file), file.number());
        if (count == 0)
        {
            return sealedCount <= 0 ? null : "is missing" + name;
        }
        if (FileIndex.isTooLong(file))
        {
            return "is longer than its file allows" + name + " sizeBytes=" +
                FileIndex.sizeBytes(directory(file), file.number());
        }
        final FileIndex found = FileIndex.read(runId, file);
        final int least = Math.min(expected.size(), found.entries().size());
        int at = 0;
        while (at < least && expected.get(at).equals(found.entries().get(at)))
        {
            at++;
        }
        final boolean isRight = sealedCount < 0 ? at == least : at == expected.size() && at == count;
        return isRight ? null : "is not that of its file" + name + " entry=" + at;
    }

    /**
     * Entries that the seal names; -1 if the file is not sealed, or its manifest does not tell, or not all of it was
     * read: the rest was lost with the machine.
     */
    private static int sealedCount(final RollFile ended, final RunEnd end) throws IOException
    {
        try
        {
            return Manifest.read(new RunDirectory(end.runId(), directory(ended), List.of(ended))).seal(ended.number())
                .filter((seal) -> !end.isBefore(seal)).map(Manifest.Entry::indexCount).orElse(-1);
        }
        catch (final TapeException e)
        {
            // The check of the manifests names it.
            return -1;
        }
    }

    private static Path directory(final RollFile of)
    {
        return of.path().resolveSibling("");
    }
}
