package io.ringtape.bus;

import io.ringtape.event.EventHandler;
import io.ringtape.event.RangeHandler;
import java.util.List;

/**
 * Gives missed events up, counts them, and tells each handler of the lane, event handlers first.
 */
final class Shedding implements OverflowAction
{
    private final LaneRunner runner;
    private final List<NamedHandler<EventHandler>> handlers;
    private final List<NamedHandler<RangeHandler>> rangeHandlers;

    Shedding(final LaneRunner runner)
    {
        this.runner = runner;
        handlers = runner.lane().handlers();
        rangeHandlers = runner.lane().rangeHandlers();
    }

    @Override
    public boolean missed(final long first, final long last)
    {
        runner.counts().addShed(last - first + 1);
        final int count = handlers.size() + rangeHandlers.size();
        for (int i = 0; i < count; i++)
        {
            try
            {
                tell(i, first, last);
            }
            catch (final Throwable t)
            {
                if (!runner.onFault(name(i), FaultPhase.SHED, first, t))
                {
                    runner.endShed(i, last, first - 1);
                    return false;
                }
            }
        }
        runner.moveTo(last);
        return true;
    }

    private void tell(final int index, final long first, final long last)
    {
        if (index < handlers.size())
        {
            handlers.get(index).handler().onShed(first, last);
        }
        else
        {
            rangeHandlers.get(index - handlers.size()).handler().onShed(first, last);
        }
    }

    private String name(final int index)
    {
        return index < handlers.size() ?
            handlers.get(index).name() : rangeHandlers.get(index - handlers.size()).name();
    }
}
