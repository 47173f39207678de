package io.ringtape.bench.peer;

import io.ringtape.event.EventBatch;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.feed.FeedException;
import io.ringtape.feed.LobsterDecoder;
import org.jspecify.annotations.Nullable;

/**
 * Our decoder over the rows of a LOBSTER pair: each message with its row of the book, which it compares with its own.
 * The sum is that of the first event of each row, and it is held against the text, split and parsed by the JDK.
 * <p>
 * Thread safety: one thread owns it. Allocation: none in a run.
 */
final class LobsterDecode implements Peer
{
    private final Tally tally = new Tally();
    private final EventBatch batch = new EventBatch(2 * LobsterText.DEPTH + 2);
    private LobsterDecoder decoder = decoder();
    private final Kept<LobsterText> source;
    private @Nullable LobsterText text;
    private long expected;

    LobsterDecode(final Kept<LobsterText> source)
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
            expected = parse(loaded);
        }
        decoder = decoder();
    }

    private static LobsterDecoder decoder()
    {
        return new LobsterDecoder(0, 0, LobsterText.DEPTH, LobsterText.MIDNIGHT_NS);
    }

    @Override
    public void run(final int count)
    {
        tally.begin(count);
        final int messageLimit = text.messages().capacity() - DecodeBytes.PADDING_BYTES;
        final int bookLimit = text.books().capacity() - DecodeBytes.PADDING_BYTES;
        int message = 0;
        int book = 0;
        try
        {
            // One more than rows: the first call gives the book before the first row.
            for (int i = 0; i <= count; i++)
            {
                batch.clear();
                decoder.decode(text.messages(), message, messageLimit, text.books(), book, bookLimit, batch);
                message = decoder.messageEnd();
                book = decoder.bookEnd();
                if (i > 0)
                {
                    final OrderBookEvent event = batch.event(0);
                    tally.add(Work.fold(event.orderId(), event.price(), event.quantity(), event.sourceSequence()));
                }
            }
        }
        catch (final FeedException e)
        {
            throw new IllegalStateException(e.getMessage(), e);
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

    private static long parse(final LobsterText text)
    {
        final Tally parsed = new Tally();
        parsed.begin(text.rows());
        long row = 0;
        for (final String line : LobsterText.rowsOf(text.messages()))
        {
            final String[] fields = line.strip().split(",", -1);
            row++;
            parsed.add(Work.fold(Long.parseLong(fields[2]), Long.parseLong(fields[4]) * LobsterDecoder.PRICE_FACTOR,
                Long.parseLong(fields[3]), row));
        }
        return parsed.sum();
    }

    @Override
    public void close()
    {
        text = null;
    }
}
