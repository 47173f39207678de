package io.ringtape.bench.peer;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;

/**
 * A raw mapped append on cold pages, with a thread that touches the pages ahead of it so that the appender finds them
 * mapped.
 * <p>
 * Thread safety: one thread owns it. Allocation: a thread a run.
 */
final class TouchedAppend implements Peer
{
    private static final int PAGE_BYTES = 4096;
    private static final int AHEAD_BYTES = 16 << 20;
    private static final int END = Integer.MAX_VALUE;

    private final BlockSource source = new BlockSource();
    private final Tally tally = new Tally();
    private final AtomicInteger written = new AtomicInteger();
    private final FreePages pages = FreePages.cold();
    private final Path directory;
    private final Path file;
    private int events;
    private @Nullable MappedTape tape;

    TouchedAppend(final Path directory)
    {
        this.directory = directory;
        file = directory.resolve("raw");
    }

    @Override
    public void prepare(final int count)
    {
        final long bytes = MappedTape.bytes(count, Work.BLOCK_EVENTS);
        pages.make(directory, bytes);
        events = count;
        written.set(0);
        tape = new MappedTape(Scratch.map(file, bytes), Work.BLOCK_EVENTS, true);
    }

    @Override
    public void run(final int count)
    {
        final MappedTape to = tape;
        final Thread toucher = PeerThread.start("toucher", () -> touch(to));
        for (int first = 0; first < count; first += Work.BLOCK_EVENTS)
        {
            to.append(source.buffer(), source.fillBlock(first), first);
            written.setRelease(to.position());
        }
        written.setRelease(END);
        PeerThread.join(toucher);
    }

    private void touch(final MappedTape to)
    {
        final int length = (int)MappedTape.bytes(events, Work.BLOCK_EVENTS);
        int next = 0;
        int reached = 0;
        while (next < length && reached != END)
        {
            final int until = Math.min(length, reached + AHEAD_BYTES);
            for (next = Math.max(next, reached & -PAGE_BYTES); next < until; next += PAGE_BYTES)
            {
                to.touch(next);
            }
            Thread.onSpinWait();
            reached = written.getAcquire();
        }
    }

    @Override
    public long checksum()
    {
        tally.begin(events);
        tape.scan(tally, events);
        close();
        return tally.sum();
    }

    @Override
    public void close()
    {
        final MappedTape opened = tape;
        tape = null;
        CloseHelper.close(opened);
        Scratch.remove(file);
    }
}
