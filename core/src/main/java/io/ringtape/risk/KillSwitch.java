package io.ringtape.risk;

import io.ringtape.event.OrderBookEvent;
import io.ringtape.order.Control;
import java.nio.ByteBuffer;
import org.agrona.collections.LongHashSet;

/**
 * Who is stopped: everybody, accounts, strategies. A kill is latched until the very same scope is armed again; what is
 * stopped by two scopes needs both armed. The end of a run stops everybody, and so does a control that makes no sense.
 * Hot path.
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
     * @param event of type control, action kill, arm, end, or one that is not known.
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

    void stopAll()
    {
        all = true;
    }

    boolean isAllStopped()
    {
        return all;
    }

    boolean isStopped(final int strategy, final int account)
    {
        return all || accounts.contains(account) || strategies.contains(strategy);
    }

    int stateBytes()
    {
        return Integer.BYTES * 3 + Long.BYTES * (accounts.size() + strategies.size());
    }

    void store(final ByteBuffer target)
    {
        target.putInt(all ? 1 : 0);
        store(accounts, target);
        store(strategies, target);
    }

    void load(final ByteBuffer source)
    {
        all = source.getInt() != 0;
        load(accounts, source);
        load(strategies, source);
    }

    // In order, so that equal states have equal bytes.
    private static void store(final LongHashSet scopes, final ByteBuffer target)
    {
        target.putInt(scopes.size());
        scopes.stream().mapToLong(Long::longValue).sorted().forEach(target::putLong);
    }

    private static void load(final LongHashSet scopes, final ByteBuffer source)
    {
        scopes.clear();
        for (int left = source.getInt(); left > 0; left--)
        {
            scopes.add(source.getLong());
        }
    }
}
