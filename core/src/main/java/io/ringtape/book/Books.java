package io.ringtape.book;

import io.ringtape.event.BookKind;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventFlags;
import io.ringtape.event.BookHandler;
import io.ringtape.event.EventType;
import io.ringtape.event.Hash64;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Stateful;
import io.ringtape.event.VenueEvents;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The books of all instruments, and the one place that applies events to them. The definition of an instrument says
 * which kind its book is; it is looked up at the instrument's first event, so instruments may be defined while the
 * books are in use.
 * <p>
 * A trade, a fill report and own events never touch a book. What cannot be applied never throws: an unknown or
 * duplicate order and a reduce by more than there is are counted and applied as far as they can be; an event that
 * lacks what its book needs, or whose instrument is not defined, is counted as refused and skipped, and the first one
 * is kept for a message. An unknown type code is no event at all, and does throw.
 * <p>
 * A book is suspect from an event of its instrument that is flagged {@link EventFlags#SUSPECT_BOOK}, be it a heartbeat,
 * to the next clear of both sides that is not. A heartbeat that does not say so makes no book.
 * <p>
 * Hot path.
 * Thread safety: none; one thread applies events and reads the books.
 * Allocation: none once warm: on the first event of an instrument, and on growth, which doubles the room of a book.
 */
public final class Books implements BookHandler, Stateful
{
    /** The {@link #stateName()} of all books. */
    public static final String STATE_NAME = "books";

    static final String NOT_DEFINED = "instrument is not defined";

    private final Definitions definitions;
    private final BookCounters counters = new BookCounters();
    private @Nullable Book[] books = new @Nullable Book[0];
    private boolean opensSuspect;

    /**
     * Books without an order.
     *
     * @param definitions of the instruments that events name; more may be added any time.
     */
    public Books(final Definitions definitions)
    {
        this.definitions = definitions;
    }

    /**
     * Applies an event.
     *
     * @param event of any type.
     * @throws IllegalArgumentException if the type code is unknown; the message names code and sequence.
     */
    @Override
    public void onEvent(final OrderBookEvent event)
    {
        final int type = event.type();
        final int flags = event.flags();
        if ((flags & EventFlags.OWN) != 0 || !namesInstrument(type))
        {
            onOther(event, type, flags);
            return;
        }
        final Book book = find(event.instrumentId());
        if (book == null)
        {
            onUndefined(event);
            return;
        }
        if ((flags & EventFlags.SUSPECT_BOOK) != 0)
        {
            book.markSuspect();
        }
        apply(book, type, event);
        if (VenueEvents.isEnd(type, flags))
        {
            onEnd(book);
        }
    }

    /**
     * The book of an instrument.
     *
     * @param instrumentId of a defined instrument.
     * @return its book, the same one each time; empty before the instrument's first event.
     * @throws IllegalArgumentException if the instrument is not defined.
     */
    public OrderBook book(final int instrumentId)
    {
        final Book book = find(instrumentId);
        if (book == null)
        {
            throw new IllegalArgumentException("instrument is not defined: instrumentId=" + instrumentId +
                " instrumentCount=" + definitions.instrumentCount());
        }
        return book;
    }

    /**
     * Events that named an order that its book did not hold. A modify of such an order added it.
     *
     * @return 0 or more.
     */
    public long unknownOrders()
    {
        return counters.unknownOrders;
    }

    /**
     * Events that took more from an order or a level than there was; the order or level is gone.
     *
     * @return 0 or more.
     */
    public long overReduces()
    {
        return counters.overReduces;
    }

    /**
     * Adds of an order that its book held already; the new one took its place.
     *
     * @return 0 or more.
     */
    public long duplicateAdds()
    {
        return counters.duplicateAdds;
    }

    /**
     * Events that were not applied: side, price or quantity missing or out of range, not fit for the kind of book, or
     * of an instrument that is not defined.
     *
     * @return 0 or more.
     */
    public long refusedEvents()
    {
        return counters.refusedEvents;
    }

    /**
     * Says which event was the first to be refused, and why.
     *
     * @return for example {@code event has no price: sequence=7 type=level-set instrumentId=0}; empty if none was.
     */
    public Optional<String> firstRefusal()
    {
        return counters.firstRefusal();
    }

    /**
     * Input events that ended a venue event, those that change no book included.
     *
     * @return 0 or more.
     */
    public long eventEnds()
    {
        return counters.eventEnds;
    }

    /**
     * Event ends at which the book of the event's instrument was crossed, see {@link OrderBook#isCrossed()}.
     *
     * @return 0 or more.
     */
    public long crossedEventEnds()
    {
        return counters.crossedEventEnds;
    }

    /**
     * How many orders all books hold.
     *
     * @return 0 or more.
     */
    public long liveOrders()
    {
        long sum = 0;
        for (final Book book : books)
        {
            sum += book == null ? 0 : book.liveOrders();
        }
        return sum;
    }

    /**
     * The hash over all levels, sorted by instrument, side (bid, then ask) and price, see
     * {@link Hash64#addLevel(long, int, int, long, long, long)}. Empty books add nothing.
     *
     * @return 64 bits, printed as 16 hex digits.
     */
    public long bookHash()
    {
        long hash = Hash64.START;
        for (final Book book : books)
        {
            hash = book == null ? hash : book.addTo(hash);
        }
        return hash;
    }

    @Override
    public String stateName()
    {
        return STATE_NAME;
    }

    @Override
    public int stateVersion()
    {
        return 1;
    }

    @Override
    public long stateParameters()
    {
        return 0;
    }

    @Override
    public long stateBytes()
    {
        return Long.BYTES + BooksSnapshot.sizeBytes(this);
    }

    /**
     * Writes the books: their hash, and what {@link BooksSnapshot} writes.
     */
    @Override
    public void writeState(final ByteBuffer target)
    {
        target.putLong(bookHash());
        BooksSnapshot.write(this, target);
    }

    /**
     * Makes the books what they were when they were written.
     *
     * @throws IllegalArgumentException if the bytes make no sense, do not fit the definitions, or have another hash;
     *     the books are then as they were.
     */
    @Override
    public void readState(final ByteBuffer source)
    {
        final long bookHash = source.getLong();
        BooksSnapshot.restore(source, bookHash, this);
    }

    Definitions definitions()
    {
        return definitions;
    }

    BookCounters counters()
    {
        return counters;
    }

    boolean opensSuspect()
    {
        return opensSuspect;
    }

    /**
     * Makes all books empty, for what a snapshot holds.
     *
     * @param isSuspect whether the book of an instrument that has had no event yet may be wrong.
     */
    void startRestore(final boolean isSuspect)
    {
        opensSuspect = isSuspect;
        for (final Book book : books)
        {
            if (book != null)
            {
                book.startRestore(isSuspect);
            }
        }
    }

    /** One above the greatest id of an instrument that may have a book. */
    int slotCount()
    {
        return books.length;
    }

    /** The book of an instrument that had an event or was asked for, or null. */
    @Nullable
    Book opened(final int instrumentId)
    {
        return books[instrumentId];
    }

    /**
     * Makes every book suspect, also those whose instrument has had no event yet: events were lost.
     */
    void markSuspect()
    {
        opensSuspect = true;
        for (final Book book : books)
        {
            if (book != null)
            {
                book.markSuspect();
            }
        }
    }

    private static void apply(final Book book, final int type, final OrderBookEvent event)
    {
        switch (type)
        {
            case EventType.ORDER_ADD -> book.add(event);
            case EventType.ORDER_MODIFY -> book.modify(event);
            case EventType.ORDER_REDUCE -> book.reduce(event);
            case EventType.ORDER_DELETE -> book.delete(event);
            case EventType.ORDER_EXECUTE -> book.execute(event);
            case EventType.QUOTE -> book.quote(event);
            case EventType.LEVEL_SET -> book.setLevel(event);
            case EventType.BOOK_CLEAR -> book.clear(event);
            default ->
            {
                // A trade, a fill report, a status and a detail never change a book; some end a venue event.
            }
        }
    }

    static boolean namesInstrument(final int type)
    {
        return (type >= EventType.ORDER_ADD && type <= EventType.TRADING_STATUS) || type == EventType.DETAIL;
    }

    /** A venue's heartbeat is there for its flags; the writer's has none, and its instrument says nothing. */
    static boolean isFlaggedHeartbeat(final int type, final int flags)
    {
        return type == EventType.HEARTBEAT && (flags & (EventFlags.LAST | EventFlags.SUSPECT_BOOK)) != 0;
    }

    private void onOther(final OrderBookEvent event, final int type, final int flags)
    {
        if (!EventType.isKnown(type))
        {
            throw new IllegalArgumentException("unknown event type: code=" + type + " sequence=" + event.sequence());
        }
        Book book = null;
        if ((flags & EventFlags.OWN) == 0 && isFlaggedHeartbeat(type, flags))
        {
            book = onHeartbeat(event.instrumentId(), (flags & EventFlags.SUSPECT_BOOK) != 0);
        }
        if (VenueEvents.isEnd(type, flags))
        {
            onEnd(book);
        }
    }

    // Only what must not be forgotten makes a book: one that may be wrong before its instrument's first event.
    private @Nullable Book onHeartbeat(final int instrumentId, final boolean isSuspect)
    {
        if (!isSuspect)
        {
            return known(instrumentId);
        }
        final Book book = find(instrumentId);
        if (book != null)
        {
            book.markSuspect();
        }
        return book;
    }

    private void onUndefined(final OrderBookEvent event)
    {
        counters.refuse(event, NOT_DEFINED);
        if (VenueEvents.isEnd(event.type(), event.flags()))
        {
            onEnd(null);
        }
    }

    private void onEnd(final @Nullable Book book)
    {
        counters.eventEnds++;
        if (book != null && book.isCrossed())
        {
            counters.crossedEventEnds++;
        }
    }

    /** The book of an instrument, or null if it is not defined. */
    @Nullable
    Book find(final int instrumentId)
    {
        final Book book = known(instrumentId);
        return book == null ? open(instrumentId) : book;
    }

    private @Nullable Book known(final int instrumentId)
    {
        final @Nullable Book[] known = books;
        return instrumentId >= 0 && instrumentId < known.length ? known[instrumentId] : null;
    }

    private @Nullable Book open(final int instrumentId)
    {
        final int count = definitions.instrumentCount();
        if (instrumentId < 0 || instrumentId >= count)
        {
            return null;
        }
        if (instrumentId >= books.length)
        {
            books = Arrays.copyOf(books, Math.max(count, 2 * books.length));
        }
        final InstrumentDefinition definition = definitions.instrument(instrumentId);
        final Book book = definition.bookKind() == BookKind.MBO ?
            new MboBook(definition, counters) : new MbpBook(definition, counters);
        if (opensSuspect)
        {
            book.markSuspect();
        }
        books[instrumentId] = book;
        return book;
    }
}
