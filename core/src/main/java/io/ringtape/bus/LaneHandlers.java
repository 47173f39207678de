package io.ringtape.bus;

import io.ringtape.event.EventHandler;
import io.ringtape.event.RangeHandler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Start and stop of the handlers of a lane, and how far each one got where a fault ended the lane inside a batch.
 * Event handlers come and go between two batches, on the thread of the lane.
 * <p>
 * Range handlers are started and stopped after the event handlers, as they are called.
 */
final class LaneHandlers
{
    private final List<NamedHandler<RangeHandler>> rangeHandlers;
    // Copied when it changes: the watchdog reads names in it.
    private volatile List<NamedHandler<EventHandler>> handlers;
    private long[] delivered;
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
     * Adds an event handler that was started and has got as much as the others, behind them.
     *
     * @param named the handler.
     */
    void append(final NamedHandler<EventHandler> named)
    {
        final List<NamedHandler<EventHandler>> more = new ArrayList<>(handlers);
        more.add(named);
        replace(more);
    }

    /**
     * Takes an event handler away that was stopped.
     *
     * @param named the handler.
     * @return where it stood.
     */
    int drop(final NamedHandler<EventHandler> named)
    {
        final int index = indexOf(named);
        final List<NamedHandler<EventHandler>> fewer = new ArrayList<>(handlers);
        fewer.remove(index);
        replace(fewer);
        return index;
    }

    int indexOf(final NamedHandler<EventHandler> named)
    {
        final List<NamedHandler<EventHandler>> now = handlers;
        int index = 0;
        while (!now.get(index).name().equals(named.name()))
        {
            index++;
        }
        return index;
    }

    boolean isEventHandler(final int index)
    {
        return index >= 0 && index < handlers.size();
    }

    /**
     * How far a handler got.
     *
     * @param index    of the handler.
     * @param sequence where the lane stands.
     * @return the last sequence that it has got.
     */
    long delivered(final int index, final long sequence)
    {
        return cut ? delivered[index] : sequence;
    }

    /**
     * How far all handlers got.
     *
     * @param sequence where the lane stands.
     * @return the last sequence that each of them has got.
     */
    long deliveredToAll(final long sequence)
    {
        return cut ? Arrays.stream(delivered).min().orElse(sequence) : sequence;
    }

    // Between two batches no handler is behind another one: the sequences are written when the lane ends.
    private void replace(final List<NamedHandler<EventHandler>> all)
    {
        handlers = List.copyOf(all);
        started = all.size() + rangeHandlers.size();
        delivered = new long[started];
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

    /**
     * A handler failed where it was told what was shed.
     *
     * @param index  of the handler, range handlers behind the event handlers: those before it were told.
     * @param last   the last sequence that was shed.
     * @param before the last sequence before that, which all of them have got.
     */
    void deliveredShed(final int index, final long last, final long before)
    {
        Arrays.fill(delivered, before);
        Arrays.fill(delivered, 0, index, last);
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
     * @return its name; empty if it has just left.
     */
    String name(final int index)
    {
        final List<NamedHandler<EventHandler>> now = handlers;
        if (index < now.size())
        {
            return now.get(index).name();
        }
        final int range = index - now.size();
        return range < rangeHandlers.size() ? rangeHandlers.get(range).name() : "";
    }
}
