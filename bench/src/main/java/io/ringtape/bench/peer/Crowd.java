package io.ringtape.bench.peer;

/**
 * One way to bring the events of several threads to one reader. Every crowd does the work of {@link Work}: each event
 * is written as eight longs by its publisher, and the reader folds all eight. Who waits yields, on either side, so
 * that more threads than processors get on.
 * <p>
 * Thread safety: any thread makes a source; a source belongs to one thread.
 * Allocation: none once sources are made.
 */
public interface Crowd
{
    /** What there is. */
    enum Kind
    {
        /** Ours: an inbox, the bus's own writer thread, and the handler inline on it. */
        INBOX,
        /** Ours: the ring of many producers, and the handler on a lane. */
        SHARED_RING,
        /** The Disruptor's multi-producer ring of objects. */
        DISRUPTOR,
        /** {@link java.util.concurrent.ArrayBlockingQueue}. */
        ARRAY_QUEUE;

        /**
         * Makes one, with its reader started.
         *
         * @return a crowd of this kind.
         */
        public Crowd open()
        {
            return switch (this)
            {
                case INBOX -> new RingtapeCrowd(false);
                case SHARED_RING -> new RingtapeCrowd(true);
                case DISRUPTOR -> new DisruptorCrowd();
                case ARRAY_QUEUE -> new QueueCrowd();
            };
        }
    }

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

    /**
     * Makes what a thread publishes with.
     *
     * @return a source for one thread.
     */
    Source source();

    /**
     * Ends the reader when it has all that was published.
     *
     * @return events that it had.
     */
    long end();
}
