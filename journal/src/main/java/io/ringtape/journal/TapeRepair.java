package io.ringtape.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.ringtape.event.Definitions;
import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Copies the valid prefix of a tape into a new one: run for run and block for block, with the same sequences, events,
 * definitions, times and numbers of runs. Only files may end elsewhere, and headers name the process that copies. A
 * run that was read to its trailer is closed with the same one; the run in which reading stops is left without. What
 * was removed from the tape in order is as removed from the copy. Who is stopped by the kill switch stays so, and what
 * a gateway kept for the next run goes along, as it stands beside the tape.
 * <p>
 * The tape itself is only read. The copy is made, and forced to the device, under another name beside its place and
 * renamed when it is done, so it is there as a whole or not at all.
 * <p>
 * Thread safety: none; one thread, one repair.
 * Allocation: on each call; none a block.
 */
public final class TapeRepair
{
    private static final AtomicLong ATTEMPTS = new AtomicLong();
    private static final long FORCE_INTERVAL_NS = 1_000_000_000L;

    private final Tape tape;
    private final Path place;
    private final TapeParts parts;
    private final LongConsumer progress;
    private final IndexCheck indexes;
    private final Set<Long> closed = new HashSet<>();
    private final List<Runnable> steps = new ArrayList<>();
    private final UnsafeBuffer room = new UnsafeBuffer(
        BufferUtil.allocateDirectAligned(DocumentLayout.MAX_BLOCK_EVENTS * DocumentLayout.EVENT_BYTES,
            DocumentLayout.ALIGNMENT));
    private @Nullable RunInfo run;
    private @Nullable TapeWriter writer;
    private CopiedRun part = CopiedRun.NONE;
    private Definitions definitions = new Definitions();
    private long nowNs;
    private int runs;
    private long events;
    private long firstSequence = -1;
    private long lastSequence = -1;

    private TapeRepair(
        final Tape tape, final Path place, final UnaryOperator<TapeParts> with, final LongConsumer progress)
    {
        this.tape = tape;
        this.place = place;
        this.progress = progress;
        this.indexes = new IndexCheck(tape);
        // What is copied keeps its times.
        parts = with.apply(TapeParts.of(place, TapeConfig.defaults().withDurability(
            Durability.everyNs(FORCE_INTERVAL_NS)), () -> nowNs));
    }

    /**
     * Copies what can be read of a tape, to where a tape may be written by default.
     *
     * @param tape     to read, damaged or not.
     * @param target   of the copy: missing with an existing parent, or an empty directory; not inside the tape.
     * @param progress told after each block how many events were copied, and then read behind what was copied.
     * @return what was copied, and why no more.
     * @throws TapeException as {@link #repair(Tape, Path, LongConsumer, TapeConfig)}.
     */
    public static TapeCopy repair(final Tape tape, final Path target, final LongConsumer progress)
    {
        return repair(tape, target, progress, TapeConfig.defaults());
    }

    /**
     * Copies what can be read of a tape.
     *
     * @param tape     to read, damaged or not.
     * @param target   of the copy: missing with an existing parent, or an empty directory; not inside the tape.
     * @param progress told after each block how many events were copied, and then read behind what was copied.
     * @param config   for the copy: {@link TapeConfig#anyFileSystem()} is all that is asked of it.
     * @return what was copied, and why no more.
     * @throws TapeException if nothing can be read, the target cannot be made, or reading or writing failed; the
     *     target is then as it was.
     */
    public static TapeCopy repair(
        final Tape tape, final Path target, final LongConsumer progress, final TapeConfig config)
    {
        return repair(tape, target,
            (parts) -> parts.with(parts.config().withAnyFileSystem(config.anyFileSystem())), progress);
    }

    static TapeCopy repair(
        final Tape tape, final Path target, final UnaryOperator<TapeParts> with, final LongConsumer progress)
    {
        final Path absolute = target.toAbsolutePath().normalize();
        final Path place = absolute.resolveSibling(absolute.getFileName() + ".repair-" +
            ProcessHandle.current().pid() + "-" + ATTEMPTS.incrementAndGet() + RunDirectory.TEMPORARY_SUFFIX);
        final TapeRepair repair = new TapeRepair(tape, place, with, progress);
        try
        {
            requireFree(tape, absolute, repair.parts);
            try
            {
                repair.copyRemoved();
                final TapeCopy copy = repair.copy();
                ControlFile.copy(tape.directory(), place, repair.nowNs);
                SideFiles.copy(tape.directory(), place);
                Files.move(place, absolute, StandardCopyOption.ATOMIC_MOVE);
                repair.parts.device().force(absolute.resolveSibling("."));
                return copy;
            }
            finally
            {
                TapeDirectory.deleteTree(place);
            }
        }
        catch (final IOException e)
        {
            throw TapeDirectory.cannotCreate(target, e);
        }
    }

    private static void requireFree(final Tape tape, final Path target, final TapeParts parts) throws IOException
    {
        final boolean isThere = TapeGuard.check(target, parts);
        final Path outer = isThere ? target : target.resolveSibling("");
        if (outer.toRealPath().startsWith(tape.directory().toRealPath()))
        {
            throw new TapeException(Kind.CANNOT_CREATE, "repaired tape must lie outside the tape: target=" + target +
                " directory=" + tape.directory());
        }
        if (isThere && !isEmpty(target))
        {
            throw new TapeException(Kind.CANNOT_CREATE,
                "repaired tape needs a directory that is missing or empty: target=" + target);
        }
    }

    private static boolean isEmpty(final Path target) throws IOException
    {
        if (!Files.isDirectory(target))
        {
            return false;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(target))
        {
            return !entries.iterator().hasNext();
        }
    }

    /** Manifests of runs that were removed as a whole; a run that was removed in part, where it starts. */
    private void copyRemoved() throws IOException
    {
        final RunChain chain = RunChain.read(tape, new Walker(Walker.DEFAULT_WINDOW_BYTES));
        final RemovedPart removed = chain.removed();
        if (!removed.runs().isEmpty())
        {
            TapeDirectory.prepare(place, Device.REAL);
        }
        for (final RunDirectory gone : removed.runs())
        {
            final Path made = TapeDirectory.makeRun(place, gone.runId(), Device.REAL);
            Manifest.create(made);
            Manifest.copy(gone, made);
            parts.device().force(made.resolve(Manifest.NAME));
            parts.device().force(made);
        }
        part = removed.files() == 0 || chain.size() == 0 ? CopiedRun.NONE :
            CopiedRun.part(chain, TapeMarks.read(tape));
    }

    private TapeCopy copy()
    {
        try (Runs listener = new Runs(); TapeReader reader = tape.read(TapeRange.ALL, listener))
        {
            listener.reader = reader;
            TapeException stop = null;
            boolean more = true;
            while (more)
            {
                try
                {
                    more = reader.nextBlock();
                }
                catch (final TapeException e)
                {
                    more = false;
                    stop = e;
                }
                steps.forEach(Runnable::run);
                steps.clear();
                if (more)
                {
                    indexes.onBlock(reader.current());
                    copyBlock(reader);
                }
            }
            if (stop != null && (stop.kind() == Kind.IO || stop.kind() == Kind.IN_USE))
            {
                throw stop;
            }
            final String left = stop == null ? "" : reader.laterRuns((read) -> progress.accept(events + read));
            if (stop != null && events == 0)
            {
                throw left.isEmpty() ? stop : new TapeException(stop.kind(), stop.getMessage() + "; " + left, stop);
            }
            endRun(Optional.empty());
            // Withdrawn events are none to copy.
            reader.requireStanding();
            if (runs == 0)
            {
                TapeDirectory.prepare(place, Device.REAL);
            }
            return new TapeCopy(events, runs, firstSequence, lastSequence,
                stop == null ? problem(reader.end()) : String.valueOf(stop.getMessage()), left);
        }
    }

    /** All was read; what only a verification looks at may be wrong all the same. */
    private String problem(final TapeEnd end)
    {
        if (end.kind() == TapeEnd.Kind.TORN || end.kind() == TapeEnd.Kind.BEING_WRITTEN)
        {
            return end.detail();
        }
        try
        {
            return ManifestCheck.check(tape, closed, null).or(indexes::problem).orElse("");
        }
        catch (final TapeException e)
        {
            if (e.kind() == Kind.IN_USE)
            {
                throw e;
            }
            return String.valueOf(e.getMessage());
        }
    }

    private void copyBlock(final TapeReader reader)
    {
        final TapeWriter out = openRun();
        final int count = reader.count();
        room.putBytes(0, reader.buffer(), reader.offset(), count * DocumentLayout.EVENT_BYTES);
        nowNs = reader.buffer().getLong(
            reader.offset() - DocumentLayout.EVENTS_OFFSET + DocumentLayout.APPEND_TIME_OFFSET, LITTLE_ENDIAN);
        out.onRange(room, 0, reader.firstSequence(), count);
        firstSequence = events == 0 ? reader.firstSequence() : firstSequence;
        lastSequence = reader.firstSequence() + count - 1;
        events += count;
        progress.accept(events);
    }

    /** Only with its first block, or its end: of a run that cannot be read nothing is to be in the copy. */
    private TapeWriter openRun()
    {
        final TapeWriter known = writer;
        if (known != null)
        {
            return known;
        }
        final RunInfo started = run;
        if (started == null)
        {
            throw new IllegalStateException("block outside a run");
        }
        nowNs = started.startTimeNs();
        final CopiedRun copied = copied(started.runId());
        final TapeWriter opened = TapeWriter.open(place, definitions, parts, copied);
        writer = opened;
        runs++;
        if (!copied.isPart() && opened.firstSequence() != started.firstSequence())
        {
            throw new IllegalStateException("run starts elsewhere: firstSequence=" + started.firstSequence() +
                " nextSequence=" + opened.firstSequence());
        }
        return opened;
    }

    private CopiedRun copied(final long runId)
    {
        return part.isPart() && part.leastRunId() == runId ? part : CopiedRun.whole(runId);
    }

    private void endRun(final Optional<RunTrailer> trailer)
    {
        final TapeWriter ended = writer;
        if (ended != null)
        {
            // Also the definitions behind the last block.
            ended.onRange(room, 0, ended.journaledSequence() + 1, 0);
            if (trailer.isPresent())
            {
                nowNs = trailer.get().endTimeNs();
                ended.close(trailer.get().summary());
            }
            ended.close();
            copied(ended.runId()).end(place.resolve(RunDirectory.name(ended.runId())), parts.device());
        }
        writer = null;
        run = null;
    }

    /**
     * Keeps what the reader tells while it goes on, to be done outside it: a failure to write is none to read.
     */
    private final class Runs implements RunListener, AutoCloseable
    {
        private @Nullable TapeReader reader;

        @Override
        public void onRunStart(final RunInfo started)
        {
            final TapeReader known = reader;
            if (known != null)
            {
                final Definitions defined = known.definitions();
                steps.add(() ->
                {
                    run = started;
                    definitions = defined;
                });
            }
        }

        @Override
        public void onRunEnd(final RunInfo ended, final Optional<RunTrailer> trailer)
        {
            if (trailer.isPresent())
            {
                closed.add(ended.runId());
            }
            steps.add(() ->
            {
                openRun();
                endRun(trailer);
            });
        }

        /** Lets go of a run that was not ended: the copy failed. */
        @Override
        public void close()
        {
            final TapeWriter left = writer;
            if (left != null)
            {
                writer = null;
                left.close();
            }
        }
    }
}
