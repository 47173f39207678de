package io.ringtape.risk;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What each open order costs its account, by its slot in the open orders. Hot path.
 * <p>
 * Thread safety: none; the order lane.
 * Allocation: only when more orders are open at once than ever before.
 */
final class OpenExposure
{
    private static final int INITIAL_CAPACITY = 64;

    private @Nullable AccountRisk[] accounts = new @Nullable AccountRisk[INITIAL_CAPACITY];
    private long[] worstPrices = new long[INITIAL_CAPACITY];
    private long[] notionals = new long[INITIAL_CAPACITY];

    void open(final int slot, final AccountRisk account, final long worstPrice, final long notional)
    {
        if (slot >= accounts.length)
        {
            final int capacity = Math.max(slot + 1, 2 * accounts.length);
            accounts = Arrays.copyOf(accounts, capacity);
            worstPrices = Arrays.copyOf(worstPrices, capacity);
            notionals = Arrays.copyOf(notionals, capacity);
        }
        accounts[slot] = account;
        worstPrices[slot] = worstPrice;
        notionals[slot] = notional;
        account.open(notional);
    }

    void reduce(final int slot, final long left)
    {
        account(slot).reduce(notionals[slot], left);
        notionals[slot] = left;
    }

    void release(final int slot)
    {
        account(slot).release(notionals[slot]);
        accounts[slot] = null;
    }

    AccountRisk account(final int slot)
    {
        final AccountRisk account = accounts[slot];
        if (account == null)
        {
            throw new IllegalStateException("order is not open: slot=" + slot);
        }
        return account;
    }

    long worstPrice(final int slot)
    {
        return worstPrices[slot];
    }
}
