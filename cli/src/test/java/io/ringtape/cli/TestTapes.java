package io.ringtape.cli;

import io.ringtape.event.BookKind;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventHashes;
import io.ringtape.event.EventType;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.SourceDefinition;
import io.ringtape.journal.RunSummary;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeConfig;
import io.ringtape.journal.TapeWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Makes small tapes under target/.
 * <p>
 * Thread safety: none; one test.
 * Allocation: as it needs.
 */
public final class TestTapes
{
    private static final TapeConfig CONFIG = TapeConfig.defaults().withReserveBytes(0);

    private final Path directory;
    private EventHashes hashes = new EventHashes();

    public TestTapes(final Class<?> test)
    {
        try
        {
            final Path parent = Files.createDirectories(Path.of("target", "test-tapes"));
            directory = Files.createTempDirectory(parent, test.getSimpleName()).resolve("tape");
        }
        catch (final IOException e)
        {
            throw new UncheckedIOException(e);
        }
    }

    /** The hashes of the run last made. */
    public EventHashes hashes()
    {
        return hashes;
    }

    public Path directory()
    {
        return directory;
    }

    public Tape empty()
    {
        return record(new Definitions(), EventBatch::clear);
    }

    public Tape withTimes(final long... receiveTimesNs)
    {
        return record(definitions(), (events) -> addTimes(events, receiveTimesNs));
    }

    public void addRun(final long... receiveTimesNs)
    {
        withTimes(receiveTimesNs);
    }

    /** Adds a run; the events get sequences. */
    public Tape record(final Definitions definitions, final Consumer<EventBatch> maker)
    {
        final EventBatch events = new EventBatch(16);
        maker.accept(events);
        hashes = new EventHashes();
        try (TapeWriter writer = TapeWriter.open(directory, CONFIG, definitions, () -> 1L))
        {
            for (int i = 0; i < events.count(); i++)
            {
                hashes.onEvent(events.event(i).sequence(writer.firstSequence() + i));
            }
            // Two events a block, so that a test of a few events goes over block ends.
            for (int i = 0; i < events.count(); i += 2)
            {
                writer.onRange(events.buffer(), i * OrderBookEvent.SIZE_BYTES, writer.firstSequence() + i,
                    Math.min(2, events.count() - i));
            }
            writer.close(new RunSummary(
                hashes.inputCount(), hashes.ownCount(), hashes.eventHash(), hashes.outputHash(), 0));
        }
        return Tape.open(directory);
    }

    /** One feed, one strategy; AMZN by price and ESM4 by order. */
    public static Definitions definitions()
    {
        final Definitions definitions = new Definitions();
        definitions.add(new SourceDefinition(0, SourceDefinition.Kind.FEED, "NASDAQ", 0, 0, 0));
        definitions.add(new SourceDefinition(1, SourceDefinition.Kind.STRATEGY, "example", 0, 0, 0));
        definitions.add(new InstrumentDefinition(0, "AMZN", 0, -9, 0, BookKind.MBP, 0, 0, 0, 1));
        definitions.add(new InstrumentDefinition(1, "ESM4", 0, -9, 0, BookKind.MBO, 0, 0, 0, 1));
        return definitions;
    }

    private static void addTimes(final EventBatch events, final long... receiveTimesNs)
    {
        for (final long timeNs : receiveTimesNs)
        {
            events.append().type(EventType.TRADE).eventTimeNs(timeNs).receiveTimeNs(timeNs);
        }
    }
}
