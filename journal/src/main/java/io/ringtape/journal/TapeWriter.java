package io.ringtape.journal;

import io.ringtape.bus.Frontier;
import io.ringtape.event.Definitions;
import io.ringtape.event.RangeHandler;
import io.ringtape.journal.TapeException.Kind;
import java.nio.file.Path;
import java.util.List;
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
 * the machine too is a matter of the {@link Durability}.
 * <p>
 * When the tape cannot go on, the {@link TapeFailurePolicy} decides. With {@link TapeFailurePolicy#HALT} a writer that
 * failed once stays failed: it records nothing more and says so on each call. With
 * {@link TapeFailurePolicy#GO_ON_UNJOURNALED} it is away: it takes ranges, notes which, and starts another run when the
 * tape can be written again:
 * <pre>
 *  journaling --failure--&gt; away --device is well, run started--&gt; journaling
 * </pre>
 * Hot path: {@link #onRange} while the tape is there.
 * <p>
 * Thread safety: one thread writes and closes; {@link #journaledSequence()}, {@link #durableSequence()} and what is
 * said of outages may be read by any thread, handlers among them.
 * Allocation: none a block or event; a new file, a chunk of one, a definition and an outage cost some objects.
 */
public final class TapeWriter implements RangeHandler, AutoCloseable
{
    private final TapeHold tape;
    private final Definitions definitions;
    private final TapeOutageListener outages;
    private final boolean mayGoOn;
    private final Comeback comeback;
    private final long firstSequence;
    private final long firstRunId;
    private RunWriter run;
    private long nextSequence;
    private long earlierBytes;
    private @Nullable TapeException failure;
    private boolean isAway;
    private boolean hasBeenAway;
    private boolean closed;
    private volatile boolean journaling;
    private volatile long journaledSequence;
    private volatile Standing standing;

    private TapeWriter(
        final TapeHold tape,
        final RunWriter run,
        final Definitions definitions,
        final TapeParts parts,
        final Comeback comeback)
    {
        this.tape = tape;
        this.run = run;
        this.definitions = definitions;
        this.outages = parts.outages();
        this.mayGoOn = parts.config().failurePolicy() == TapeFailurePolicy.GO_ON_UNJOURNALED;
        this.comeback = comeback;
        this.firstSequence = run.nextSequence();
        this.firstRunId = run.runId();
        this.nextSequence = firstSequence;
        this.journaledSequence = firstSequence - 1;
        this.standing = Standing.of(run, firstSequence);
        this.journaling = true;
    }

    /**
     * Starts a run on a tape, which is made if there is none.
     *
     * @param directory   of the tape; missing with an existing parent, empty, or a tape.
     * @param config      how to write.
     * @param definitions of the run; those that are added later are put on tape before the block that follows.
     * @param clock       for the times of the run and its blocks; a {@code SystemEpochNanoClock} allocates for each.
     * @return a writer that is to be closed.
     * @throws TapeException if the directory is no tape, of another format, not writable, or in use; a symbolic link,
     *     another user's, or writable by others; or on a file system that {@link TapeConfig#anyFileSystem()} would have
     *     to allow. Nothing is left behind then.
     * @throws IllegalArgumentException if the recorder is to go on without the tape and nobody would be told.
     */
    public static TapeWriter open(
        final Path directory, final TapeConfig config, final Definitions definitions, final EpochNanoClock clock)
    {
        return open(directory, definitions, TapeParts.of(directory, config, clock));
    }

    /**
     * The same, for a bus that may go on without its tape.
     *
     * @param directory   of the tape; missing with an existing parent, empty, or a tape.
     * @param config      how to write.
     * @param definitions of the run; those that are added later are put on tape before the block that follows.
     * @param clock       for the times of runs and blocks, and between two looks at a tape that is away.
     * @param outages     is told when the recorder goes on without the tape, and when it has one again.
     * @return a writer that is to be closed.
     * @throws TapeException as {@link #open(Path, TapeConfig, Definitions, EpochNanoClock)}; the policy holds for a
     *     tape that was opened.
     * @throws IllegalArgumentException if the recorder is to go on and the listener is {@link TapeOutageListener#NONE}.
     */
    public static TapeWriter open(
        final Path directory,
        final TapeConfig config,
        final Definitions definitions,
        final EpochNanoClock clock,
        final TapeOutageListener outages)
    {
        return open(directory, definitions, TapeParts.of(directory, config, clock).with(outages));
    }

    static TapeWriter open(final Path directory, final Definitions definitions, final TapeParts parts)
    {
        return open(directory, definitions, parts, CopiedRun.NONE);
    }

    /** Starts a run as a copy of another one needs it. */
    static TapeWriter open(
        final Path directory, final Definitions definitions, final TapeParts parts, final CopiedRun copied)
    {
        if (parts.config().failurePolicy() != TapeFailurePolicy.HALT && parts.outages() == TapeOutageListener.NONE)
        {
            throw new IllegalArgumentException(
                "failurePolicy needs a listener: failurePolicy=" + parts.config().failurePolicy());
        }
        final TapeHold tape = TapeHold.take(directory, parts);
        final RunWriter run = tape.startRun(copied);
        return new TapeWriter(tape, run, definitions, parts, new Comeback(directory, parts));
    }

    @Override
    public void onRange(final UnsafeBuffer buffer, final int offset, final long first, final int count)
    {
        if (!journaling && !isBack(first, count))
        {
            return;
        }
        requireNext(first);
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
            goAway(e, first + count);
        }
    }

    private void requireNext(final long first)
    {
        if (first != nextSequence)
        {
            throw new IllegalArgumentException("range is not the next one: firstSequence=" + first +
                " nextSequence=" + nextSequence);
        }
    }

    private TapeException fail(final Throwable cause)
    {
        run.rollback(cause);
        final TapeException said = cause instanceof TapeException known ? known : new TapeException(Kind.IO,
            "tape cannot be written: run=" + run.runId() + " sequence=" + nextSequence + ": " + Tape.reason(cause),
            cause);
        failure = said;
        journaling = false;
        return said;
    }

    private TapeException stopped()
    {
        final TapeException first = failure;
        return first == null ?
            new TapeException(Kind.IO, "tape is closed: run=" + run.runId()) :
            new TapeException(first.kind(), "tape has stopped: " + first.getMessage(), first);
    }

    private void goAway(final Throwable cause, final long next)
    {
        final TapeException said = fail(cause);
        if (!mayGoOn || !Comeback.isOfTheTape(cause))
        {
            throw said;
        }
        final long first = nextSequence;
        isAway = true;
        hasBeenAway = true;
        comeback.start(run, said);
        goWithout(next);
        outages.onOutage(first, said);
    }

    private boolean isBack(final long first, final int count)
    {
        if (closed || !isAway)
        {
            throw stopped();
        }
        requireNext(first);
        if (comeback.mayTry() && startRun())
        {
            return true;
        }
        goWithout(first + count);
        return false;
    }

    private void goWithout(final long next)
    {
        final long first = nextSequence;
        if (next > first)
        {
            final Standing now = standing.without(first, next - 1);
            standing = now;
            nextSequence = next;
            tape.note(new MissingRange(now.awayFrom(), now.awayTo()), failure);
        }
    }

    private boolean startRun()
    {
        final RunWriter failed = run;
        final RunWriter started = tape.startRunBehind(failed, nextSequence);
        if (started == null)
        {
            comeback.failed();
            return false;
        }
        comeback.succeeded();
        earlierBytes += failed.writtenBytes();
        run = started;
        standing = standing.with(started, nextSequence, journaledSequence);
        failure = null;
        isAway = false;
        journaling = true;
        outages.onRecovery(started.runId(), nextSequence);
        return true;
    }

    /**
     * The sequence of the first event that the run can hold: one above the last on tape, or above those that were used
     * while the tape was away.
     *
     * @return 0 or more.
     */
    public long firstSequence()
    {
        return firstSequence;
    }

    /**
     * The number of the run; those that follow outages have the next ones.
     *
     * @return from 1.
     */
    public long runId()
    {
        return firstRunId;
    }

    /**
     * The last sequence that survives the process (volatile). It stands still while the tape is away, and goes on
     * behind what is missing then: see {@link #isOnTape(long)}.
     *
     * @return one below the {@link #firstSequence()} before the first block.
     */
    public long journaledSequence()
    {
        return journaledSequence;
    }

    /**
     * The last sequence that survives the machine (volatile), see {@link Durability}. It stands still while the tape is
     * away, and goes on behind what is missing, or was journaled and never got durable: see {@link #durableFrom()}.
     *
     * @return one below the {@link #firstSequence()} before the first force.
     */
    public long durableSequence()
    {
        return standing.durableSequence();
    }

    /**
     * Whether the tape is there (volatile).
     *
     * @return false while it is away, once it has stopped, and when it is closed.
     */
    public boolean isJournaling()
    {
        return journaling;
    }

    /**
     * How many sequences were not journaled (volatile).
     *
     * @return 0 or more.
     */
    public long unjournaledCount()
    {
        return standing.count();
    }

    /**
     * Which sequences were not journaled (volatile).
     *
     * @return a range for each outage in which any were; that of the present outage grows.
     */
    public List<MissingRange> missingRanges()
    {
        return standing.ranges();
    }

    /**
     * From which sequence on, up to the {@link #journaledSequence()}, all is on tape (volatile).
     *
     * @return the {@link #firstSequence()}, or that of the run behind the last outage.
     */
    public long contiguousFrom()
    {
        return standing.contiguousFrom();
    }

    /**
     * From which sequence on, up to the {@link #durableSequence()}, all is durable (volatile). What was journaled and
     * not forced before an outage is never called durable later.
     *
     * @return the {@link #firstSequence()}, or that of a run behind an outage.
     */
    public long durableFrom()
    {
        return standing.durableFrom();
    }

    /**
     * Whether who starts with a sequence finds all from there on, up to the {@link #journaledSequence()}, and can wait
     * for the rest (volatile).
     *
     * @param fromSequence to start with.
     * @return false if it lies before or in a range that is missing, or the tape is not there.
     */
    public boolean isOnTape(final long fromSequence)
    {
        return journaling && fromSequence >= standing.contiguousFrom();
    }

    /**
     * Forces what is journaled to the device and waits for it; any thread may ask, whatever the {@link Durability}.
     *
     * @throws TapeException if the device does not take it, now or before; the run has stopped.
     */
    public void force()
    {
        final Keeper keeper = standing.run().keeper();
        keeper.force();
        keeper.requireNoFailure();
    }

    /**
     * How many bytes the documents have that were written.
     *
     * @return 0 or more; for the writing thread.
     */
    public long writtenBytes()
    {
        return earlierBytes + run.writtenBytes();
    }

    /**
     * Ends the run with a trailer and closes the tape. After an outage there is no trailer: what a replay would compare
     * is not on tape.
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
            if (hasBeenAway && (isAway || failure == null))
            {
                return;
            }
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
            journaling = false;
            try (tape; comeback)
            {
                closeRun();
            }
        }
    }

    /** A run that failed with the tape away is closed behind the recorder. */
    private void closeRun()
    {
        if (!isAway)
        {
            run.close();
        }
    }

    /**
     * Takes what was recorded back and closes the tape: nothing of it is on the tape afterwards, and a tape that was
     * made for it is gone, but not while its kill switch stops somebody; a directory that was there, and empty, is
     * empty again. For a recording that turns out to be of no use, before anybody relies on it.
     *
     * @throws TapeException if it cannot be removed, or had failed; what is left of its files is removed when the tape
     *     is opened for writing.
     */
    public void discard()
    {
        if (!closed)
        {
            closed = true;
            journaling = false;
            try (tape)
            {
                try (comeback)
                {
                    closeRun();
                }
                finally
                {
                    tape.takeBack(firstRunId, run.runId());
                }
            }
        }
    }

    /**
     * What is journaled, as a frontier for lanes of the bus that this recorder is on: it moves with each block.
     *
     * @return a frontier over {@link #journaledSequence()}.
     * @throws IllegalStateException if the recorder may go on without the tape, and so past events not on it.
     */
    public Frontier journaled()
    {
        return TapeFrontier.journaled(this, mayGoOn);
    }

    /**
     * What is durable, as a frontier for lanes of the bus that this recorder is on: it moves with each force.
     *
     * @return a frontier over {@link #durableSequence()}, with the interval of the {@link Durability}.
     * @throws IllegalStateException as {@link #journaled()}, or if the durability is {@link Durability#PAGE_CACHE}.
     */
    public Frontier durable()
    {
        return TapeFrontier.durable(this, mayGoOn, run.keeper());
    }
}
