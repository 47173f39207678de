package io.ringtape.cli.tape;

import io.ringtape.event.EventFlags;
import io.ringtape.event.EventHashes;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.journal.TapeReader;

/**
 * What an export says of the events in it. The event hash goes over its input events as one chain, whatever runs they
 * belong to, so that it can be computed from the records alone; over one whole run it is the run's.
 * <p>
 * Thread safety: none; one thread.
 * Allocation: on construction only.
 */
final class EventCount
{
    private final EventHashes hashes = new EventHashes();
    private long events;
    private long firstSequence = -1;
    private long lastSequence = -1;
    private long runId = -1;
    private int runs;

    void addBlock(final TapeReader reader)
    {
        firstSequence = firstSequence < 0 ? reader.firstSequence() : firstSequence;
        lastSequence = reader.firstSequence() + reader.count() - 1;
        events += reader.count();
        if (reader.run().runId() != runId)
        {
            runId = reader.run().runId();
            runs++;
        }
    }

    void add(final OrderBookEvent event)
    {
        if (event.type() != EventType.VOID && !event.has(EventFlags.OWN))
        {
            hashes.addInput(event);
        }
    }

    long events()
    {
        return events;
    }

    long firstSequence()
    {
        return firstSequence;
    }

    long lastSequence()
    {
        return lastSequence;
    }

    int runs()
    {
        return runs;
    }

    long eventHash()
    {
        return hashes.eventHash();
    }
}
