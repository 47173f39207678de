package io.ringtape.cli.faults;

import io.ringtape.cli.platform.TemporaryDirectory;
import io.ringtape.event.BookKind;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventType;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.SettingsDefinition;
import io.ringtape.event.SourceDefinition;
import io.ringtape.journal.RunSummary;
import io.ringtape.journal.TapeConfig;
import io.ringtape.journal.TapeWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.agrona.BufferUtil;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Makes the tapes that the rows damage. Each event is a function of its sequence, so that what is read can be known.
 */
final class FaultTapes
{
    static final RunSummary SUMMARY = new RunSummary(0, 0, 0, 0, 0);
    static final long START_NS = 1_700_000_000_000_000_000L;
    static final TapeConfig CONFIG =
        TapeConfig.defaults().withReserveBytes(0).withRollBytes(TapeConfig.MIN_ROLL_BYTES);
    private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

    /** What a tape looks like before its damage. */
    enum Shape
    {
        /** One closed run of a few events. */
        TINY(1, 4, 16, false),
        /** One closed run in one file, which is sealed. */
        CLOSED(1, 60, 16, false),
        /** One run that was not closed, as a kill leaves it. */
        OPEN(1, 60, 16, true),
        /** Closed runs with one between them that was not. */
        RUNS(3, 25, 16, false),
        /** One closed run over several files. */
        FILES(1, 400, 128, false);

        private final int runs;
        private final int blocks;
        private final int block;
        private final boolean isOpen;

        Shape(final int runs, final int blocks, final int block, final boolean isOpen)
        {
            this.runs = runs;
            this.blocks = blocks;
            this.block = block;
            this.isOpen = isOpen;
        }

        long events()
        {
            return (long)runs * blocks * block;
        }

        /** Whether each file is sealed, so that no byte of it changes unseen. */
        boolean isSealed()
        {
            return !isOpen && this != RUNS;
        }

        /** Any shape, the large one seldom. */
        static Shape any(final SplittableRandom random)
        {
            final int choice = random.nextInt(20);
            return choice == 0 ? FILES : choice < 7 ? CLOSED : choice < 13 ? OPEN : RUNS;
        }
    }

    private FaultTapes()
    {
    }

    /**
     * A tape of a shape, made once in a scratch directory; whoever damages it makes it good again.
     */
    static Path good(final Path scratch, final Shape shape) throws IOException
    {
        final Path tape = scratch.resolve("good-" + shape);
        if (!Files.exists(tape))
        {
            for (int i = 0; i < shape.runs; i++)
            {
                final boolean isLeftOpen = shape.isOpen || (shape == Shape.RUNS && i == 1);
                record(tape, shape.blocks, shape.block, !isLeftOpen);
            }
        }
        return tape;
    }

    /** A path of its own for a round, where nothing is. */
    static Path fresh(final Path scratch) throws IOException
    {
        final Path round = scratch.resolve("round");
        delete(round);
        Files.createDirectories(round);
        return round.resolve("tape");
    }

    static void record(final Path tape, final int blocks, final int block, final boolean isClosed)
    {
        try (TapeWriter writer = open(tape))
        {
            write(writer, blocks, block);
            if (isClosed)
            {
                writer.close(SUMMARY);
            }
        }
    }

    static TapeWriter open(final Path tape)
    {
        return open(tape, () -> START_NS);
    }

    static TapeWriter open(final Path tape, final TapeConfig config)
    {
        return TapeWriter.open(tape, config, definitions(), () -> START_NS);
    }

    static TapeWriter open(final Path tape, final EpochNanoClock clock)
    {
        return TapeWriter.open(tape, CONFIG, definitions(), clock);
    }

    static void write(final TapeWriter writer, final int blocks, final int block)
    {
        final UnsafeBuffer room = room(block);
        final OrderBookEvent event = new OrderBookEvent();
        long next = writer.journaledSequence() + 1;
        for (int i = 0; i < blocks; i++)
        {
            for (int j = 0; j < block; j++)
            {
                fill(event.wrap(room, j * OrderBookEvent.SIZE_BYTES), next + j);
            }
            writer.onRange(room, 0, next, block);
            next += block;
        }
    }

    static Definitions definitions()
    {
        final Definitions definitions = new Definitions();
        definitions.add(new InstrumentDefinition(0, "FAULT", 100, -9, 0, BookKind.MBO, 0, 1, 1, 1));
        definitions.add(new SourceDefinition(0, SourceDefinition.Kind.FEED, "venue", 1, 2, 0));
        definitions.add(new SettingsDefinition(0, SettingsDefinition.Kind.LIMITS, 1, "{\"version\": 1}"));
        return definitions;
    }

    static UnsafeBuffer room(final int events)
    {
        return new UnsafeBuffer(BufferUtil.allocateDirectAligned(events * OrderBookEvent.SIZE_BYTES, 64));
    }

    static void fill(final OrderBookEvent event, final long sequence)
    {
        event.reset().sequence(sequence).eventTimeNs(START_NS + sequence).receiveTimeNs(receiveTimeNs(sequence))
            .orderId(mix(sequence)).price(mix(sequence + 1)).quantity(sequence & 0xFFFF).sourceSequence(sequence)
            .type(EventType.ORDER_ADD).flags((int)(sequence & 7));
    }

    static long receiveTimeNs(final long sequence)
    {
        return START_NS + 10 * sequence;
    }

    private static long mix(final long value)
    {
        final long mixed = value * MULTIPLIER;
        return mixed ^ (mixed >>> 32);
    }

    static void copy(final Path from, final Path to) throws IOException
    {
        try (Stream<Path> walk = Files.walk(from))
        {
            for (final Path path : walk.toList())
            {
                Files.copy(path, to.resolve(from.relativize(path)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    static void delete(final Path root) throws IOException
    {
        TemporaryDirectory.delete(root);
    }
}
