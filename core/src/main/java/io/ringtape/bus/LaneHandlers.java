package io.ringtape.bus;

import io.ringtape.event.EventHandler;
import io.ringtape.event.RangeHandler;
import java.util.Arrays;
import java.util.List;

/**
 * Start and stop of the handlers of a lane, and how far each one got where a fault ended the lane inside a batch.
 * <p>
 * Range handlers are started and stopped after the event handlers, as they are called.
 */
final class LaneHandlers
{
    private final List<NamedHandler<EventHandler>> handlers;
    private final List<NamedHandler<RangeHandler>> rangeHandlers;
    private final long[] delivered;
    private final LaneCall call;
    private final long firstSequence;
    private int started;
    private boolean cut;

    LaneHandlers(final Lane lane, final LaneCall call, final long cursor)
    {
        this.call = call;
        handlers = lane.handlers();
        rangeHandlers = lane.rangeHandlers();
        delivered = new long[handlers.size() + rangeHandlers.size()];
        firstSequence = cursor + 1;
        Arrays.fill(delivered, cursor);
    }

    void start()
    {
        for (final NamedHandler<EventHandler> named : handlers)
        {
            call.to(started);
            named.handler().onStart(firstSequence);
            started++;
        }
        for (final NamedHandler<RangeHandler> named : rangeHandlers)
        {
            call.to(started);
            named.handler().onStart(firstSequence);
            started++;
        }
        call.none();
    }

    /**
     * The handler whose start threw.
     *
     * @return its name.
     */
    String failing()
    {
        return name(started);
    }

    void stop(final LaneRunner lane)
    {
        if (!cut)
        {
            delivered(lane.sequence());
        }
        final int count = started;
        started = 0;
        for (int i = 0; i < count; i++)
        {
            try
            {
                call.to(i);
                stop(i);
            }
            catch (final Throwable t)
            {
                lane.onFault(name(i), FaultPhase.STOP, delivered[i], t);
            }
        }
    }

    /**
     * All handlers got everything up to a sequence.
     *
     * @param sequence the last one.
     */
    void delivered(final long sequence)
    {
        Arrays.fill(delivered, sequence);
        cut = true;
    }

    /**
     * An event handler failed on an event.
     *
     * @param index  of the handler: those before it have got the event.
     * @param at     the sequence of the event.
     * @param before the last sequence of the batch before, all that the range handlers have got.
     */
    void deliveredEvents(final int index, final long at, final long before)
    {
        Arrays.fill(delivered, before);
        Arrays.fill(delivered, 0, index, at);
        Arrays.fill(delivered, index, handlers.size(), at - 1);
        cut = true;
    }

    /**
     * A range handler failed on a range.
     *
     * @param index  of the handler among the range handlers: those before it have got the range.
     * @param end    the last sequence of the range.
     * @param before the last sequence before the range.
     * @param last   the last sequence of the batch, which all event handlers have got.
     */
    void deliveredRanges(final int index, final long end, final long before, final long last)
    {
        final int ranges = handlers.size();
        Arrays.fill(delivered, 0, ranges, last);
        Arrays.fill(delivered, ranges, ranges + index, end);
        Arrays.fill(delivered, ranges + index, delivered.length, before);
        cut = true;
    }

    private void stop(final int index)
    {
        if (index < handlers.size())
        {
            handlers.get(index).handler().onStop(delivered[index]);
        }
        else
        {
            rangeHandlers.get(index - handlers.size()).handler().onStop(delivered[index]);
        }
    }

    /**
     * The name of a handler.
     *
     * @param index its place on the lane, range handlers behind the event handlers.
     * @return its name.
     */
    String name(final int index)
    {
        return index < handlers.size() ?
            handlers.get(index).name() : rangeHandlers.get(index - handlers.size()).name();
    }
}
