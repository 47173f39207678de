package io.ringtape.journal;

import io.ringtape.event.Definitions;
import io.ringtape.event.RangeHandler;
import io.ringtape.journal.Documents.RunEnd;
import io.ringtape.journal.TapeDirectory.Prepared;
import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The recorder: puts every range of a bus on tape as a block, in a run of its own.
 * <pre>{@code
 * final TapeWriter writer = TapeWriter.open(directory, TapeConfig.defaults(), definitions, clock);
 * final EventBus bus = EventBus.builder().firstSequence(writer.firstSequence()) ...
 * lane.rangeHandler("recorder", writer) ...
 * writer.close(summary);
 * }</pre>
 * A block is journaled when {@link #onRange} returns: it survives the process, also if that is killed. When it survives
 * the machine too is a matter of the {@link Durability}. A writer that failed once stays failed: it records nothing
 * more and says so on each call.
 * <p>
 * Hot path: {@link #onRange}.
 * <p>
 * Thread safety: one thread writes and closes; {@link #journaledSequence()} and {@link #durableSequence()} may be read
 * by any thread, handlers among them.
 * Allocation: none a block or event; a new file, a chunk of one and a definition cost some objects.
 */
public final class TapeWriter implements RangeHandler, AutoCloseable
{
    private final Path directory;
    private final Prepared prepared;
    private final RunWriter run;
    private final RunEnd previous;
    private final WriterMarks marks;
    private final TapeLock lock;
    private final Definitions definitions;
    private final long firstSequence;
    private long nextSequence;
    private @Nullable TapeException failure;
    private boolean closed;
    private volatile long journaledSequence;

    private TapeWriter(
        final Path directory,
        final Prepared prepared,
        final RunWriter run,
        final RunEnd previous,
        final WriterMarks marks,
        final TapeLock lock,
        final Definitions definitions)
    {
        final long first = previous.lastSequence() + 1;
        this.directory = directory;
        this.prepared = prepared;
        this.previous = previous;
        this.marks = marks;
        this.run = run;
        this.lock = lock;
        this.definitions = definitions;
        this.firstSequence = first;
        this.nextSequence = first;
        this.journaledSequence = first - 1;
    }

    /**
     * Starts a run on a tape, which is made if there is none.
     *
     * @param directory   of the tape; missing with an existing parent, empty, or a tape.
     * @param config      how to write.
     * @param definitions of the run; those that are added later are put on tape before the block that follows.
     * @param clock       for the times of the run and its blocks.
     * @return a writer that is to be closed.
     * @throws TapeException if the directory is no tape, of another format, not writable, or in use; a symbolic link,
     *     another user's, or writable by others; or on a file system that {@link TapeConfig#anyFileSystem()} would have
     *     to allow. Nothing is left behind then.
     */
    public static TapeWriter open(
        final Path directory, final TapeConfig config, final Definitions definitions, final EpochNanoClock clock)
    {
        return open(directory, definitions, TapeParts.of(directory, config, clock));
    }

    static TapeWriter open(final Path directory, final Definitions definitions, final TapeParts parts)
    {
        return open(directory, definitions, parts, 1);
    }

    /**
     * Starts a run whose number is at least the one that is given, as a copy of a run needs it.
     */
    static TapeWriter open(
        final Path directory, final Definitions definitions, final TapeParts parts, final long leastRunId)
    {
        final boolean there = TapeGuard.check(directory, parts);
        final Prepared prepared = TapeDirectory.prepare(directory);
        if (!there && prepared == Prepared.FOUND)
        {
            // Somebody else made it in between.
            TapeGuard.check(directory, parts);
        }
        // Whoever does not get it touches nothing: what was made just now may be another writer's already.
        final TapeLock lock = TapeLock.acquire(directory, parts.bootId());
        WriterMarks marks = null;
        boolean opened = false;
        try
        {
            final RunEnd previous = TapeDirectory.recover(directory, parts.bootId());
            marks = WriterMarks.open(directory, parts.bootId());
            marks.reset(directory, previous, parts);
            final RunInfo info = new RunInfo(Math.max(leastRunId, TapeDirectory.nextRunId(directory, previous)),
                previous.lastSequence() + 1, parts.clock().nanoTime(), previous.runId(),
                ProcessHandle.current().pid());
            final RunWriter run = RunWriter.start(directory, info, previous, parts, marks);
            final TapeWriter writer = new TapeWriter(directory, prepared, run, previous, marks, lock, definitions);
            opened = true;
            return writer;
        }
        catch (final IOException e)
        {
            throw TapeDirectory.cannotCreate(directory, e);
        }
        finally
        {
            if (!opened)
            {
                giveBack(directory, prepared, marks, lock);
            }
        }
    }

    private static void giveBack(
        final Path directory, final Prepared prepared, final @Nullable WriterMarks marks, final TapeLock lock)
    {
        try (lock)
        {
            if (marks != null)
            {
                marks.close();
            }
            TapeDirectory.takeBack(directory, prepared);
        }
    }

    @Override
    public void onRange(final UnsafeBuffer buffer, final int offset, final long first, final int count)
    {
        if (failure != null || closed)
        {
            throw stopped();
        }
        if (first != nextSequence)
        {
            throw new IllegalArgumentException("range is not the next one: firstSequence=" + first +
                " nextSequence=" + nextSequence);
        }
        final RunWriter out = run;
        try
        {
            out.keeper().requireNoFailure();
            out.writeDefinitions(definitions, first);
            int done = 0;
            while (done < count)
            {
                final int events = Math.min(count - done, DocumentLayout.MAX_BLOCK_EVENTS);
                out.writeBlock(buffer, offset + done * DocumentLayout.EVENT_BYTES, first + done, events);
                done += events;
                nextSequence = first + done;
                journaledSequence = first + done - 1;
            }
            out.keeper().afterBatch();
        }
        catch (final RuntimeException | Error e)
        {
            throw fail(e);
        }
    }

    private TapeException fail(final Throwable cause)
    {
        run.rollback(cause);
        final TapeException said = cause instanceof TapeException known ? known : new TapeException(Kind.IO,
            "tape cannot be written: run=" + run.runId() + " sequence=" + nextSequence + ": " + Tape.reason(cause),
            cause);
        failure = said;
        return said;
    }

    private TapeException stopped()
    {
        final TapeException first = failure;
        return first == null ?
            new TapeException(Kind.IO, "tape is closed: run=" + run.runId()) :
            new TapeException(first.kind(), "tape has stopped: " + first.getMessage(), first);
    }

    /**
     * The sequence of the first event that the run can hold: one above the last on tape.
     *
     * @return 0 or more.
     */
    public long firstSequence()
    {
        return firstSequence;
    }

    Path directory()
    {
        return directory;
    }

    /**
     * The number of the run.
     *
     * @return from 1.
     */
    public long runId()
    {
        return run.runId();
    }

    /**
     * The last sequence that survives the process (volatile).
     *
     * @return one below the {@link #firstSequence()} before the first block.
     */
    public long journaledSequence()
    {
        return journaledSequence;
    }

    /**
     * The last sequence that survives the machine (volatile), see {@link Durability}.
     *
     * @return one below the {@link #firstSequence()} before the first force.
     */
    public long durableSequence()
    {
        return run.keeper().durableSequence();
    }

    /**
     * Forces what is journaled to the device and waits for it; any thread may ask, whatever the {@link Durability}.
     *
     * @throws TapeException if the device does not take it, now or before; the tape has stopped.
     */
    public void force()
    {
        run.keeper().force();
        run.keeper().requireNoFailure();
    }

    /**
     * How many bytes the run's documents have.
     *
     * @return 0 or more; for the writing thread.
     */
    public long writtenBytes()
    {
        return run.writtenBytes();
    }

    /**
     * Ends the run with a trailer and closes the tape.
     *
     * @param summary for a replay to compare with.
     * @throws TapeException if the trailer cannot be written, or the writer had failed before; it is closed all the
     *     same.
     */
    public void close(final RunSummary summary)
    {
        if (closed)
        {
            return;
        }
        try (this)
        {
            if (failure != null)
            {
                throw stopped();
            }
            run.writeDefinitions(definitions, nextSequence);
            run.writeTrailer(summary);
        }
        catch (final TapeException e)
        {
            throw e;
        }
        catch (final RuntimeException | Error e)
        {
            throw fail(e);
        }
    }

    /**
     * Closes the tape; without {@link #close(RunSummary)} before, the run has no trailer, as if the process had been
     * killed.
     */
    @Override
    public void close()
    {
        if (!closed)
        {
            closed = true;
            try (lock; marks)
            {
                run.close();
            }
        }
    }

    /**
     * Takes the run back and closes the tape: nothing of the run is on it afterwards, and a tape that was made for the
     * run is gone; a directory that was there, and empty, is empty again. For a recording that turns out to be of no
     * use, before anybody relies on it.
     *
     * @throws TapeException if it cannot be removed, or had failed; what is left of its files is removed when the tape
     *     is opened for writing.
     */
    public void discard()
    {
        if (!closed)
        {
            closed = true;
            try (lock; marks)
            {
                try
                {
                    run.close();
                }
                finally
                {
                    marks.takeBack(previous);
                    TapeDirectory.removeRun(directory, run.runId());
                    TapeDirectory.takeBack(directory, prepared);
                }
            }
        }
    }
}
