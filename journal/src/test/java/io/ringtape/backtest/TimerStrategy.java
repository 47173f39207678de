package io.ringtape.backtest;

import io.ringtape.book.OrderBook;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.order.OrderSender;
import io.ringtape.order.Timers;
import io.ringtape.strategy.Strategy;

/** Sets a timer 3,000 ns behind its first event, and at that one another 1,000 ns on. */
final class TimerStrategy implements Strategy
{
    private final Strategy inner;
    private Timers timers;
    private int set;

    TimerStrategy(final Strategy inner)
    {
        this.inner = inner;
    }

    @Override
    public void useTimers(final Timers given)
    {
        timers = given;
    }

    @Override
    public void onEvent(final OrderBookEvent event, final OrderBook book, final OrderSender sender)
    {
        inner.onEvent(event, book, sender);
        if (set == 0 || (set == 1 && event.type() == EventType.TIMER))
        {
            timers.schedule(1, event.receiveTimeNs() + (set == 0 ? 3_000 : 1_000));
            set++;
        }
    }
}
