package io.ringtape.journal;

import io.ringtape.book.Books;
import io.ringtape.book.BooksSnapshot;
import io.ringtape.bus.EventBus;
import io.ringtape.event.BookKind;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.event.SourceDefinition;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;

/** Records events that fill books of both kinds and empty them, and reads the books of a tape. */
final class Markets
{
    private static final int[] TYPES = {
        EventType.ORDER_ADD, EventType.ORDER_ADD, EventType.ORDER_ADD, EventType.ORDER_ADD, EventType.ORDER_MODIFY,
        EventType.ORDER_MODIFY, EventType.ORDER_REDUCE, EventType.ORDER_EXECUTE, EventType.ORDER_DELETE,
        EventType.LEVEL_SET, EventType.LEVEL_SET, EventType.TRADE, EventType.DETAIL, EventType.VOID};

    private final Random random;
    private final TapeWriter writer;
    private final Definitions definitions;
    private final UnsafeBuffer room = Tapes.room(64);
    private final OrderBookEvent event = new OrderBookEvent();

    private Markets(final TapeWriter writer, final Definitions definitions, final long seed)
    {
        this.random = new Random(seed);
        this.writer = writer;
        this.definitions = definitions;
    }

    static Definitions definitions()
    {
        final Definitions definitions = new Definitions();
        definitions.add(new SourceDefinition(0, SourceDefinition.Kind.FEED, "venue", 1, 2, 0));
        add(definitions, BookKind.MBO);
        add(definitions, BookKind.MBP);
        return definitions;
    }

    private static void add(final Definitions definitions, final BookKind kind)
    {
        final int id = definitions.instrumentCount();
        definitions.add(new InstrumentDefinition(id, "SYM" + id, 100 + id, -9, 0, kind, 0, 1, 1, 1));
    }

    /** A closed run of so many blocks; an instrument is added in its middle. */
    static void record(final Path tape, final TapeConfig config, final long seed, final int blocks)
    {
        final Definitions definitions = definitions();
        try (TapeWriter writer = open(tape, config, definitions))
        {
            final Markets market = new Markets(writer, definitions, seed);
            market.write(blocks / 2);
            add(definitions, BookKind.MBO);
            market.write(blocks - blocks / 2);
            writer.close(Tapes.SUMMARY);
        }
    }

    static TapeWriter open(final Path tape, final TapeConfig config, final Definitions definitions)
    {
        return TapeWriter.open(tape, config.withReserveBytes(0), definitions, () -> Tapes.START_NS);
    }

    static Markets of(final TapeWriter writer, final Definitions definitions, final long seed)
    {
        return new Markets(writer, definitions, seed);
    }

    void write(final int blocks)
    {
        for (int i = 0; i < blocks; i++)
        {
            final long first = writer.journaledSequence() + 1;
            final int count = 1 + random.nextInt(64);
            for (int j = 0; j < count; j++)
            {
                fill(event.wrap(room, j * OrderBookEvent.SIZE_BYTES), first + j);
            }
            writer.onRange(room, 0, first, count);
        }
    }

    void publish(final EventBus bus, final int events)
    {
        for (int i = 0; i < events; i++)
        {
            final long sequence = bus.cursor() + 1;
            bus.writer().publish(1, (claimed, index) -> fill(claimed, sequence));
        }
    }

    private void fill(final OrderBookEvent target, final long sequence)
    {
        final int side = random.nextBoolean() ? Side.BID : Side.ASK;
        final int type = random.nextInt(2000) == 0 ? EventType.BOOK_CLEAR : TYPES[random.nextInt(TYPES.length)];
        final int flags = side | (random.nextInt(3) == 0 ? EventFlags.LAST : 0) |
            (random.nextInt(300) == 0 ? EventFlags.SUSPECT_BOOK : 0);
        target.reset().sequence(sequence).eventTimeNs(Tapes.START_NS + sequence)
            .receiveTimeNs(Tapes.START_NS + 10 * sequence - random.nextInt(50)).orderId(random.nextInt(400))
            .price((side == Side.BID ? 990 : 1000) + random.nextInt(20)).quantity(1 + random.nextInt(30))
            .sourceSequence(sequence).instrumentId(random.nextInt(definitions.instrumentCount())).type(type)
            .flags(flags);
    }

    /** Takes the progress of what a test does not watch. */
    static void ignore(final long sequence)
    {
        // The state of the tape is what counts.
    }

    static long lastSequence(final Path tape)
    {
        final TapeInfo info = Tape.open(tape).info();
        return info.runs().get(info.runs().size() - 1).lastSequence().orElseThrow();
    }

    /** All that the books of a run know behind an event, read from the run's start. */
    static String booksAt(final Path tape, final long runFirst, final long sequence)
    {
        return read(tape, runFirst, sequence, null);
    }

    /** The same, but that reading starts behind a snapshot. */
    static String booksAt(final Path tape, final BookSnapshot from, final long sequence)
    {
        return read(tape, from.sequence(), sequence, from);
    }

    private static String read(
        final Path tape, final long first, final long sequence, final BookSnapshot from)
    {
        Books books = null;
        final OrderBookEvent event = new OrderBookEvent();
        try (TapeReader reader = Tape.open(tape).read(TapeRange.sequences(first, sequence), RunListener.NONE))
        {
            while (reader.nextBlock())
            {
                if (books == null)
                {
                    books = new Books(reader.definitions());
                    if (from != null)
                    {
                        from.restore(books);
                    }
                }
                for (int i = 0; i < reader.count(); i++)
                {
                    if (from == null || reader.event(i, event).sequence() >= from.nextSequence())
                    {
                        books.onEvent(reader.event(i, event));
                    }
                }
            }
        }
        return books == null ? "none" : text(books);
    }

    static String text(final Books books)
    {
        final ByteBuffer bytes = ByteBuffer.allocate((int)BooksSnapshot.sizeBytes(books));
        BooksSnapshot.write(books, bytes);
        return HexFormat.of().formatHex(bytes.array()) + " " + books.bookHash() + " " + books.firstRefusal();
    }
}
