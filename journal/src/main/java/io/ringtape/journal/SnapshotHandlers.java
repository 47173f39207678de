package io.ringtape.journal;

import io.ringtape.book.Books;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventHandler;
import io.ringtape.event.Stateful;
import java.util.List;

/**
 * What a {@link SnapshotMaker} feeds with the events of one run, and whose state it stores: books, and whatever else is
 * to go on behind a snapshot.
 * <p>
 * It gets every event of the run in order, void ones too, from the first of the run or from the one behind a snapshot
 * that it took over.
 * <p>
 * Thread safety: none; the thread of the maker.
 * Allocation: as the implementation has it.
 */
public interface SnapshotHandlers extends EventHandler
{
    /** Books and nothing else. */
    Factory BOOKS = (run, definitions) -> new BooksOnly(new Books(definitions));

    /**
     * Makes what is fed, for each run.
     */
    @FunctionalInterface
    interface Factory
    {
        /**
         * Makes handlers that have seen nothing.
         *
         * @param run         its header.
         * @param definitions of the run; those that come later are added while it is read.
         * @return the handlers.
         */
        SnapshotHandlers create(RunInfo run, Definitions definitions);
    }

    /**
     * The books of the run, which each snapshot holds.
     *
     * @return always the same ones.
     */
    Books books();

    /**
     * What is stored beside the books.
     *
     * @return always the same ones, in the same order; empty for nothing.
     */
    List<Stateful> states();

    /**
     * Whether those states are of use: whoever takes them over goes on as the run did.
     *
     * @return false to store that there are none; never true again in this run.
     */
    boolean isKept();

    /**
     * Goes on behind a snapshot of the run.
     *
     * @param snapshot of just these states; they may be missing in it, and are not kept any more then.
     * @throws IllegalArgumentException if they do not take what is there.
     */
    void restore(BookSnapshot snapshot);
}
