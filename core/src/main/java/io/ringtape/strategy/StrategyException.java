package io.ringtape.strategy;

import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;

/**
 * Says in one line which strategy threw, at which event, and what; the {@link StrategyHandler} throws it. What was
 * thrown is the cause.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 */
public final class StrategyException extends RuntimeException
{
    private static final long serialVersionUID = 1L;

    private final String strategy;

    StrategyException(final Strategy strategy, final OrderBookEvent event, final Throwable thrown)
    {
        super("strategy failed: class=" + strategy.getClass().getName() + " sequence=" + event.sequence() + " type=" +
            EventType.name(event.type()) + " reason=" + thrown, thrown);
        this.strategy = strategy.getClass().getName();
    }

    /**
     * The class of the strategy.
     *
     * @return its full name.
     */
    public String strategy()
    {
        return strategy;
    }
}
