package io.ringtape.bus;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Those handlers of a late lane that hear how its join goes.
 */
final class JoinListeners
{
    private final LaneRunner runner;
    private final List<NamedHandler<?>> all;

    JoinListeners(final LaneRunner runner)
    {
        this.runner = runner;
        all = new ArrayList<>(runner.lane().handlers());
        all.addAll(runner.lane().rangeHandlers());
        all.removeIf((named) -> !(named.handler() instanceof JoinListener));
    }

    /**
     * Tells each of them, until one fails.
     *
     * @param sequence of the fault, if there is one.
     * @param call     what to tell.
     * @return false if one threw and its policy ended the lane.
     */
    boolean tell(final long sequence, final Consumer<JoinListener> call)
    {
        boolean goesOn = true;
        for (final NamedHandler<?> named : all)
        {
            if (goesOn && named.handler() instanceof JoinListener listener)
            {
                try
                {
                    call.accept(listener);
                }
                catch (final Throwable t)
                {
                    goesOn = runner.onFault(named.name(), FaultPhase.JOIN, sequence, t);
                }
            }
        }
        return goesOn;
    }
}
