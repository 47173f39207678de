package io.ringtape.bench.peer;

import io.ringtape.order.NewOrder;
import io.ringtape.order.OrderGate;
import java.util.function.ToIntFunction;

/**
 * New orders through the risk gate as far as a {@link GateStage} says, none of which is counted as open. Made and
 * counted as in {@link GateOrders}; between blocks, and not counted, the market moves on. The sum is how many got the
 * answer of the stage: all of them.
 * <p>
 * Thread safety: one thread owns it. Allocation: none in a run once warm.
 */
final class GateChecks implements Peer
{
    private final BlockMeans means = new BlockMeans();
    private final NewOrder[] tickets = GateTickets.all();
    private final GateStage stage;
    private final GateMarket market;
    private final BlockMeans.Blocks work = this::check;
    private final Runnable moveOn;
    private final ToIntFunction<NewOrder> checks;
    private long lastCounter;
    private long answered;

    GateChecks(final GateStage stage)
    {
        this.stage = stage;
        market = stage.market();
        moveOn = market::moveOn;
        checks = stage == GateStage.ORDER ? GateChecks::look : market.gate()::check;
    }

    /** Looks at what a gate looks at. */
    private static int look(final NewOrder order)
    {
        final long fields = order.clientOrderId() ^ order.price() ^ order.quantity() ^ order.side() ^
            order.orderType() ^ order.timeInForce() ^ order.instrumentId() ^ order.account() ^ order.strategy();
        return fields == 0 ? 1 : OrderGate.PASSED;
    }

    @Override
    public void prepare(final int count)
    {
        means.begin(count);
        answered = 0;
    }

    @Override
    public void run(final int count)
    {
        answered += means.run(work, moveOn);
    }

    private long check(final int from, final int to)
    {
        final NewOrder[] all = tickets;
        final ToIntFunction<NewOrder> gate = checks;
        final int answer = stage.answer();
        long same = 0;
        for (int i = from; i < to; i++)
        {
            final NewOrder order =
                all[i & (all.length - 1)].from(GateMarket.orderId(++lastCounter), 0, GateMarket.ACCOUNT);
            same += gate.applyAsInt(order) == answer ? 1 : 0;
        }
        return same;
    }

    @Override
    public long checksum()
    {
        return answered;
    }

    @Override
    public long expected(final long first, final int count)
    {
        return count;
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
