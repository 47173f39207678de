package io.ringtape.replay;

import io.ringtape.event.EventHashes;
import io.ringtape.event.Hash64;

/**
 * The event and output hash of what was read of a tape, run by run.
 * <p>
 * Each run is hashed on its own. Where there is one, its hashes are those of the whole; those of several are chained in
 * the order of the runs, see {@link Hash64#addHash(long, long)}.
 * <p>
 * Thread safety: none; one thread.
 * Allocation: an object for each run.
 */
public final class RunHashes
{
    private EventHashes current = new EventHashes();
    private long eventHash = Hash64.START;
    private long outputHash = Hash64.START;
    private int endedCount;

    /**
     * No run yet.
     */
    public RunHashes()
    {
    }

    /**
     * The hashes of the run that is being read.
     *
     * @return to add events to.
     */
    public EventHashes current()
    {
        return current;
    }

    /**
     * Ends the run that is being read; one without events counts for nothing.
     */
    public void endRun()
    {
        if (current.inputCount() + current.ownCount() > 0)
        {
            eventHash = eventHash();
            outputHash = outputHash();
            endedCount++;
        }
        current = new EventHashes();
    }

    /**
     * The hash over the input events of all runs so far.
     *
     * @return 64 bits, printed as 16 hex digits.
     */
    public long eventHash()
    {
        return chain(eventHash, current.eventHash());
    }

    /**
     * The hash over the own events of all runs so far.
     *
     * @return 64 bits, printed as 16 hex digits.
     */
    public long outputHash()
    {
        return chain(outputHash, current.outputHash());
    }

    private long chain(final long ended, final long running)
    {
        if (current.inputCount() + current.ownCount() == 0)
        {
            return ended;
        }
        return endedCount == 0 ? running : Hash64.addHash(ended, running);
    }
}
