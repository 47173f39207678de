package io.ringtape.backtest;

import io.ringtape.event.Side;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The own orders of one side of an instrument by price, the best first. There are few, so it is searched one by one.
 */
final class OwnSide
{
    private final List<OwnLevel> levels = new ArrayList<>();
    private final List<OwnLevel> spare = new ArrayList<>();
    private final int side;

    OwnSide(final int side)
    {
        this.side = side;
    }

    int side()
    {
        return side;
    }

    int count()
    {
        return levels.size();
    }

    OwnLevel level(final int index)
    {
        return levels.get(index);
    }

    @Nullable
    OwnLevel find(final long price)
    {
        for (int i = 0; i < levels.size(); i++)
        {
            if (levels.get(i).price() == price)
            {
                return levels.get(i);
            }
        }
        return null;
    }

    OwnLevel levelAt(final long price)
    {
        int index = 0;
        while (index < levels.size() && isBetter(levels.get(index).price(), price))
        {
            index++;
        }
        if (index < levels.size() && levels.get(index).price() == price)
        {
            return levels.get(index);
        }
        final OwnLevel level = spare.isEmpty() ? new OwnLevel() : spare.remove(spare.size() - 1);
        level.open(side, price);
        levels.add(index, level);
        return level;
    }

    void removeIfEmpty(final OwnLevel level)
    {
        if (level.count() == 0)
        {
            levels.remove(level);
            spare.add(level);
        }
    }

    /** A recorded order stands at one level, or at none of these, so it has no place at any other. */
    void forgetElsewhere(final long orderId, final @Nullable OwnLevel at)
    {
        for (int i = 0; i < levels.size(); i++)
        {
            if (levels.get(i) != at)
            {
                levels.get(i).forget(orderId);
            }
        }
    }

    /** Whether an order of this side at a price goes before one at another price. */
    boolean isBetter(final long price, final long other)
    {
        return side == Side.BID ? price > other : price < other;
    }
}
