package io.ringtape.backtest;

import io.ringtape.book.Books;
import io.ringtape.event.BookKind;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventType;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.order.Saturated;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of one run, by instrument. Hot path.
 * <p>
 * Thread safety: none; the thread of the backtest.
 * Allocation: on the first event of an instrument, and as its account does.
 */
final class RunAccounts
{
    /** So many instruments of a run have charts. */
    private static final int MAX_CHARTS = 64;

    private final List<InstrumentAccount> touched = new ArrayList<>();
    private final OrderBookEvent detail = new OrderBookEvent();
    private final Definitions definitions;
    private final Books books;
    private final BacktestConfig config;
    private final BacktestTotals totals;
    private final FillListener listener;
    private @Nullable InstrumentAccount[] accounts = new @Nullable InstrumentAccount[0];
    private int charts;
    private int rejectedInstrument;
    private boolean rejectInHand;

    RunAccounts(
        final Definitions definitions, final Books books, final BacktestConfig config, final BacktestTotals totals,
        final FillListener listener)
    {
        this.definitions = definitions;
        this.books = books;
        this.config = config;
        this.totals = totals;
        this.listener = listener;
    }

    /** An event of the market has changed a book, or may have. */
    void touch(final int instrumentId)
    {
        InstrumentAccount account = find(instrumentId);
        if (account == null && charts < MAX_CHARTS && instrumentId >= 0 &&
            instrumentId < definitions.instrumentCount())
        {
            account = open(instrumentId);
        }
        if (account != null && account.touch())
        {
            touched.add(account);
        }
    }

    /** The venue event has ended: what was touched is valued anew, all of it at once. */
    void mark(final long timeNs)
    {
        long changeNano = 0;
        for (int i = 0; i < touched.size(); i++)
        {
            final InstrumentAccount account = touched.get(i);
            final long before = account.pnlNano();
            account.mark(books.book(account.instrument().instrumentId()), timeNs);
            changeNano = Saturated.add(changeNano, Saturated.add(account.pnlNano(), -before));
        }
        touched.clear();
        changed(changeNano);
        totals.point(timeNs);
    }

    /** An own event of the strategy, details among them. */
    void onOwn(final OrderBookEvent event)
    {
        final int type = event.type();
        if (type == EventType.DETAIL)
        {
            if (rejectInHand)
            {
                account(rejectedInstrument).counts().countReject(event);
            }
            return;
        }
        rejectInHand = type == EventType.OWN_REJECTED;
        rejectedInstrument = event.instrumentId();
        // A control is of no instrument's account, nor is the request of a timer.
        if (type != EventType.TIMER_REQUEST && type != EventType.CONTROL)
        {
            account(event.instrumentId()).counts().count(event);
        }
    }

    /**
     * An answer of the venue.
     *
     * @param answer       with its detail.
     * @param tapeSequence of the market event in hand.
     * @param nowNs        of the charts; a fill without a time has no place in one.
     */
    void onAnswer(final EventBatch answer, final long tapeSequence, final long nowNs)
    {
        if (answer.count() > 1)
        {
            detail.wrap(answer.buffer(), OrderBookEvent.SIZE_BYTES);
        }
        final OrderBookEvent event = answer.event(0);
        final InstrumentAccount account = account(event.instrumentId());
        account.counts().count(event);
        if (event.type() == EventType.OWN_REJECTED)
        {
            account.counts().countReject(detail);
        }
        else if (event.type() == EventType.OWN_FILL)
        {
            final long before = account.pnlNano();
            final boolean isKept = nowNs != BacktestResult.NO_TIME && totals.keepFill();
            account.fill(event, detail.detail(3), isKept, nowNs);
            changed(Saturated.add(account.pnlNano(), -before));
            totals.onFill(event);
            totals.onFill(detail);
            totals.fillPoint(nowNs);
            listener.onFill(account.instrument(), event, detail, tapeSequence, account.position());
        }
    }

    /** The run was stopped. */
    void onKill(final long timeNs)
    {
        for (final InstrumentAccount account : accounts)
        {
            if (account != null)
            {
                account.onKill(timeNs);
            }
        }
        totals.killPoint(timeNs);
    }

    void onLateCancel(final int instrumentId)
    {
        account(instrumentId).counts().countLateCancel();
    }

    List<InstrumentResult> results(final long runId, final SimulatedVenue venue)
    {
        final List<InstrumentResult> results = new ArrayList<>();
        for (final InstrumentAccount account : accounts)
        {
            if (account != null)
            {
                final InstrumentDefinition instrument = account.instrument();
                final BookKind kind = instrument.bookKind();
                results.add(account.result(runId, SimulatedVenue.modelFor(config.queueModel(), kind),
                    venue.openOrders(instrument.instrumentId())));
            }
        }
        return results;
    }

    private void changed(final long changeNano)
    {
        if (changeNano != 0)
        {
            totals.change(changeNano);
        }
    }

    private @Nullable InstrumentAccount find(final int instrumentId)
    {
        final @Nullable InstrumentAccount[] known = accounts;
        return instrumentId >= 0 && instrumentId < known.length ? known[instrumentId] : null;
    }

    // One that own orders open, between venue events, has the book as it stands: the next event of it may never come.
    private InstrumentAccount account(final int instrumentId)
    {
        InstrumentAccount account = find(instrumentId);
        if (account == null)
        {
            account = open(instrumentId);
            account.revalue(books.book(instrumentId));
        }
        return account;
    }

    private InstrumentAccount open(final int instrumentId)
    {
        final InstrumentDefinition instrument = definitions.instrument(instrumentId);
        if (instrumentId >= accounts.length)
        {
            accounts = Arrays.copyOf(accounts, definitions.instrumentCount());
        }
        final InstrumentAccount made =
            new InstrumentAccount(instrument, charts++ < MAX_CHARTS ? config.chartPoints() : 0);
        accounts[instrumentId] = made;
        return made;
    }
}
