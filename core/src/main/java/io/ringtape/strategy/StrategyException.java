package io.ringtape.strategy;

import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;

/**
 * Says in one line which strategy threw, at which event, and what; the {@link StrategyHandler} throws it. What was
 * thrown is the cause, of a static initialiser what that threw.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 */
public final class StrategyException extends RuntimeException
{
    private static final long serialVersionUID = 1L;

    private final String strategy;

    private StrategyException(final Strategy strategy, final String where, final Throwable reason)
    {
        super("strategy failed: class=" + strategy.getClass().getName() + where + " reason=" + reason, reason);
        this.strategy = strategy.getClass().getName();
    }

    static StrategyException at(final OrderBookEvent event, final Strategy strategy, final Throwable thrown)
    {
        return new StrategyException(strategy,
            " sequence=" + event.sequence() + " type=" + EventType.name(event.type()), reason(thrown));
    }

    static StrategyException ofTimers(final Strategy strategy, final Throwable thrown)
    {
        return new StrategyException(strategy, " in=useTimers", reason(thrown));
    }

    /**
     * Why the code of a strategy failed: what it threw, or what a static initialiser did, since the error around that
     * says nothing.
     *
     * @param thrown by that code.
     * @return the reason.
     * @throws VirtualMachineError if the JVM failed, as one without memory does, and not the strategy, as one does that
     *                             calls itself without end.
     */
    public static Throwable reason(final Throwable thrown)
    {
        if (thrown instanceof VirtualMachineError failure && !(thrown instanceof StackOverflowError))
        {
            throw failure;
        }
        final Throwable cause = thrown instanceof ExceptionInInitializerError ? thrown.getCause() : null;
        return cause == null ? thrown : cause;
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
