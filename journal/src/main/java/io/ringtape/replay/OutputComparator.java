package io.ringtape.replay;

import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventHashes;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.SourceDefinition;
import io.ringtape.order.OwnOrders;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Stands in the outbox's place in a replay: takes the own events that the handlers make, and holds each against the one
 * on tape when the replay gets there.
 * <p>
 * Orders, cancels, rejects, requests of timers and own controls are outputs of the handlers and are compared, each with
 * its detail lines, field by field but for the sequence. Other own events (accepts, fills, and whatever is of a
 * gateway's source) came from outside and are only passed on. Only the first difference is kept; comparison ends there,
 * because what follows is its consequence.
 * <p>
 * Recording is in step: what the handlers make of a venue event, or of a heartbeat between two, is on tape before the
 * next, see {@link io.ringtape.event.VenueEvents}. So at the end of what was replayed, all is due that was made before
 * the last venue event began; what the last one caused may be missing where the run was killed or the range ends.
 * <p>
 * Thread safety: none; one thread.
 * Allocation: none in steady state; the queue grows to the largest number of outputs between a cause and its place on
 * tape.
 */
public final class OutputComparator implements EventPublisher
{
    private static final int INITIAL_CAPACITY = 256;

    private final OrderBookEvent made = new OrderBookEvent();
    private final EventQueue queue = new EventQueue(INITIAL_CAPACITY);
    private final Definitions definitions;
    private final EventHashes hashes;
    private long firstCompared;
    private int dueCount;
    private boolean outputInHand;
    private Optional<Difference> firstDifference = Optional.empty();

    /**
     * A comparator for one run.
     *
     * @param definitions names the sources in a {@link Difference}.
     * @param hashes      gets the outputs that the handlers made, in the order of the tape.
     */
    public OutputComparator(final Definitions definitions, final EventHashes hashes)
    {
        this.definitions = definitions;
        this.hashes = hashes;
    }

    /**
     * Takes what a handler made.
     *
     * @param batch own events.
     * @return {@link #ACCEPTED}.
     * @throws IllegalStateException if it makes more at one event than any outbox takes.
     */
    @Override
    public int offer(final EventBatch batch)
    {
        if (queue.size() >= OwnOrders.MOST_AT_ONE_INPUT)
        {
            throw new IllegalStateException("more own events at one event than any outbox takes: events=" +
                queue.size());
        }
        for (int i = 0; i < batch.count(); i++)
        {
            queue.add(batch.event(i));
        }
        return ACCEPTED;
    }

    /**
     * A venue event begins on tape, or a heartbeat comes between two: what was made so far must be on tape before it.
     */
    public void onVenueEvent()
    {
        dueCount = queue.size();
    }

    /**
     * Comparison begins: outputs with a cause before it are no difference at the end.
     *
     * @param sequence of the first event that is compared; 0 unless told.
     */
    public void compareFrom(final long sequence)
    {
        firstCompared = sequence;
    }

    /**
     * Takes an own event from the tape, in order.
     *
     * @param recorded the event on tape, flag own set.
     * @param compare  whether it lies in the range that is compared and hashed; before it outputs are only taken off.
     */
    public void onRecorded(final OrderBookEvent recorded, final boolean compare)
    {
        if (!isOutput(recorded))
        {
            if (compare)
            {
                hashes.addOwn(recorded);
            }
            return;
        }
        final boolean taken = take(recorded, compare);
        if (taken && compare)
        {
            hashes.addOwn(made);
        }
    }

    /**
     * Ends the comparison: an output that is due and was not taken yet is a difference.
     *
     * @param closed whether the run was closed and replayed to its end, so that all that was made is due.
     */
    public void onRunEnd(final boolean closed)
    {
        final int due = closed ? queue.size() : dueCount;
        boolean comparing = firstCompared == 0;
        for (int i = 0; i < due; i++)
        {
            queue.peek(made);
            // A detail has no cause of its own: it goes with the event before it.
            comparing |= made.type() != EventType.DETAIL && made.sourceSequence() >= firstCompared;
            if (comparing)
            {
                extraOutput();
                hashes.addOwn(made);
            }
            queue.remove();
        }
        dueCount = 0;
    }

    /**
     * The first difference.
     *
     * @return empty while all outputs are equal.
     */
    public Optional<Difference> firstDifference()
    {
        return firstDifference;
    }

    /** Of what {@link #store(ByteBuffer)} writes. */
    long storedBytes()
    {
        return 2 * Integer.BYTES + 1 + queue.storedBytes();
    }

    /** Writes what was made and is not on tape yet; what was compared is no part of it. */
    void store(final ByteBuffer target)
    {
        target.putInt(queue.size()).putInt(dueCount).put((byte)(outputInHand ? 1 : 0));
        queue.store(target);
    }

    void load(final ByteBuffer source)
    {
        final int size = source.getInt();
        dueCount = source.getInt();
        outputInHand = source.get() == 1;
        if (dueCount < 0 || dueCount > size)
        {
            throw new IllegalArgumentException("state of a replay makes no sense: size=" + size + " due=" + dueCount);
        }
        queue.load(source, size);
    }

    void missing(final OrderBookEvent recorded)
    {
        missingOutput(recorded, true);
    }

    void compareTimer(final OrderBookEvent recorded, final OrderBookEvent timer)
    {
        if (firstDifference.isEmpty() && isDifferent(recorded, timer))
        {
            firstDifference = Optional.of(EventFields.firstDifference(recorded, timer, handler(timer)));
        }
    }

    void extraTimer(final OrderBookEvent at, final OrderBookEvent timer)
    {
        if (firstDifference.isEmpty())
        {
            firstDifference = Optional.of(new Difference(
                at.sequence(), handler(timer), "type", Difference.NONE, EventType.name(timer.type())));
        }
    }

    private boolean isOutput(final OrderBookEvent recorded)
    {
        final int type = recorded.type();
        if (type != EventType.DETAIL)
        {
            outputInHand = (type == EventType.OWN_NEW || type == EventType.OWN_CANCEL ||
                type == EventType.OWN_REJECTED || type == EventType.TIMER_REQUEST || type == EventType.CONTROL) &&
                !isOfGateway(recorded);
        }
        return outputInHand;
    }

    private boolean isOfGateway(final OrderBookEvent event)
    {
        final int sourceId = event.sourceId();
        return sourceId < definitions.sourceCount() &&
            definitions.source(sourceId).kind() == SourceDefinition.Kind.GATEWAY;
    }

    private boolean take(final OrderBookEvent recorded, final boolean compare)
    {
        if (queue.isEmpty())
        {
            missingOutput(recorded, compare);
            return false;
        }
        queue.peek(made);
        if (compare && firstDifference.isEmpty())
        {
            compare(recorded);
        }
        queue.remove();
        dueCount = Math.max(0, dueCount - 1);
        return true;
    }

    private void compare(final OrderBookEvent recorded)
    {
        if (isDifferent(recorded, made))
        {
            differs(recorded);
        }
    }

    private static boolean isDifferent(final OrderBookEvent recorded, final OrderBookEvent replayed)
    {
        for (int i = 1; i < OrderBookEvent.SIZE_BYTES / Long.BYTES; i++)
        {
            if (recorded.word(i) != replayed.word(i))
            {
                return true;
            }
        }
        return false;
    }

    private void differs(final OrderBookEvent recorded)
    {
        final boolean bothHaveCauses = recorded.type() != EventType.DETAIL && made.type() != EventType.DETAIL;
        if (bothHaveCauses && made.sourceSequence() < recorded.sourceSequence())
        {
            extraOutput();
        }
        else if (bothHaveCauses && made.sourceSequence() > recorded.sourceSequence())
        {
            missingOutput(recorded, true);
        }
        else
        {
            firstDifference = Optional.of(EventFields.firstDifference(recorded, made, handler(recorded)));
        }
    }

    private void extraOutput()
    {
        if (firstDifference.isEmpty())
        {
            firstDifference = Optional.of(new Difference(
                made.sourceSequence(), handler(made), "type", Difference.NONE, EventType.name(made.type())));
        }
    }

    private void missingOutput(final OrderBookEvent recorded, final boolean compare)
    {
        if (compare && firstDifference.isEmpty())
        {
            firstDifference = Optional.of(new Difference(
                recorded.sequence(), handler(recorded), "type", EventType.name(recorded.type()), Difference.NONE));
        }
    }

    private String handler(final OrderBookEvent event)
    {
        if (event.type() == EventType.OWN_REJECTED || event.type() == EventType.CONTROL)
        {
            return "risk";
        }
        final int sourceId = event.sourceId();
        return sourceId < definitions.sourceCount() ? definitions.source(sourceId).name() : "source " + sourceId;
    }
}
