package io.ringtape.backtest;

import io.ringtape.book.OrderBook;
import io.ringtape.event.BookKind;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.EventType;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.event.VenueEvents;
import io.ringtape.order.NewOrder;
import io.ringtape.order.OrderType;
import io.ringtape.order.TimeInForce;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A venue that is not there: it fills own orders against the market as it was recorded, by price and time. Hot path.
 * <p>
 * <b>Own orders never move the recorded market.</b> Nobody reacts to them, and the recorded orders trade with each
 * other as they did. Within that, no quantity is ever filled that was not displayed or traded:
 * <ul>
 * <li><b>An order that comes</b> takes what is displayed on the other side, the best price first, down to its limit,
 * each level at the level's price. What own orders took is not there for them again: it stays taken as long as the
 * level shows it, and while it is behind the window of its source; when a level shrinks, what leaves it is first of all
 * what was taken; what is added to a level can be taken; a level that was gone is new. A limit order rests with what is
 * left; of a market order, and of one that is {@link TimeInForce#IMMEDIATE_OR_CANCEL}, it is cancelled. A
 * {@link NewOrder#POST_ONLY} order that would take is rejected.</li>
 * <li><b>An order that rests</b> has quantity ahead of it, by the {@link QueueModel}. At the end of each venue event,
 * which {@link VenueEvents} tells, it is filled, at its own price, with what was traded at its price beyond what is
 * ahead (and stood ahead when the venue event began, in the exact model); with what was traded at worse prices, which
 * the better one would have got; and with what the other side of the book displays at its price or better, which could
 * not stand there beside it. What was traded is told by executions, fill reports and trades; where several tell of one
 * price in one venue event, the largest of the three sums counts once.</li>
 * <li><b>Several own orders</b> go by price, then by time. They share what was traded: each unit fills one of them, or
 * takes from what is ahead. Own orders do not meet each other: an order that would is filled up to there, and what is
 * left of it is cancelled.</li>
 * <li><b>Behind the window</b> of a source that shows some levels only, nothing is known: such an order is not filled
 * by trades at its price until the level is shown, and then everything displayed there is ahead of it.</li>
 * <li>While a book is suspect or crossed, or its instrument does not trade ({@link EventType#TRADING_STATUS}), nothing
 * displayed is taken: what comes then rests, or is cancelled.</li>
 * <li>An order whose price or quantity is no multiple of the instrument's tick or lot, where it has one, is
 * rejected.</li>
 * </ul>
 * Answers are own events of {@link BacktestHandlers#VENUE_SOURCE_ID}; each names the sequence of its order's
 * {@link EventType#OWN_NEW} as its cause and has the venue's time as both its times: accepted, filled (with a detail),
 * cancelled with what was open, rejected (with a detail: check 100, {@link VenueReason}). A cancel that comes too late
 * is counted and not answered: the fill was.
 * <p>
 * Thread safety: none; one thread.
 * Allocation: on the first order or status of an instrument, and while more orders are open than ever before.
 */
public final class SimulatedVenue
{
    private final Long2ObjectHashMap<RestingOrder> open = new Long2ObjectHashMap<>();
    private final List<RestingOrder> spare = new ArrayList<>();
    private final List<VenueBook> touched = new ArrayList<>();
    private final NewOrder request = new NewOrder();
    private final Definitions definitions;
    private final IntFunction<OrderBook> books;
    private final QueueModel queueModel;
    private final FeeSchedule fees;
    private final VenueAnswers answers;
    private @Nullable VenueBook[] venueBooks = new @Nullable VenueBook[0];
    private long lastVenueOrderId;
    private long lateCancels;

    /**
     * A venue without orders.
     *
     * @param definitions of the instruments; more may be added any time.
     * @param books       the recorded book of an instrument, the same one each time, as {@code Books::book} gives it.
     * @param queueModel  what stands ahead of a resting order.
     * @param fees        what fills cost.
     * @param answers     takes each answer at once; it must not be full.
     */
    public SimulatedVenue(
        final Definitions definitions, final IntFunction<OrderBook> books, final QueueModel queueModel,
        final FeeSchedule fees, final EventPublisher answers)
    {
        this(definitions, books, queueModel, fees, new VenueAnswers(BacktestHandlers.VENUE_SOURCE_ID, answers));
    }

    SimulatedVenue(
        final Definitions definitions, final IntFunction<OrderBook> books, final QueueModel queueModel,
        final FeeSchedule fees, final VenueAnswers answers)
    {
        this.definitions = definitions;
        this.books = books;
        this.queueModel = queueModel;
        this.fees = fees;
        this.answers = answers;
    }

    /**
     * An order comes.
     *
     * @param order  an {@link EventType#OWN_NEW}.
     * @param detail of the order.
     * @param timeNs the venue's time.
     * @throws ArithmeticException if the fee of a fill does not fit; the message names the instrument.
     */
    public void onNew(final OrderBookEvent order, final OrderBookEvent detail, final long timeNs)
    {
        answers.at(timeNs);
        request.limit(order.instrumentId(), order.side(), order.price(), order.quantity())
            .terms((int)detail.detail(0), (int)detail.detail(1), (int)detail.detail(5))
            .from(order.orderId(), (int)detail.detail(3), (int)detail.detail(2));
        final VenueBook book = venueBook(request.instrumentId());
        final VenueReason reason = book == null ? VenueReason.UNKNOWN_INSTRUMENT : wrong(book);
        if (book == null || reason != null)
        {
            answers.rejected(request, order.sequence(), reason == null ? VenueReason.UNKNOWN_INSTRUMENT : reason);
            return;
        }
        accept(book, order.sequence());
    }

    /**
     * A cancel comes.
     *
     * @param cancel an {@link EventType#OWN_CANCEL}.
     * @param timeNs the venue's time.
     */
    public void onCancel(final OrderBookEvent cancel, final long timeNs)
    {
        answers.at(timeNs);
        final RestingOrder order = open.get(cancel.orderId());
        final VenueBook book = order == null ? null : order.book;
        if (order == null || book == null)
        {
            lateCancels++;
            return;
        }
        book.cancel(order);
        answers.cancelled(order, book.instrumentId());
        forget(order);
    }

    /**
     * A recorded event that the books have not applied yet.
     *
     * @param event of any type.
     */
    public void before(final OrderBookEvent event)
    {
        final boolean isStatus = event.type() == EventType.TRADING_STATUS;
        final VenueBook book = isStatus ? venueBook(event.instrumentId()) : find(event.instrumentId());
        if (book == null || event.has(EventFlags.OWN))
        {
            return;
        }
        // Also where nobody has an order yet: the first one may come during a halt.
        if (isStatus)
        {
            book.status(event.price());
        }
        if (book.isInterested())
        {
            if (book.touch())
            {
                touched.add(book);
            }
            book.before(event);
        }
    }

    /**
     * The same event, which the books have applied. If it ends a venue event, own orders are filled.
     *
     * @param event  of any type.
     * @param timeNs the venue's time.
     * @throws ArithmeticException if the fee of a fill does not fit; the message names the instrument.
     */
    public void after(final OrderBookEvent event, final long timeNs)
    {
        if (touched.isEmpty() || event.has(EventFlags.OWN))
        {
            return;
        }
        final VenueBook book = find(event.instrumentId());
        if (book != null)
        {
            book.after(event);
        }
        if (VenueEvents.isEnd(event.type(), event.flags()))
        {
            settle(timeNs);
        }
    }

    /**
     * How many own orders of an instrument are open.
     *
     * @param instrumentId any.
     * @return 0 or more.
     */
    public int openOrders(final int instrumentId)
    {
        final VenueBook book = find(instrumentId);
        return book == null ? 0 : book.orderCount();
    }

    /**
     * Cancels that came when their order was gone.
     *
     * @return 0 or more.
     */
    public long lateCancels()
    {
        return lateCancels;
    }

    /**
     * The model that is used for a book.
     *
     * @param asked the model that was asked for.
     * @param kind  of the book.
     * @return the model, or {@link QueueModel#PESSIMISTIC} where no orders are known.
     */
    public static QueueModel modelFor(final QueueModel asked, final BookKind kind)
    {
        return kind == BookKind.MBO ? asked : QueueModel.PESSIMISTIC;
    }

    private void accept(final VenueBook book, final long cause)
    {
        final RestingOrder order = spare.isEmpty() ? new RestingOrder() : spare.remove(spare.size() - 1);
        final int instrumentId = request.instrumentId();
        order.clientOrderId = request.clientOrderId();
        order.venueOrderId = ++lastVenueOrderId;
        order.cause = cause;
        order.side = request.side();
        order.price = request.price();
        order.open = request.quantity();
        answers.accepted(order, instrumentId);
        book.take(order, order.price);
        if (order.open > 0)
        {
            if (request.orderType() == OrderType.LIMIT && request.timeInForce() == TimeInForce.GOOD_TILL_CANCEL &&
                !book.meetsOwn(order.side, order.price))
            {
                book.rest(order);
                open.put(order.clientOrderId, order);
                return;
            }
            answers.cancelled(order, instrumentId);
        }
        spare.add(order);
    }

    private @Nullable VenueReason wrong(final VenueBook book)
    {
        final int type = request.orderType();
        final int timeInForce = request.timeInForce();
        final boolean market = type == OrderType.MARKET;
        final boolean postOnly = request.instructions() == NewOrder.POST_ONLY;
        if ((request.side() != Side.BID && request.side() != Side.ASK) || request.quantity() <= 0 ||
            market != (request.price() == OrderBookEvent.NULL_PRICE) ||
            !book.takes(request.price(), request.quantity()))
        {
            return VenueReason.BAD_FIELDS;
        }
        if ((!market && type != OrderType.LIMIT) || (request.instructions() != 0 && !postOnly) ||
            (timeInForce != TimeInForce.GOOD_TILL_CANCEL && timeInForce != TimeInForce.IMMEDIATE_OR_CANCEL) ||
            (postOnly && (market || timeInForce != TimeInForce.GOOD_TILL_CANCEL)))
        {
            return VenueReason.NOT_SUPPORTED;
        }
        if (open.containsKey(request.clientOrderId()))
        {
            return VenueReason.DUPLICATE_ID;
        }
        return postOnly && book.wouldTake(request.side(), request.price()) ? VenueReason.WOULD_TAKE : null;
    }

    private void settle(final long timeNs)
    {
        answers.at(timeNs);
        for (int i = 0; i < touched.size(); i++)
        {
            touched.get(i).settle();
        }
        touched.clear();
    }

    private void forget(final RestingOrder order)
    {
        open.remove(order.clientOrderId);
        order.release();
        spare.add(order);
    }

    private @Nullable VenueBook find(final int instrumentId)
    {
        final @Nullable VenueBook[] known = venueBooks;
        return instrumentId >= 0 && instrumentId < known.length ? known[instrumentId] : null;
    }

    private @Nullable VenueBook venueBook(final int instrumentId)
    {
        final VenueBook known = find(instrumentId);
        if (known != null || instrumentId < 0 || instrumentId >= definitions.instrumentCount())
        {
            return known;
        }
        if (instrumentId >= venueBooks.length)
        {
            venueBooks = Arrays.copyOf(venueBooks, definitions.instrumentCount());
        }
        final InstrumentDefinition instrument = definitions.instrument(instrumentId);
        final VenueBook made = new VenueBook(
            instrument, books.apply(instrumentId), queueModel, fees.rate(instrument), answers, this::forget);
        venueBooks[instrumentId] = made;
        return made;
    }
}
