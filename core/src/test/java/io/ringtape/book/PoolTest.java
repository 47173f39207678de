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
            final int order = pool.take(i, 1);
            pool.link(order, 0, OrderPool.NONE);
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
            assertTrue(taken.add(pool.take(0, 1)));
        }

        assertEquals(999, taken.stream().mapToInt(Integer::intValue).max().orElseThrow());
        assertEquals(1_000, pool.take(0, 1));
    }

    @Test
    void shouldKeepWhatSharesAWordApart()
    {
        final OrderPool orders = new OrderPool();
        final int order = orders.take(Long.MIN_VALUE, Long.MAX_VALUE);
        orders.link(order, Integer.MAX_VALUE, OrderPool.NONE);
        assertEquals(Integer.MAX_VALUE, orders.level(order));
        assertEquals(OrderPool.NONE, orders.previous(order));
        assertEquals(OrderPool.NONE, orders.next(order));

        orders.previous(order, 3);
        orders.next(order, 4);
        orders.quantity(order, 5);

        assertEquals(Long.MIN_VALUE, orders.id(order));
        assertEquals(5, orders.quantity(order));
        assertEquals(Integer.MAX_VALUE, orders.level(order));
        assertEquals(3, orders.previous(order));
        assertEquals(4, orders.next(order));

        final LevelPool levels = new LevelPool();
        final int level = levels.take(Side.ASK, Long.MIN_VALUE + 1);
        levels.addOrder(level);
        levels.addOrder(level);
        levels.removeOrder(level);
        levels.first(level, 0);
        assertEquals(OrderPool.NONE, levels.last(level));
        levels.last(level, Integer.MAX_VALUE);

        assertEquals(0, levels.first(level));
        assertEquals(Integer.MAX_VALUE, levels.last(level));
        assertEquals(1, levels.orderCount(level));
        assertEquals(Side.ASK, levels.side(level));
        assertEquals(Long.MIN_VALUE + 1, levels.price(level));
    }

    @Test
    void shouldUseEveryFreedLevelAgainAndMakeItEmpty()
    {
        final LevelPool pool = new LevelPool();
        for (int i = 0; i < 100; i++)
        {
            final int level = pool.take(Side.ASK, i);
            assertEquals(i, level);
            pool.addQuantity(level, 7);
            pool.addOrder(level);
            pool.first(level, 5);
            pool.last(level, 5);
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
            assertEquals(1_000 + i, pool.price(level));
            assertEquals(Side.BID, pool.side(level));
            assertEquals(0, pool.quantity(level));
            assertEquals(0, pool.orderCount(level));
            assertEquals(OrderPool.NONE, pool.first(level));
            assertEquals(OrderPool.NONE, pool.last(level));
        }

        assertEquals(100, pool.take(Side.BID, 1));
    }

    @Test
    void shouldStartAgainAfterClear()
    {
        final OrderPool orders = new OrderPool();
        final LevelPool levels = new LevelPool();
        orders.link(orders.take(7, 1), 0, OrderPool.NONE);
        orders.link(orders.take(8, 1), 0, 0);
        levels.take(Side.BID, 1);
        levels.release(levels.take(Side.BID, 2));
        orders.release(0);

        orders.clear();
        levels.clear();

        assertFalse(orders.isLive(1));
        assertEquals(0, orders.take(7, 1));
        assertEquals(1, orders.take(8, 1));
        assertEquals(0, levels.take(Side.BID, 1));
        assertEquals(1, levels.take(Side.BID, 1));
    }
}
