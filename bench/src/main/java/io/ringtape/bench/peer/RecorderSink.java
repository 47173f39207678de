package io.ringtape.bench.peer;

import io.ringtape.bus.Lane;
import io.ringtape.journal.TapeConfig;
import io.ringtape.journal.TapeReader;
import io.ringtape.journal.TapeWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Our recorder on the lane; the sum is that of the tape, read back.
 * <p>
 * Thread safety: see {@link LaneSink}. Allocation: none in a range.
 */
final class RecorderSink implements LaneSink
{
    private final Tally tally = new Tally();
    private final TapeConfig config;
    private final Path directory;
    private final Path tape;
    private int events;
    private @Nullable TapeWriter writer;

    RecorderSink(final Path directory)
    {
        this(directory, TapeConfig.defaults());
    }

    RecorderSink(final Path directory, final TapeConfig config)
    {
        this.config = config;
        this.directory = directory;
        tape = directory.resolve(RingtapeTape.NAME);
    }

    @Override
    public Lane.Builder begin(final Lane.Builder lane, final int count)
    {
        Scratch.recyclePages(directory, MappedTape.bytes(count, Work.BLOCK_EVENTS));
        events = count;
        final TapeWriter opened = RingtapeTape.open(tape, config);
        writer = opened;
        return lane.rangeHandler(NAME, opened);
    }

    /** The recorder of the run. */
    TapeWriter writer()
    {
        return writer;
    }

    @Override
    public long finish()
    {
        RingtapeTape.close(writer, events);
        tally.begin(events);
        try (TapeReader reader = RingtapeTape.read(tape))
        {
            RingtapeTape.scan(reader, tally);
        }
        Scratch.remove(tape);
        return tally.sum();
    }
}
