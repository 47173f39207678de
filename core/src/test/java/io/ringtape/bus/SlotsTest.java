package io.ringtape.bus;

import static io.ringtape.bus.BusFixture.batch;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtape.event.EventBatch;
import io.ringtape.event.OrderBookEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class SlotsTest
{
    private static final int CAPACITY = 8;

    private final Slots slots = new Slots(CAPACITY);

    @Test
    void shouldTellOfNoEventBeforeAnyIsPublished()
    {
        assertEquals(-1, slots.published(0, CAPACITY));
        assertEquals(41, slots.published(42, CAPACITY));
    }

    @Test
    void shouldTellHowFarEventsArePublished()
    {
        slots.publish(0, 3);

        assertEquals(2, slots.published(0, CAPACITY));
        assertEquals(2, slots.published(2, CAPACITY));
        assertEquals(2, slots.published(3, CAPACITY));
    }

    @Test
    void shouldLookAtNoMoreSlotsThanAsked()
    {
        slots.publish(0, 5);

        assertEquals(2, slots.published(0, 3));
    }

    @Test
    void shouldNotTakeEventsOfTheRoundBeforeForPublished()
    {
        slots.publish(0, CAPACITY);
        slots.publish(CAPACITY, 2);

        assertEquals(CAPACITY + 1, slots.published(CAPACITY, CAPACITY));
        assertEquals(CAPACITY + 1, slots.published(CAPACITY, 2 * CAPACITY));
    }

    @Test
    void shouldTellOfNothingBehindAClaimThatIsOpen()
    {
        slots.publish(0);
        // As the rest of a claim of three is written before its first event.
        slots.stamp(2);
        slots.stamp(3);

        assertEquals(0, slots.published(0, CAPACITY));
        assertEquals(0, slots.published(1, CAPACITY));
    }

    @Test
    void shouldCopyBatchesRoundTheEndWithSequencesOfItsOwn()
    {
        final EventBatch batch = batch(100, 4);
        for (int i = 0; i < batch.count(); i++)
        {
            batch.event(i).sequence(1_000 + i);
        }
        final OrderBookEvent event = new OrderBookEvent();

        slots.copy(6, 4, batch.buffer(), 0);

        assertEquals(9, slots.published(6, CAPACITY));
        for (int i = 0; i < batch.count(); i++)
        {
            event.wrap(slots.buffer(), slots.offset(6 + i));
            assertEquals(6 + i, event.sequence());
            assertEquals(100 + i, event.orderId());
        }
    }

    @Test
    void shouldMakeEventsVoidAndPublishThem()
    {
        final OrderBookEvent event = OrderBookEvent.ofClaims();

        slots.makeVoid(0, 2, event);

        assertEquals(1, slots.published(0, CAPACITY));
    }
}
