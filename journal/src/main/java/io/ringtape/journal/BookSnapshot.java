package io.ringtape.journal;

import io.ringtape.book.Books;
import io.ringtape.book.BooksSnapshot;
import io.ringtape.event.Stateful;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The books of a run as they were behind one of its events, held against the tape: the block that ends with the event
 * is there and has the CRC that it had, and with it all that stands before it in the run.
 * <p>
 * It may hold states of other handlers beside the books: those of a whole order lane, for a replay that starts inside
 * the run. Each is taken over only by a handler of the same name, version and parameters, see {@link Stateful}.
 * <p>
 * Thread safety: immutable; the books that are restored belong to the calling thread.
 * Allocation: on {@link #restore(Books)} and what else restores.
 */
public final class BookSnapshot
{
    private final SnapshotInfo info;
    private final long runId;
    private final long maxReceiveTimeNs;
    private final long bookHash;
    private final int blockCrc;
    private final ByteBuffer body;
    private final StoredStates states;

    BookSnapshot(
        final SnapshotInfo info, final long runId, final long maxReceiveTimeNs, final long bookHash,
        final int blockCrc, final ByteBuffer body, final StoredStates states)
    {
        this.states = states;
        this.info = info;
        this.runId = runId;
        this.maxReceiveTimeNs = maxReceiveTimeNs;
        this.bookHash = bookHash;
        this.blockCrc = blockCrc;
        this.body = body;
    }

    /**
     * The run whose books they are.
     *
     * @return 1 or more.
     */
    public long runId()
    {
        return runId;
    }

    /**
     * The last event that the books hold, which is the last one of its block.
     *
     * @return 0 or more.
     */
    public long sequence()
    {
        return info.sequence();
    }

    /**
     * The first event that is to be applied to the restored books: where a handler joins, or a reader goes on.
     *
     * @return 1 or more; the tape may not have it yet.
     */
    public long nextSequence()
    {
        return info.sequence() + 1;
    }

    /**
     * The greatest receive time of the run up to the last event that the books hold.
     *
     * @return ns since the epoch, UTC; {@link Long#MIN_VALUE} if no event had one.
     */
    public long maxReceiveTimeNs()
    {
        return maxReceiveTimeNs;
    }

    /**
     * The hash over the books, see {@link Books#bookHash()}.
     *
     * @return 64 bits, printed as 16 hex digits.
     */
    public long bookHash()
    {
        return bookHash;
    }

    /**
     * Makes books what those of the run were behind {@link #sequence()}.
     *
     * @param books with the instruments of the run, as far as they were defined then.
     * @throws IllegalArgumentException if an instrument is missing or is of another kind; the books are as they were.
     */
    public void restore(final Books books)
    {
        BooksSnapshot.restore(body, bookHash, books);
    }

    /**
     * Whether it has the state of a handler.
     *
     * @param state of the handler.
     * @return true if {@link #restore(Stateful)} can be called with it.
     */
    public boolean has(final Stateful state)
    {
        return state instanceof Books || states.has(state);
    }

    /**
     * Lets a handler take over its state.
     *
     * @param state that the snapshot {@linkplain #has(Stateful) has}.
     * @throws IllegalArgumentException if it has not, or the handler does not take it; the handler is of no use then.
     */
    public void restore(final Stateful state)
    {
        if (state instanceof Books books)
        {
            restore(books);
        }
        else
        {
            states.restore(state);
        }
    }

    /**
     * Whether the states beside the books are those of some handlers and of no others.
     *
     * @param handlers without their books, in their order.
     * @return true also where the states themselves are missing.
     */
    public boolean isOf(final List<? extends Stateful> handlers)
    {
        return states.isOf(handlers);
    }

    /**
     * Whether no state is missing: what made the snapshot still did what is on tape.
     *
     * @return true if there is nothing beside the books, too.
     */
    public boolean isKept()
    {
        return states.isKept();
    }

    /**
     * Lets handlers take over their states.
     *
     * @param handlers that the snapshot {@linkplain #isOf(List) is of}, without their books; it {@linkplain #isKept()
     *                 has them}.
     * @throws IllegalArgumentException if one does not take its state; the handlers are of no use then.
     */
    public void restore(final List<? extends Stateful> handlers)
    {
        if (!isOf(handlers) || !isKept())
        {
            throw new IllegalArgumentException("snapshot is not of these handlers: sequence=" + sequence());
        }
        states.restore(handlers);
    }

    /**
     * Whether a block is the one that ends with the last event that the books hold.
     *
     * @param block that a reader stands on, whole.
     * @return true if the books are those behind the block.
     * @throws SnapshotDamageException if they make no sense although the block is the one.
     */
    boolean isBehind(final RunReader block) throws SnapshotDamageException
    {
        if (block.head().run().runId() != runId || block.nextSequence() != nextSequence() ||
            block.lastCrc() != blockCrc || block.maxReceiveTimeNs() != maxReceiveTimeNs)
        {
            return false;
        }
        try
        {
            restore(new Books(block.definitions()));
            return true;
        }
        catch (final IllegalArgumentException e)
        {
            throw new SnapshotDamageException(info, String.valueOf(e.getMessage()));
        }
    }
}
