package io.ringtape.journal;

import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a tape has of what a side file keeps, and instruments of two runs apart.
 */
final class SideEvents
{
    private SideEvents()
    {
    }

    /**
     * How many events are kept beside a tape and are on none.
     *
     * @param tape to read behind what the file says, where it keeps anything.
     * @return 0 or more; 0 where there is no file.
     * @throws TapeException if the file is not what was written, or the tape is damaged where its events would be.
     */
    static int keptCount(final Tape tape)
    {
        final Path file = tape.directory().resolve(GatewaySideFile.NAME);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS))
        {
            return 0;
        }
        try (FileChannel channel = TapeFiles.open(file, StandardOpenOption.READ))
        {
            final SideHeader header = SideFiles.header(file, channel, GatewaySideFile.CAPACITY);
            final SideRecords records = SideFiles.records(file, channel, header, GatewaySideFile.CAPACITY);
            return missing(tape, header, records.events()).count();
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot read", file, e);
        }
    }

    /**
     * Leaves out what is on tape: of each source as many as the tape has of it behind the base, from the first on.
     *
     * @param tape   to read.
     * @param header of what is kept.
     * @param kept   the events.
     * @return what is on no tape.
     * @throws TapeException if the tape is damaged where that would be.
     */
    static EventBatch missing(final Tape tape, final SideHeader header, final EventBatch kept)
    {
        final EventBatch missing = new EventBatch(kept.count());
        if (kept.count() == 0)
        {
            return missing;
        }
        final long[] onTape = onTape(tape, header);
        for (int i = 0; i < kept.count(); i++)
        {
            final OrderBookEvent event = kept.event(i);
            if (--onTape[event.sourceId()] < 0)
            {
                missing.append().copyFrom(event);
            }
        }
        return missing;
    }

    private static long[] onTape(final Tape tape, final SideHeader header)
    {
        final long[] counts = new long[256];
        final RunInfo run = run(tape, header.runId());
        if (run == null)
        {
            requireNotRemoved(tape, header.runId());
        }
        if (run == null || run.startTimeNs() != header.runStartNs())
        {
            return counts;
        }
        final long from = header.sideSourceId() == SideHeader.NO_SOURCE ? header.baseSequence() + 1 :
            run.firstSequence();
        final EndOfRun end = new EndOfRun(run.runId());
        final OrderBookEvent event = new OrderBookEvent();
        try (TapeReader reader = tape.read(TapeRange.sequences(from, Long.MAX_VALUE), end))
        {
            while (!end.isReached && reader.nextBlock() && reader.run().runId() == run.runId())
            {
                for (int i = 0; i < reader.count(); i++)
                {
                    count(reader.event(i, event), header, counts);
                }
            }
        }
        catch (final TapeException e)
        {
            // What is wrong behind the run is for who reads that; without a single event there is no range.
            if (!end.isReached && e.kind() != Kind.OUT_OF_RANGE)
            {
                throw e;
            }
        }
        return counts;
    }

    /** What a run had that is gone cannot be counted, and would come twice; one that was taken back had nothing. */
    private static void requireNotRemoved(final Tape tape, final long runId)
    {
        final RemovedPart removed = RunChain.read(tape, new Walker(Walker.DEFAULT_WINDOW_BYTES)).removed();
        if (runId <= removed.lastRunId() || (removed.part() != null && removed.part().runId() == runId))
        {
            throw new TapeException(Kind.DAMAGED, "side file of the gateway counts on a run that was removed: " +
                "file=" + tape.directory().resolve(GatewaySideFile.NAME) + " run=" + runId);
        }
    }

    /**
     * The header of a run, whatever is wrong with others.
     *
     * @return null if the tape has no such run.
     */
    static @Nullable RunInfo run(final Tape tape, final long runId)
    {
        try
        {
            for (final RunDirectory directory : tape.runs())
            {
                final RunHead head = directory.runId() != runId ? null :
                    RunHead.read(directory, new Walker(Walker.DEFAULT_WINDOW_BYTES));
                if (head != null)
                {
                    return head.run();
                }
            }
            return null;
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot read", tape.directory(), e);
        }
    }

    private static void count(final OrderBookEvent event, final SideHeader header, final long[] counts)
    {
        final int sourceId = event.sourceId();
        if (event.has(EventFlags.OWN) && (sourceId == header.sideSourceId() ||
            (sourceId == header.sourceId() && event.sequence() > header.baseSequence())))
        {
            counts[sourceId]++;
        }
    }

    /** Whether two definitions are of one instrument, by what a venue calls it. */
    static boolean isSame(final InstrumentDefinition one, final InstrumentDefinition other)
    {
        return numbered(one, 0).equals(numbered(other, 0));
    }

    static InstrumentDefinition numbered(final InstrumentDefinition like, final int instrumentId)
    {
        return new InstrumentDefinition(instrumentId, like.symbol(), like.venueInstrumentId(), like.priceExponent(),
            like.quantityExponent(), like.bookKind(), like.depth(), like.tickSize(), like.lotSize(),
            like.multiplier());
    }

    /** Hears that a reader has passed a run. */
    private static final class EndOfRun implements RunListener
    {
        private final long runId;
        private boolean isReached;

        EndOfRun(final long runId)
        {
            this.runId = runId;
        }

        @Override
        public void onRunEnd(final RunInfo run, final Optional<RunTrailer> trailer)
        {
            isReached |= run.runId() == runId;
        }
    }
}
