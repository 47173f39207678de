package io.ringtape.replay;

import io.ringtape.event.Definitions;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventHandler;
import io.ringtape.event.EventHashes;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Stateful;
import io.ringtape.event.VenueEvents;
import io.ringtape.journal.RunInfo;
import io.ringtape.journal.RunSummary;
import io.ringtape.journal.RunTrailer;
import io.ringtape.journal.TapeReader;
import java.util.Optional;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One run of a replay: its handlers, and what they made so far. Hot path.
 * <p>
 * Thread safety: none; one thread, one run.
 * Allocation: on construction, for a difference, and as handlers and observer do.
 */
final class RunReplay
{
    private final RunInfo run;
    private final EventHashes hashes;
    private final EventHandler observer;
    private final OutputComparator comparator;
    private final TimerComparator timers;
    private final ReplayHandlers handlers;
    private final ReplayState state = new ReplayState(this);
    private final VenueEvents venueEvents = new VenueEvents();
    private final long fromSequence;
    private final long toSequence;
    private long startSequence;
    private long lastSequence = -1;
    private boolean started;
    private boolean cut;

    RunReplay(
        final RunInfo run, final Definitions definitions, final ReplayHandlers.Factory factory,
        final EventHashes hashes, final EventHandler observer, final ReplaySpans.Span span)
    {
        this.run = run;
        this.hashes = hashes;
        this.observer = observer;
        comparator = new OutputComparator(definitions, hashes);
        timers = new TimerComparator(comparator);
        handlers = factory.create(run, definitions, comparator);
        fromSequence = span.from();
        toSequence = span.to();
    }

    /**
     * Takes the events of a block.
     *
     * @param block the reader that stands on it.
     * @param event to be moved over them.
     */
    void onBlock(final TapeReader block, final OrderBookEvent event)
    {
        final int count = block.count();
        final long last = block.firstSequence() + count - 1;
        if (!started || last > toSequence)
        {
            for (int i = 0; i < count; i++)
            {
                onEvent(block.event(i, event));
            }
            return;
        }
        final UnsafeBuffer buffer = block.buffer();
        final int start = block.offset();
        hashes.addInputs(buffer, start, block.firstSequence(), count);
        event.wrap(buffer, start);
        for (int i = 0; i < count; i++)
        {
            deliver(event.moveTo(buffer, start + i * OrderBookEvent.SIZE_BYTES), true);
        }
        lastSequence = last;
    }

    void onEvent(final OrderBookEvent event)
    {
        if (event.sequence() > toSequence)
        {
            cut = true;
            return;
        }
        lastSequence = event.sequence();
        final boolean inRange = lastSequence >= fromSequence;
        if (inRange && !started)
        {
            start(lastSequence);
        }
        if (inRange)
        {
            hashes.begin(lastSequence);
            if (event.type() != EventType.VOID && !event.has(EventFlags.OWN))
            {
                hashes.addInput(event);
            }
        }
        deliver(event, inRange);
    }

    private void deliver(final OrderBookEvent event, final boolean inRange)
    {
        final int type = event.type();
        final int flags = event.flags();
        if (type == EventType.VOID)
        {
            pass(event, inRange);
            return;
        }
        if ((flags & EventFlags.OWN) != 0)
        {
            comparator.onRecorded(event, inRange);
            pass(event, inRange);
        }
        else
        {
            // A timer or a control may come between the outputs of a venue event.
            if (venueEvents.comesBetween(type))
            {
                comparator.onVenueEvent();
            }
            venueEvents.onEvent(event);
        }
        timers.onEvent(event, inRange);
        handlers.onEvent(event);
        if (inRange)
        {
            observer.onEvent(event);
        }
    }

    /**
     * Ends the run as far as it was replayed; what the handlers made and must be on tape by now is compared.
     *
     * @param trailer of the run; empty if it has none or the range ended before it.
     * @return the trailer, if the run was replayed whole, so that its hashes can be compared.
     */
    Optional<RunTrailer> onEnd(final Optional<RunTrailer> trailer)
    {
        // A range that ends inside the last block is followed by the trailer all the same.
        final boolean closed = trailer.isPresent() && !cut && trailer.get().lastSequence() == lastSequence;
        cut |= trailer.isPresent() && !closed;
        comparator.onRunEnd(closed);
        return closed && isFromStart() ? trailer : Optional.empty();
    }

    long runId()
    {
        return run.runId();
    }

    /** Whether an event of the run lies in the range. */
    boolean isStarted()
    {
        return started;
    }

    /** Whether the first event of the run lies in the range. */
    boolean isFromStart()
    {
        return started && startSequence == run.firstSequence();
    }

    /** Whether the run is known to go on behind the last event that was replayed; to be asked at its end. */
    boolean isCut()
    {
        return cut;
    }

    long lastSequence()
    {
        return lastSequence;
    }

    /**
     * The first difference of the run.
     *
     * @param trailer to compare the hashes with; empty to compare outputs only.
     * @return empty if all is equal.
     */
    Optional<Difference> firstDifference(final Optional<RunTrailer> trailer)
    {
        final Optional<Difference> output = comparator.firstDifference();
        return output.isPresent() || trailer.isEmpty() ? output : trailerDifference(trailer.get());
    }

    ReplayHandlers handlers()
    {
        return handlers;
    }

    /** What a replay of the run knows beside its handlers, as far as events before a range decide on it. */
    Stateful state()
    {
        return state;
    }

    VenueEvents venueEvents()
    {
        return venueEvents;
    }

    OutputComparator comparator()
    {
        return comparator;
    }

    TimerComparator timers()
    {
        return timers;
    }

    private void start(final long sequence)
    {
        started = true;
        startSequence = sequence;
        if (sequence != run.firstSequence())
        {
            comparator.compareFrom(sequence);
        }
        handlers.onRangeStart();
    }

    private void pass(final OrderBookEvent event, final boolean inRange)
    {
        if (inRange)
        {
            hashes.pass(event.sequence());
        }
    }

    private Optional<Difference> trailerDifference(final RunTrailer trailer)
    {
        final RunSummary recorded = trailer.summary();
        if (recorded.eventHash() != hashes.eventHash())
        {
            return hashDifference(trailer, "eventHash", recorded.eventHash(), hashes.eventHash());
        }
        if (recorded.outputHash() != hashes.outputHash())
        {
            return hashDifference(trailer, "outputHash", recorded.outputHash(), hashes.outputHash());
        }
        final long bookHash = handlers.bookHash();
        if (recorded.bookHash() != bookHash)
        {
            return hashDifference(trailer, "bookHash", recorded.bookHash(), bookHash);
        }
        return Optional.empty();
    }

    private Optional<Difference> hashDifference(
        final RunTrailer trailer, final String field, final long recorded, final long replayed)
    {
        return Optional.of(new Difference(trailer.lastSequence(), "trailer of run " + run.runId(), field,
            EventHashes.hex(recorded), EventHashes.hex(replayed)));
    }
}
