package io.ringtape.backtest;

import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.journal.RunListener;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeRange;
import io.ringtape.journal.TapeReader;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.agrona.collections.Long2LongHashMap;

/**
 * How long a tape's own orders took: from the receive time of what a strategy decided on, which its
 * {@link EventType#OWN_NEW} carries, to the receive time of the venue's {@link EventType#OWN_ACCEPTED}.
 * <p>
 * So it is what {@link LatencyModel#roundTrips(LatencyTable, long)} wants. Least and largest are exact; so are the
 * percentiles in between of up to a million orders, of more they are those of every second, fourth, ... one. What took
 * longer than an hour counts as an hour.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param accepted   orders that were accepted.
 * @param unanswered orders that were not, in the range.
 * @param roundTrips the times of those that were; empty if there are none.
 */
public record OrderLatencies(long accepted, long unanswered, Optional<LatencyTable> roundTrips)
{
    private static final int MAX_SAMPLES = 1 << 20;
    private static final int MAX_PENDING = 1 << 20;
    private static final long NO_ORDER = Long.MIN_VALUE;
    private static final int[] SHARES = {
        0, 10_000, 50_000, 100_000, 250_000, 500_000, 750_000, 900_000, 950_000, 990_000, 995_000, 999_000, 999_900,
        LatencyTable.WHOLE};

    /**
     * Measures a tape.
     *
     * @param tape     to read.
     * @param range    of it.
     * @param progress told after each block the last sequence that was read.
     * @return what was found.
     * @throws io.ringtape.journal.TapeException if the tape is damaged, has a gap, or does not hold the range.
     */
    public static OrderLatencies measure(final Tape tape, final TapeRange range, final LongConsumer progress)
    {
        final Meter meter = new Meter();
        final OrderBookEvent event = new OrderBookEvent();
        try (TapeReader reader = tape.read(range, RunListener.NONE))
        {
            while (reader.nextBlock())
            {
                for (int i = 0; i < reader.count(); i++)
                {
                    meter.onEvent(reader.event(i, event));
                }
                progress.accept(event.sequence());
            }
        }
        return meter.result();
    }

    /**
     * Pairs orders with their answers. Hot path.
     */
    private static final class Meter
    {
        private final Long2LongHashMap pending = new Long2LongHashMap(NO_ORDER);
        private long[] samplesNs = new long[1024];
        private int count;
        private long stride = 1;
        private long orders;
        private long accepted;
        private long leastNs = Long.MAX_VALUE;
        private long largestNs;

        void onEvent(final OrderBookEvent event)
        {
            final int type = event.type();
            if (type == EventType.OWN_NEW)
            {
                orders++;
                if (pending.size() < MAX_PENDING)
                {
                    pending.put(event.orderId(), event.receiveTimeNs());
                }
            }
            else if (type == EventType.OWN_ACCEPTED)
            {
                final long sentNs = pending.remove(event.orderId());
                if (sentNs != NO_ORDER)
                {
                    add(Math.min(LatencyTable.MAX_NS, Math.max(0, event.receiveTimeNs() - sentNs)));
                }
            }
            else if (type == EventType.OWN_REJECTED)
            {
                pending.remove(event.orderId());
            }
        }

        OrderLatencies result()
        {
            return new OrderLatencies(
                accepted, orders - accepted, accepted == 0 ? Optional.empty() : Optional.of(table()));
        }

        private void add(final long ns)
        {
            leastNs = Math.min(leastNs, ns);
            largestNs = Math.max(largestNs, ns);
            if (accepted++ % stride != 0)
            {
                return;
            }
            if (count == MAX_SAMPLES)
            {
                for (int i = 0; i < count; i += 2)
                {
                    samplesNs[i / 2] = samplesNs[i];
                }
                count /= 2;
                stride *= 2;
            }
            else if (count == samplesNs.length)
            {
                samplesNs = Arrays.copyOf(samplesNs, 2 * count);
            }
            samplesNs[count++] = ns;
        }

        private LatencyTable table()
        {
            Arrays.sort(samplesNs, 0, count);
            final long[] valuesNs = new long[SHARES.length];
            for (int i = 1; i < SHARES.length - 1; i++)
            {
                valuesNs[i] = samplesNs[(int)((count - 1L) * SHARES[i] / LatencyTable.WHOLE)];
            }
            valuesNs[0] = leastNs;
            valuesNs[SHARES.length - 1] = largestNs;
            return LatencyTable.of(SHARES, valuesNs);
        }
    }
}
