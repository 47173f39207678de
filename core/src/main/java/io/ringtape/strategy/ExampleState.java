package io.ringtape.strategy;

import io.ringtape.event.Side;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What the example remembers of its instruments, as bytes.
 */
final class ExampleState
{
    private static final int DESK_BYTES = 3 * Integer.BYTES + 3 * Long.BYTES;

    private ExampleState()
    {
    }

    static long bytes(final @Nullable Desk[] desks)
    {
        long bytes = 0;
        for (final Desk desk : desks)
        {
            bytes += desk == null ? 0 : DESK_BYTES;
        }
        return bytes;
    }

    static void write(final @Nullable Desk[] desks, final ByteBuffer target)
    {
        for (int id = 0; id < desks.length; id++)
        {
            final Desk desk = desks[id];
            if (desk != null)
            {
                target.putInt(id).putInt(desk.side).putInt(desk.eventsToRest).putLong(desk.orderId)
                    .putLong(desk.price).putLong(desk.sentTimeNs);
            }
        }
    }

    static void read(final ByteBuffer source, final Desk desk)
    {
        desk.side = source.getInt();
        desk.eventsToRest = source.getInt();
        desk.orderId = source.getLong();
        desk.price = source.getLong();
        desk.sentTimeNs = source.getLong();
        if (desk.eventsToRest < 0 || desk.orderId < Desk.NO_ORDER ||
            (desk.orderId != Desk.NO_ORDER && desk.side != Side.BID && desk.side != Side.ASK))
        {
            throw new IllegalArgumentException("state of the example makes no sense: orderId=" + desk.orderId);
        }
    }
}
