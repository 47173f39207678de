package io.ringtape.bus;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * The past of a bus, as one of its lanes keeps it: what a handler that joins late reads until it is live.
 * <p>
 * The lane that is named with it ({@link EventBusBuilder#history(History, String)}) holds the recorder: an event that
 * this lane has passed can be read here, and nothing but an end of the recorder ever stands in between.
 * <p>
 * Thread safety: any thread opens cursors, each of which one thread at a time uses.
 * Allocation: told by the implementation.
 */
public interface History
{
    /**
     * Opens a cursor. Never waits: what the recorder is still to write is simply not there yet. It may stand on an
     * event of an earlier run, if the history has one there: the bus refuses that.
     *
     * @param from where to start: a sequence or a time is what a bus asks for; never {@link JoinFrom.Kind#LIVE}.
     * @return a cursor that stands on the first event, which is to be closed.
     * @throws JoinRefusedException if the history does not have it, or cannot be read.
     */
    Cursor open(JoinFrom from);

    /**
     * A place in a history, which moves on one event after the other.
     * <p>
     * Thread safety: one thread at a time.
     * Allocation: told by the implementation.
     */
    interface Cursor extends AutoCloseable
    {
        /**
         * The sequence of the event that the cursor stands on.
         *
         * @return 0 or more; the event itself may not be there yet.
         */
        long nextSequence();

        /**
         * Copies the events that follow and moves behind them. Never waits.
         *
         * @param target to copy to.
         * @param offset of the first event in the target, in bytes.
         * @param limit  how many events to copy at most, at least 1.
         * @return how many were copied; 0 if the next one is not there yet.
         */
        int read(UnsafeBuffer target, int offset, int limit);

        /** Gives back what the cursor holds; throws nothing that is checked. */
        @Override
        void close();
    }
}
