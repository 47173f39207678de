package io.ringtape.replay;

import io.ringtape.event.Stateful;
import java.nio.ByteBuffer;

/**
 * What a replay of a run knows beside its handlers, as bytes: whether a venue event is open, what the handlers made
 * that is not on tape yet, and the timers that were asked for. What it compares and hashes is no part of it.
 */
final class ReplayState implements Stateful
{
    private final RunReplay replay;

    ReplayState(final RunReplay replay)
    {
        this.replay = replay;
    }

    @Override
    public String stateName()
    {
        return "replay";
    }

    @Override
    public int stateVersion()
    {
        return 1;
    }

    @Override
    public long stateParameters()
    {
        return 0;
    }

    @Override
    public long stateBytes()
    {
        return 1 + replay.comparator().storedBytes() + replay.timers().storedBytes();
    }

    @Override
    public void writeState(final ByteBuffer target)
    {
        target.put((byte)(replay.venueEvents().isOpen() ? 0 : 1));
        replay.comparator().store(target);
        replay.timers().store(target);
    }

    @Override
    public void readState(final ByteBuffer source)
    {
        replay.venueEvents().open(source.get() != 1);
        replay.comparator().load(source);
        replay.timers().load(source);
    }
}
