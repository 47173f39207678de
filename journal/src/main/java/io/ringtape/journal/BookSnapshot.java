package io.ringtape.journal;

import io.ringtape.book.Books;
import io.ringtape.book.BooksSnapshot;
import java.nio.ByteBuffer;

/**
 * The books of a run as they were behind one of its events, held against the tape: the block that ends with the event
 * is there and has the CRC that it had, and with it all that stands before it in the run.
 * <p>
 * It knows nothing but books. A strategy, a risk gate or an order sender knows more, and cannot start with it.
 * <p>
 * Thread safety: immutable; the books that are restored belong to the calling thread.
 * Allocation: on {@link #restore(Books)}.
 */
public final class BookSnapshot
{
    private final SnapshotInfo info;
    private final long runId;
    private final long maxReceiveTimeNs;
    private final long bookHash;
    private final int blockCrc;
    private final ByteBuffer body;

    BookSnapshot(
        final SnapshotInfo info, final long runId, final long maxReceiveTimeNs, final long bookHash,
        final int blockCrc, final ByteBuffer body)
    {
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
