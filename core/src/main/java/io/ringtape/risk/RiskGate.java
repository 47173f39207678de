package io.ringtape.risk;

import io.ringtape.book.OrderBook;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.OrderLaneHandler;
import io.ringtape.event.Side;
import io.ringtape.event.Stateful;
import io.ringtape.order.OpenOrders;
import io.ringtape.order.OrderGate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The risk gate, one class with two faces on the order lane. Hot path.
 * <ul>
 * <li>As {@link OrderLaneHandler}, behind the books and ahead of the strategies, it takes times and trade prices from
 * the market, and follows own orders as their events come back on the bus.</li>
 * <li>As {@link OrderGate} it answers each new order inline, from that state and from what it accepted before, whether
 * that came back already or not. The checks and their order are those of {@link RiskCheck}.</li>
 * </ul>
 * <b>Time</b> is the running maximum of receive times, those flagged {@link EventFlags#BAD_TIME} left out; it is 0
 * before the first. <b>The reference price</b> is the middle of the best bid and ask, rounded down, where the book has
 * both, is neither crossed nor suspect, and had an event within the reference age; else the last trade that may be
 * printed within that age; else there is none and the order is rejected. <b>Worst case</b>: all open orders of a side
 * count as filled. An order is open from its accept, and is released when its {@link EventType#OWN_CANCEL},
 * {@link EventType#OWN_CANCELLED}, {@link EventType#OWN_REJECTED} or last {@link EventType#OWN_FILL} passes. (There is
 * no venue in this version, so a cancel takes effect when its event passes the order lane.) <b>The message rate</b>
 * counts accepted orders and cancels; a cancel is never held back.
 * <p>
 * An own order that this gate did not accept, as when a replay warms it up from a tape, counts as open when its
 * {@link EventType#OWN_NEW} passes. The state depends on the events and calls alone; nothing iterates a map.
 * <p>
 * Thread safety: none; the order lane.
 * Allocation: on the first event or order of an instrument, and while more orders are open than ever before.
 */
public final class RiskGate implements OrderLaneHandler, OrderGate
{
    private static final int BASIS_POINTS = 10_000;

    private final Definitions definitions;
    private final IntFunction<OrderBook> books;
    private final Map<Integer, RiskLimits> limits;
    private final @Nullable Function<InstrumentDefinition, RiskLimits> otherLimits;
    private final OpenOrders openOrders = new OpenOrders();
    @Nullable InstrumentRisk[] instruments = new @Nullable InstrumentRisk[0];
    long nowNs;
    private long failedValue;
    private long failedLimit;

    private RiskGate(final Builder builder)
    {
        definitions = builder.definitions;
        books = builder.books;
        limits = Map.copyOf(builder.limits);
        otherLimits = builder.otherLimits;
    }

    /**
     * Starts a gate without limits, which rejects everything.
     *
     * @param definitions of the instruments; more may be added any time.
     * @param books       the book of an instrument, as {@code Books::book} gives it.
     * @return a builder.
     */
    public static Builder builder(final Definitions definitions, final IntFunction<OrderBook> books)
    {
        return new Builder(definitions, books);
    }

    @Override
    public boolean isGate()
    {
        return true;
    }

    @Override
    public void onEvent(final OrderBookEvent event)
    {
        final int type = event.type();
        if (type == EventType.DETAIL)
        {
            return;
        }
        final int flags = event.flags();
        final long receiveTimeNs = event.receiveTimeNs();
        if (receiveTimeNs > nowNs && (flags & EventFlags.BAD_TIME) == 0)
        {
            nowNs = receiveTimeNs;
        }
        if ((flags & EventFlags.OWN) != 0)
        {
            onOwn(event, type);
        }
        else if (type >= EventType.ORDER_ADD && type <= EventType.BOOK_CLEAR)
        {
            onMarket(event, type, flags);
        }
    }

    @Override
    public int check(final int instrumentId, final int side, final long price, final long quantity)
    {
        final InstrumentRisk risk = find(instrumentId);
        final RiskLimits limit = risk == null ? null : risk.limits;
        if (risk == null || limit == null)
        {
            return fail(RiskCheck.NO_LIMITS, instrumentId, 0);
        }
        if (side != Side.BID && side != Side.ASK)
        {
            return fail(RiskCheck.SIDE, side, 0);
        }
        if (price == OrderBookEvent.NULL_PRICE)
        {
            return fail(RiskCheck.PRICE, price, 0);
        }
        if (quantity <= 0)
        {
            return fail(RiskCheck.QUANTITY, quantity, 1);
        }
        if (quantity > limit.maxOrderQuantity())
        {
            return fail(RiskCheck.MAX_ORDER_QUANTITY, quantity, limit.maxOrderQuantity());
        }
        final long notional =
            Notional.beyond(Math.abs(price), quantity, risk.multiplier, risk.notionalScale, limit.maxNotional());
        if (notional != 0)
        {
            return fail(RiskCheck.MAX_NOTIONAL, notional, limit.maxNotional());
        }
        final int collar = checkCollar(instrumentId, price, risk, limit);
        if (collar != PASSED)
        {
            return collar;
        }
        final long worst = risk.worstPosition(side, quantity);
        if (side == Side.BID ? worst > limit.maxPosition() : worst < -limit.maxPosition())
        {
            return fail(RiskCheck.MAX_POSITION, worst, side == Side.BID ? limit.maxPosition() : -limit.maxPosition());
        }
        final long waitNs = risk.messages.waitNs(nowNs);
        return waitNs == 0 ? PASSED : fail(RiskCheck.MESSAGE_RATE, waitNs, limit.messagesPerSecond());
    }

    @Override
    public long failedValue()
    {
        return failedValue;
    }

    @Override
    public long failedLimit()
    {
        return failedLimit;
    }

    @Override
    public void onAccepted(
        final long clientOrderId, final int instrumentId, final int side, final long price, final long quantity)
    {
        final InstrumentRisk risk = open(clientOrderId, instrumentId, side, price, quantity);
        if (risk != null)
        {
            risk.messages.take(nowNs);
        }
    }

    @Override
    public void onCancelSent(final int slot)
    {
        openOrders.markCancelPending(slot);
        final InstrumentRisk risk = find(openOrders.instrumentId(slot));
        if (risk != null)
        {
            risk.messages.take(nowNs);
        }
    }

    @Override
    public OpenOrders openOrders()
    {
        return openOrders;
    }

    /**
     * What the gate knows, its open orders included, as a state to be stored.
     *
     * @return reads and changes this gate.
     */
    public Stateful state()
    {
        return new RiskState(this);
    }

    /**
     * The limits of an instrument.
     *
     * @param instrumentId of a defined instrument.
     * @return its limits.
     * @throws IllegalArgumentException if it has none, so that all its orders are rejected.
     */
    public RiskLimits limits(final int instrumentId)
    {
        final InstrumentRisk risk = find(instrumentId);
        final RiskLimits found = risk == null ? null : risk.limits;
        if (found == null)
        {
            throw new IllegalArgumentException("no limits are set: instrumentId=" + instrumentId);
        }
        return found;
    }

    /**
     * The position that the fills made.
     *
     * @param instrumentId any.
     * @return above 0 long, below 0 short, in quantity units of the instrument.
     */
    public long position(final int instrumentId)
    {
        final InstrumentRisk risk = find(instrumentId);
        return risk == null ? 0 : risk.position;
    }

    /**
     * The open quantity of own orders.
     *
     * @param instrumentId any.
     * @param side         {@link Side#BID} or {@link Side#ASK}.
     * @return 0 or more, in quantity units of the instrument.
     */
    public long openQuantity(final int instrumentId, final int side)
    {
        final InstrumentRisk risk = find(instrumentId);
        return risk == null ? 0 : side == Side.BID ? risk.openBuys : risk.openSells;
    }

    private void onMarket(final OrderBookEvent event, final int type, final int flags)
    {
        final InstrumentRisk risk = find(event.instrumentId());
        if (risk == null)
        {
            return;
        }
        if (type != EventType.TRADE && type != EventType.FILL_REPORT)
        {
            risk.bookTimeNs = nowNs;
        }
        if ((type == EventType.TRADE || type == EventType.ORDER_EXECUTE) && (flags & EventFlags.NOT_PRINTABLE) == 0 &&
            event.price() != OrderBookEvent.NULL_PRICE)
        {
            risk.tradeTimeNs = nowNs;
            risk.tradePrice = event.price();
        }
    }

    private void onOwn(final OrderBookEvent event, final int type)
    {
        final long clientOrderId = event.orderId();
        final int slot = openOrders.find(clientOrderId);
        switch (type)
        {
            case EventType.OWN_NEW ->
            {
                if (slot == OpenOrders.NO_SLOT && event.quantity() > 0)
                {
                    open(clientOrderId, event.instrumentId(), event.side(), event.price(), event.quantity());
                }
            }
            case EventType.OWN_CANCEL, EventType.OWN_CANCELLED, EventType.OWN_REJECTED -> release(slot);
            case EventType.OWN_FILL -> onFill(event, slot);
            default ->
            {
                // An accept by the venue, a control or a heartbeat changes no position.
            }
        }
    }

    private void onFill(final OrderBookEvent event, final int slot)
    {
        final InstrumentRisk risk = find(event.instrumentId());
        final long filled = event.quantity();
        if (risk == null || filled <= 0)
        {
            return;
        }
        risk.fill(event.side(), filled);
        if (slot != OpenOrders.NO_SLOT)
        {
            if (filled >= openOrders.quantity(slot))
            {
                release(slot);
            }
            else
            {
                risk.release(openOrders.side(slot), filled);
                openOrders.reduce(slot, filled);
            }
        }
    }

    private @Nullable InstrumentRisk open(
        final long clientOrderId, final int instrumentId, final int side, final long price, final long quantity)
    {
        final InstrumentRisk risk = find(instrumentId);
        if (risk != null)
        {
            openOrders.add(clientOrderId, instrumentId, side, price, quantity);
            risk.open(side, quantity);
        }
        return risk;
    }

    private void release(final int slot)
    {
        if (slot == OpenOrders.NO_SLOT)
        {
            return;
        }
        final InstrumentRisk risk = find(openOrders.instrumentId(slot));
        if (risk != null)
        {
            risk.release(openOrders.side(slot), openOrders.quantity(slot));
        }
        openOrders.remove(slot);
    }

    private int checkCollar(final int instrumentId, final long price, final InstrumentRisk risk, final RiskLimits limit)
    {
        final long bookAgeNs = ageNs(risk.bookTimeNs);
        final long tradeAgeNs = ageNs(risk.tradeTimeNs);
        final long maxAgeNs = limit.maxReferenceAgeNs();
        final OrderBook book = books.apply(instrumentId);
        final long reference;
        if (isFresh(bookAgeNs, maxAgeNs) && isTwoSided(book))
        {
            final long bid = book.bestBid();
            final long ask = book.bestAsk();
            // The middle without the sum, which may not fit.
            reference = (bid & ask) + ((bid ^ ask) >> 1);
        }
        else if (isFresh(tradeAgeNs, maxAgeNs))
        {
            reference = risk.tradePrice;
        }
        else
        {
            final long youngestNs = isTwoSided(book) ? youngest(bookAgeNs, tradeAgeNs) : tradeAgeNs;
            return fail(RiskCheck.NO_REFERENCE, youngestNs, maxAgeNs);
        }
        final long distance = distance(price, reference);
        final long allowed = share(Math.abs(reference), limit.collarBps());
        return distance <= allowed ? PASSED : fail(RiskCheck.PRICE_COLLAR, distance, allowed);
    }

    private static boolean isTwoSided(final OrderBook book)
    {
        return book.bestBid() != OrderBookEvent.NULL_PRICE && book.bestAsk() != OrderBookEvent.NULL_PRICE &&
            !book.isCrossed() && !book.isSuspect();
    }

    private long ageNs(final long timeNs)
    {
        return timeNs == InstrumentRisk.NEVER ? InstrumentRisk.NEVER : nowNs - timeNs;
    }

    private static boolean isFresh(final long ageNs, final long maxAgeNs)
    {
        return ageNs != InstrumentRisk.NEVER && ageNs <= maxAgeNs;
    }

    private static long youngest(final long oneAgeNs, final long otherAgeNs)
    {
        return oneAgeNs == InstrumentRisk.NEVER || otherAgeNs == InstrumentRisk.NEVER ?
            Math.max(oneAgeNs, otherAgeNs) : Math.min(oneAgeNs, otherAgeNs);
    }

    private static long distance(final long a, final long b)
    {
        final long difference = Math.max(a, b) - Math.min(a, b);
        return difference < 0 ? Long.MAX_VALUE : difference;
    }

    private static long share(final long value, final int basisPoints)
    {
        return value / BASIS_POINTS * basisPoints + value % BASIS_POINTS * basisPoints / BASIS_POINTS;
    }

    private int fail(final RiskCheck check, final long value, final long limit)
    {
        failedValue = value;
        failedLimit = limit;
        return check.code();
    }

    @Nullable InstrumentRisk find(final int instrumentId)
    {
        final @Nullable InstrumentRisk[] known = instruments;
        if (instrumentId >= 0 && instrumentId < known.length)
        {
            final InstrumentRisk risk = known[instrumentId];
            if (risk != null)
            {
                return risk;
            }
        }
        return define(instrumentId);
    }

    private @Nullable InstrumentRisk define(final int instrumentId)
    {
        final int count = definitions.instrumentCount();
        if (instrumentId < 0 || instrumentId >= count)
        {
            return null;
        }
        if (instrumentId >= instruments.length)
        {
            instruments = Arrays.copyOf(instruments, Math.max(count, 2 * instruments.length));
        }
        final InstrumentDefinition definition = definitions.instrument(instrumentId);
        final RiskLimits own = limits.get(instrumentId);
        final RiskLimits found = own == null && otherLimits != null ? otherLimits.apply(definition) : own;
        final InstrumentRisk risk = new InstrumentRisk(definition, found);
        instruments[instrumentId] = risk;
        return risk;
    }

    /**
     * Collects the limits of a gate.
     * <p>
     * Thread safety: none.
     * Allocation: on use.
     */
    public static final class Builder
    {
        private final Definitions definitions;
        private final IntFunction<OrderBook> books;
        private final Map<Integer, RiskLimits> limits = new HashMap<>();
        private @Nullable Function<InstrumentDefinition, RiskLimits> otherLimits;

        private Builder(final Definitions definitions, final IntFunction<OrderBook> books)
        {
            this.definitions = definitions;
            this.books = books;
        }

        /**
         * Sets the limits of one instrument.
         *
         * @param instrumentId of the instrument.
         * @param value        its limits.
         * @return this.
         * @throws IllegalArgumentException if the instrument has limits already.
         */
        public Builder limits(final int instrumentId, final RiskLimits value)
        {
            if (limits.putIfAbsent(instrumentId, Objects.requireNonNull(value, "limits")) != null)
            {
                throw new IllegalArgumentException("limits are set already: instrumentId=" + instrumentId);
            }
            return this;
        }

        /**
         * Sets where all other instruments have their limits from, for example
         * {@link RiskLimits#defaultsFor(InstrumentDefinition)}. Without it they have none, and all their orders are
         * rejected.
         *
         * @param value asked once an instrument; its answer must depend on the definition alone.
         * @return this.
         */
        public Builder otherLimits(final Function<InstrumentDefinition, RiskLimits> value)
        {
            otherLimits = Objects.requireNonNull(value, "otherLimits");
            return this;
        }

        /**
         * Makes the gate.
         *
         * @return a gate without open orders.
         */
        public RiskGate build()
        {
            return new RiskGate(this);
        }
    }
}
