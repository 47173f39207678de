package io.ringtape.bench.peer;

import io.ringtape.bus.EventBus;
import io.ringtape.bus.Lane;
import io.ringtape.bus.Writer;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.journal.TapeReader;
import java.nio.file.Path;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Our reader on the thread that publishes what it reads on a bus, a block a claim, to a handler on a lane of its own.
 * <p>
 * Thread safety: one thread owns it. Allocation: a bus and a reader a run.
 */
final class BusReplay implements Peer
{
    private final Tally tally = new Tally();
    private final Path tape;
    private final ReplayLane lane;
    private @Nullable EventBus bus;
    private @Nullable TapeReader reader;

    BusReplay(final Path directory, final ReplayLane lane)
    {
        this.lane = lane;
        tape = directory.resolve(RingtapeTape.NAME);
    }

    @Override
    public void prepare(final int count)
    {
        reader = RingtapeTape.readOnceMade(tape, count, Work.BLOCK_EVENTS);
        final EventBus made = EventBus.builder()
            .capacity(Work.CAPACITY)
            .lane(lane.with(Lane.named("reader"), tally).build())
            .build();
        made.start();
        bus = made;
    }

    @Override
    public void run(final int count)
    {
        tally.begin(count);
        final TapeReader from = reader;
        final Writer to = bus.writer();
        while (from.nextBlock())
        {
            publish(from.buffer(), from.offset(), from.count(), to);
        }
        tally.await();
    }

    private static void publish(final UnsafeBuffer from, final int offset, final int count, final Writer to)
    {
        final long first = to.claim(count);
        for (int i = 0; i < count; i++)
        {
            final OrderBookEvent slot = to.slot(first + i);
            copyTail(from, offset + i * Work.EVENT_BYTES, slot.buffer(), slot.offset());
        }
        to.publish();
    }

    /** All words but the first: the bus writes the sequence itself. */
    private static void copyTail(final UnsafeBuffer from, final int at, final UnsafeBuffer to, final int slot)
    {
        for (int i = Long.BYTES; i < Work.EVENT_BYTES; i += Long.BYTES)
        {
            to.putLong(slot + i, from.getLong(at + i));
        }
    }

    @Override
    public long checksum()
    {
        close();
        return tally.sum();
    }

    @Override
    public long expected(final long first, final int count)
    {
        return lane.expected(first, count);
    }

    @Override
    public void close()
    {
        final EventBus ended = bus;
        bus = null;
        BusEnd.close(ended);
        final TapeReader opened = reader;
        reader = null;
        CloseHelper.close(opened);
    }
}
