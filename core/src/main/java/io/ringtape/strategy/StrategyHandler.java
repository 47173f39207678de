package io.ringtape.strategy;

import io.ringtape.book.OrderBook;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.OrderLaneHandler;
import io.ringtape.order.Control;
import io.ringtape.order.OwnOrders;
import io.ringtape.order.OwnTimers;
import java.util.Arrays;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Runs a strategy on the order lane, behind the books and the risk gate: tells the sender which event is in hand, so
 * that it is the cause of what the strategy sends, and hands event and book to the strategy. Hot path.
 * <p>
 * An event of an instrument that is not defined has no book and is not delivered; the books count it. What a strategy
 * throws comes out as a {@link StrategyException} that names strategy and event; an error of the JVM, such as no
 * memory, or of the library that the strategy called comes out as it is. Where the run ends ({@link Control#END}) the
 * strategy's open orders are cancelled, as many as {@link OwnOrders#cancelAll()} does.
 * <p>
 * Thread safety: none; the order lane.
 * Allocation: on the first event of an instrument.
 */
public final class StrategyHandler implements OrderLaneHandler
{
    private final Strategy strategy;
    private final OwnOrders orders;
    private final Definitions definitions;
    private final IntFunction<OrderBook> books;
    private final @Nullable OwnTimers timers;
    private @Nullable OrderBook[] known = new @Nullable OrderBook[0];

    /**
     * A handler of a strategy without timers.
     *
     * @param strategy    to run.
     * @param orders      its sender; no other strategy's.
     * @param definitions of the instruments; more may be added any time.
     * @param books       the book of an instrument, the same one each time, as {@code Books::book} gives it.
     */
    public StrategyHandler(
        final Strategy strategy, final OwnOrders orders, final Definitions definitions,
        final IntFunction<OrderBook> books)
    {
        this.strategy = strategy;
        this.orders = orders;
        this.definitions = definitions;
        this.books = books;
        timers = null;
    }

    /**
     * A handler of a strategy that may have timers; of all timers it delivers the strategy's own.
     *
     * @param strategy    to run; it gets the timers here.
     * @param orders      its sender; no other strategy's.
     * @param timers      made for the same sender.
     * @param definitions of the instruments; more may be added any time.
     * @param books       the book of an instrument, the same one each time, as {@code Books::book} gives it.
     */
    public StrategyHandler(
        final Strategy strategy, final OwnOrders orders, final OwnTimers timers, final Definitions definitions,
        final IntFunction<OrderBook> books)
    {
        this.strategy = strategy;
        this.orders = orders;
        this.timers = timers;
        this.definitions = definitions;
        this.books = books;
        giveTimers(timers);
    }

    @Override
    public void onEvent(final OrderBookEvent event)
    {
        if (timers != null && event.type() == EventType.TIMER && !timers.onTimer(event))
        {
            return;
        }
        // A control is the gate's: a strategy is answered with rejects.
        if (event.type() == EventType.CONTROL)
        {
            onControl(event);
            return;
        }
        final OrderBook book = find(event.instrumentId());
        if (book != null)
        {
            orders.inHand(event);
            call(event, book);
        }
    }

    private void onControl(final OrderBookEvent control)
    {
        if (control.orderId() == Control.END && !control.has(EventFlags.OWN))
        {
            orders.inHand(control);
            orders.cancelAll();
        }
    }

    private void call(final OrderBookEvent event, final OrderBook book)
    {
        try
        {
            strategy.onEvent(event, book, orders);
        }
        catch (final RuntimeException | Error e)
        {
            throw StrategyException.at(event, strategy, e);
        }
    }

    private void giveTimers(final OwnTimers made)
    {
        try
        {
            strategy.useTimers(made);
        }
        catch (final RuntimeException | Error e)
        {
            throw StrategyException.ofTimers(strategy, e);
        }
    }

    private @Nullable OrderBook find(final int instrumentId)
    {
        if (instrumentId >= 0 && instrumentId < known.length)
        {
            final OrderBook book = known[instrumentId];
            if (book != null)
            {
                return book;
            }
        }
        return open(instrumentId);
    }

    private @Nullable OrderBook open(final int instrumentId)
    {
        final int count = definitions.instrumentCount();
        if (instrumentId < 0 || instrumentId >= count)
        {
            return null;
        }
        if (instrumentId >= known.length)
        {
            known = Arrays.copyOf(known, Math.max(count, 2 * known.length));
        }
        final OrderBook book = books.apply(instrumentId);
        known[instrumentId] = book;
        return book;
    }
}
