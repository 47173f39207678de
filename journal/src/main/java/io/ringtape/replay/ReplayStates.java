package io.ringtape.replay;

import io.ringtape.book.Books;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventHandler;
import io.ringtape.event.EventHashes;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Stateful;
import io.ringtape.journal.BookSnapshot;
import io.ringtape.journal.RunInfo;
import io.ringtape.journal.SnapshotHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Replays a run for a {@link io.ringtape.journal.SnapshotMaker}, so that its snapshots hold what the handlers of the
 * order lane know, and a later {@link TapeReplay} of the same handlers starts behind one of them.
 * <pre>{@code
 * SnapshotMaker.open(tape, 1_000_000, 0, said, ReplayStates.of(factory));
 * }</pre>
 * It compares as a replay does. From the first difference on what the handlers know is not what those knew that
 * recorded the run: from there on snapshots hold books and nothing else. So they do where the handlers have no
 * {@linkplain ReplayHandlers#states() states}.
 * <p>
 * Hot path: {@link #onEvent(OrderBookEvent)}.
 * Thread safety: none; the thread of the maker.
 * Allocation: none an event.
 */
public final class ReplayStates implements SnapshotHandlers
{
    private static final EventHandler NOBODY = (event) ->
    {
    };

    private final RunReplay replay;
    private final Books books;
    private final boolean hasBooks;
    private final List<Stateful> states;
    private boolean isKept = true;

    private ReplayStates(final RunInfo run, final Definitions definitions, final ReplayHandlers.Factory factory)
    {
        replay = new RunReplay(
            run, definitions, factory, new EventHashes(), NOBODY, new ReplaySpans.Span(0, Long.MAX_VALUE));
        final Optional<Books> own = booksOf(replay.handlers());
        hasBooks = own.isPresent();
        books = own.orElseGet(() -> new Books(definitions));
        states = besideBooks(replay);
    }

    /**
     * Makes them for each run of a tape.
     *
     * @param factory makes the handlers of each run.
     * @return to be given to a maker.
     */
    public static SnapshotHandlers.Factory of(final ReplayHandlers.Factory factory)
    {
        return (run, definitions) -> new ReplayStates(run, definitions, factory);
    }

    @Override
    public Books books()
    {
        return books;
    }

    @Override
    public List<Stateful> states()
    {
        return states;
    }

    @Override
    public boolean isKept()
    {
        return isKept;
    }

    @Override
    public void onEvent(final OrderBookEvent event)
    {
        if (!isKept || !hasBooks)
        {
            books.onEvent(event);
        }
        if (isKept)
        {
            replay.onEvent(event);
            isKept = replay.comparator().firstDifference().isEmpty();
        }
    }

    @Override
    public void restore(final BookSnapshot snapshot)
    {
        snapshot.restore(books);
        isKept = snapshot.isKept();
        if (isKept)
        {
            snapshot.restore(states);
        }
    }

    /**
     * Lets a replay go on behind a snapshot.
     *
     * @param snapshot of the run.
     * @param replay   that has seen nothing.
     * @return false if it is not of the handlers of the replay, or one does not take it: the replay is of no use then.
     */
    static boolean restore(final BookSnapshot snapshot, final RunReplay replay)
    {
        final List<Stateful> states = besideBooks(replay);
        if (states.isEmpty() || !snapshot.isOf(states) || !snapshot.isKept())
        {
            return false;
        }
        try
        {
            booksOf(replay.handlers()).ifPresent(snapshot::restore);
            snapshot.restore(states);
            return true;
        }
        catch (final IllegalArgumentException e)
        {
            // Of other parameters than the hash tells, such as limits of an instrument.
            return false;
        }
    }

    private static Optional<Books> booksOf(final ReplayHandlers handlers)
    {
        return handlers.states().stream().filter(Books.class::isInstance).map(Books.class::cast).findFirst();
    }

    private static List<Stateful> besideBooks(final RunReplay replay)
    {
        final List<Stateful> all = new ArrayList<>();
        for (final Stateful state : replay.handlers().states())
        {
            if (!(state instanceof Books))
            {
                all.add(state);
            }
        }
        if (!replay.handlers().states().isEmpty())
        {
            all.add(replay.state());
        }
        return List.copyOf(all);
    }
}
