package io.ringtape.journal;

/**
 * Is told when a recorder goes on without its tape, and when it has one again; see
 * {@link TapeFailurePolicy#GO_ON_UNJOURNALED}. The library logs nothing, so it is the listener that is to be loud.
 * <p>
 * Thread safety: called on the recorder's thread, which holds the ring up meanwhile.
 * Allocation: as the implementation has it.
 */
public interface TapeOutageListener
{
    /** Listens to nothing: for recorders that halt the bus. */
    TapeOutageListener NONE = new TapeOutageListener()
    {
        @Override
        public void onOutage(final long firstSequence, final TapeException cause)
        {
            // Nobody is told.
        }

        @Override
        public void onRecovery(final long runId, final long firstSequence)
        {
            // Nobody is told.
        }
    };

    /**
     * The tape cannot go on; called once an outage. The frontiers of the writer stand still from here on.
     *
     * @param firstSequence that is not journaled.
     * @param cause         what failed.
     */
    void onOutage(long firstSequence, TapeException cause);

    /**
     * The tape goes on in another run.
     *
     * @param runId         of the run.
     * @param firstSequence of it.
     */
    void onRecovery(long runId, long firstSequence);
}
