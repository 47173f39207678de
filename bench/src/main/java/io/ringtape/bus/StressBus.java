package io.ringtape.bus;

import com.lmax.disruptor.Sequencer;
import io.ringtape.event.EventHandler;
import io.ringtape.event.Interest;
import org.agrona.concurrent.BusySpinIdleStrategy;

/**
 * The parts of a bus that runs, with a ring of a few slots, and who attaches lanes and handlers to it. The threads of
 * the lanes are never started: an actor does what they would.
 */
final class StressBus
{
    private static final EventBusBuilder BUILDER = EventBus.builder().threadFactory(Unstarted::new);
    /** Off, so it keeps nothing of any bus. */
    private static final WriterTimers TIMERS =
        new WriterTimers(TimerConfig.OFF, StressControl.running(), Sequencers.of(config(1), false));

    private final BusControl control = StressControl.running();
    private final Sequencer sequencer;
    private final Slots slots;
    private final WriterCore core;
    private final LaneSet lanes = new LaneSet();
    private final Attachments attachments;

    StressBus(final int capacity)
    {
        final WriterRole role = new WriterRole(control);
        sequencer = Sequencers.of(config(capacity), false);
        slots = new Slots(capacity);
        core = new WriterCore(control, sequencer, slots, BusySpinIdleStrategy.INSTANCE, role, TIMERS);
        attachments = new Attachments(BUILDER, config(capacity), control, sequencer, slots, role, lanes);
    }

    private static BusConfig config(final int capacity)
    {
        return new BusConfig(capacity, 0, 2, 0, BusConfig.NO_STALL_LIMIT);
    }

    /** Adds a lane of those that the bus was built with, as it does itself. */
    LaneRunner add(final Lane lane)
    {
        final LaneRunner runner = new LaneRunner(lane, control, sequencer, slots);
        runner.guests().open();
        sequencer.addGatingSequences(runner.ownSequence());
        lanes.put(lane.name(), runner);
        return runner;
    }

    /** Publishes so many events, or fewer: where there is no room it goes on. */
    void publish(final int tries)
    {
        for (int i = 0; i < tries; i++)
        {
            final long sequence = core.tryClaim(1);
            if (sequence >= 0)
            {
                core.slot(sequence).price(sequence).quantity(sequence);
                core.publish();
            }
        }
    }

    /** Attaches a lane from the next event on. */
    LateLane attach(final Lane lane)
    {
        return attachments.attach(lane, JoinFrom.live()).lane();
    }

    /** Attaches a handler to a lane, from the next event on. */
    LateLane attach(final String lane, final EventHandler handler)
    {
        return attachments.attach(
            lane, new NamedHandler<>("new", handler, false, Interest.all()), JoinFrom.live()).lane();
    }

    /** Ends the bus, as {@link BusClose} begins to, and looks whether there is a lane to wait for. */
    boolean closesWith(final String lane)
    {
        control.change(BusControl.RUNNING, BusControl.CLOSING);
        return hasLane(lane);
    }

    boolean hasLane(final String name)
    {
        return lanes.get(name) != null;
    }

    /** Whether nobody holds the ring. */
    boolean isFree()
    {
        return sequencer.getMinimumSequence() == sequencer.getCursor();
    }

    long cursor()
    {
        return sequencer.getCursor();
    }

    /** In the place of a lane's thread. */
    private static final class Unstarted extends Thread
    {
        private Unstarted(final Runnable task)
        {
            super(task);
        }

        @Override
        public synchronized void start()
        {
            // An actor runs the lane.
        }
    }
}
