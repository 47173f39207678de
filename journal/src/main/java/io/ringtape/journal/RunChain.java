package io.ringtape.journal;

import io.ringtape.journal.Documents.RunEnd;
import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The runs of a tape with their headers, and what each says of the one before it.
 */
final class RunChain
{
    /**
     * A run to read.
     *
     * @param directory of the run.
     * @param head      its header, or null if it has no whole one.
     * @param before    what was missing before the run.
     */
    record Link(RunDirectory directory, @Nullable RunHead head, Manifest.Before before)
    {
        @Nullable
        MissingRange missing()
        {
            return before.unjournaled();
        }
    }

    /** Nobody takes files away at each of them. */
    private static final int MOST_LOOKS = 10;

    private final List<Link> links;
    private final RemovedPart removed;
    private final Optional<TapeOwner> owner;

    private RunChain(final List<Link> links, final RemovedPart removed, final Optional<TapeOwner> owner)
    {
        this.links = links;
        this.removed = removed;
        this.owner = owner;
    }

    /**
     * Reads the headers of all runs. A run that never got one, and that no other run names, holds nothing and is left
     * out, and so is what was removed in order.
     *
     * @param tape   to read.
     * @param walker to read with; it is closed.
     * @return the runs in order.
     */
    static RunChain read(final Tape tape, final Walker walker)
    {
        return readAll(tape, walker).left(tape);
    }

    /** Reads the headers of all runs, of those too that were removed and have none. */
    static RunChain readAll(final Tape tape, final Walker walker)
    {
        final Optional<TapeOwner> before = tape.owner();
        List<Link> links = null;
        for (int look = 1; links == null; look++)
        {
            try
            {
                links = look(tape.runs(), walker);
            }
            catch (final IOException e)
            {
                // A writer clears up behind one that was killed, or a run is taken back, or files are removed.
                if (!(e instanceof NoSuchFileException) || look == MOST_LOOKS)
                {
                    throw Tape.failed("cannot read", tape.directory(), e);
                }
            }
        }
        // A writer that went meanwhile may have been at the newest run, and one that came may have started it.
        return new RunChain(links, RemovedPart.NOTHING, before.or(tape::owner));
    }

    private static List<Link> look(final List<RunDirectory> runs, final Walker walker) throws IOException
    {
        final List<Link> links = new ArrayList<>();
        RunEnd named = null;
        for (int i = runs.size() - 1; i >= 0; i--)
        {
            Link link = look(runs.get(i), walker);
            boolean isRun = link.head() != null || (named != null && named.runId() == runs.get(i).runId());
            if (!isRun && named == null && holdsDocuments(runs.get(i)))
            {
                // Behind its header, which its writer may have added since.
                link = look(runs.get(i).refresh(), walker);
                isRun = true;
            }
            if (isRun)
            {
                links.add(0, link);
                named = link.head() == null ? null : link.head().previous();
            }
        }
        return links;
    }

    /** These runs, without what was removed in order. */
    RunChain left(final Tape tape)
    {
        try
        {
            final RemovedPart gone = RemovedPart.read(links.stream().map(Link::directory).toList());
            final List<Link> left = new ArrayList<>(links.subList(gone.runs().size(), links.size()));
            if (gone.files() > 0)
            {
                final RunDirectory part = gone.left(left.get(0).directory());
                left.set(0, new Link(part, gone.head(part), left.get(0).before()));
            }
            return new RunChain(left, gone, owner);
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot read", tape.directory(), e);
        }
    }

    private static Link look(final RunDirectory run, final Walker walker) throws IOException
    {
        final RunHead head = RunHead.read(run, walker);
        return new Link(run, head, Manifest.before(run));
    }

    /** Whether anything is there that a writer adds behind the run's header. */
    private static boolean holdsDocuments(final RunDirectory run) throws IOException
    {
        final Path manifest = run.path().resolve(Manifest.NAME);
        // The length first: what a writer adds since is before the header too.
        final long length = Files.exists(manifest) ? Files.size(manifest) : 0;
        return length > (long)Manifest.before(run).records() * Manifest.ENTRY_BYTES ||
            new TailScan(run.runId()).first(run.files(), 0) != null;
    }

    /** The live process that may be adding to the newest run, or empty: then nothing of these runs changes any more. */
    Optional<TapeOwner> owner()
    {
        return owner;
    }

    /** What was taken away in order. */
    RemovedPart removed()
    {
        return removed;
    }

    int size()
    {
        return links.size();
    }

    RunDirectory directory(final int index)
    {
        return links.get(index).directory();
    }

    /**
     * The header of a run.
     *
     * @param index of the run.
     * @return the header.
     * @throws TapeException if it has none.
     */
    RunHead head(final int index)
    {
        final Link link = links.get(index);
        final RunHead head = link.head();
        if (head == null)
        {
            final List<RunDirectory.RollFile> files = link.directory().files();
            final long first = index == 0 ? removed.files() : 0;
            final boolean missing = files.isEmpty() || files.get(0).number() != first;
            throw new TapeException(missing ? Kind.GAP : Kind.DAMAGED, (missing ? "first file of a run is missing" :
                "tape is damaged, the header of a run is not whole") + ": run=" + link.directory().runId() + " file=" +
                RollFiles.name(first) + " " + sequences(index, first));
        }
        return head;
    }

    /** What the file without a header holds, as far as anything tells it: the manifest, else the runs beside it. */
    private String sequences(final int index, final long file)
    {
        final RunDirectory run = links.get(index).directory();
        try
        {
            final List<Manifest.Entry> ends = Manifest.read(run).ends();
            if (file < ends.size())
            {
                return ends.get((int)file).sequences();
            }
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot read", run.path(), e);
        }
        catch (final TapeException e)
        {
            // That the manifest is damaged comes second: without a header nothing of the run is read.
            return unfinished(index);
        }
        return unfinished(index);
    }

    private String unfinished(final int index)
    {
        final RunEnd end = index + 1 < links.size() ? fence(index) : null;
        final OptionalLong first = first(index);
        return first.isEmpty() ? "sequences=unknown" : "sequences=" + first.getAsLong() + ".." +
            (end == null ? "unknown" : end.lastSequence());
    }

    /** What a run gives first: its manifest knows where that is not what follows the run ahead of it. */
    private OptionalLong first(final int index)
    {
        final Manifest.Before before = links.get(index).before();
        if (before.lost() != null)
        {
            return OptionalLong.of(before.lost().firstSequence());
        }
        if (before.unjournaled() != null)
        {
            return OptionalLong.of(before.unjournaled().lastSequence() + 1);
        }
        return index == 0 ? OptionalLong.of(removed.firstSequence()) : firstBehind(index - 1);
    }

    /** One above the last sequence of a run that was closed. */
    private OptionalLong firstBehind(final int index)
    {
        final RunDirectory run = links.get(index).directory();
        try
        {
            final Manifest manifest = Manifest.read(run);
            final Manifest.Entry last = manifest.last().orElse(null);
            return last == null || !manifest.isClosed() ? OptionalLong.empty() :
                OptionalLong.of(last.lastSequence() + 1);
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot read", run.path(), e);
        }
        catch (final TapeException e)
        {
            // It tells nothing, and is named by itself.
            return OptionalLong.empty();
        }
    }

    @Nullable
    RunHead headOrNull(final int index)
    {
        return links.get(index).head();
    }

    /**
     * Where the next run says that a run ends.
     *
     * @param index of the run.
     * @return null if no next run says so.
     */
    @Nullable
    RunEnd fence(final int index)
    {
        final RunHead next = index + 1 < links.size() ? links.get(index + 1).head() : null;
        if (next == null || next.previous().runId() != links.get(index).directory().runId())
        {
            return null;
        }
        final RunEnd end = next.previous();
        final MissingRange missing = links.get(index + 1).missing();
        // The header names the sequence that the next run starts with, and so one above what was not journaled.
        return missing == null || missing.lastSequence() != end.lastSequence() ? end :
            new RunEnd(end.runId(), end.fileNumber(), end.endOffset(), end.crc(), missing.firstSequence() - 1);
    }

    /**
     * The files of a run up to where the next run says that it ends.
     *
     * @param index of the run.
     * @return the first of its directory; all of them if no next run says so.
     */
    List<RunDirectory.RollFile> files(final int index)
    {
        final RunEnd end = fence(index);
        final List<RunDirectory.RollFile> files = links.get(index).directory().files();
        return end == null ? files : files.stream().filter((file) -> !end.isBefore(file.number())).toList();
    }

    /**
     * What the bus used before a run while the tape was away.
     *
     * @param index of the run.
     * @return null if the tape was not away.
     */
    @Nullable
    MissingRange missing(final int index)
    {
        return links.get(index).missing();
    }

    /**
     * What was lost with the machine, and given again by the runs that followed.
     *
     * @return in order of the runs.
     */
    List<TapeInfo.Lost> lost()
    {
        final List<TapeInfo.Lost> found = new ArrayList<>();
        for (final Link link : links)
        {
            final MissingRange lost = link.before().lost();
            if (lost != null)
            {
                found.add(new TapeInfo.Lost(link.directory().runId(), lost.firstSequence(), lost.lastSequence()));
            }
        }
        return found;
    }

    /**
     * Refuses a tape that does not hold what its marks vouch for, or whose marks cannot be told or believed.
     *
     * @param marks        of the tape.
     * @param nextSequence one above the last sequence of the runs.
     * @throws TapeException if a run is missing behind the last one, or a mark is.
     */
    void requireComplete(final TapeMarks marks, final long nextSequence)
    {
        final Mark kept = marks.kept();
        final long last = links.isEmpty() ? -1 : links.get(links.size() - 1).directory().runId();
        if (kept != null && kept.runId() > last)
        {
            throw new TapeException(Kind.GAP, "sequences are missing: missing run=" + kept.runId() + " sequences=" +
                nextSequence + ".." + kept.lastSequence());
        }
        requireJournaled(marks, nextSequence);
        if (!links.isEmpty())
        {
            marks.requireBelievable(links.get(links.size() - 1).directory());
        }
    }

    /**
     * Refuses an end behind which the bus went on without the tape.
     *
     * @param marks        of the tape.
     * @param nextSequence one above the last sequence of the runs.
     * @throws TapeException if sequences are missing behind it.
     */
    void requireJournaled(final TapeMarks marks, final long nextSequence)
    {
        final MissingRange missing = marks.unjournaled();
        if (missing != null && missing.lastSequence() >= nextSequence)
        {
            throw missing.gap(nextSequence, missing.lastSequence(), "behind run=" +
                (links.isEmpty() ? -1 : links.get(links.size() - 1).directory().runId()));
        }
    }

    /**
     * Refuses a run that does not follow the one before it.
     *
     * @param index        of the run.
     * @param nextSequence one above the last sequence before the run.
     * @throws TapeException if sequences are missing in between.
     */
    void requireFollows(final int index, final long nextSequence)
    {
        final RunHead head = head(index);
        final long before = index == 0 ? removed.lastRunId() : links.get(index - 1).directory().runId();
        final long first = head.run().firstSequence();
        final MissingRange missing = links.get(index).missing();
        if (head.previous().runId() == before && first > nextSequence && missing != null &&
            missing.lastSequence() < first && missing.firstSequence() >= nextSequence)
        {
            throw missing.gap(nextSequence, first - 1, "before run=" + head.run().runId());
        }
        if (head.previous().runId() != before || first != nextSequence)
        {
            throw new TapeException(Kind.GAP, "sequences are missing: before run=" + head.run().runId() +
                " missing run=" + head.previous().runId() + " sequences=" + nextSequence + ".." +
                (first - 1));
        }
    }
}
