package io.ringtape.bench.peer;

import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The least that a reader of a LOBSTER pair can do: finds the commas and line ends of both rows, a word at a time, and
 * parses nothing. The sum is that of where they stand.
 * <p>
 * Thread safety: one thread owns it. Allocation: none in a run.
 */
final class LobsterSplit implements Peer
{
    private final Tally tally = new Tally();
    private final Kept<LobsterText> source;
    private @Nullable LobsterText text;
    private long expected;
    private int end;

    LobsterSplit(final Kept<LobsterText> source)
    {
        this.source = source;
    }

    @Override
    public void prepare(final int count)
    {
        final LobsterText loaded = source.get(count);
        if (!loaded.equals(text))
        {
            text = loaded;
            expected = find(loaded);
        }
    }

    @Override
    public void run(final int count)
    {
        tally.begin(count);
        int message = 0;
        int book = 0;
        for (int i = 0; i < count; i++)
        {
            final long places = split(text.messages(), message);
            message = end;
            tally.add(places + Long.rotateLeft(split(text.books(), book), 32));
            book = end;
        }
    }

    /** The sum of the places of a row; leaves its end behind. */
    private long split(final UnsafeBuffer from, final int start)
    {
        long places = 0;
        int at = start;
        while (true)
        {
            final long word = from.getLong(at);
            final long lineEnd = WordSearch.matches(word, '\n');
            long found = WordSearch.matches(word, ',') & WordSearch.before(lineEnd);
            while (found != 0)
            {
                places += at + WordSearch.index(found);
                found &= found - 1;
            }
            if (lineEnd != 0)
            {
                end = at + WordSearch.index(lineEnd) + 1;
                return places + end - 1;
            }
            at += Long.BYTES;
        }
    }

    @Override
    public long checksum()
    {
        return tally.sum();
    }

    @Override
    public long expected(final long first, final int count)
    {
        return expected;
    }

    private static long find(final LobsterText text)
    {
        final Tally found = new Tally();
        found.begin(text.rows());
        final String[] messages = LobsterText.rowsOf(text.messages());
        final String[] books = LobsterText.rowsOf(text.books());
        int message = 0;
        int book = 0;
        for (int i = 0; i < text.rows(); i++)
        {
            found.add(places(messages[i], message) + Long.rotateLeft(places(books[i], book), 32));
            message += messages[i].length() + 1;
            book += books[i].length() + 1;
        }
        return found.sum();
    }

    private static long places(final String row, final int start)
    {
        long places = (long)start + row.length();
        for (int at = row.indexOf(','); at >= 0; at = row.indexOf(',', at + 1))
        {
            places += start + at;
        }
        return places;
    }

    @Override
    public void close()
    {
        text = null;
    }
}
