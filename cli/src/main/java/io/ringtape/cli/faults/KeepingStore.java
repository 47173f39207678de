package io.ringtape.cli.faults;

import io.ringtape.cli.faults.GatewayPlan.Point;
import io.ringtape.cli.faults.VenueLink.Frame;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.gateway.SafeModeStore;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Says outside of the process what a side file has taken, and comes to a point ahead of each call and behind it.
 */
final class KeepingStore implements SafeModeStore
{
    private final SafeModeStore store;
    private final VenueLink link;
    private final PointEnd end;

    KeepingStore(final SafeModeStore store, final VenueLink link, final PointEnd end)
    {
        this.store = store;
        this.link = link;
        this.end = end;
    }

    @Override
    public void begin(final int sourceId, final long baseSequence)
    {
        end.at(Point.KEEPING);
        store.begin(sourceId, baseSequence);
        end.at(Point.KEEPING);
    }

    @Override
    public void append(final OrderBookEvent event)
    {
        end.at(Point.KEEPING);
        store.append(event);
        say(new Frame(VenueLink.KEPT, event.orderId(), event.type(), event.quantity(), 0));
        end.at(Point.KEEPING);
    }

    @Override
    public void force()
    {
        end.at(Point.KEEPING);
        store.force();
        say(new Frame(VenueLink.FORCED, 0, 0, 0, 0));
        end.at(Point.KEEPING);
    }

    private void say(final Frame frame)
    {
        try
        {
            link.say(frame);
        }
        catch (final IOException e)
        {
            throw new UncheckedIOException("parent has gone", e);
        }
    }
}
