package io.ringtape.bus;

import static io.ringtape.bus.BusFixture.batch;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtape.event.OrderBookEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** However the slots of a claim were asked for: its publish shows all of it, and nothing does before. */
@Timeout(10)
final class SlotWriterTest
{
    private static final int CAPACITY = 8;

    private final Slots slots = new Slots(CAPACITY);
    private final SlotWriter writer = new SlotWriter(slots, -1);

    @Test
    void shouldPublishSlotsThatWereAskedForInTurn()
    {
        ask(0, 0, 1, 2, 3);
        assertEquals(-1, slots.published(0, CAPACITY));

        writer.publish(0, 4);

        assertEquals(3, slots.published(0, CAPACITY));
    }

    @Test
    void shouldPublishSlotsThatWereAskedForOutOfTurn()
    {
        ask(0, 3, 1, 2, 0);
        assertEquals(-1, slots.published(0, CAPACITY));

        writer.publish(0, 4);

        assertEquals(3, slots.published(0, CAPACITY));
    }

    @Test
    void shouldPublishSlotsThatNobodyAskedFor()
    {
        ask(0, 1, 3);

        writer.publish(0, 4);
        writer.publish(4, 3);

        assertEquals(6, slots.published(0, CAPACITY));
    }

    @Test
    void shouldPublishTheWholeRingWithTheFlyweightLeftAtItsEnd()
    {
        ask(0, 0, 1, 2, 3, 4, 5, 6, 7);
        writer.publish(0, CAPACITY);

        writer.publish(CAPACITY, CAPACITY);

        assertEquals(15, slots.published(CAPACITY, CAPACITY));
    }

    @Test
    void shouldPublishWhereSomebodyMovedTheFlyweightElsewhere()
    {
        final UnsafeBuffer other = new UnsafeBuffer(new byte[CAPACITY * OrderBookEvent.SIZE_BYTES]);
        writer.slot(0, 0).wrap(other, 0);
        writer.slot(1, 0);
        // Where its third slot would be.
        writer.slot(2, 0).wrap(other, 2 * OrderBookEvent.SIZE_BYTES);
        writer.slot(3, 0);

        writer.publish(0, 4);

        assertEquals(3, slots.published(0, CAPACITY));
    }

    @Test
    void shouldPublishEachClaimWholeHoweverItIsFilled()
    {
        final Random random = new Random(42);
        long first = 0;
        for (int round = 0; round < 100_000; round++)
        {
            final int count = 1 + random.nextInt(CAPACITY);
            final List<Long> asked = new ArrayList<>();
            switch (random.nextInt(5))
            {
                case 0 -> writer.put(first, count, batch(1, count).buffer(), 0);
                case 1 -> writer.putVoid(first, count);
                case 2 ->
                {
                    for (int i = 0; i < count; i++)
                    {
                        asked.add(first + i);
                    }
                }
                case 3 ->
                {
                    for (int i = random.nextInt(count); i < count; i++)
                    {
                        asked.add(first + i);
                    }
                }
                default ->
                {
                    for (int i = random.nextInt(2 * count); i > 0; i--)
                    {
                        asked.add(first + random.nextInt(count));
                    }
                }
            }
            for (final long sequence : asked)
            {
                writer.slot(sequence, first);
                assertEquals(first - 1, slots.published(first, CAPACITY));
            }
            if (slots.published(first, 1) < first)
            {
                writer.publish(first, count);
            }

            assertEquals(first + count - 1, slots.published(first, CAPACITY));
            first += count;
        }
    }

    private void ask(final long first, final long... sequences)
    {
        for (final long sequence : sequences)
        {
            writer.slot(sequence, first);
        }
    }
}
