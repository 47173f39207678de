package io.ringtape.bus;

import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventHandler;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.VenueEvents;

/** What the tests of the writer's timers share. */
final class TimerFixture
{
    private TimerFixture()
    {
    }

    /** A batch of trades. */
    static EventBatch at(final long... receiveTimesNs)
    {
        final EventBatch batch = new EventBatch(receiveTimesNs.length);
        for (final long timeNs : receiveTimesNs)
        {
            batch.append().type(EventType.TRADE).receiveTimeNs(timeNs);
        }
        return batch;
    }

    static EventBatch request(final int owner, final long id, final long deadlineNs)
    {
        final EventBatch batch = new EventBatch(1);
        batch.append().type(EventType.TIMER_REQUEST).flags(EventFlags.OWN | EventFlags.LAST).sourceId(owner).orderId(id)
            .price(deadlineNs).quantity(1).receiveTimeNs(Long.MIN_VALUE);
        return batch;
    }

    /** Notes what it gets: {@code 5} is an event at 5, {@code t1.2@5} timer 2 of owner 1, {@code h5} a heartbeat. */
    static final class Notes implements EventHandler
    {
        private final StringBuilder notes = new StringBuilder();

        @Override
        public void onEvent(final OrderBookEvent event)
        {
            final int type = event.type();
            if (type == EventType.TIMER)
            {
                notes.append('t').append(event.quantity()).append('.').append(event.orderId()).append('@');
            }
            else if (type == EventType.HEARTBEAT)
            {
                notes.append(event.sourceSequence() == VenueEvents.WRITERS_HEARTBEAT ? "h" : "venue's h");
            }
            if (type != EventType.TIMER_REQUEST)
            {
                notes.append(event.receiveTimeNs()).append(' ');
            }
        }

        @Override
        public String toString()
        {
            return notes.toString().trim();
        }
    }
}
