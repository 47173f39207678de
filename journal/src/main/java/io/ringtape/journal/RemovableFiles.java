package io.ringtape.journal;

import io.ringtape.journal.Documents.RunEnd;
import io.ringtape.journal.RunDirectory.RollFile;
import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files that may go from the start of a tape. A run goes up to where the next one says that it ends: a file
 * that lost its end with the machine goes as any other, with what the run has of it, and with what stands behind that
 * in other files.
 */
final class RemovableFiles
{
    private final RunChain chain;
    private final TapeMarks marks;
    private final long sideRun;

    /**
     * A file, by its position.
     *
     * @param run  index of the run.
     * @param file index of the file in the run.
     */
    record Place(int run, int file)
    {
    }

    /**
     * Looks at a tape.
     *
     * @param chain   the runs.
     * @param marks   read before them.
     * @param sideRun number of the first run that a side file counts on.
     */
    RemovableFiles(final RunChain chain, final TapeMarks marks, final long sideRun)
    {
        this.chain = chain;
        this.marks = marks;
        this.sideRun = sideRun;
    }

    /**
     * Finds them.
     *
     * @param found takes them, from the oldest on.
     * @return the file behind them, which may not go; null if there is none.
     * @throws IOException   if the tape cannot be read.
     * @throws TapeException if it is damaged there, or sequences are missing.
     */
    @Nullable
    Place find(final List<RemovableFile> found) throws IOException
    {
        for (int i = 0; i < chain.size(); i++)
        {
            chain.head(i);
            final long runId = chain.directory(i).runId();
            final Manifest manifest = Manifest.read(chain.directory(i));
            final List<RollFile> files = files(i);
            final boolean hasEnd = hasEnd(i);
            for (int j = 0; j < files.size(); j++)
            {
                final long number = files.get(j).number();
                final boolean isLast = j == files.size() - 1;
                final Place place = new Place(i, j);
                final RemovableFile file = removable(place, files.get(j), manifest, hasEnd, hasEnd && isLast);
                if (file == null || (isLast && i == chain.size() - 1) || runId >= sideRun ||
                    isNeeded(marks.journaled(), runId, number) || isNeeded(marks.durable(), runId, number))
                {
                    return place;
                }
                requireNext(found, file.seal());
                found.add(file);
            }
        }
        return null;
    }

    /** The files that have anything of the run: the machine may have lost each document of the last one. */
    private List<RollFile> files(final int run)
    {
        final List<RollFile> files = chain.files(run);
        final RunEnd end = chain.fence(run);
        final int last = files.size() - 1;
        final boolean isEmpty = end != null && end.endOffset() == 0 && last > 0 &&
            files.get(last).number() == end.fileNumber();
        return isEmpty ? files.subList(0, last) : files;
    }

    /** Whether the next run says where a run ends, and the file that it ends in is there. */
    private boolean hasEnd(final int run)
    {
        final List<RollFile> files = chain.files(run);
        final RunEnd end = chain.fence(run);
        // What was not journaled must stay a gap.
        return end != null && chain.missing(run + 1) == null && !files.isEmpty() &&
            files.get(files.size() - 1).number() == end.fileNumber();
    }

    /** The last file takes what stands behind the end of its run with it, if the next run says that end. */
    private @Nullable RemovableFile removable(
        final Place place, final RollFile file, final Manifest manifest, final boolean hasEnd, final boolean isLast)
        throws IOException
    {
        final int run = place.run();
        final RunDirectory directory = chain.directory(run);
        final RunEnd end = chain.fence(run);
        final Manifest.Entry seal = manifest.seal(file.number()).orElse(null);
        final long empty = isLast && end.fileNumber() != file.number() ? end.fileNumber() : RemovableFile.NONE;
        final List<Long> behind = isLast ? behind(directory, end.fileNumber(), manifest) : List.of();
        final int named = isLast ? (int)Math.max(0, manifest.ends().size() - 1 - file.number()) : 0;
        if (seal != null && (end == null || !end.isBefore(seal)))
        {
            return new RemovableFile(place, directory.path(), seal, null, empty, behind, named);
        }
        final int number = (int)file.number();
        final boolean isOpen = number == manifest.ends().size();
        if (end == null || !hasEnd || number > manifest.ends().size() || (isOpen && number != end.fileNumber()))
        {
            return null;
        }
        final long first = number == 0 ? chain.head(run).run().firstSequence() :
            manifest.ends().get(number - 1).lastSequence() + 1;
        final Manifest.Entry known = isOpen ? new Manifest.Entry(Manifest.FINISHED, directory.runId(), number, first,
            end.lastSequence(), end.endOffset(), 0, end.crc(), 0) : manifest.ends().get(number).upTo(end);
        return new RemovableFile(place, directory.path(), known.sealed(Files.size(file.path()), 0, 0),
            isOpen ? known : null, empty, behind, named);
    }

    /** Of those that are finished the file itself may be lost too. */
    private static List<Long> behind(final RunDirectory run, final long end, final Manifest manifest)
    {
        final long last = Math.max(manifest.ends().size() - 1, run.files().get(run.files().size() - 1).number());
        return LongStream.rangeClosed(end + 1, last).boxed().toList();
    }

    private static boolean isNeeded(final @Nullable Mark mark, final long runId, final long number)
    {
        return mark != null && mark.runId() >= 0 &&
            (mark.runId() < runId || (mark.runId() == runId && mark.fileNumber() <= number));
    }

    /** A gap must stay one: what is removed around it would hide it. */
    private void requireNext(final List<RemovableFile> found, final Manifest.Entry seal)
    {
        final long next = found.isEmpty() ? chain.removed().firstSequence() :
            found.get(found.size() - 1).seal().lastSequence() + 1;
        if (seal.firstSequence() != next)
        {
            throw new TapeException(Kind.GAP, "sequences are missing: run=" + seal.runId() + " before file=" +
                RollFiles.name(seal.fileNumber()) + " sequences=" + next + ".." + (seal.firstSequence() - 1));
        }
    }

    /**
     * The greatest receive time of a run up to the end of a file: the next file's header tells it; of a run's last file
     * a skim does.
     *
     * @param file that is there.
     * @return ns since the epoch, UTC; {@link DocumentLayout#NO_TIME} if there is none.
     * @throws TapeException if that place is damaged.
     */
    long lastTimeNs(final Place file)
    {
        final RunDirectory run = chain.directory(file.run());
        if (file.file() + 1 == files(file.run()).size())
        {
            return TapeSpan.maxReceiveTimeNs(chain, marks, file.run());
        }
        try (Walker walker = new Walker(Walker.DEFAULT_WINDOW_BYTES))
        {
            final RunReader reader = new RunReader(run, file.file() + 1, chain.head(file.run()),
                chain.fence(file.run()), marks, true, walker);
            reader.checking(false);
            return reader.nextBlock() ? reader.maxBeforeNs() : reader.maxReceiveTimeNs();
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot read", run.path(), e);
        }
    }
}
