package io.ringtape.journal;

import io.ringtape.event.BookKind;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventType;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.SourceDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** Makes and reads small tapes. */
final class Tapes
{
    static final RunSummary SUMMARY = new RunSummary(1, 2, 3, 4, 5);
    static final long START_NS = 1_700_000_000_000_000_000L;

    private Tapes()
    {
    }

    /** A fresh path below target that does not exist yet. */
    static Path fresh(final String name)
    {
        try
        {
            final Path parent = Path.of("target", "tapes");
            Files.createDirectories(parent);
            final Path made = Files.createTempDirectory(parent, name);
            return made.resolve("tape");
        }
        catch (final IOException e)
        {
            throw new UncheckedIOException(e);
        }
    }

    /** Where {@link #copyKilledAt(Path, TapeStep)} puts its copy. */
    static Path killedAt(final Path tape, final TapeStep step)
    {
        return tape.resolveSibling("killed-at-" + step);
    }

    /** What a kill at this moment leaves, but for the name of the process, which lives on here. */
    static void copyKilledAt(final Path tape, final TapeStep step)
    {
        try (Stream<Path> walk = Files.walk(tape))
        {
            for (final Path path : walk.filter((one) -> !one.endsWith(TapeOwner.NAME)).toList())
            {
                Files.copy(path, killedAt(tape, step).resolve(tape.relativize(path)));
            }
        }
        catch (final IOException e)
        {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(final Path tape)
    {
        try
        {
            TapeDirectory.deleteTree(tape.toAbsolutePath().getParent());
        }
        catch (final IOException e)
        {
            throw new UncheckedIOException(e);
        }
    }

    static Definitions definitions()
    {
        final Definitions definitions = new Definitions();
        definitions.add(instrument(0));
        definitions.add(new SourceDefinition(0, SourceDefinition.Kind.FEED, "venue", 1, 2, 0));
        return definitions;
    }

    static InstrumentDefinition instrument(final int id)
    {
        return new InstrumentDefinition(id, "SYM" + id, 100 + id, -9, 0, BookKind.MBO, 0, 1, 1, 1);
    }

    /** Room for so many events, as a ring has it. */
    static UnsafeBuffer room(final int events)
    {
        return new UnsafeBuffer(BufferUtil.allocateDirectAligned(events * OrderBookEvent.SIZE_BYTES, 64));
    }

    /** Fills a slot as a pure function of its sequence. */
    static void fill(final OrderBookEvent event, final long sequence)
    {
        event.reset().sequence(sequence).eventTimeNs(START_NS + sequence).receiveTimeNs(START_NS + 10 * sequence)
            .orderId(mix(sequence)).price(mix(sequence + 1)).quantity(sequence & 0xFFFF).sourceSequence(sequence)
            .type(EventType.ORDER_ADD).flags((int)(sequence & 7));
    }

    static long mix(final long value)
    {
        long mixed = value * 0x9E37_79B9_7F4A_7C15L;
        mixed ^= mixed >>> 32;
        return mixed;
    }

    /** Writes events in batches of a size. */
    static void write(final TapeWriter writer, final int batches, final int batch)
    {
        final UnsafeBuffer room = room(batch);
        final OrderBookEvent event = new OrderBookEvent();
        long next = writer.journaledSequence() + 1;
        for (int i = 0; i < batches; i++)
        {
            for (int j = 0; j < batch; j++)
            {
                fill(event.wrap(room, j * OrderBookEvent.SIZE_BYTES), next + j);
            }
            writer.onRange(room, 0, next, batch);
            next += batch;
        }
    }

    /** A closed run of so many batches. */
    static void record(final Path tape, final int batches, final int batch)
    {
        record(tape, TapeConfig.defaults(), batches, batch);
    }

    static void record(final Path tape, final TapeConfig config, final int batches, final int batch)
    {
        try (TapeWriter writer = open(tape, config))
        {
            write(writer, batches, batch);
            writer.close(SUMMARY);
        }
    }

    static TapeWriter open(final Path tape, final TapeConfig config)
    {
        return TapeWriter.open(tape, config.withReserveBytes(0), definitions(), () -> START_NS);
    }

    /** One above the last sequence of a range, after a check that its blocks follow each other from the first on. */
    static long readOn(final Path tape, final TapeRange range, final long first)
    {
        long next = first;
        try (TapeReader reader = Tape.open(tape).read(range, RunListener.NONE))
        {
            while (reader.nextBlock())
            {
                if (reader.firstSequence() != next)
                {
                    throw new AssertionError("firstSequence=" + reader.firstSequence() + " expected=" + next);
                }
                next += reader.count();
            }
        }
        return next;
    }

    /** The sequences on a tape, after a check that each event is what was written. */
    static List<Long> sequences(final Path tape, final TapeRange range)
    {
        return sequences(Tape.open(tape), range);
    }

    static List<Long> sequences(final Tape tape, final TapeRange range)
    {
        final List<Long> sequences = new ArrayList<>();
        final OrderBookEvent event = new OrderBookEvent();
        final OrderBookEvent expected = new OrderBookEvent().wrap(room(1), 0);
        try (TapeReader reader = tape.read(range, RunListener.NONE))
        {
            while (reader.nextBlock())
            {
                for (int i = 0; i < reader.count(); i++)
                {
                    reader.event(i, event);
                    fill(expected, event.sequence());
                    requireEqual(expected, event);
                    sequences.add(event.sequence());
                }
            }
        }
        return sequences;
    }

    static void requireEqual(final OrderBookEvent expected, final OrderBookEvent event)
    {
        for (int i = 0; i < 8; i++)
        {
            if (expected.word(i) != event.word(i))
            {
                throw new AssertionError("event differs: expected=" + expected + " found=" + event);
            }
        }
    }
}
