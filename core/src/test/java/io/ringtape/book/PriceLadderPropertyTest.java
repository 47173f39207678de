package io.ringtape.book;

import static io.ringtape.event.Side.ASK;
import static io.ringtape.event.Side.BID;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.event.OrderBookEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** The ladder against a TreeMap. */
final class PriceLadderPropertyTest
{
    @Property(tries = 300)
    void shouldDoWhatATreeMapDoes(@ForAll final boolean bid, @ForAll("prices") final List<Long> prices)
    {
        final PriceLadder ladder = new PriceLadder(bid ? BID : ASK);
        final NavigableMap<Long, Long> twin = twin(bid);

        for (int i = 0; i < prices.size(); i++)
        {
            final long price = prices.get(i);
            final int index = ladder.find(price);
            assertEquals(twin.containsKey(price), index >= 0);
            if (index < 0)
            {
                ladder.insert(~index, price, i);
                twin.put(price, (long)i);
            }
            else if (i % 3 == 0)
            {
                ladder.remove(index);
                twin.remove(price);
            }
            else
            {
                assertEquals(twin.put(price, (long)i), ladder.value(index));
                ladder.value(index, i);
            }
            requireEqual(twin, ladder);
        }
    }

    @Property(tries = 100)
    void shouldKeepTheLevelsFarthestFromTheTop(
        @ForAll final boolean bid, @ForAll("prices") final List<Long> prices, @ForAll final int seed)
    {
        final PriceLadder ladder = new PriceLadder(bid ? BID : ASK);
        final NavigableMap<Long, Long> twin = twin(bid);
        for (final long price : prices)
        {
            if (twin.put(price, 1L) == null)
            {
                ladder.insert(~ladder.find(price), price, 1L);
            }
        }

        final int kept = Math.floorMod(seed, ladder.count() + 1);
        ladder.truncate(kept);
        while (twin.size() > kept)
        {
            twin.pollFirstEntry();
        }

        requireEqual(twin, ladder);
    }

    @Provide
    Arbitrary<List<Long>> prices()
    {
        final Arbitrary<Long> near = Arbitraries.longs().between(-30, 30);
        final Arbitrary<Long> any = Arbitraries.longs().greaterOrEqual(Long.MIN_VALUE + 1);
        return Arbitraries.frequencyOf(
            Tuple.of(9, near), Tuple.of(1, any)).list().ofMaxSize(200);
    }

    // Best first.
    private static NavigableMap<Long, Long> twin(final boolean bid)
    {
        return new TreeMap<>(bid ? Comparator.<Long>reverseOrder() : Comparator.<Long>naturalOrder());
    }

    private static void requireEqual(final NavigableMap<Long, Long> twin, final PriceLadder ladder)
    {
        final List<Long> prices = new ArrayList<>();
        final List<Long> values = new ArrayList<>();
        for (int level = 0; level < ladder.count(); level++)
        {
            final int index = ladder.indexOfLevel(level);
            prices.add(ladder.price(index));
            values.add(ladder.value(index));
        }
        assertEquals(List.copyOf(twin.keySet()), prices);
        assertEquals(List.copyOf(twin.values()), values);
        assertEquals(twin.isEmpty() ? OrderBookEvent.NULL_PRICE : (long)twin.firstKey(), ladder.bestPrice());
        for (final long price : prices)
        {
            assertTrue(ladder.find(price) >= 0);
        }
    }
}
