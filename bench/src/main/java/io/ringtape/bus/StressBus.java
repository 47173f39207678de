package io.ringtape.bus;

import com.lmax.disruptor.Sequencer;
import org.agrona.concurrent.BusySpinIdleStrategy;

/**
 * The parts of a bus that runs, with a ring of two slots, and who attaches lanes to it. The threads of the lanes are
 * never started: an actor does what they would.
 */
final class StressBus
{
    private static final int CAPACITY = 2;
    private static final BusConfig CONFIG = new BusConfig(CAPACITY, 0, 2, 0, BusConfig.NO_STALL_LIMIT);
    private static final EventBusBuilder BUILDER = EventBus.builder().threadFactory(Unstarted::new);
    /** Off, so it keeps nothing of any bus. */
    private static final WriterTimers TIMERS =
        new WriterTimers(TimerConfig.OFF, StressControl.running(), Sequencers.of(CONFIG, false));

    private final BusControl control = StressControl.running();
    private final Sequencer sequencer = Sequencers.of(CONFIG, false);
    private final Slots slots = new Slots(CAPACITY);
    private final WriterRole role = new WriterRole(control);
    private final WriterCore core =
        new WriterCore(control, sequencer, slots, BusySpinIdleStrategy.INSTANCE, role, TIMERS);
    private final LaneSet lanes = new LaneSet();
    private final Attachments attachments =
        new Attachments(BUILDER, CONFIG, control, sequencer, slots, role, lanes);

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
