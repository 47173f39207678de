package io.ringtape.risk;

import io.ringtape.event.OrderBookEvent;
import io.ringtape.order.Control;
import org.agrona.collections.LongHashSet;

/**
 * Who is stopped: everybody, accounts, strategies. A kill is latched until the very same scope is armed again; what is
 * stopped by two scopes needs both armed. A control that makes no sense stops everybody. Hot path.
 * <p>
 * Thread safety: none; the order lane.
 * Allocation: while more scopes are stopped than ever before.
 */
final class KillSwitch
{
    private final LongHashSet accounts = new LongHashSet();
    private final LongHashSet strategies = new LongHashSet();
    private boolean all;

    /**
     * Takes a kill or an arming at its event.
     *
     * @param event of type control, action kill, arm, or one that is not known.
     */
    void onControl(final OrderBookEvent event)
    {
        final long action = event.orderId();
        final long scope = event.quantity();
        final boolean isKnown = (action == Control.KILL || action == Control.ARM) &&
            (scope == Control.ALL || scope == Control.ACCOUNT || scope == Control.STRATEGY);
        if (!isKnown || scope == Control.ALL)
        {
            all = !isKnown || action == Control.KILL;
            return;
        }
        final LongHashSet scopes = scope == Control.ACCOUNT ? accounts : strategies;
        if (action == Control.KILL)
        {
            scopes.add(event.price());
        }
        else
        {
            scopes.remove(event.price());
        }
    }

    boolean isStopped(final int strategy, final int account)
    {
        return all || accounts.contains(account) || strategies.contains(strategy);
    }
}
