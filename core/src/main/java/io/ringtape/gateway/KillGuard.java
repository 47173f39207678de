package io.ringtape.gateway;

/**
 * What a gateway asks before each new order leaves. Fails closed: what it cannot read counts as stopped. Any process
 * may change the answer.
 * <p>
 * Thread safety: the gateway's thread.
 * Allocation: none while nothing changes.
 */
public interface KillGuard
{
    /** A guard that stops nothing, for a gateway without a kill switch outside. */
    KillGuard NONE = new KillGuard()
    {
        @Override
        public boolean maySend(final int strategy, final int account)
        {
            return true;
        }

        @Override
        public void beat(final long timeNs)
        {
            // Nobody waits for it.
        }
    };

    /**
     * Whether new orders of a strategy and account may leave now; a look at a mapped word.
     *
     * @param strategy source id of the strategy.
     * @param account  of the strategy.
     * @return false from a kill of either, or of all, until it is armed again.
     */
    boolean maySend(int strategy, int account);

    /**
     * Tells other processes that the gateway looks: at each batch and each idle look.
     *
     * @param timeNs now, ns since the epoch, UTC.
     */
    void beat(long timeNs);
}
