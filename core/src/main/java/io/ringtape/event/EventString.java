package io.ringtape.event;

/**
 * An event on one line, for messages and debuggers.
 */
final class EventString
{
    private EventString()
    {
    }

    static String of(final OrderBookEvent event)
    {
        final StringBuilder text = new StringBuilder(160);
        text.append("sequence=").append(event.sequence()).append(" type=").append(EventType.name(event.type()));
        if (event.type() == EventType.DETAIL)
        {
            for (int i = 0; i < OrderBookEvent.DETAIL_COUNT; i++)
            {
                text.append(" detail").append(i).append('=').append(event.detail(i));
            }
        }
        else
        {
            text.append(" eventTimeNs=").append(event.eventTimeNs())
                .append(" receiveTimeNs=").append(event.receiveTimeNs())
                .append(" orderId=").append(event.orderId()).append(" price=").append(event.price())
                .append(" quantity=").append(event.quantity())
                .append(" sourceSequence=").append(event.sourceSequence());
        }
        return text.append(" instrumentId=").append(event.instrumentId()).append(" sourceId=").append(event.sourceId())
            .append(" flags=0x").append(Integer.toHexString(event.flags())).toString();
    }
}
