package io.ringtape.journal;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;

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
     */
    public static TapeReport verify(final Path directory, final LongConsumer progress)
    {
        try
        {
            return verify(Tape.open(directory), progress);
        }
        catch (final TapeException e)
        {
            return new Count().report(status(e.kind()), String.valueOf(e.getMessage()));
        }
    }

    static TapeReport verify(final Tape tape)
    {
        return verify(tape, TapeVerifier::tellNobody);
    }

    private static TapeReport verify(final Tape tape, final LongConsumer progress)
    {
        final Count found = new Count();
        final IndexCheck indexes = new IndexCheck(tape);
        try (TapeReader reader = tape.read(TapeRange.ALL, found))
        {
            final SnapshotCheck snapshots = new SnapshotCheck(tape);
            while (reader.nextBlock())
            {
                indexes.onBlock(reader.current());
                snapshots.onBlock(reader.current());
                found.add(reader.firstSequence(), reader.count());
                progress.accept(found.events);
            }
            final Optional<String> torn = ManifestCheck.check(tape, found.closed);
            final Optional<String> beside = indexes.problem().or(snapshots::problem);
            return beside.isPresent() ? found.report(TapeStatus.DAMAGED, beside.get()) :
                torn.isPresent() ? found.report(TapeStatus.TORN_TAIL, torn.get()) :
                found.report(reader.end(), tape.owner(),
                    List.of(reader.removed().text(), reader.lostText(), snapshots.text()));
        }
        catch (final TapeException e)
        {
            if (e.kind() == TapeException.Kind.IN_USE)
            {
                // Files are being removed: that says nothing of the tape.
                throw e;
            }
            return found.report(status(e.kind()), String.valueOf(e.getMessage()));
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

        @Override
        public void onRunStart(final RunInfo run)
        {
            runs++;
        }

        @Override
        public void onRunEnd(final RunInfo run, final Optional<RunTrailer> trailer)
        {
            if (trailer.isPresent())
            {
                closed.add(run.runId());
            }
        }

        private void add(final long firstSequence, final int count)
        {
            first = first < 0 ? firstSequence : first;
            last = firstSequence + count - 1;
            events += count;
        }

        private TapeReport report(final TapeEnd end, final Optional<TapeOwner> owner, final List<String> more)
        {
            final TapeStatus status = end.kind() == TapeEnd.Kind.TORN ? TapeStatus.TORN_TAIL : TapeStatus.OK;
            final String what = switch (end.kind())
            {
                case CLOSED -> runs == 0 ? "tape is empty" : "all runs are whole: runs=" + runs;
                case BEING_WRITTEN -> end.detail() + owner.map((live) -> " pid=" + live.pid()).orElse("");
                default -> end.detail();
            };
            final StringBuilder detail = new StringBuilder(what);
            more.stream().filter((text) -> !text.isEmpty()).forEach((text) -> detail.append("; ").append(text));
            return report(status, detail.toString());
        }

        private TapeReport report(final TapeStatus status, final String detail)
        {
            return new TapeReport(status, events, first, last, runs, detail);
        }
    }
}
