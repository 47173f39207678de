package io.ringtape.journal;

import io.ringtape.event.Definitions;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events of a tape, block by block, where they lie in the mapped files: no copy, and flat memory for any
 * length. Every block is held against its checksum and its neighbours before an event of it is shown. A block of which
 * a range of times selects several stretches is shown once for each.
 * <p>
 * What a block shows is valid until the next {@link #nextBlock()} or {@link #close()}. At the end of a tape that a live
 * process writes, {@link #nextBlock()} may be called again later and goes on.
 * <p>
 * Hot path: {@link #nextBlock()} and {@link #event(int, OrderBookEvent)}.
 * <p>
 * Thread safety: none; one thread owns a reader.
 * Allocation: none a block or event; a new window, file, definition or run costs some objects.
 */
public final class TapeReader implements AutoCloseable
{
    private final Tape tape;
    private final TapeReaders.Hold hold;
    private final TapeRange range;
    private final RunListener listener;
    private final Walker walker;
    private final TapeMarks marks;
    private final boolean live;
    private final RunChain chain;
    private final boolean limited;
    private final TimeSelection times;
    private final IndexSeek index;
    private @Nullable RunReader run;
    private final List<String> notClosed = new ArrayList<>();
    private @Nullable TapeTail tail;
    private int runIndex = -1;
    private long nextSequence;
    private boolean positioned;
    private boolean primed;
    private boolean done;
    private long firstSequence;
    private int offset;
    private int count;

    TapeReader(
        final Tape tape,
        final TapeRange range,
        final RunListener listener,
        final int windowBytes,
        final TapeReaders.Hold hold)
    {
        this.tape = tape;
        this.hold = hold;
        this.range = range;
        this.listener = listener;
        this.walker = new Walker(windowBytes);
        // Before the files are looked at: nothing that a mark vouches for may then be missing.
        this.marks = TapeMarks.read(tape);
        this.chain = RunChain.read(tape, walker);
        this.live = chain.owner().isPresent();
        this.nextSequence = chain.removed().runFirst();
        this.limited = range.isLimited();
        this.times = new TimeSelection(range);
        this.index = new IndexSeek(range);
        if (limited)
        {
            prime();
        }
    }

    private void prime()
    {
        try
        {
            if (range.toSequence() != Long.MAX_VALUE || range.fromSequence() != 0)
            {
                requireInside();
            }
            RemovedTimes.requireLeft(tape, chain.removed(), range);
            primed = advance();
            if (!primed && range.isTimed())
            {
                throw new TapeException(Kind.OUT_OF_RANGE,
                    "tape holds no event of this range: " + range.text() + TapeSpan.times(chain, marks));
            }
        }
        catch (final TapeException e)
        {
            close();
            throw TakenBack.explain(tape, marks, chain, e);
        }
        catch (final RuntimeException e)
        {
            close();
            throw e;
        }
    }

    private void requireInside()
    {
        // 0 is the first sequence that is left.
        if (range.fromSequence() != 0 || range.toSequence() < chain.removed().firstSequence())
        {
            chain.removed().requireLeft(range.fromSequence());
        }
        final long wanted = range.toSequence() == Long.MAX_VALUE ? range.fromSequence() : range.toSequence();
        final Mark kept = marks.kept();
        if (kept != null && wanted <= kept.lastSequence())
        {
            return;
        }
        final long last = TapeSpan.lastSequence(chain, marks);
        final MissingRange missing = marks.unjournaled();
        if (wanted > last && (missing == null || wanted > missing.lastSequence()))
        {
            throw new TapeException(Kind.OUT_OF_RANGE, "tape does not hold these sequences: fromSequence=" +
                range.fromSequence() + (range.toSequence() == Long.MAX_VALUE ? "" : " toSequence=" +
                range.toSequence()) + " firstSequence=" + (last < 0 ? -1 : 0) + " lastSequence=" + last);
        }
    }

    /**
     * Moves to the next block of the range.
     *
     * @return false at the end.
     * @throws TapeException if the tape is damaged or has a gap here, or a run was taken back by its writer; the
     *     block is not shown, and the reader stays.
     */
    public boolean nextBlock()
    {
        if (primed)
        {
            primed = false;
            return true;
        }
        try
        {
            return advance();
        }
        catch (final TapeException e)
        {
            throw TakenBack.explain(tape, marks, chain, e);
        }
    }

    private boolean advance()
    {
        while (!done)
        {
            RunReader current = run;
            if (current == null)
            {
                current = openRun();
                if (current == null)
                {
                    return false;
                }
            }
            if (range.isTimed() && times.next(current))
            {
                show(current, times.first(), times.end());
                return true;
            }
            if (limited)
            {
                index.skip(current, times.isWanted());
            }
            if (limited && current.nextSequence() > range.toSequence())
            {
                done = true;
                current.lookForTrailer();
                endRun(Optional.ofNullable(current.trailer()));
            }
            else if (!current.nextBlock())
            {
                final TapeTail found = current.tail();
                tail = found;
                if (found != null && found.kind() == TapeTail.Kind.LIVE)
                {
                    nextSequence = current.nextSequence();
                    count = 0;
                    chain.requireJournaled(marks, nextSequence);
                    return false;
                }
                endRun(Optional.ofNullable(current.trailer()));
            }
            else if (!limited)
            {
                show(current, 0, current.count());
                return true;
            }
            else if (select(current))
            {
                return true;
            }
        }
        count = 0;
        return false;
    }

    private @Nullable RunReader openRun()
    {
        final int index = positioned ? runIndex + 1 : firstRun();
        if (index >= chain.size())
        {
            count = 0;
            chain.requireComplete(marks, nextSequence);
            return null;
        }
        if (index == 0 || positioned)
        {
            chain.requireFollows(index, nextSequence);
        }
        final RunHead head = chain.head(index);
        final RunDirectory directory = chain.directory(index);
        try
        {
            final Documents.RunEnd fence = chain.fence(index);
            final int file = limited ?
                RunSeek.fileIndex(chain, index, range.fromSequence(), range.fromTimeNs(), walker) : 0;
            final boolean isWritten = live && index == chain.size() - 1 && !marks.isOfLaterRun(directory.runId());
            walker.following(isWritten && !isForced(head.run()));
            final RunReader opened = new RunReader(directory, file, head, fence, marks, isWritten, walker);
            opened.checking(range.fromSequence() == 0);
            times.startRun();
            run = opened;
            runIndex = index;
            positioned = true;
            listener.onRunStart(head.run());
            return opened;
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot read", directory.path(), e);
        }
    }

    /** Where each batch or interval is forced, the pages are to stay small. */
    private boolean isForced(final RunInfo written)
    {
        final Mark durable = marks.durable();
        return durable != null && durable.runId() == written.runId();
    }

    /** The last run that starts at or before the first sequence of the range. */
    private int firstRun()
    {
        int index = 0;
        for (int i = 1; i < chain.size(); i++)
        {
            final RunHead head = chain.headOrNull(i);
            if (head != null && head.run().firstSequence() <= range.fromSequence() && range.fromSequence() > 0)
            {
                index = i;
            }
        }
        return index;
    }

    private void endRun(final Optional<RunTrailer> trailer)
    {
        final RunReader ended = run;
        if (ended != null)
        {
            nextSequence = ended.nextSequence();
            run = null;
            ended.close();
            final TapeTail found = ended.tail();
            if (found != null && found.kind() == TapeTail.Kind.FENCED)
            {
                notClosed.add(found.where(ended.head().run().runId(), nextSequence - 1));
            }
            listener.onRunEnd(ended.head().run(), trailer);
        }
    }

    private void show(final RunReader current, final int from, final int to)
    {
        firstSequence = current.nextSequence() - current.count() + from;
        offset = current.eventsOffset() + from * DocumentLayout.EVENT_BYTES;
        count = to - from;
    }

    /** Whether the block is shown as it is; what a range of times selects of it is shown piece by piece. */
    private boolean select(final RunReader current)
    {
        final long first = current.nextSequence() - current.count();
        if (current.nextSequence() <= range.fromSequence())
        {
            return false;
        }
        current.checkBlock();
        current.checking(true);
        final int from = (int)Math.max(0, range.fromSequence() - first);
        final int to = 1 + (int)Math.min(current.count() - 1, range.toSequence() - first);
        if (range.isTimed())
        {
            times.startBlock(from, to);
            return false;
        }
        show(current, from, to);
        return true;
    }

    /**
     * How many events the block shows.
     *
     * @return 1 or more; 0 when there is no block.
     */
    public int count()
    {
        return count;
    }

    /**
     * The sequence of the first event that the block shows.
     *
     * @return 0 or more.
     */
    public long firstSequence()
    {
        return firstSequence;
    }

    /**
     * Moves a flyweight onto an event of the block.
     *
     * @param index of the event, 0 to {@link #count()} - 1.
     * @param event to be moved.
     * @return the flyweight.
     * @throws IndexOutOfBoundsException if there is no such event.
     */
    public OrderBookEvent event(final int index, final OrderBookEvent event)
    {
        if (index < 0 || index >= count)
        {
            throw new IndexOutOfBoundsException("index=" + index + " count=" + count);
        }
        return event.wrap(walker.buffer(), offset + index * DocumentLayout.EVENT_BYTES);
    }

    /**
     * The mapped bytes that the events of the block lie in, one after the other from {@link #offset()}.
     *
     * @return the same buffer for all blocks; it is read-only memory.
     */
    public UnsafeBuffer buffer()
    {
        return walker.buffer();
    }

    /**
     * Where the first event that the block shows lies in the {@link #buffer()}.
     *
     * @return offset in bytes.
     */
    public int offset()
    {
        return offset;
    }

    /**
     * The header of the run that the block belongs to.
     *
     * @return the run.
     * @throws IllegalStateException if there is no block.
     */
    public RunInfo run()
    {
        return current().head().run();
    }

    /**
     * The number of the block in its run.
     *
     * @return 0 or more.
     * @throws IllegalStateException if there is no block.
     */
    public long blockNumber()
    {
        return current().nextBlockNumber() - 1;
    }

    /**
     * What the ids of the run's events mean, as far as was read. Each run has definitions of its own.
     *
     * @return grows as the run is read.
     * @throws IllegalStateException if there is no block.
     */
    public Definitions definitions()
    {
        return current().definitions();
    }

    /** The reader of the run that the block belongs to. */
    RunReader current()
    {
        final RunReader current = run;
        if (current == null)
        {
            throw new IllegalStateException("reader stands on no block: directory=" + tape.directory());
        }
        return current;
    }

    /**
     * How the tape ends, once {@link #nextBlock()} was false.
     *
     * @return the end; {@link TapeEnd.Kind#CLOSED} for an empty tape, and where the range ends before the tape.
     */
    public TapeEnd end()
    {
        return TapeEnd.of(tail, runIndex < 0 ? -1 : chain.directory(runIndex).runId(), nextSequence - 1);
    }

    /** What was taken away from the tape in order. */
    RemovedPart removed()
    {
        return chain.removed();
    }

    /** Where the runs that were read end that were not closed, but for the newest one: that is the {@link #end()}. */
    List<String> notClosed()
    {
        return List.copyOf(notClosed);
    }

    /**
     * Refuses marks that cannot be believed, also where the end is one for now only.
     *
     * @throws TapeException if a slot of one is not what was written.
     */
    void requireMarks()
    {
        if (chain.size() > 0)
        {
            marks.requireBelievable(chain.directory(chain.size() - 1));
        }
    }

    /**
     * Refuses to say anything of a tape of which a run was taken back since the reader was opened.
     *
     * @throws TapeException if one was.
     */
    void requireStanding()
    {
        if (TakenBack.isSo(tape, marks, chain))
        {
            throw TakenBack.refusal(tape, null);
        }
    }

    /** What is to be said of the marks; empty if nothing is. */
    String marksText()
    {
        return chain.size() == 0 ? "" : marks.text(chain.directory(chain.size() - 1));
    }

    /**
     * Reads the runs behind the place at which {@link #nextBlock()} has refused to go on.
     *
     * @param progress told after each block how many events were read here.
     * @return one line; empty if there are none.
     * @throws TapeException if reading failed.
     */
    String laterRuns(final LongConsumer progress)
    {
        // Before a run that does not follow the one before it no run is open.
        return LaterRuns.read(chain, runIndex + 1, marks, live, progress);
    }

    /** What was lost with the machine, and given again; empty if nothing was. */
    String lostText()
    {
        return chain.lost().stream().map(TapeInfo.Lost::text).collect(Collectors.joining("; "));
    }

    @Override
    public void close()
    {
        run = null;
        count = 0;
        done = true;
        primed = false;
        walker.close();
        hold.close();
    }
}
