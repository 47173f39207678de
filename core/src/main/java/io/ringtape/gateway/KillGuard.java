package io.ringtape.gateway;

/**
 * What a gateway asks before each new order leaves. It fails closed: what it cannot read counts as stopped. Any process
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
            // Nobody looks.
        }
    };

    /**
     * Whether new orders of a strategy and account may leave now; a look at a mapped word.
     *
     * @param strategy source id of the strategy.
     * @param account  of the strategy.
     * @return false where one of them, or everybody, is stopped.
     */
    boolean maySend(int strategy, int account);

    /**
     * Tells other processes that the gateway looks: at each idle look, and every so many batches.
     *
     * @param timeNs ns since the epoch, UTC.
     */
    void beat(long timeNs);
}
