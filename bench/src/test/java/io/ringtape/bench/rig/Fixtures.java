package io.ringtape.bench.rig;

import io.ringtape.bench.peer.Measure;
import io.ringtape.bench.peer.Peer;
import io.ringtape.bench.peer.Row;
import io.ringtape.bench.peer.Work;
import java.util.List;

/** Rows of which nothing is measured. */
public final class Fixtures
{
    static final Canary.Reading USUAL = new Canary.Reading(50, 60);

    private Fixtures()
    {
    }

    /** Ours, a peer with a goal, a peer without. */
    public static Row row(final double goal)
    {
        return row(Measure.SPEED, goal);
    }

    public static Row row(final Measure measure, final double goal)
    {
        return new Row("X1", "nothing", measure, 1, Work.BLOCK_EVENTS, List.of(
            new Row.Entrant("ours", Row.NO_GOAL, (directory) -> new FixedPeer(0)),
            new Row.Entrant("held", goal, (directory) -> new FixedPeer(0)),
            new Row.Entrant("lossy", Row.NO_GOAL, (directory) -> new FixedPeer(1))));
    }

    /** Ours with a goal of its own, a peer without. */
    public static Row alone(final Measure measure, final double goal, final int processors)
    {
        return new Row("X2", "nothing", measure, processors, Work.BLOCK_EVENTS, List.of(
            new Row.Entrant("ours", goal, (directory) -> new FixedPeer(0)),
            new Row.Entrant("other", Row.NO_GOAL, (directory) -> new FixedPeer(0))));
    }

    /** Carries nothing; its checksum is right, or off by what it was told. */
    static final class FixedPeer implements Peer
    {
        private final long error;
        private int events;

        FixedPeer(final long error)
        {
            this.error = error;
        }

        @Override
        public void run(final int count)
        {
            events = count;
        }

        @Override
        public long checksum()
        {
            return Work.expected(0, events) + error;
        }

        @Override
        public void close()
        {
            events = 0;
        }
    }
}
