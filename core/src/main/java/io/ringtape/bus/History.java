package io.ringtape.bus;

import io.ringtape.event.RangeHandler;
import io.ringtape.event.Stateful;
import java.util.List;
import java.util.Optional;
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
     * @param from where to start: a sequence or a time is what a bus asks for; never {@link JoinFrom.Kind#LIVE}
     *             nor {@link JoinFrom.Kind#SNAPSHOT}.
     * @return a cursor that stands on the first event, which is to be closed.
     * @throws JoinRefusedException if the history does not have it, or cannot be read.
     */
    Cursor open(JoinFrom from);

    /**
     * Finds the newest snapshot that has all of some states, each of the same name, version and parameters.
     *
     * @param fromSequence the first event of the bus: a snapshot of an earlier run is of no use.
     * @param states       that are to be taken over, at least one; they are asked what they are and stay as they are.
     * @return empty if there is none, which is no fault: the join starts with the first event then.
     * @throws JoinRefusedException if the history cannot be read.
     */
    default Optional<Snapshot> newestSnapshot(final long fromSequence, final List<Stateful> states)
    {
        return Optional.empty();
    }

    /**
     * The handler that records it. A bus then refuses to be built if that is not on the lane that was named.
     *
     * @return empty if it is not known.
     */
    default Optional<RangeHandler> recorder()
    {
        return Optional.empty();
    }

    /**
     * What handlers knew behind an event.
     * <p>
     * Thread safety: one thread at a time.
     * Allocation: told by the implementation.
     */
    interface Snapshot
    {
        /**
         * The sequence of the first event that the states do not know.
         *
         * @return 1 or more; the event itself may not be there yet.
         */
        long nextSequence();

        /**
         * Lets a state be taken over.
         *
         * @param state one of those that the snapshot was found for.
         * @throws IllegalArgumentException if it does not take what is there.
         */
        void restore(Stateful state);
    }

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
