package io.ringtape.strategy;

import io.ringtape.book.OrderBook;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventFlags;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.event.Stateful;
import io.ringtape.order.OrderSender;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An example, to show the API and to give recordings something to decide; it is no advice and knows nothing that makes
 * money. It leans on the imbalance of the touch. Hot path.
 * <p>
 * Per instrument, at the ends of venue events:
 * <ul>
 * <li>With no order out, where the book has two sides that do not cross and is not suspect, it compares the
 * quantities at the best bid and ask. Where one is at least
 * {@link ExampleParameters#imbalancePercent()} of the other it joins that side at its best price, with one part in
 * {@link ExampleParameters#touchShare()} of the quantity there, rounded down to whole lots, and at least one lot (one
 * least unit where the lot size is unknown). If the order was not taken, it rests.</li>
 * <li>With an order out, it cancels it when the best price of its side is no longer the order's, or when it is older
 * than {@link ExampleParameters#maxOrderAgeNs()}, at a later venue event of the instrument, and rests.</li>
 * <li>It rests for {@link ExampleParameters#restEvents()} venue events of the instrument.</li>
 * </ul>
 * When the book becomes suspect, an order that is out is cancelled. Snapshots and own events are passed over. All
 * arithmetic is in integers; prices are only compared, so any exponents will do, and only the two best levels are
 * read, so books by order and by price are alike.
 * <p>
 * Thread safety: none; the order lane.
 * Allocation: on the first event of an instrument.
 */
public final class ExampleStrategy implements Strategy, Stateful
{
    private final Definitions definitions;
    private final int restEvents;
    private final int imbalancePercent;
    private final int touchShare;
    private final long maxOrderAgeNs;
    private final long parametersHash;
    private @Nullable Desk[] desks = new @Nullable Desk[0];

    /**
     * A strategy without orders.
     *
     * @param definitions of the instruments; more may be added any time.
     * @param parameters  what it is told.
     */
    public ExampleStrategy(final Definitions definitions, final ExampleParameters parameters)
    {
        this.definitions = definitions;
        restEvents = parameters.restEvents();
        imbalancePercent = parameters.imbalancePercent();
        touchShare = parameters.touchShare();
        maxOrderAgeNs = parameters.maxOrderAgeNs();
        parametersHash = Stateful.parameters(parameters);
    }

    /**
     * A strategy without orders.
     *
     * @param definitions of the instruments; more may be added any time.
     * @param parameters  see {@link ExampleParameters#of(StrategyParameters)}.
     */
    public ExampleStrategy(final Definitions definitions, final StrategyParameters parameters)
    {
        this(definitions, ExampleParameters.of(parameters));
    }

    @Override
    public void onEvent(final OrderBookEvent event, final OrderBook book, final OrderSender sender)
    {
        if ((event.flags() & (EventFlags.LAST | EventFlags.OWN | EventFlags.SNAPSHOT)) != EventFlags.LAST)
        {
            return;
        }
        final Desk desk = find(book.instrumentId());
        if (desk.orderId != Desk.NO_ORDER)
        {
            watch(desk, event, book, sender);
        }
        else if (desk.eventsToRest > 0)
        {
            desk.eventsToRest--;
        }
        else if (book.isTwoSided())
        {
            decide(desk, event, book, sender);
        }
    }

    @Override
    public String stateName()
    {
        return "example-strategy";
    }

    @Override
    public int stateVersion()
    {
        return 1;
    }

    @Override
    public long stateParameters()
    {
        return parametersHash;
    }

    @Override
    public long stateBytes()
    {
        return ExampleState.bytes(desks);
    }

    @Override
    public void writeState(final ByteBuffer target)
    {
        ExampleState.write(desks, target);
    }

    @Override
    public void readState(final ByteBuffer source)
    {
        desks = new @Nullable Desk[0];
        while (source.hasRemaining())
        {
            final int id = source.getInt();
            if (id < desks.length || id >= definitions.instrumentCount())
            {
                throw new IllegalArgumentException("state of the example makes no sense: instrumentId=" + id);
            }
            desks = Arrays.copyOf(desks, id + 1);
            ExampleState.read(source, find(id));
        }
    }

    private void decide(final Desk desk, final OrderBookEvent event, final OrderBook book, final OrderSender sender)
    {
        final long bidQuantity = book.quantity(Side.BID, 0);
        final long askQuantity = book.quantity(Side.ASK, 0);
        final int side;
        if (isImbalance(bidQuantity, askQuantity))
        {
            side = Side.BID;
        }
        else if (isImbalance(askQuantity, bidQuantity))
        {
            side = Side.ASK;
        }
        else
        {
            return;
        }
        final long share = (side == Side.BID ? bidQuantity : askQuantity) / touchShare;
        final long quantity = Math.max(desk.lot, share - share % desk.lot);
        final long price = book.price(side, 0);
        final long orderId = sender.newLimit(book.instrumentId(), side, price, quantity);
        if (orderId < 0)
        {
            desk.eventsToRest = restEvents;
        }
        else
        {
            desk.orderId = orderId;
            desk.side = side;
            desk.price = price;
            desk.sentTimeNs = event.receiveTimeNs();
        }
    }

    private void watch(final Desk desk, final OrderBookEvent event, final OrderBook book, final OrderSender sender)
    {
        final long touch = desk.side == Side.BID ? book.bestBid() : book.bestAsk();
        final boolean stays =
            touch == desk.price && event.receiveTimeNs() - desk.sentTimeNs <= maxOrderAgeNs && !book.isSuspect();
        // Where the outbox is full the order stays in hand, and the next venue event tries again.
        if (!stays && sender.cancel(desk.orderId) != OrderSender.OUTBOX_FULL)
        {
            desk.orderId = Desk.NO_ORDER;
            desk.eventsToRest = restEvents;
        }
    }

    // large x 100 >= small x percent, in 128 bits.
    private boolean isImbalance(final long large, final long small)
    {
        final long leftHigh = Math.multiplyHigh(large, 100L);
        final long rightHigh = Math.multiplyHigh(small, (long)imbalancePercent);
        return leftHigh > rightHigh ||
            (leftHigh == rightHigh && Long.compareUnsigned(large * 100L, small * imbalancePercent) >= 0);
    }

    private Desk find(final int instrumentId)
    {
        if (instrumentId < desks.length)
        {
            final Desk desk = desks[instrumentId];
            if (desk != null)
            {
                return desk;
            }
        }
        return open(instrumentId);
    }

    private Desk open(final int instrumentId)
    {
        if (instrumentId >= desks.length)
        {
            desks = Arrays.copyOf(desks, Math.max(instrumentId + 1, 2 * desks.length));
        }
        final Desk desk = new Desk(Math.max(1, definitions.instrument(instrumentId).lotSize()));
        desks[instrumentId] = desk;
        return desk;
    }
}
