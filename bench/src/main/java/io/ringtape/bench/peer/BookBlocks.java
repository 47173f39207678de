package io.ringtape.bench.peer;

import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A peer that keeps books from a {@link BookStream} and looks at the best prices after each event. What counts is the
 * mean over a block of {@link BlockMeans#EVENTS} events, of the blocks of a run the one in the middle.
 * <p>
 * The sum is that of the best prices after every event and of all levels at the end. It is held against the sum of
 * {@link #other()}, a book made in another way.
 * <p>
 * Thread safety: one thread owns it. Allocation: none in a run but of the books.
 */
abstract class BookBlocks implements Peer
{
    private final BlockMeans means = new BlockMeans();
    private final BlockMeans.Blocks work = this::apply;
    private final BookStream.Source source;
    private @Nullable BookStream stream;
    private long expected;
    private long sum;

    BookBlocks(final BookStream.Source source)
    {
        this.source = source;
    }

    /** Makes the books empty, and brings them to where the events start. */
    abstract void reset(BookStream from);

    /** Applies the events from the first index to the one before the second; the sum of {@link BookStream#top}. */
    abstract long apply(UnsafeBuffer events, int from, int to);

    /** The sum of {@link BookStream#level} over all books. */
    abstract long levels();

    /** A peer whose sum must be the same. */
    abstract BookBlocks other();

    @Override
    public void prepare(final int count)
    {
        final BookStream known = stream;
        if (known == null || known.events().count() != count)
        {
            final BookStream loaded = source.load(count);
            stream = loaded;
            final BookBlocks other = other();
            other.stream = loaded;
            other.means.begin(count);
            other.reset(loaded);
            other.run(count);
            expected = other.checksum();
        }
        means.begin(count);
        reset(stream);
    }

    @Override
    public void run(final int count)
    {
        sum = means.run(work);
    }

    private long apply(final int from, final int to)
    {
        return apply(stream.events().buffer(), from, to);
    }

    @Override
    public long checksum()
    {
        return sum + levels();
    }

    @Override
    public long expected(final long first, final int count)
    {
        return expected;
    }

    @Override
    public long cost(final long elapsedNs)
    {
        return means.cost();
    }

    @Override
    public void close()
    {
        stream = null;
    }
}
