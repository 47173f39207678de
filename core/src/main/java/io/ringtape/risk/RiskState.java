package io.ringtape.risk;

import io.ringtape.book.OrderBook;
import io.ringtape.event.Definitions;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.event.SourceDefinition;
import io.ringtape.order.ClientOrderIds;
import io.ringtape.order.NewOrder;
import io.ringtape.order.OpenOrders;
import io.ringtape.order.Saturated;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.agrona.collections.Int2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the gate knows: time, instruments, accounts, open orders, gaps, the kill switch, the limits in force. Hot path.
 * <p>
 * Thread safety: none; the order lane.
 * Allocation: on the first event or order of an instrument or account, and while more orders are open than ever before.
 */
final class RiskState
{
    static final long DAY_NS = 86_400_000_000_000L;

    final KillSwitch killSwitch = new KillSwitch();
    final OpenOrders openOrders = new OpenOrders();
    final OpenExposure exposure = new OpenExposure();
    final long[] lastIds = new long[Definitions.MAX_SOURCE_ID + 1];
    final Gaps gaps;
    final KillTriggers triggers;
    private final Int2ObjectHashMap<AccountRisk> accounts = new Int2ObjectHashMap<>();
    private final List<AccountRisk> met = new ArrayList<>();
    private final Definitions definitions;
    private final IntFunction<OrderBook> books;
    private final OpeningPositions opening;
    private Function<InstrumentDefinition, Optional<RiskLimits>> instrumentLimits;
    private IntFunction<Optional<AccountLimits>> accountLimits;
    private @Nullable InstrumentRisk[] instruments = new @Nullable InstrumentRisk[0];
    private long nowNs;
    private long nextDayNs;

    RiskState(
        final Definitions definitions, final IntFunction<OrderBook> books,
        final Function<InstrumentDefinition, Optional<RiskLimits>> instrumentLimits,
        final IntFunction<Optional<AccountLimits>> accountLimits, final OpeningPositions opening)
    {
        this.opening = opening;
        nextDayNs = opening.dayEndNs();
        this.definitions = definitions;
        this.books = books;
        this.instrumentLimits = instrumentLimits;
        this.accountLimits = accountLimits;
        gaps = new Gaps(this, definitions);
        triggers = new KillTriggers(this);
    }

    long nowNs()
    {
        return nowNs;
    }

    void time(final long receiveTimeNs)
    {
        if (receiveTimeNs > nowNs)
        {
            nowNs = receiveTimeNs;
            if (receiveTimeNs >= nextDayNs)
            {
                startDay();
            }
        }
    }

    OrderBook book(final int instrumentId)
    {
        return books.apply(instrumentId);
    }

    /** Other limits from here on; message buckets keep what was used. */
    void limits(
        final Function<InstrumentDefinition, Optional<RiskLimits>> newInstrumentLimits,
        final IntFunction<Optional<AccountLimits>> newAccountLimits)
    {
        instrumentLimits = newInstrumentLimits;
        accountLimits = newAccountLimits;
        for (final InstrumentRisk risk : instruments)
        {
            if (risk != null)
            {
                risk.change(newInstrumentLimits.apply(risk.definition).orElse(null), nowNs);
            }
        }
        for (int i = 0; i < met.size(); i++)
        {
            final AccountRisk account = met.get(i);
            account.change(newAccountLimits.apply(account.account()).orElse(null), nowNs);
        }
    }

    /** Opens an order, and marks its id as used. */
    void open(final NewOrder order, final long worstPrice)
    {
        final InstrumentRisk risk = find(order.instrumentId());
        if (risk != null)
        {
            final int slot = openOrders.add(
                order.clientOrderId(), order.instrumentId(), order.side(), order.price(), order.quantity());
            final AccountRisk account = account(order.account());
            takeMark(risk);
            risk.held.open(order.side(), order.quantity());
            triggers.onOpen(risk);
            account.of(risk.definition).held.open(order.side(), order.quantity());
            exposure.open(slot, account, worstPrice, risk.notionalNano(worstPrice, order.quantity()));
        }
        use(order.clientOrderId());
    }

    void release(final int slot)
    {
        if (slot == OpenOrders.NO_SLOT)
        {
            return;
        }
        final InstrumentRisk risk = find(openOrders.instrumentId(slot));
        if (risk != null)
        {
            release(slot, openOrders.quantity(slot), risk);
        }
        exposure.release(slot);
        openOrders.remove(slot);
    }

    /**
     * Takes a fill.
     *
     * @param fill above 0.
     * @param risk of its instrument.
     * @return the account that pays.
     */
    AccountRisk fill(final OrderBookEvent fill, final InstrumentRisk risk)
    {
        final int slot = openOrders.find(fill.orderId());
        final long filled = fill.quantity();
        final AccountRisk account =
            slot == OpenOrders.NO_SLOT ? account(accountOf(fill)) : exposure.account(slot);
        // The order knows its side; a fill without an order is believed.
        final int side = slot == OpenOrders.NO_SLOT ? fill.side() : openOrders.side(slot);
        final AccountInstrument share = account.of(risk.definition);
        final boolean isHolder = share.held.position() != 0;
        risk.held.fill(side, filled);
        share.held.fill(side, filled);
        risk.holders += (share.held.position() != 0 ? 1 : 0) - (isHolder ? 1 : 0);
        final boolean isPriced =
            fill.price() != OrderBookEvent.NULL_PRICE && (side == Side.BID || side == Side.ASK);
        if (isPriced && risk.markPrice == OrderBookEvent.NULL_PRICE)
        {
            risk.markPrice = fill.price();
        }
        fill(risk.profit, isPriced, side, fill);
        fill(share.profit, isPriced, side, fill);
        if (slot != OpenOrders.NO_SLOT)
        {
            reduce(slot, filled, risk);
        }
        return account;
    }

    private static void fill(
        final DayProfit profit, final boolean isPriced, final int side, final OrderBookEvent fill)
    {
        if (isPriced)
        {
            profit.fill(side, fill.price(), fill.quantity());
        }
        else
        {
            profit.fillUnknown();
        }
    }

    /** Whether an id was not used before; the limit of the check is {@link #lastId(long)}. */
    boolean isNewId(final long clientOrderId)
    {
        return openOrders.find(clientOrderId) == OpenOrders.NO_SLOT && clientOrderId > lastId(clientOrderId);
    }

    long lastId(final long clientOrderId)
    {
        final int strategy = ClientOrderIds.strategy(clientOrderId);
        return strategy < lastIds.length ? lastIds[strategy] : Long.MIN_VALUE;
    }

    void use(final long clientOrderId)
    {
        final int strategy = ClientOrderIds.strategy(clientOrderId);
        if (strategy < lastIds.length)
        {
            lastIds[strategy] = Math.max(lastIds[strategy], clientOrderId);
        }
    }

    /**
     * The account of an own event: that of a gateway that has one, whose orders are another run's, so that the strategy
     * in their ids is not one of this run; else that of the order's strategy; 0 if there is no such source.
     */
    int accountOf(final OrderBookEvent own)
    {
        final int from = own.sourceId();
        if (from < definitions.sourceCount() && definitions.source(from).kind() == SourceDefinition.Kind.GATEWAY &&
            definitions.source(from).publisher() != 0)
        {
            return definitions.source(from).publisher();
        }
        final int strategy = ClientOrderIds.strategy(own.orderId());
        return strategy < definitions.sourceCount() &&
            definitions.source(strategy).kind() == SourceDefinition.Kind.STRATEGY ?
            definitions.source(strategy).publisher() : 0;
    }

    AccountRisk account(final int number)
    {
        final AccountRisk known = accounts.get(number);
        return known == null ? openAccount(number) : known;
    }

    AccountRisk accountOfSlot(final int slot)
    {
        return exposure.account(slot);
    }

    /**
     * What an account has won today over all instruments that it traded; below 0 for a loss. It is added up anew for
     * each order, a term an instrument: a sum that is kept would have to follow each change of each book, and there are
     * many more of those than orders.
     */
    long profitNano(final AccountRisk account)
    {
        long sum = nextDayNs == opening.dayEndNs() ? account.waitingNano : 0;
        for (int i = 0; i < account.tradedCount(); i++)
        {
            final int instrumentId = account.traded(i);
            final AccountInstrument share = account.find(instrumentId);
            final InstrumentRisk risk = find(instrumentId);
            if (share != null && risk != null)
            {
                sum = Saturated.add(sum, share.profit.profitNano(mark(risk)));
            }
        }
        return sum;
    }

    /**
     * The price that a position is valued at: the middle of a book that can be believed, else the last such middle that
     * was kept or trade, else that of the opening position or the first fill.
     *
     * @param risk of the instrument.
     * @return in price units; of no matter where nothing is held.
     */
    long mark(final InstrumentRisk risk)
    {
        final OrderBook book = books.apply(risk.definition.instrumentId());
        return book.isTwoSided() && !risk.hasGap ? References.middle(book) : risk.markPrice;
    }

    /** Keeps the mark of what any account holds for when the book is gone, at each event of the market. Hot path. */
    void keepMark(final InstrumentRisk risk)
    {
        if (risk.holders != 0)
        {
            takeMark(risk);
        }
    }

    /**
     * Keeps the mark also where there is no position: when an order opens, which may fill behind the book, and where a
     * gap begins. At each event this would be a tenth of what an event costs from tape to strategy.
     */
    void takeMark(final InstrumentRisk risk)
    {
        risk.markPrice = mark(risk);
    }

    /** The instruments that were met, by id. */
    @Nullable InstrumentRisk[] instruments()
    {
        return instruments;
    }

    /** The accounts that were met, in the order of their numbers. */
    AccountRisk[] accounts()
    {
        return met.stream()
            .sorted(Comparator.comparingInt(AccountRisk::account)).toArray(AccountRisk[]::new);
    }

    /** What is held, for a report. */
    Holdings holdings()
    {
        final List<Holding> held = new ArrayList<>();
        for (final AccountRisk account : accounts())
        {
            for (int id = 0; id < instruments.length; id++)
            {
                final AccountInstrument share = account.find(id);
                final InstrumentRisk risk = instruments[id];
                if (share != null && risk != null)
                {
                    held.add(share.profit.holding(
                        account.account(), risk.definition, share.held.position(), mark(risk)));
                }
            }
        }
        return new Holdings(nextDayNs, held);
    }

    long nextDayNs()
    {
        return nextDayNs;
    }

    /** Begins anew at a time, without instruments and accounts. */
    void restart(final long timeNs, final long dayEndNs)
    {
        nowNs = timeNs;
        nextDayNs = dayEndNs;
        instruments = new @Nullable InstrumentRisk[0];
        accounts.clear();
        met.clear();
    }

    /** Finds anew how many accounts hold each instrument, when all of them were taken over. */
    void countHolders()
    {
        for (final InstrumentRisk risk : instruments)
        {
            if (risk == null)
            {
                continue;
            }
            risk.holders = 0;
            for (int i = 0; i < met.size(); i++)
            {
                final AccountInstrument share = met.get(i).find(risk.definition.instrumentId());
                risk.holders += share != null && share.held.position() != 0 ? 1 : 0;
            }
        }
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

    private void reduce(final int slot, final long filled, final InstrumentRisk risk)
    {
        if (filled >= openOrders.quantity(slot))
        {
            release(slot);
            return;
        }
        release(slot, filled, risk);
        final long left = openOrders.reduce(slot, filled);
        exposure.reduce(slot, risk.notionalNano(exposure.worstPrice(slot), left));
    }

    private void release(final int slot, final long quantity, final InstrumentRisk risk)
    {
        final int side = openOrders.side(slot);
        risk.held.release(side, quantity);
        exposure.account(slot).of(risk.definition).held.release(side, quantity);
    }

    private AccountRisk openAccount(final int number)
    {
        final AccountRisk made = new AccountRisk(number, accountLimits.apply(number).orElse(null));
        made.waitingNano = opening.dayNano(number);
        accounts.put(number, made);
        met.add(made);
        return made;
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
        final InstrumentRisk risk = new InstrumentRisk(definition, instrumentLimits.apply(definition).orElse(null));
        instruments[instrumentId] = risk;
        opening.open(risk, this, definitions, nextDayNs != opening.dayEndNs());
        return risk;
    }

    // A day begins with its first event; the books are those behind it.
    private void startDay()
    {
        final boolean isFirst = nextDayNs == 0;
        nextDayNs = (nowNs / DAY_NS + 1) * DAY_NS;
        if (isFirst)
        {
            return;
        }
        for (final InstrumentRisk risk : instruments)
        {
            if (risk != null)
            {
                startDay(risk, mark(risk));
            }
        }
    }

    private void startDay(final InstrumentRisk risk, final long mark)
    {
        risk.profit.startDay(mark);
        for (int i = 0; i < met.size(); i++)
        {
            final AccountInstrument share = met.get(i).find(risk.definition.instrumentId());
            if (share != null)
            {
                share.profit.startDay(mark);
            }
        }
    }
}
