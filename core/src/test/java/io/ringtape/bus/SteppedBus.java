package io.ringtape.bus;

import static io.ringtape.bus.BusFixture.batch;
import static io.ringtape.bus.BusFixture.lane;

import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.Sequencer;

/** A small bus without threads, with a recorder: whoever tests it makes each step itself. */
final class SteppedBus
{
    static final int CAPACITY = 4;
    private static final int MAX_EVENTS = 128;

    private final long first;
    private final BusControl control = new BusControl((fault) ->
    {
    }, System::nanoTime);
    private final Sequencer sequencer;
    private final Slots slots = new Slots(CAPACITY);
    private final WriterCore core;
    private final ArrayHistory history;
    private final LaneRunner recorder;

    SteppedBus(final long first)
    {
        this.first = first;
        sequencer = BusFixture.sequencer(CAPACITY, first);
        core = new WriterCore(control, sequencer, slots, BusFixture.yielding(), new WriterRole(control),
            new WriterTimers(TimerConfig.OFF, control, sequencer));
        history = new ArrayHistory(first, MAX_EVENTS);
        recorder = started(lane("tape").rangeHandler("recorder", history).build());
        control.change(BusControl.NEW, BusControl.RUNNING);
    }

    /** A lane that is there from the start, with its gate. */
    LaneRunner started(final Lane lane)
    {
        final LaneRunner runner = new LaneRunner(lane, control, sequencer, slots);
        sequencer.addGatingSequences(runner.ownSequence());
        runner.start();
        return runner;
    }

    /** A runner on the ring, whose gate is at the cursor. */
    LaneRunner live(final Lane lane)
    {
        final Sequence gate = new Sequence();
        sequencer.addGatingSequences(gate);
        return new LaneRunner(lane, control, sequencer, slots, gate, null);
    }

    /** A runner on the history, from its start. */
    LaneRunner behind(final Lane lane, final CatchUp catchUp)
    {
        return new LaneRunner(lane, control, sequencer, catchUp.slots(), new Sequence(first - 1), null);
    }

    CatchUp catchUp()
    {
        return new CatchUp(history.open(JoinFrom.start()), recorder, 1, CAPACITY);
    }

    /** A runner that starts with a snapshot, and reads the history from there. */
    LaneRunner behind(final Lane lane, final CatchUp catchUp, final History.Snapshot snapshot)
    {
        catchUp.startWith(new JoinSnapshot(snapshot));
        return new LaneRunner(
            lane, control, sequencer, catchUp.slots(), new Sequence(snapshot.nextSequence() - 1), null);
    }

    CatchUp catchUp(final long sequence)
    {
        return new CatchUp(history.open(JoinFrom.sequence(sequence)), recorder, 1, CAPACITY);
    }

    /** Publishes an event, if there is room. */
    void publish()
    {
        final long claimed = core.tryClaim(1);
        if (claimed >= 0)
        {
            core.put(claimed, 1, batch(claimed, 1));
        }
    }

    /** Records an event, if there is one. */
    void record()
    {
        batchOf(recorder);
    }

    /** Records an event that is in its slot with the cursor still on its way. */
    void recordAhead()
    {
        final long next = core.cursor() + 1;
        slots.copy(next, 1, batch(next, 1).buffer(), 0);
        recorder.deliver(next, next);
    }

    /** Reads the history in slices of more than one event. */
    CatchUp slices(final int events)
    {
        return new CatchUp(history.open(JoinFrom.start()), recorder, events, CAPACITY);
    }

    /** Lets a lane deliver an event, if there is one. */
    void batchOf(final LaneRunner lane)
    {
        final long next = lane.sequence() + 1;
        if (next <= core.cursor())
        {
            lane.deliver(next, next);
        }
    }

    long first()
    {
        return first;
    }

    long cursor()
    {
        return core.cursor();
    }

    BusControl control()
    {
        return control;
    }

    Sequencer sequencer()
    {
        return sequencer;
    }

    Slots slots()
    {
        return slots;
    }

    ArrayHistory history()
    {
        return history;
    }
}
