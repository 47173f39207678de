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
import io.ringtape.order.Control;
import io.ringtape.order.NewOrder;
import io.ringtape.order.OpenOrders;
import io.ringtape.order.OrderGate;
import io.ringtape.order.OwnControls;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The risk gate, one class with two faces on the order lane. Hot path.
 * <ul>
 * <li>As {@link OrderLaneHandler}, behind the books and ahead of the strategies, it takes times, trade prices, trading
 * status and controls from the market, and follows own orders as their events come back on the bus.</li>
 * <li>As {@link OrderGate} it answers each new order inline, from that state and from what it accepted before, whether
 * that came back already or not.</li>
 * </ul>
 * The checks of {@link RiskCheck}, in this order: limits of instrument and account are set; the kill switch is off;
 * side, terms, price, quantity, tick, lot and id make sense; size; notional of a limit order; the venue trades; the
 * book can be believed; a fresh reference; a fresh book; collar, or notional of a market order at the far end of the
 * collar; worst-case position; daily loss; message rate; and of the account its position, open notional, daily loss and
 * message rate.
 * <p>
 * <b>Time</b> is the running maximum of the market's receive times, those flagged bad left out; it is 0
 * before the first. <b>The reference price</b> is the middle of the best bid and ask, rounded down, where the book has
 * both, is not crossed, and had an event within the reference age; else the last trade (not of 0) that may be printed
 * within that age; else there is none and the order is rejected. <b>A book is fresh</b> if its last event is within
 * that age, and if it never had one: then trades alone say what an instrument costs. <b>A book can be believed</b>
 * unless an event flagged it, or a {@link EventType#GAP} came from a channel that an event of the instrument came from;
 * until the {@link EventType#RECOVERED} of that channel, or a clear of both its sides. <b>Worst case</b>: all open
 * orders of a side count as filled, of all accounts together and of each by itself. An order is open from its accept,
 * and is released when its {@link EventType#OWN_CANCELLED}, {@link EventType#OWN_REJECTED} or last
 * {@link EventType#OWN_FILL} passes, and where no venue answers when its {@link EventType#OWN_CANCEL} does. <b>The
 * message rate</b> counts accepted orders and cancels; a cancel is never held back. <b>Profit and loss</b> are those of
 * a UTC day of event time, at the middle of the book, or the last middle or trade where there is none that can be
 * believed.
 * <p>
 * An own order that this gate did not accept, as when a replay warms it up from a tape, counts as open when its
 * {@link EventType#OWN_NEW} passes. A {@link EventType#CONTROL} kills, arms, or puts other limits in force; limits of a
 * version that were not given before leave none in force. By the {@link KillRules} of its limits the gate also kills by
 * itself. The state depends on the events and calls alone; nothing iterates a map.
 * <p>
 * Thread safety: none; the order lane. {@link #add(LimitSet)} may be called by any thread.
 * Allocation: on the first event or order of an instrument, and while more orders are open than ever before.
 */
public final class RiskGate implements OrderLaneHandler, OrderGate
{
    private static final int FEE = 3;
    private static final long NO_ACCOUNT = -1;

    private final NewOrder recorded = new NewOrder();
    private final Map<Long, LimitSet> versions = new ConcurrentHashMap<>();
    private final RiskState state;
    private final MarketWatch market;
    private final OrderChecks checks;
    private final boolean venueAnswers;
    private @Nullable AccountRisk filledAccount;
    private int filledInstrument;
    private long limitsVersion;

    private RiskGate(final Builder builder)
    {
        final LimitSet set = builder.limits;
        state = set == null ?
            new RiskState(builder.definitions, builder.books,
                (definition) -> Optional.ofNullable(builder.otherLimits.apply(definition)),
                (account) -> builder.otherAccounts, builder.opening) :
            new RiskState(builder.definitions, builder.books, set::of, set::of, builder.opening);
        if (set != null)
        {
            limitsVersion = set.version();
            versions.put(limitsVersion, set);
            state.triggers.rules(set.killRules());
        }
        market = new MarketWatch(state);
        checks = new OrderChecks(state);
        venueAnswers = builder.venueAnswers;
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

    /**
     * Gives limits that a {@link Control#LIMITS_CHANGED} may put in force; must be given before that event passes.
     *
     * @param set of a version that was not given before.
     * @throws IllegalArgumentException if it was.
     */
    public void add(final LimitSet set)
    {
        if (versions.putIfAbsent(set.version(), set) != null)
        {
            throw new IllegalArgumentException("limits were given already: version=" + set.version());
        }
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
            onDetail(event);
            return;
        }
        filledAccount = null;
        final int flags = event.flags();
        if (EventType.bringsTime(type, flags))
        {
            state.time(event.receiveTimeNs());
        }
        if (type == EventType.CONTROL)
        {
            onControl(event);
        }
        // Ahead of the market, for which the event makes its instrument young again; behind an arm or other limits.
        state.triggers.onEvent(event, type);
        if ((flags & EventFlags.OWN) != 0)
        {
            onOwn(event, type);
        }
        else
        {
            market.onEvent(event, type, flags);
        }
    }

    @Override
    public int check(final NewOrder order)
    {
        return checks.check(order);
    }

    @Override
    public long failedValue()
    {
        return checks.failedValue();
    }

    @Override
    public long failedLimit()
    {
        return checks.failedLimit();
    }

    @Override
    public void onAccepted(final NewOrder order)
    {
        state.open(order, checks.worstPrice());
        takeMessage(order.instrumentId(), state.account(order.account()));
    }

    @Override
    public void onCancelSent(final int slot)
    {
        state.openOrders.markCancelPending(slot);
        takeMessage(state.openOrders.instrumentId(slot), state.accountOfSlot(slot));
    }

    @Override
    public void useControls(final OwnControls controls)
    {
        state.triggers.controls(controls);
    }

    @Override
    public OpenOrders openOrders()
    {
        return state.openOrders;
    }

    /**
     * The version of the limits in force.
     *
     * @return 0 if they are not those of a {@link LimitSet}.
     */
    public long limitsVersion()
    {
        return limitsVersion;
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
        final InstrumentRisk risk = state.find(instrumentId);
        final RiskLimits found = risk == null ? null : risk.limits;
        if (found == null)
        {
            throw new IllegalArgumentException("no limits are set: instrumentId=" + instrumentId);
        }
        return found;
    }

    /**
     * The position: what the gate started with, and what the fills made.
     *
     * @param instrumentId any.
     * @return above 0 long, below 0 short, in quantity units of the instrument.
     */
    public long position(final int instrumentId)
    {
        final InstrumentRisk risk = state.find(instrumentId);
        return risk == null ? 0 : risk.held.position();
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
        final InstrumentRisk risk = state.find(instrumentId);
        return risk == null ? 0 : risk.held.openQuantity(side);
    }

    /**
     * What is held now, for a report.
     *
     * @return allocates.
     */
    public Holdings holdings()
    {
        return state.holdings();
    }

    /**
     * What the gate knows, its open orders included, as a state to be stored.
     *
     * @return reads and changes this gate.
     */
    public Stateful state()
    {
        return new RiskGateState(this, state);
    }

    boolean isVenueAnswering()
    {
        return venueAnswers;
    }

    /** The account of a fill whose detail is to come; -1 if there is none. */
    long filledAccount()
    {
        return filledAccount == null ? NO_ACCOUNT : filledAccount.account();
    }

    int filledInstrument()
    {
        return filledInstrument;
    }

    /** Takes over what this class itself keeps; the state has none of its own then. */
    void restart(final long version, final long account, final int instrumentId)
    {
        if (version != limitsVersion)
        {
            changeLimits(version);
        }
        filledAccount = account == NO_ACCOUNT ? null : state.account((int)account);
        filledInstrument = instrumentId;
    }

    private void takeMessage(final int instrumentId, final AccountRisk account)
    {
        final InstrumentRisk risk = state.find(instrumentId);
        if (risk != null)
        {
            risk.messages.take(state.nowNs());
        }
        account.messages.take(state.nowNs());
    }

    private void onControl(final OrderBookEvent event)
    {
        if (event.orderId() != Control.LIMITS_CHANGED)
        {
            state.killSwitch.onControl(event);
            return;
        }
        changeLimits(event.sourceSequence());
    }

    private void changeLimits(final long version)
    {
        limitsVersion = version;
        final LimitSet set = versions.get(limitsVersion);
        state.triggers.rules(set == null ? KillRules.OFF : set.killRules());
        if (set == null)
        {
            state.limits((definition) -> Optional.empty(), (account) -> Optional.empty());
        }
        else
        {
            state.limits(set::of, set::of);
        }
    }

    private void onOwn(final OrderBookEvent event, final int type)
    {
        final int slot = state.openOrders.find(event.orderId());
        switch (type)
        {
            case EventType.OWN_NEW ->
            {
                if (slot == OpenOrders.NO_SLOT && event.quantity() > 0)
                {
                    openRecorded(event);
                }
            }
            case EventType.OWN_CANCEL -> onCancel(slot);
            case EventType.OWN_CANCELLED, EventType.OWN_REJECTED -> state.release(slot);
            case EventType.OWN_FILL -> onFill(event);
            default ->
            {
                // An accept by the venue, or a request of a timer, changes no position.
            }
        }
    }

    private void onCancel(final int slot)
    {
        if (slot != OpenOrders.NO_SLOT && venueAnswers)
        {
            state.openOrders.markCancelPending(slot);
        }
        else
        {
            state.release(slot);
        }
    }

    // Its message was another gate's, and what a market order was checked at is not on tape: it counts at the mark.
    private void openRecorded(final OrderBookEvent event)
    {
        final InstrumentRisk risk = state.find(event.instrumentId());
        recorded.limit(event.instrumentId(), event.side(), event.price(), event.quantity())
            .from(event.orderId(), event.sourceId(), state.accountOf(event));
        state.open(recorded,
            event.price() == OrderBookEvent.NULL_PRICE && risk != null ? state.mark(risk) : event.price());
    }

    private void onFill(final OrderBookEvent event)
    {
        final InstrumentRisk risk = state.find(event.instrumentId());
        if (risk != null && event.quantity() > 0)
        {
            filledAccount = state.fill(event, risk);
            filledInstrument = event.instrumentId();
        }
    }

    // The detail of a fill has the fee.
    private void onDetail(final OrderBookEvent detail)
    {
        final AccountRisk account = filledAccount;
        filledAccount = null;
        final InstrumentRisk risk = account == null ? null : state.find(filledInstrument);
        if (account != null && risk != null)
        {
            risk.profit.fee(detail.detail(FEE));
            account.of(risk.definition).profit.fee(detail.detail(FEE));
        }
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
        private @Nullable LimitSet limits;
        private Function<InstrumentDefinition, @Nullable RiskLimits> otherLimits = (definition) -> null;
        private Optional<AccountLimits> otherAccounts = Optional.empty();
        private OpeningPositions opening = OpeningPositions.NONE;
        private boolean venueAnswers;

        private Builder(final Definitions definitions, final IntFunction<OrderBook> books)
        {
            this.definitions = definitions;
            this.books = books;
        }

        /**
         * Sets the limits that are in force from the start; nothing else counts then.
         *
         * @param value the set.
         * @return this.
         */
        public Builder limits(final LimitSet value)
        {
            limits = Objects.requireNonNull(value, "limits");
            return this;
        }

        /**
         * Sets where instruments have their limits from without a {@link LimitSet}, for example
         * {@link RiskLimits#defaultsFor(InstrumentDefinition)}. Without it they have none, and all their orders are
         * rejected.
         *
         * @param value asked once an instrument, null for none; its answer must depend on the definition alone.
         * @return this.
         */
        public Builder otherLimits(final Function<InstrumentDefinition, @Nullable RiskLimits> value)
        {
            otherLimits = Objects.requireNonNull(value, "otherLimits");
            return this;
        }

        /**
         * Sets the limits of each account without a {@link LimitSet}. Without it they have none, and all orders are
         * rejected.
         *
         * @param value for example {@link AccountLimits#defaults()}.
         * @return this.
         */
        public Builder otherAccounts(final AccountLimits value)
        {
            otherAccounts = Optional.of(value);
            return this;
        }

        /**
         * Sets what is held before the first event.
         *
         * @param value nothing unless told.
         * @return this.
         */
        public Builder opening(final OpeningPositions value)
        {
            opening = value;
            return this;
        }

        /**
         * A venue answers: an order stays open behind its cancel until the venue says that it is gone.
         *
         * @return this.
         */
        public Builder venueAnswers()
        {
            venueAnswers = true;
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
