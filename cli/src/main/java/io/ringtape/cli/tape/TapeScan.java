package io.ringtape.cli.tape;

import io.ringtape.cli.output.Progress;
import io.ringtape.cli.report.ScanReport;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventLayout;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.VenueEvents;
import io.ringtape.journal.RunInfo;
import io.ringtape.journal.RunListener;
import io.ringtape.journal.RunTrailer;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeRange;
import io.ringtape.journal.TapeReader;
import io.ringtape.replay.RunHashes;
import java.util.Optional;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads every field of every event of a range, runs no handler, and hashes what it reads. Hot path.
 * <p>
 * Thread safety: none; one thread, one scan.
 * Allocation: none for each event; objects for each run.
 */
public final class TapeScan implements RunListener
{
    private final OrderBookEvent event = new OrderBookEvent();
    private final RunHashes hashes = new RunHashes();
    private final InstrumentCount instruments = new InstrumentCount();
    private Definitions definitions = new Definitions();
    private long events;
    private long firstSequence = -1;
    private long lastSequence = -1;
    private long orders;
    private long rejects;
    private long eventEnds;

    /**
     * A scan that has not started.
     */
    public TapeScan()
    {
    }

    /**
     * Scans; to be called once.
     *
     * @param tape     to read.
     * @param range    of events.
     * @param progress told how far it has come.
     * @param clock    measures how long it takes.
     * @return what was read.
     * @throws io.ringtape.journal.TapeException if the tape is damaged, has a gap, or does not hold the range.
     */
    public ScanReport run(final Tape tape, final TapeRange range, final Progress progress, final NanoClock clock)
    {
        progress.start("scanning", progress.isDrawn() ? tape.sizeBytes() : Progress.UNKNOWN);
        final long startNs = clock.nanoTime();
        final String notice;
        try (TapeReader reader = tape.read(range, this))
        {
            while (reader.nextBlock())
            {
                addBlock(reader);
                progress.update(events * OrderBookEvent.SIZE_BYTES, events);
            }
            notice = TapeEnds.notice(reader.end());
        }
        // The reader ends no run that a live process still writes.
        instruments.add(definitions);
        final long elapsedNs = clock.nanoTime() - startNs;
        return new ScanReport(tape.directory(), events, instruments.count(), firstSequence, lastSequence, orders,
            rejects, eventEnds, hashes.eventHash(), hashes.outputHash(),
            TapeBytes.cost(tape, firstSequence, lastSequence, elapsedNs), notice);
    }

    @Override
    public void onRunEnd(final RunInfo run, final Optional<RunTrailer> trailer)
    {
        hashes.endRun();
        instruments.add(definitions);
    }

    private void addBlock(final TapeReader reader)
    {
        final int count = reader.count();
        final UnsafeBuffer buffer = reader.buffer();
        hashes.current().onRange(buffer, reader.offset(), reader.firstSequence(), count);
        int offset = reader.offset();
        long ends = 0;
        for (int i = 0; i < count; i++, offset += OrderBookEvent.SIZE_BYTES)
        {
            final int flags = buffer.getByte(offset + EventLayout.FLAGS_OFFSET);
            if ((flags & EventFlags.OWN) != 0)
            {
                addOwn(reader.event(i, event).type());
            }
            else if (VenueEvents.isEnd(buffer.getByte(offset + EventLayout.TYPE_OFFSET), flags))
            {
                ends++;
            }
        }
        eventEnds += ends;
        definitions = reader.definitions();
        firstSequence = firstSequence < 0 ? reader.firstSequence() : firstSequence;
        lastSequence = reader.firstSequence() + count - 1;
        events += count;
    }

    private void addOwn(final int type)
    {
        if (type == EventType.OWN_NEW)
        {
            orders++;
        }
        else if (type == EventType.OWN_REJECTED)
        {
            rejects++;
        }
    }
}
