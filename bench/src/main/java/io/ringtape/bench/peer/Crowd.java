package io.ringtape.bench.peer;

/**
 * One way to bring the events of several threads to one reader. Every crowd does the work of {@link Work}: each event
 * is written as eight longs by its publisher, and the reader folds all eight. Who waits yields, on either side, so
 * that more threads than processors get on.
 * <p>
 * Thread safety: any thread makes a source; a source belongs to one thread.
 * Allocation: none once sources are made.
 */
interface Crowd
{
    /** What one thread publishes with. */
    @FunctionalInterface
    interface Source
    {
        /**
         * Publishes one event; waits while there is no room.
         *
         * @param number that the event is made of.
         */
        void publish(long number);
    }

    /** Makes what one thread publishes with. */
    Source source();

    /** What the reader adds the events to. */
    CrowdTally tally();

    /** Ends the reader when it has all that was published. */
    void end();
}
