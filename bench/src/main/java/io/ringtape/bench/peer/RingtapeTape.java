package io.ringtape.bench.peer;

import io.ringtape.event.BookKind;
import io.ringtape.event.Definitions;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.SourceDefinition;
import io.ringtape.journal.RunListener;
import io.ringtape.journal.RunSummary;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeConfig;
import io.ringtape.journal.TapeRange;
import io.ringtape.journal.TapeReader;
import io.ringtape.journal.TapeWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.concurrent.OffsetEpochNanoClock;

/**
 * How the peers of this package open, write and read a tape of ours.
 * <p>
 * Thread safety: stateless. Allocation: none for an event.
 */
final class RingtapeTape
{
    /** The tape in the directory of a peer. */
    static final String NAME = "ringtape";

    private RingtapeTape()
    {
    }

    static TapeWriter open(final Path directory)
    {
        return open(directory, TapeConfig.defaults());
    }

    static TapeWriter open(final Path directory, final TapeConfig config)
    {
        final Definitions definitions = new Definitions();
        definitions.add(new InstrumentDefinition(
            0, "BENCH", 1, InstrumentDefinition.DEFAULT_PRICE_EXPONENT, 0, BookKind.MBO, 0, 1, 1, 1));
        definitions.add(new SourceDefinition(0, SourceDefinition.Kind.FEED, "bench", 0, 0, 0));
        return TapeWriter.open(directory, config, definitions, new OffsetEpochNanoClock());
    }

    /** Writes events, {@link Work#BLOCK_EVENTS} filled at a time, in blocks of that or a smaller power of two. */
    static void write(final TapeWriter writer, final BlockSource source, final int count, final int blockEvents)
    {
        for (int first = 0; first < count; first += Work.BLOCK_EVENTS)
        {
            final int start = source.fillBlock(first);
            for (int i = 0; i < Work.BLOCK_EVENTS; i += blockEvents)
            {
                writer.onRange(source.buffer(), start + i * Work.EVENT_BYTES, first + i, blockEvents);
            }
        }
    }

    /** Ends the run in order: the tape of a process that was killed has its end looked for. */
    static void close(final TapeWriter writer, final int count)
    {
        writer.close(new RunSummary(count, 0, 0, 0, 0));
    }

    static TapeReader read(final Path directory)
    {
        return Tape.open(directory).read(TapeRange.ALL, RunListener.NONE);
    }

    /** The same; what is not there yet is written first. */
    static TapeReader readOnceMade(final Path directory, final int count, final int blockEvents)
    {
        if (!Files.exists(directory))
        {
            try (TapeWriter writer = open(directory))
            {
                write(writer, new BlockSource(), count, blockEvents);
                close(writer, count);
            }
        }
        return read(directory);
    }

    /** Reads the whole tape, whose reader checks each block's checksum, and adds all its events. */
    static void scan(final TapeReader reader, final Tally tally)
    {
        while (reader.nextBlock())
        {
            tally.addBlock(reader.buffer(), reader.offset(), reader.count());
        }
    }
}
