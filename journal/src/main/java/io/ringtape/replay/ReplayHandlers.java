package io.ringtape.replay;

import io.ringtape.event.Definitions;
import io.ringtape.event.EventHandler;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.Stateful;
import io.ringtape.journal.RunInfo;
import java.util.List;

/**
 * The handlers of one run in a replay, in the order in which they ran on the order lane.
 * <p>
 * They are given every event. A handler that had an {@link io.ringtape.event.Interest} on its lane stands here behind
 * an {@link io.ringtape.event.InterestFilter} of the same interest, whose table is what the lane asks too.
 * <p>
 * Thread safety: the thread of the replay.
 * Allocation: as the implementation has it.
 */
public interface ReplayHandlers extends EventHandler
{
    /**
     * Makes fresh handlers for each run of a tape, as each run had.
     */
    @FunctionalInterface
    interface Factory
    {
        /**
         * Makes handlers that have seen nothing; also for a run that is then not replayed, to ask what they are.
         *
         * @param run         its header.
         * @param definitions of the run; those that come later are added while it is read.
         * @param outbox      where the handlers hand over what they make.
         * @return the handlers.
         */
        ReplayHandlers create(RunInfo run, Definitions definitions, EventPublisher outbox);
    }

    /**
     * The next event is the first of the run that lies in the range; those before it only made the handlers know what
     * they knew. Not called for a run without an event in the range.
     */
    default void onRangeStart()
    {
    }

    /**
     * The hash over the books as they are now.
     *
     * @return 64 bits.
     */
    long bookHash();

    /**
     * All that the handlers know, books included: with it, fresh handlers of the same factory go on as these would. A
     * replay that starts inside a run then need not feed them from its start, see {@link ReplayStates}.
     *
     * @return the states, always the same ones in the same order; empty, unless it is said otherwise, if one of the
     *     handlers knows something that cannot be stored.
     */
    default List<Stateful> states()
    {
        return List.of();
    }
}
