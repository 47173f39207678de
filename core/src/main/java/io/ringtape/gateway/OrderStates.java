package io.ringtape.gateway;

import io.ringtape.event.EventBatch;
import io.ringtape.event.EventHandler;
import io.ringtape.event.EventLayout;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.RangeHandler;
import io.ringtape.event.SourceDefinition;
import io.ringtape.order.ClientOrderIds;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The states of a run's new orders, for any thread to ask. The ids of one strategy count up, so the last one that got
 * to a state tells of all before it: a few numbers a strategy, and no map. Hot path.
 * <p>
 * Where the tape lost events in an outage, orders in it count as journaled once a later one is.
 * <p>
 * Thread safety: any thread asks; each state has the one thread that reaches it.
 * Allocation: on construction only.
 */
public final class OrderStates
{
    /** The states of no strategy. */
    public static final OrderStates NONE = new OrderStates(0, List.of());

    private static final OrderState[] STATES = OrderState.values();
    private static final int STATE_COUNT = 5;
    // Two cache lines each: threads write beside each other.
    private static final int STRIDE = 16;
    /** Behind the last id that got to a state: how many did. */
    private static final int COUNT = 1;
    private static final int MAX_SOURCES = 256;

    private final int[] rows = new int[MAX_SOURCES];
    private final AtomicLongArray counters;
    private final int run;

    /**
     * States of strategies that have sent nothing.
     *
     * @param run        that client order ids name, see {@link ClientOrderIds#runOf(long)}.
     * @param strategies sources of the run.
     */
    public OrderStates(final int run, final List<SourceDefinition> strategies)
    {
        this.run = run;
        Arrays.fill(rows, -1);
        for (int i = 0; i < strategies.size(); i++)
        {
            rows[strategies.get(i).sourceId()] = i * STATE_COUNT;
        }
        counters = new AtomicLongArray(Math.max(1, strategies.size()) * STATE_COUNT * STRIDE);
    }

    /**
     * How far an order is.
     *
     * @param clientOrderId any.
     * @return its state; {@link OrderState#UNKNOWN} also for those of other runs and strategies.
     */
    public OrderState state(final long clientOrderId)
    {
        final int row = row(clientOrderId);
        final long counter = ClientOrderIds.counter(clientOrderId);
        int state = row < 0 || counter == 0 ? 0 : STATE_COUNT - 1;
        while (state > 0 && counters.get((row + state) * STRIDE) < counter)
        {
            state--;
        }
        return STATES[state];
    }

    /**
     * How many orders have got to a state.
     *
     * @param state that they got to; they may be further by now.
     * @return 0 or more, over all strategies.
     */
    public long count(final OrderState state)
    {
        long sum = 0;
        for (int at = state.place * STRIDE; at < counters.length(); at += STATE_COUNT * STRIDE)
        {
            sum += counters.get(at + COUNT);
        }
        return sum;
    }

    /**
     * How many orders the outbox took that are not sent: they wait in it, on the ring, or for a frontier.
     *
     * @return 0 or more, over all strategies.
     */
    public long waitingCount()
    {
        // Those that were sent first: one that is sent meanwhile still waits. It may be noted as queued behind that.
        final long sent = count(OrderState.SENT);
        return Math.max(0, count(OrderState.QUEUED) - sent);
    }

    /**
     * Notes what an outbox takes: {@link OrderState#QUEUED}.
     *
     * @param outbox of the strategies.
     * @return stands in its place.
     */
    public EventPublisher queued(final EventPublisher outbox)
    {
        return new EventPublisher()
        {
            @Override
            public int offer(final EventBatch batch)
            {
                final int answer = outbox.offer(batch);
                if (answer == ACCEPTED && batch.event(0).type() == EventType.OWN_NEW)
                {
                    reach(OrderState.QUEUED, batch.event(0).orderId());
                }
                return answer;
            }

            @Override
            public int offerReserved(final EventBatch batch)
            {
                return outbox.offerReserved(batch);
            }
        };
    }

    /**
     * Notes what comes by on the order lane: {@link OrderState#PUBLISHED}.
     *
     * @return for that lane.
     */
    public EventHandler published()
    {
        return (event) ->
        {
            if (event.type() == EventType.OWN_NEW)
            {
                reach(OrderState.PUBLISHED, event.orderId());
            }
        };
    }

    /**
     * Notes what is on tape: {@link OrderState#JOURNALED}.
     *
     * @param journaledSequence the last sequence on tape.
     * @return for the recorder's lane, behind the recorder.
     */
    public RangeHandler journaled(final LongSupplier journaledSequence)
    {
        return new JournaledOrders(journaledSequence);
    }

    void onSent(final long clientOrderId)
    {
        reach(OrderState.SENT, clientOrderId);
    }

    private void reach(final OrderState state, final long clientOrderId)
    {
        final int row = row(clientOrderId);
        if (row >= 0)
        {
            final int at = (row + state.place) * STRIDE;
            counters.setRelease(at, ClientOrderIds.counter(clientOrderId));
            counters.setRelease(at + COUNT, counters.getPlain(at + COUNT) + 1);
        }
    }

    private int row(final long clientOrderId)
    {
        final int strategy = ClientOrderIds.strategy(clientOrderId);
        return clientOrderId < 0 || ClientOrderIds.run(clientOrderId) != run || strategy >= MAX_SOURCES ? -1 :
            rows[strategy];
    }

    /** Looks for new orders in what a recorder has written. */
    private final class JournaledOrders implements RangeHandler
    {
        private final OrderBookEvent event = new OrderBookEvent();
        private final LongSupplier journaledSequence;

        JournaledOrders(final LongSupplier journaledSequence)
        {
            this.journaledSequence = journaledSequence;
        }

        @Override
        public void onRange(final UnsafeBuffer buffer, final int offset, final long first, final int count)
        {
            final long last = Math.min(first + count - 1, journaledSequence.getAsLong());
            for (int i = 0; i <= last - first; i++)
            {
                final int at = offset + i * OrderBookEvent.SIZE_BYTES;
                if (buffer.getByte(at + EventLayout.TYPE_OFFSET) == EventType.OWN_NEW)
                {
                    reach(OrderState.JOURNALED, event.wrap(buffer, at).orderId());
                }
            }
        }
    }
}
