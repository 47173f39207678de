package io.ringtape.bench.peer;

import io.ringtape.bus.EventBus;
import io.ringtape.bus.JoinFrom;
import io.ringtape.bus.Lane;
import io.ringtape.bus.Writer;
import io.ringtape.journal.TapeHistory;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.jspecify.annotations.Nullable;

/**
 * What publishing costs the writer of our bus at its worst, recorder on a lane, while a handler is attached from the
 * start of the tape; or the same with nobody attached.
 * <p>
 * Two thirds of a run are the past: the writer publishes them as fast as the recorder takes them. Then the handler is
 * attached, and the writer goes on at half the rate that our recorder reaches here, in packets of a block, each timed.
 * What counts is the packet that a thousandth of these is above: one that finds the join in its way.
 * <p>
 * Thread safety: one thread owns it. Allocation: a tape, a bus and a reader a run.
 */
final class AttachedWriter implements Peer
{
    private static final int SHARE_OF_RATE = 2;
    private static final int PAST_OF_THREE = 2;
    private static final double TAIL = 0.999;
    private static final long CLOSE_LIMIT_NS = TimeUnit.SECONDS.toNanos(60);

    private final Tally joined = new Tally();
    private final RecorderSink sink;
    private final Path tape;
    private final boolean attaches;
    private final PacedPackets paced;
    private @Nullable EventBus bus;
    private int events;

    AttachedWriter(final Path directory, final boolean attaches)
    {
        sink = new RecorderSink(directory);
        tape = directory.resolve(RingtapeTape.NAME);
        this.attaches = attaches;
        paced = new PacedPackets(
            SHARE_OF_RATE * Math.round(Work.BLOCK_EVENTS * RecorderRate.nsPerEvent(directory)));
    }

    @Override
    public void prepare(final int count)
    {
        events = count;
        final Lane lane = sink.begin(Lane.named("tape").batchLimit(Work.BLOCK_EVENTS), count).build();
        final EventBus made = EventBus.builder()
            .capacity(Work.CAPACITY)
            .history(new TapeHistory(tape, sink.writer()), "tape")
            .lane(lane)
            .build();
        made.start();
        bus = made;
    }

    @Override
    public void run(final int count)
    {
        final Writer to = bus.writer();
        final int packets = count / Work.BLOCK_EVENTS;
        final int past = packets / (PAST_OF_THREE + 1) * PAST_OF_THREE;
        PacedWriter.publish(to, past * Work.BLOCK_EVENTS);
        if (attaches)
        {
            attach(bus, count);
        }
        paced.run(to, packets - past);
    }

    private void attach(final EventBus to, final int count)
    {
        joined.begin(count);
        to.attach(Lane.named("late").idle(new YieldingIdleStrategy()).handler("reader", (event) ->
            joined.add(Work.fold(event.buffer(), event.offset()))).build(), JoinFrom.start());
    }

    @Override
    public long checksum()
    {
        if (attaches)
        {
            joined.await();
        }
        endBus();
        final long onTape = sink.finish();
        if (attaches && joined.sum() != onTape)
        {
            throw new IllegalStateException("the attached handler got other events: joined=" + joined.sum() +
                " onTape=" + onTape);
        }
        return onTape;
    }

    private void endBus()
    {
        final EventBus ended = bus;
        bus = null;
        BusEnd.close(ended, CLOSE_LIMIT_NS);
    }

    @Override
    public long cost(final long elapsedNs)
    {
        return Math.round((double)paced.atShareNs(TAIL) / Work.BLOCK_EVENTS * events);
    }

    @Override
    public void close()
    {
        endBus();
        Scratch.remove(tape);
    }
}
