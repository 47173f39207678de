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
    private static final String LIBRARY = "io.ringtape.";

    private final String strategy;

    private StrategyException(final Strategy strategy, final String where, final Throwable reason)
    {
        super("strategy failed: class=" + strategy.getClass().getName() + where + " reason=" + reason, reason);
        this.strategy = strategy.getClass().getName();
    }

    static StrategyException at(final OrderBookEvent event, final Strategy strategy, final Throwable thrown)
    {
        return new StrategyException(strategy,
            " sequence=" + event.sequence() + " type=" + EventType.name(event.type()),
            reason(strategy.getClass(), thrown));
    }

    static StrategyException ofTimers(final Strategy strategy, final Throwable thrown)
    {
        return new StrategyException(strategy, " in=useTimers", reason(strategy.getClass(), thrown));
    }

    /**
     * Why a strategy failed at a call that may have led from it into the library, for example to send an order.
     *
     * @param strategy its class.
     * @param thrown   from the call.
     * @return the {@link #reason(Throwable) reason}.
     * @throws Error if the library failed and not the strategy: the method that threw the error is of a package of
     *               {@code io.ringtape} that is neither the strategy's nor the one of {@link Strategy}, where
     *               examples stand and where a strategy is called that lacks a method. An exception is always the
     *               strategy's, and so is a stack that overflows.
     */
    public static Throwable reason(final Class<?> strategy, final Throwable thrown)
    {
        if (thrown instanceof Error failure && !(thrown instanceof StackOverflowError) &&
            isOfLibrary(strategy, failure))
        {
            throw failure;
        }
        return reason(thrown);
    }

    private static boolean isOfLibrary(final Class<?> strategy, final Error failure)
    {
        final StackTraceElement[] frames = failure.getStackTrace();
        if (frames.length == 0)
        {
            return false;
        }
        final String thrower = frames[0].getClassName();
        final String place = thrower.substring(0, Math.max(0, thrower.lastIndexOf('.')));
        return place.startsWith(LIBRARY) && !place.equals(strategy.getPackageName()) &&
            !place.equals(Strategy.class.getPackageName());
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
