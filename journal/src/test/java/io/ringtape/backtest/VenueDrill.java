package io.ringtape.backtest;

import io.ringtape.book.Books;
import io.ringtape.event.BookKind;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.EventType;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.order.FeeRate;
import io.ringtape.order.NewOrder;
import io.ringtape.order.OrderType;
import io.ringtape.order.TimeInForce;
import java.util.ArrayList;
import java.util.List;

/** A venue beside the book of one instrument, step by step; each recorded event is a venue event unless told. */
final class VenueDrill
{
    private static final long NO_PRICE = OrderBookEvent.NULL_PRICE;

    /** A fill as the venue told of it. */
    record Fill(long id, int side, long price, long quantity, boolean maker, long left)
    {
    }

    final List<Fill> fills = new ArrayList<>();
    final Definitions definitions = new Definitions();
    final Books books = new Books(definitions);
    final SimulatedVenue venue;
    private final EventBatch batch = new EventBatch(2);
    private final OrderBookEvent detail = new EventBatch(1).append();
    private final List<String> answers = new ArrayList<>();
    private long sequence;
    private long lastId;

    VenueDrill(final BookKind kind, final int depth, final QueueModel model, final FeeRate fees)
    {
        this(new InstrumentDefinition(0, "SYM", 0, -9, 0, kind, depth, 1, 1, 1), model, fees);
    }

    VenueDrill(final InstrumentDefinition instrument, final QueueModel model, final FeeRate fees)
    {
        definitions.add(instrument);
        venue = new SimulatedVenue(definitions, books::book, model, FeeSchedule.of(fees), this::onAnswer);
    }

    static VenueDrill byPrice()
    {
        return new VenueDrill(BookKind.MBP, 0, QueueModel.PESSIMISTIC, FeeRate.FREE);
    }

    static VenueDrill byOrder(final QueueModel model)
    {
        return new VenueDrill(BookKind.MBO, 0, model, FeeRate.FREE);
    }

    /** A recorded venue event of one event. */
    void event(final int type, final int side, final long price, final long quantity, final long orderId)
    {
        part(type, side | EventFlags.LAST, price, quantity, orderId);
    }

    /** A recorded event that does not end its venue event, unless the flags say so. */
    void part(final int type, final int flags, final long price, final long quantity, final long orderId)
    {
        batch.clear();
        final OrderBookEvent event = batch.append().sequence(sequence++).type(type).flags(flags)
            .price(price).quantity(quantity).orderId(orderId);
        venue.before(event);
        books.onEvent(event);
        venue.after(event, sequence);
    }

    void level(final int side, final long price, final long quantity)
    {
        event(EventType.LEVEL_SET, side, price, quantity, 0);
    }

    void add(final long orderId, final int side, final long price, final long quantity)
    {
        event(EventType.ORDER_ADD, side, price, quantity, orderId);
    }

    void execute(final long orderId, final int side, final long price, final long quantity)
    {
        event(EventType.ORDER_EXECUTE, side, price, quantity, orderId);
    }

    void trade(final int side, final long price, final long quantity)
    {
        event(EventType.TRADE, side, price, quantity, 0);
    }

    long limit(final int side, final long price, final long quantity)
    {
        return send(side, OrderType.LIMIT, TimeInForce.GOOD_TILL_CANCEL, 0, price, quantity);
    }

    long postOnly(final int side, final long price, final long quantity)
    {
        return send(side, OrderType.LIMIT, TimeInForce.GOOD_TILL_CANCEL, NewOrder.POST_ONLY, price, quantity);
    }

    long immediate(final int side, final long price, final long quantity)
    {
        return send(side, OrderType.LIMIT, TimeInForce.IMMEDIATE_OR_CANCEL, 0, price, quantity);
    }

    long market(final int side, final long quantity)
    {
        return send(side, OrderType.MARKET, TimeInForce.GOOD_TILL_CANCEL, 0, NO_PRICE, quantity);
    }

    long send(
        final int side, final int type, final int timeInForce, final int instructions, final long price,
        final long quantity)
    {
        return send(++lastId, side, type, timeInForce, instructions, price, quantity);
    }

    long send(
        final long id, final int side, final int type, final int timeInForce, final int instructions,
        final long price, final long quantity)
    {
        batch.clear();
        final OrderBookEvent order = batch.append().sequence(sequence++).type(EventType.OWN_NEW)
            .flags(side | EventFlags.OWN).price(price).quantity(quantity).orderId(id);
        detail.type(EventType.DETAIL).detail(0, type).detail(1, timeInForce).detail(2, 1).detail(3, 254).detail(4, 0)
            .detail(5, instructions);
        venue.onNew(order, detail, sequence);
        return id;
    }

    void cancel(final long id)
    {
        batch.clear();
        venue.onCancel(
            batch.append().sequence(sequence++).type(EventType.OWN_CANCEL).flags(EventFlags.OWN).orderId(id), sequence);
    }

    /** What the venue answered since the last call, but for accepts. */
    List<String> answers()
    {
        final List<String> taken = List.copyOf(answers);
        answers.clear();
        return taken;
    }

    private int onAnswer(final EventBatch answer)
    {
        final boolean detailed = answer.count() > 1;
        if (detailed)
        {
            detail.copyFrom(answer.event(1));
        }
        final OrderBookEvent event = answer.event(0);
        final String id = event.orderId() + " ";
        if (event.type() == EventType.OWN_FILL)
        {
            fills.add(new Fill(event.orderId(), event.side(), event.price(), event.quantity(),
                event.has(EventFlags.MAKER), detail.detail(2)));
        }
        switch (event.type())
        {
            case EventType.OWN_FILL -> answers.add("fill " + id + Side.name(event.side()) + " " + event.quantity() +
                "@" + event.price() + (event.has(EventFlags.MAKER) ? " maker" : " taker") + " left=" +
                detail.detail(2) + (detail.detail(3) == 0 ? "" : " fee=" + detail.detail(3)));
            case EventType.OWN_CANCELLED -> answers.add("cancelled " + id + event.quantity());
            case EventType.OWN_REJECTED -> answers.add("rejected " + id + VenueReason.rejectText(detail.detail(1)));
            case EventType.OWN_ACCEPTED ->
            {
                // Only what is rejected is not accepted first.
            }
            default -> throw new AssertionError("not an answer: " + event);
        }
        return EventPublisher.ACCEPTED;
    }
}
