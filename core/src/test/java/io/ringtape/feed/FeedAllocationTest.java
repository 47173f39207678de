package io.ringtape.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import io.ringtape.event.EventBatch;
import java.lang.management.ManagementFactory;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No byte is allocated by decoding once the decoders are warm. */
@Timeout(60)
final class FeedAllocationTest
{
    private static final int ROUNDS = 30;

    private final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();

    @Test
    void shouldDecodeLobsterRowsWithoutAllocation() throws FeedException
    {
        final LobsterSimulator pair = new LobsterSimulator(1, 5).run(60_000);
        final UnsafeBuffer messages = FeedText.buffer(pair.messages.toString());
        final UnsafeBuffer books = FeedText.buffer(pair.books.toString());
        final LobsterDecoder decoder = new LobsterDecoder(0, 0, 5, 0);
        final EventBatch batch = new EventBatch(16);
        final int rowsOfRound = pair.rows / ROUNDS;
        long best = Long.MAX_VALUE;

        for (int round = 0; round < ROUNDS; round++)
        {
            final long before = allocated();
            for (int i = 0; i < rowsOfRound; i++)
            {
                batch.clear();
                decoder.decode(messages, decoder.messageEnd(), messages.capacity(),
                    books, decoder.bookEnd(), books.capacity(), batch);
            }
            best = Math.min(best, allocated() - before);
        }

        assertEquals(0, best);
    }

    @Test
    void shouldDecodeDbnRecordsWithoutAllocation() throws FeedException
    {
        final DbnWriter writer = new DbnWriter(3).metadata();
        for (int i = 0; i < 1_000; i++)
        {
            writer.mbo("ACMTF".charAt(i % 5), 'B', i, 500_000, 2).instrument(1, i % 7);
        }
        final UnsafeBuffer buffer = new UnsafeBuffer(writer.toBytes());
        final DbnMboDecoder decoder =
            new DbnMboDecoder(DbnMetadata.parse(buffer, 0), 0, (symbol, id, publisher) -> (int)id);
        final EventBatch batch = new EventBatch(1_024);
        long best = Long.MAX_VALUE;

        for (int round = 0; round < ROUNDS; round++)
        {
            final long before = allocated();
            batch.clear();
            int position = writer.metadataLength();
            while (position < buffer.capacity())
            {
                position += decoder.decode(buffer, position, buffer.capacity(), 1_024, batch);
            }
            best = Math.min(best, allocated() - before);
        }

        assertEquals(1_000, batch.count());
        assertEquals(0, best);
    }

    private long allocated()
    {
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    }
}
