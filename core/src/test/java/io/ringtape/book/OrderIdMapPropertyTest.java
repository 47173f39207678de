package io.ringtape.book;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** The map of order ids against a HashMap. */
final class OrderIdMapPropertyTest
{
    // The multiplicative inverse of the map's multiplier modulo 2^64: i times it hashes to the product i, so all of
    // these ids share one home slot and the chains wrap round the end of the table.
    private static final long INVERSE = 0xF1DE83E19937733DL;

    @Property(tries = 300)
    void shouldDoWhatAHashMapDoes(@ForAll("ids") final List<Long> ids)
    {
        final OrderIdMap map = new OrderIdMap();
        final Map<Long, Integer> twin = new HashMap<>();

        for (int i = 0; i < ids.size(); i++)
        {
            final long id = ids.get(i);
            assertEquals(twin.getOrDefault(id, OrderIdMap.MISSING), map.get(id));
            if (twin.remove(id) != null)
            {
                map.remove(id);
            }
            else
            {
                map.add(id, i);
                twin.put(id, i);
            }
            assertEquals(twin.size(), map.size());
        }
        for (final long id : ids)
        {
            assertEquals(twin.getOrDefault(id, OrderIdMap.MISSING), map.get(id));
        }

        map.clear();
        assertEquals(0, map.size());
        for (final long id : ids)
        {
            assertEquals(OrderIdMap.MISSING, map.get(id));
        }
    }

    @Provide
    Arbitrary<List<Long>> ids()
    {
        final Arbitrary<Long> near = Arbitraries.longs().between(-40, 200);
        final Arbitrary<Long> oneSlot = Arbitraries.longs().between(-40, 40).map((i) -> i * INVERSE);
        return Arbitraries.frequencyOf(
            Tuple.of(4, near), Tuple.of(5, oneSlot), Tuple.of(1, Arbitraries.longs())).list().ofMaxSize(600);
    }
}
