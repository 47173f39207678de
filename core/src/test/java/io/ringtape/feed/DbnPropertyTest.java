package io.ringtape.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.agrona.concurrent.UnsafeBuffer;

/** What is written is read, whatever the version; damage is a typed error or another event, never a crash. */
final class DbnPropertyTest
{
    @Property(tries = 300)
    void shouldReadWhatWasWritten(
        @ForAll @IntRange(min = 1, max = 3) final int version,
        @ForAll final long orderId,
        @ForAll @LongRange(min = Long.MIN_VALUE + 1, max = Long.MAX_VALUE - 1) final long price,
        @ForAll @IntRange(min = 0) final int size,
        @ForAll @IntRange(min = 0, max = 255) final int anyFlags,
        @ForAll @LongRange(min = 0) final long time) throws FeedException
    {
        // With one of the other two it is not of an order.
        final int flags = anyFlags & ~0x50;
        final DbnWriter writer = new DbnWriter(version).metadata()
            .mbo('A', 'A', orderId, price, size).flags(flags).times(time, time);
        final UnsafeBuffer buffer = new UnsafeBuffer(writer.toBytes());
        final EventBatch batch = new EventBatch(1);

        new DbnMboDecoder(DbnMetadata.parse(buffer, 0), 0, (symbol, id, publisher) -> 0)
            .decode(buffer, writer.metadataLength(), buffer.capacity(), 1, batch);

        final OrderBookEvent event = batch.event(0);
        assertEquals(EventType.ORDER_ADD, event.type());
        assertEquals(Side.ASK, event.side());
        assertEquals(orderId, event.orderId());
        assertEquals(price, event.price());
        assertEquals(size, event.quantity());
        assertEquals(time, event.eventTimeNs());
        assertEquals((flags & 0x80) != 0, event.has(EventFlags.LAST));
        assertEquals((flags & 0x20) != 0, event.has(EventFlags.SNAPSHOT));
        assertEquals((flags & 0x08) != 0, event.has(EventFlags.BAD_TIME));
        assertEquals((flags & 0x04) != 0, event.has(EventFlags.SUSPECT_BOOK));
        assertEquals(0, event.flags() & EventFlags.RESERVED_MASK);
    }

    @Property(tries = 500)
    void shouldSurviveDamage(@ForAll final long seed)
    {
        final Random random = new Random(seed);
        final DbnWriter writer = new DbnWriter(1 + random.nextInt(3)).metadata();
        for (int i = 0; i < 20; i++)
        {
            writer.mbo("ACMTFRN".charAt(random.nextInt(7)), "ABN".charAt(random.nextInt(3)), i, 5, 6);
        }
        final byte[] bytes = writer.toBytes();
        for (int i = 0; i <= random.nextInt(8); i++)
        {
            bytes[random.nextInt(bytes.length)] = (byte)random.nextInt(256);
        }

        decode(bytes);
    }

    @Property(tries = 300)
    void shouldSurviveRandomBytesBehindTheMagic(@ForAll final byte[] random)
    {
        final byte[] bytes = new byte[8 + random.length];
        System.arraycopy(new byte[] {'D', 'B', 'N', 1, (byte)random.length}, 0, bytes, 0, 5);
        System.arraycopy(random, 0, bytes, 8, random.length);

        decode(bytes);
    }

    private static void decode(final byte[] bytes)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        final EventBatch batch = new EventBatch(64);
        try
        {
            final int length = DbnMetadata.length(buffer, 0);
            if (length > bytes.length)
            {
                return;
            }
            final DbnMboDecoder decoder =
                new DbnMboDecoder(DbnMetadata.parse(buffer, 0), 0, (symbol, id, publisher) -> 0);
            int position = length;
            int used = 1;
            while (used > 0)
            {
                used = decoder.decode(buffer, position, bytes.length, Integer.MAX_VALUE, batch);
                position += used;
            }
            assertTrue(position <= bytes.length);
        }
        catch (final FeedException e)
        {
            assertTrue(e.position() >= 0 && !e.field().isEmpty(), e.getMessage());
        }
        for (int i = 0; i < batch.count(); i++)
        {
            assertTrue(EventType.isKnown(batch.event(i).type()));
        }
    }
}
