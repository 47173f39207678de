package io.ringtape.bench.peer;

import io.ringtape.order.NewOrder;
import io.ringtape.order.OrderGate;
import io.ringtape.order.OwnOrders;
import io.ringtape.risk.RiskGate;

/**
 * New orders through every check of the risk gate, of instrument and account, which all of them pass, see
 * {@link GateMarket}. Each is checked and counted as open; or it is sent through the order sender, which writes its two
 * events and hands them to an outbox that only counts. What counts is the mean over a block of
 * {@link BlockMeans#EVENTS} orders, of the blocks of a run the one in the middle. Between blocks, and not counted, the
 * orders of the block are cancelled and the market moves on, so that no limit is used up.
 * <p>
 * Thread safety: one thread owns it. Allocation: none in a run once warm.
 */
final class GateOrders implements Peer
{
    private final BlockMeans means = new BlockMeans();
    private final GateMarket market = new GateMarket(GateMarket.WIDE);
    private final NewOrder[] tickets = GateTickets.all();
    private final boolean isSending;
    private final BlockMeans.Blocks work;
    private final Runnable moveOn = this::moveOn;
    private long lastCounter;
    private long blockCounter;
    private long passed;

    GateOrders(final boolean isSending)
    {
        this.isSending = isSending;
        work = isSending ? this::send : this::check;
    }

    @Override
    public void prepare(final int count)
    {
        means.begin(count);
        passed = 0;
        market.begin();
    }

    @Override
    public void run(final int count)
    {
        passed += means.run(work, moveOn);
    }

    private long check(final int from, final int to)
    {
        final RiskGate risk = market.gate();
        long good = 0;
        for (int i = from; i < to; i++)
        {
            final NewOrder order =
                tickets[i & (tickets.length - 1)].from(GateMarket.orderId(++lastCounter), 0, GateMarket.ACCOUNT);
            if (risk.check(order) == OrderGate.PASSED)
            {
                risk.onAccepted(order);
                good++;
            }
        }
        return good;
    }

    private long send(final int from, final int to)
    {
        final OwnOrders orders = market.sender();
        long good = 0;
        for (int i = from; i < to; i++)
        {
            final NewOrder order = tickets[i & (tickets.length - 1)];
            lastCounter++;
            good += orders.send(0, order.side(), order.orderType(), order.timeInForce(), 0, order.price(),
                order.quantity()) > 0 ? 1 : 0;
        }
        return good;
    }

    private void moveOn()
    {
        while (blockCounter < lastCounter)
        {
            market.cancel(++blockCounter);
        }
        market.moveOn();
    }

    @Override
    public long checksum()
    {
        return passed + market.sent();
    }

    /** Every order passes, and where it is sent it comes to two events. */
    @Override
    public long expected(final long first, final int count)
    {
        return count + (isSending ? 2L * count : 0);
    }

    @Override
    public long cost(final long elapsedNs)
    {
        return means.cost();
    }

    @Override
    public void close()
    {
        // It holds nothing.
    }
}
