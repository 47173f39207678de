package io.ringtape.feed;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;

/** Makes LOBSTER pairs from a whole book of random orders, of which only the top levels are shown. */
final class LobsterSimulator
{
    final StringBuilder messages = new StringBuilder();
    final StringBuilder books = new StringBuilder();
    int rows;

    private final Random random;
    private final int depth;
    private final NavigableMap<Long, Long> asks = new TreeMap<>();
    private final NavigableMap<Long, Long> bids = new TreeMap<>((a, b) -> Long.compare(b, a));
    private long timeNs = 34_200_000_000_000L;

    LobsterSimulator(final long seed, final int depth)
    {
        random = new Random(seed);
        this.depth = depth;
    }

    LobsterSimulator run(final int steps)
    {
        for (int i = 0; i < steps; i++)
        {
            step();
        }
        return this;
    }

    /** The levels that the row after the last message shows, as the file has them. */
    static String row(final int depth, final NavigableMap<Long, Long> asks, final NavigableMap<Long, Long> bids)
    {
        final StringBuilder row = new StringBuilder();
        final Map.Entry<?, ?>[] ask = asks.entrySet().toArray(new Map.Entry<?, ?>[0]);
        final Map.Entry<?, ?>[] bid = bids.entrySet().toArray(new Map.Entry<?, ?>[0]);
        for (int i = 0; i < depth; i++)
        {
            row.append(i == 0 ? "" : ",");
            row.append(i < ask.length ? ask[i].getKey() + "," + ask[i].getValue() : "9999999999,0").append(',');
            row.append(i < bid.length ? bid[i].getKey() + "," + bid[i].getValue() : "-9999999999,0");
        }
        return row.append('\n').toString();
    }

    private void step()
    {
        final boolean buy = random.nextBoolean();
        final NavigableMap<Long, Long> side = buy ? bids : asks;
        final int choice = random.nextInt(10);
        timeNs += random.nextInt(1_000_000_000);
        if (choice == 0)
        {
            write(5 + random.nextInt(2), 0, 1 + random.nextInt(50), 1_000, buy);
        }
        else if (choice == 1)
        {
            write(7, 0, 0, random.nextInt(3) - 1, false);
        }
        else if (choice < 6 || side.isEmpty())
        {
            final long price = buy ? 1_000 - random.nextInt(12) : 1_001 + random.nextInt(12);
            final long size = 1 + random.nextInt(5) * 100L;
            side.merge(price, size, Long::sum);
            writeShown(side, 1, price, size, buy);
        }
        else
        {
            take(side, buy);
        }
    }

    private void take(final NavigableMap<Long, Long> side, final boolean buy)
    {
        final Long[] prices = side.keySet().toArray(new Long[0]);
        // Only what is shown is told; the rest changes without a message, and would then be seen when it comes in.
        final long price = prices[random.nextInt(Math.min(depth, prices.length))];
        final long held = side.get(price);
        final boolean all = random.nextBoolean();
        final long size = all ? held : 1 + random.nextInt((int)Math.min(held, Integer.MAX_VALUE));
        if (size == held)
        {
            side.remove(price);
        }
        else
        {
            side.put(price, held - size);
        }
        write(2 + random.nextInt(3), 1 + random.nextInt(1_000), size, price, buy);
    }

    private void writeShown(
        final NavigableMap<Long, Long> side, final int type, final long price, final long size, final boolean buy)
    {
        final int place = side.headMap(price).size();
        if (place < depth)
        {
            write(type, 1 + random.nextInt(1_000), size, price, buy);
        }
    }

    private void write(final int type, final long orderId, final long size, final long price, final boolean buy)
    {
        messages.append(timeNs / 1_000_000_000L).append('.')
            .append(String.format("%09d", timeNs % 1_000_000_000L)).append(',')
            .append(type).append(',').append(orderId).append(',').append(size).append(',').append(price).append(',')
            .append(buy ? 1 : -1).append('\n');
        books.append(row(depth, asks, bids));
        rows++;
    }
}
