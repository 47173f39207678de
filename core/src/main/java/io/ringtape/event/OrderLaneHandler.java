package io.ringtape.event;

/**
 * Marks a handler that sends orders or answers for them: the risk gate, whatever runs a strategy.
 * <p>
 * Risk and strategies share limits without a lock, so they must see the same instant on one thread, and must not go on
 * where one of them failed. A bus therefore refuses such a handler on any lane but its order lane, which gates and
 * halts. Whatever wraps such a handler is to carry the mark as well.
 * <p>
 * Thread safety: one thread at a time calls all the methods of a handler.
 * Allocation: an implementation on a hot path allocates nothing once warm.
 */
@FunctionalInterface
public interface OrderLaneHandler extends EventHandler
{
    /**
     * Whether it answers for orders, as the risk gate does: it then goes ahead of those that send them, so that both
     * see the same instant.
     *
     * @return false if it sends orders.
     */
    default boolean isGate()
    {
        return false;
    }
}
