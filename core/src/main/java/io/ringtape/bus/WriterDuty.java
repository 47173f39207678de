package io.ringtape.bus;

import java.util.List;
import java.util.function.Predicate;
import org.agrona.concurrent.IdleStrategy;
import org.jspecify.annotations.Nullable;

/**
 * What the writer's thread does beside publishing: polls the inputs in order, and at the end drains the inboxes and,
 * behind the end of all other lanes, stops the inline ones.
 */
final class WriterDuty
{
    /**
     * An input in the order of polling.
     *
     * @param name  of the input.
     * @param input to poll.
     */
    record Named(String name, WriterInput input)
    {
    }

    private final BusControl control;
    private final Named[] inputs;
    private final Inbox[] inboxes;
    private final long[] ends;
    private final LaneSet lanes;
    private final @Nullable LaneRunner orderLane;

    WriterDuty(
        final BusControl control, final List<Named> inputs, final List<Inbox> inboxes,
        final LaneSet lanes)
    {
        this.control = control;
        this.inputs = inputs.toArray(Named[]::new);
        this.inboxes = inboxes.toArray(Inbox[]::new);
        ends = new long[this.inboxes.length];
        this.lanes = lanes;
        orderLane = lanes.values().stream().filter((lane) -> lane.lane().isOrderLane()).findFirst().orElse(null);
    }

    int poll(final Writer writer)
    {
        if (control.isHalted())
        {
            throw control.halted();
        }
        int work = 0;
        for (final Named named : inputs)
        {
            try
            {
                work += named.input.poll(writer);
            }
            catch (final Throwable t)
            {
                // That of another bus, to which an input may publish, is thrown like anything else.
                if (t instanceof BusHaltedException halted && control.isHalted())
                {
                    throw halted;
                }
                final Fault fault = new Fault(
                    Fault.WRITER, named.name, FaultPhase.INPUT, writer.cursor(), FaultPolicy.HALT, t);
                control.halt(fault);
                control.report(fault);
                throw control.halted();
            }
        }
        return work;
    }

    int drainInboxes()
    {
        int drained = 0;
        for (final Inbox inbox : inboxes)
        {
            drained += inbox.drain();
        }
        return drained;
    }

    /**
     * Drains what is in the inboxes when it begins, and nothing that comes meanwhile in answer to it: then it is the
     * same whether that takes the lanes of others long or not.
     */
    int drainInboxesOnce(final WriterCore writer)
    {
        for (int i = 0; i < inboxes.length; i++)
        {
            ends[i] = inboxes[i].claimed();
        }
        int drained = 0;
        for (int i = 0; i < inboxes.length; i++)
        {
            drained += writer.drain(inboxes[i], ends[i]);
        }
        return drained;
    }

    LaneRunner lane(final String name)
    {
        final LaneRunner lane = lanes.get(name);
        if (lane == null)
        {
            throw new IllegalArgumentException("no such lane: lane=" + name);
        }
        return lane;
    }

    @Nullable
    LaneRunner orderLane()
    {
        return orderLane;
    }

    /**
     * Ends the writer's part of a bus that is closing or halted, on the thread that has or takes the writer's role.
     *
     * @param writer of the bus.
     * @param idle   how to wait for an offer that was claimed and is still being copied.
     */
    void finish(final WriterCore writer, final IdleStrategy idle)
    {
        control.finishing(true);
        try
        {
            takeOverAndDrain(writer, idle);
        }
        finally
        {
            control.finishing(false);
        }
    }

    private void takeOverAndDrain(final WriterCore writer, final IdleStrategy idle)
    {
        try
        {
            writer.takeOver();
        }
        finally
        {
            // A listener that throws because of a void claim keeps nothing of the rest from being handled.
            drainAndStop(writer, idle);
        }
    }

    private void drainAndStop(final WriterCore writer, final IdleStrategy idle)
    {
        try
        {
            if (control.state() == BusControl.CLOSING)
            {
                writer.startInline();
                for (final Inbox inbox : inboxes)
                {
                    drainLast(inbox, idle);
                }
            }
        }
        catch (final BusHaltedException e)
        {
            // A lane failed meanwhile: its fault is on the bus, and the inline lanes still are to be stopped.
            control.lose();
        }
        finally
        {
            stopInline(writer, idle);
        }
    }

    // Last of all: an inline handler that is told of an orderly end knows that the other lanes have come to theirs, the
    // recorder's above all. A bus that halts meanwhile stops it at once.
    private void stopInline(final WriterCore writer, final IdleStrategy idle)
    {
        try
        {
            if (writer.hasInline() && awaitOthers(LaneRunner::isSettled, idle))
            {
                control.stopLanes();
                awaitOthers(LaneRunner::hasEnded, idle);
            }
        }
        finally
        {
            writer.stopInline();
        }
    }

    private boolean awaitOthers(final Predicate<LaneRunner> condition, final IdleStrategy idle)
    {
        for (final LaneRunner lane : lanes.values())
        {
            while (!lane.lane().isInline() && !condition.test(lane))
            {
                if (control.state() != BusControl.CLOSING || control.isCloseOverdue())
                {
                    return false;
                }
                idle.idle();
            }
        }
        return control.state() == BusControl.CLOSING;
    }

    private void drainLast(final Inbox inbox, final IdleStrategy idle)
    {
        // The state was set before this look, so a claim behind the position finds the bus closing and aborts.
        final long end = inbox.claimed();
        while (!inbox.isDrainedTo(end))
        {
            if (control.isCloseOverdue() || control.isHalted())
            {
                control.lose();
                return;
            }
            idle.idle(inbox.drain());
        }
    }
}
