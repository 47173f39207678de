package io.ringtape.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.event.Side;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The pools of a book by order use every freed place again before they grow. */
@Timeout(10)
final class PoolTest
{
    @Test
    void shouldUseEveryFreedOrderAgain()
    {
        final OrderPool pool = new OrderPool();
        final Set<Integer> taken = new HashSet<>();
        for (int i = 0; i < 1_000; i++)
        {
            final int order = pool.take();
            pool.level[order] = 0;
            assertTrue(taken.add(order));
        }

        for (int order = 0; order < 1_000; order += 3)
        {
            assertTrue(pool.isLive(order));
            pool.release(order);
            taken.remove(order);
            assertFalse(pool.isLive(order));
        }
        while (taken.size() < 1_000)
        {
            assertTrue(taken.add(pool.take()));
        }

        assertEquals(999, taken.stream().mapToInt(Integer::intValue).max().orElseThrow());
        assertEquals(1_000, pool.take());
    }

    @Test
    void shouldUseEveryFreedLevelAgainAndMakeItEmpty()
    {
        final LevelPool pool = new LevelPool();
        for (int i = 0; i < 100; i++)
        {
            final int level = pool.take(Side.ASK, i);
            assertEquals(i, level);
            pool.quantity[level] = 7;
            pool.orderCount[level] = 1;
            pool.first[level] = 5;
            pool.last[level] = 5;
        }

        for (int level = 0; level < 100; level += 2)
        {
            pool.release(level);
        }
        final Set<Integer> again = new HashSet<>();
        for (int i = 0; i < 50; i++)
        {
            final int level = pool.take(Side.BID, 1_000 + i);
            assertTrue(again.add(level));
            assertEquals(0, level % 2);
            assertEquals(1_000 + i, pool.price[level]);
            assertEquals(Side.BID, pool.side[level]);
            assertEquals(0, pool.quantity[level]);
            assertEquals(0, pool.orderCount[level]);
            assertEquals(OrderPool.NONE, pool.first[level]);
            assertEquals(OrderPool.NONE, pool.last[level]);
        }

        assertEquals(100, pool.take(Side.BID, 1));
    }

    @Test
    void shouldStartAgainAfterClear()
    {
        final OrderPool orders = new OrderPool();
        final LevelPool levels = new LevelPool();
        orders.level[orders.take()] = 0;
        orders.level[orders.take()] = 0;
        levels.take(Side.BID, 1);
        levels.release(levels.take(Side.BID, 2));
        orders.release(0);

        orders.clear();
        levels.clear();

        assertFalse(orders.isLive(1));
        assertEquals(0, orders.take());
        assertEquals(1, orders.take());
        assertEquals(0, levels.take(Side.BID, 1));
        assertEquals(1, levels.take(Side.BID, 1));
    }
}
