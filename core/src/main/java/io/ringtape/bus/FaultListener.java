package io.ringtape.bus;

/**
 * Gets the rare events of a bus; a library logs nothing.
 * <p>
 * A listener that throws is not obeyed: what it threw is added to the cause as suppressed. Where there is no cause, on
 * a claim that was abandoned or left open, {@link Writer#abandon()} or {@link EventBus#close(long)} throws it when all
 * else is done.
 * <p>
 * Thread safety: called on the thread where it happened, so by several threads at once.
 * Allocation: told by the implementation; never on the hot path.
 */
@FunctionalInterface
public interface FaultListener
{
    /**
     * A handler or an input threw; the policy was applied before this call.
     *
     * @param fault what, where and what was done about it.
     */
    void onFault(Fault fault);

    /**
     * A claim was published as void because its fill failed or was abandoned.
     *
     * @param firstSequence of the claim.
     * @param count         events of the claim.
     */
    default void onVoid(final long firstSequence, final int count)
    {
    }
}
