package io.ringtape.journal;

import io.ringtape.journal.Documents.RunEnd;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads a whole tape and says whether it is whole: every checksum, every sequence, every link between documents, files
 * and runs.
 * <p>
 * Thread safety: stateless.
 * Allocation: on each call.
 */
public final class TapeVerifier
{
    private TapeVerifier()
    {
    }

    /**
     * Verifies a tape.
     *
     * @param directory of the tape.
     * @return what was found; a directory that is missing or no tape is {@link TapeStatus#UNREADABLE}.
     * @throws TapeException if files of the tape are being removed, or a run was taken back meanwhile.
     */
    public static TapeReport verify(final Path directory)
    {
        return verify(directory, TapeVerifier::tellNobody);
    }

    /**
     * Verifies a tape and tells how far it has come.
     *
     * @param directory of the tape.
     * @param progress  told after each block how many events were read.
     * @return what was found; a directory that is missing or no tape is {@link TapeStatus#UNREADABLE}.
     * @throws TapeException if files of the tape are being removed, or a run was taken back meanwhile.
     */
    public static TapeReport verify(final Path directory, final LongConsumer progress)
    {
        final Tape tape;
        try
        {
            tape = Tape.open(directory);
        }
        catch (final TapeException e)
        {
            return new Count().report(status(e.kind()), String.valueOf(e.getMessage()));
        }
        return verify(tape, progress);
    }

    static TapeReport verify(final Tape tape)
    {
        return verify(tape, TapeVerifier::tellNobody);
    }

    private static TapeReport verify(final Tape tape, final LongConsumer progress)
    {
        final Count found = new Count();
        try (TapeReader reader = tape.read(TapeRange.ALL, found))
        {
            return standing(reader, () -> verify(tape, reader, found, progress));
        }
        catch (final TapeException e)
        {
            if (e.kind() == TapeException.Kind.IN_USE)
            {
                // Files are being removed, or a run was taken back: that says nothing of the tape.
                throw e;
            }
            return found.report(status(e.kind()), String.valueOf(e.getMessage()));
        }
    }

    /** What is wrong must be so with the runs that are still there. */
    private static TapeReport standing(final TapeReader reader, final Supplier<TapeReport> verified)
    {
        try
        {
            final TapeReport report = verified.get();
            if (report.status() != TapeStatus.OK)
            {
                reader.requireStanding();
            }
            return report;
        }
        catch (final TapeException e)
        {
            reader.requireStanding();
            throw e;
        }
    }

    private static TapeReport verify(
        final Tape tape, final TapeReader reader, final Count found, final LongConsumer progress)
    {
        final IndexCheck indexes = new IndexCheck(tape);
        final SnapshotCheck snapshots = new SnapshotCheck(tape);
        final TapeException stop = readAll(reader, (block) ->
        {
            indexes.onBlock(block);
            snapshots.onBlock(block);
            found.add(block);
            progress.accept(found.events);
        });
        if (stop != null)
        {
            return found.stopped(stop, reader.laterRuns((events) -> progress.accept(found.events + events)),
                reader.marksText());
        }
        final Optional<String> torn = ManifestCheck.check(tape, found.closed, found.end(reader.end()));
        final Optional<String> beside = indexes.problem().or(snapshots::problem);
        return beside.isPresent() ? found.report(TapeStatus.DAMAGED, beside.get()) :
            torn.isPresent() ? found.report(TapeStatus.TORN_TAIL, torn.get()) : found.report(reader, tape.owner(),
                List.of(reader.removed().text(), reader.lostText(), snapshots.text()));
    }

    /** Why the reading stopped before the end, or null. */
    private static @Nullable TapeException readAll(final TapeReader reader, final Consumer<RunReader> blocks)
    {
        try
        {
            while (reader.nextBlock())
            {
                blocks.accept(reader.current());
            }
            reader.requireMarks();
            return null;
        }
        catch (final TapeException e)
        {
            if (e.kind() == TapeException.Kind.IO || e.kind() == TapeException.Kind.IN_USE)
            {
                throw e;
            }
            return e;
        }
    }

    private static void tellNobody(final long events)
    {
    }

    private static TapeStatus status(final TapeException.Kind kind)
    {
        return switch (kind)
        {
            case DAMAGED -> TapeStatus.DAMAGED;
            case GAP -> TapeStatus.GAP;
            default -> TapeStatus.UNREADABLE;
        };
    }

    private static final class Count implements RunListener
    {
        private final Set<Long> closed = new HashSet<>();
        private long events;
        private long first = -1;
        private long last = -1;
        private int runs;
        private long endedRun = -1;
        private @Nullable RunReader lastRead;

        @Override
        public void onRunStart(final RunInfo run)
        {
            runs++;
        }

        @Override
        public void onRunEnd(final RunInfo run, final Optional<RunTrailer> trailer)
        {
            endedRun = run.runId();
            if (trailer.isPresent())
            {
                closed.add(run.runId());
            }
        }

        private void add(final RunReader block)
        {
            final long firstSequence = block.nextSequence() - block.count();
            first = first < 0 ? firstSequence : first;
            last = block.nextSequence() - 1;
            events += block.count();
            lastRead = block;
        }

        /** Where the last run ends as it was read: before its first block where it has no whole one. */
        private @Nullable RunEnd end(final TapeEnd end)
        {
            final RunReader read = lastRead;
            if (end.kind() == TapeEnd.Kind.TORN && (read == null || read.head().run().runId() != endedRun))
            {
                return new RunEnd(endedRun, 0, 0, 0, last);
            }
            return read == null ? null : ManifestCheck.end(read);
        }

        private TapeReport report(final TapeReader reader, final Optional<TapeOwner> owner, final List<String> more)
        {
            final TapeEnd end = reader.end();
            final TapeStatus status = end.kind() == TapeEnd.Kind.TORN ? TapeStatus.TORN_TAIL : TapeStatus.OK;
            final List<String> parts = new ArrayList<>();
            parts.add(switch (end.kind())
            {
                case CLOSED -> runs == 0 ? "tape is empty" : closed(reader.notClosed().size());
                case BEING_WRITTEN -> end.detail() + owner.map((live) -> " pid=" + live.pid()).orElse("");
                default -> end.detail();
            });
            reader.notClosed().forEach((where) -> parts.add(TapeEnd.NOT_CLOSED + where));
            parts.addAll(more);
            if (end.kind() != TapeEnd.Kind.BEING_WRITTEN)
            {
                parts.add(reader.marksText());
            }
            return report(status, join(parts));
        }

        /** A run that was not closed is whole as far as its process came. */
        private String closed(final int notClosed)
        {
            return notClosed == 0 ? "all runs are whole: runs=" + runs :
                "what was recorded is whole: runs=" + runs + " notClosed=" + notClosed;
        }

        /** What was wrong, what is whole all the same, and whether the marks can be believed, each once. */
        private TapeReport stopped(final TapeException stop, final String later, final String marks)
        {
            final String wrong = String.valueOf(stop.getMessage());
            return report(status(stop.kind()), join(List.of(wrong, later, marks.equals(wrong) ? "" : marks)));
        }

        private static String join(final List<String> parts)
        {
            return parts.stream().filter((text) -> !text.isEmpty()).collect(Collectors.joining("; "));
        }

        private TapeReport report(final TapeStatus status, final String detail)
        {
            return new TapeReport(status, events, first, last, runs, detail);
        }
    }
}
