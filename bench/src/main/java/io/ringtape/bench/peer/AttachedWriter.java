package io.ringtape.bench.peer;

import io.ringtape.bus.EventBus;
import io.ringtape.bus.JoinFrom;
import io.ringtape.bus.Lane;
import io.ringtape.bus.Writer;
import io.ringtape.journal.TapeHistory;
import io.ringtape.journal.TapeReader;
import io.ringtape.journal.TapeWriter;
import java.nio.file.Path;
import java.util.Arrays;
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

    private final Tally tally = new Tally();
    private final Tally joined = new Tally();
    private final Path directory;
    private final Path tape;
    private final boolean attaches;
    private final long packetPaceNs;
    private @Nullable TapeWriter recorder;
    private @Nullable EventBus bus;
    private long[] packetsNs = new long[0];
    private int events;

    AttachedWriter(final Path directory, final boolean attaches)
    {
        this.directory = directory;
        tape = directory.resolve(RingtapeTape.NAME);
        this.attaches = attaches;
        packetPaceNs = SHARE_OF_RATE * Math.round(Work.BLOCK_EVENTS * RecorderRate.nsPerEvent(directory));
    }

    @Override
    public void prepare(final int count)
    {
        events = count;
        Scratch.recyclePages(directory, MappedTape.bytes(count, Work.BLOCK_EVENTS));
        final TapeWriter opened = RingtapeTape.open(tape);
        recorder = opened;
        final EventBus made = EventBus.builder()
            .capacity(Work.CAPACITY)
            .history(new TapeHistory(tape, opened), "tape")
            .lane(Lane.named("tape").batchLimit(Work.BLOCK_EVENTS).rangeHandler("recorder", opened).build())
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
        for (int i = 0; i < past; i++)
        {
            packet(to);
        }
        if (attaches)
        {
            attach(bus, count);
        }
        packetsNs = new long[packets - past];
        timed(to, packetsNs);
    }

    private void attach(final EventBus to, final int count)
    {
        joined.begin(count);
        to.attach(Lane.named("late").idle(new YieldingIdleStrategy()).handler("reader", (event) ->
            joined.add(Work.fold(event.buffer(), event.offset()))).build(), JoinFrom.start());
    }

    private void timed(final Writer to, final long[] ns)
    {
        long due = System.nanoTime();
        for (int i = 0; i < ns.length; i++)
        {
            long start = System.nanoTime();
            while (start - due < 0)
            {
                Thread.onSpinWait();
                start = System.nanoTime();
            }
            due += packetPaceNs;
            packet(to);
            ns[i] = System.nanoTime() - start;
        }
    }

    private static void packet(final Writer to)
    {
        final long first = to.claim(Work.BLOCK_EVENTS);
        for (long sequence = first; sequence < first + Work.BLOCK_EVENTS; sequence++)
        {
            Work.fill(to.slot(sequence), sequence);
        }
        to.publish();
    }

    @Override
    public long checksum()
    {
        if (attaches)
        {
            joined.await();
        }
        endBus();
        RingtapeTape.close(recorder, events);
        recorder = null;
        tally.begin(events);
        try (TapeReader reader = RingtapeTape.read(tape))
        {
            RingtapeTape.scan(reader, tally);
        }
        Scratch.remove(tape);
        if (attaches && joined.sum() != tally.sum())
        {
            throw new IllegalStateException("the attached handler got other events: joined=" + joined.sum() +
                " onTape=" + tally.sum());
        }
        return tally.sum();
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
        final long[] sorted = packetsNs.clone();
        Arrays.sort(sorted);
        final double anEvent = (double)sorted[(int)((sorted.length - 1) * TAIL)] / Work.BLOCK_EVENTS;
        return Math.round(anEvent * events);
    }

    @Override
    public void close()
    {
        endBus();
        final TapeWriter open = recorder;
        if (open != null)
        {
            open.close();
        }
        Scratch.remove(tape);
    }
}
