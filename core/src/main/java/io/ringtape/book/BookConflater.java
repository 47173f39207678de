package io.ringtape.book;

import io.ringtape.event.Conflater;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.event.VenueEvents;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Keeps the latest state per instrument and side: it applies what changes a book to books of its own, and turns all
 * changes of the top of a side into one {@link EventType#QUOTE}.
 * <p>
 * <b>Merged</b> are the events of defined instruments that change a book: order events, quotes, level sets and clears,
 * also those that leave the top as it is. <b>Left as they are</b>: trades, fill reports, statuses, gaps, timers,
 * heartbeats, details, control and own events, and events of instruments that are not defined.
 * <p>
 * <b>A merged event</b> is a quote of one side: best price (null if the side is empty), its total (0 if empty), as
 * order id the order count (0 on books by price). Sequence, times, source and source sequence are those of the last
 * event that changed price, total or count at the top, or whether the book is suspect. Flags are the side;
 * {@link EventFlags#LAST} if the book was whole, that is, the last event of the instrument had it, or a detail of
 * that; {@link EventFlags#SUSPECT_BOOK} if the book may be wrong; {@link EventFlags#BAD_TIME} as on the last event
 * that changed the top. A clear of both sides makes two quotes of one sequence, the bid's first. Quotes come in the
 * order of their sequences.
 * <p>
 * {@link #books()} has every level. While quotes are being delivered the books stand at the last event that was merged,
 * so they may be ahead of the quote in hand, never behind it.
 * <p>
 * Where events were lost every book is suspect, those that have no event yet too, until a clear of both sides, with
 * which a snapshot starts. What is known of them goes on being applied and delivered, with the flag.
 * <p>
 * Hot path.
 * Thread safety: none; the thread of one lane.
 * Allocation: none once warm, see {@link Books}.
 */
public final class BookConflater implements Conflater
{
    private static final int NIL = -1;

    private final Definitions definitions;
    private final Books books;
    private final OrderBookEvent latest = new OrderBookEvent();
    // One entry an instrument and side: its latest quote, and its neighbours in the list of those that are pending.
    private UnsafeBuffer quotes = new UnsafeBuffer(new byte[0]);
    private int[] before = new int[0];
    private int[] behind = new int[0];
    private boolean[] pending = new boolean[0];
    private boolean[] whole = new boolean[0];
    private int head = NIL;
    private int tail = NIL;
    private int pendingCount;

    /**
     * A conflater with empty books.
     *
     * @param definitions of the instruments that events name; more may be added any time.
     */
    public BookConflater(final Definitions definitions)
    {
        this.definitions = definitions;
        books = new Books(definitions);
    }

    /**
     * The books that the merged events come from, to be read on the lane's thread.
     *
     * @return always the same ones.
     */
    public Books books()
    {
        return books;
    }

    @Override
    public boolean merge(final OrderBookEvent event)
    {
        final int instrumentId = event.instrumentId();
        final int type = event.type();
        if (event.has(EventFlags.OWN) ||
            (!Books.namesInstrument(type) && !Books.isFlaggedHeartbeat(type, event.flags())) ||
            instrumentId < 0 || instrumentId >= definitions.instrumentCount())
        {
            return false;
        }
        if (instrumentId >= whole.length)
        {
            grow();
        }
        books.onEvent(event);
        whole[instrumentId] =
            VenueEvents.isEnd(type, event.flags()) || (type == EventType.DETAIL && whole[instrumentId]);
        if (!changesBook(type))
        {
            return false;
        }
        final OrderBook book = books.book(instrumentId);
        update(book, Side.BID, event);
        update(book, Side.ASK, event);
        return true;
    }

    @Override
    public int pendingCount()
    {
        return pendingCount;
    }

    @Override
    public long nextSequence()
    {
        return head == NIL ? NONE : at(head).sequence();
    }

    @Override
    public void take(final OrderBookEvent to)
    {
        final int entry = head;
        to.copyFrom(at(entry));
        if (whole[entry >> 1])
        {
            to.flags(to.flags() | EventFlags.LAST);
        }
        // What is no change of a book may have said so since.
        if (books.book(entry >> 1).isSuspect())
        {
            to.flags(to.flags() | EventFlags.SUSPECT_BOOK);
        }
        unlink(entry);
        pending[entry] = false;
        pendingCount--;
    }

    @Override
    public void onShed(final long firstSequence, final long lastSequence)
    {
        books.markSuspect();
    }

    private void update(final OrderBook book, final int side, final OrderBookEvent event)
    {
        final boolean empty = book.levelCount(side) == 0;
        final long price = empty ? OrderBookEvent.NULL_PRICE : book.price(side, 0);
        final long quantity = empty ? 0L : book.quantity(side, 0);
        final long orders = empty ? 0L : book.orderCount(side, 0);
        final int suspect = book.isSuspect() ? EventFlags.SUSPECT_BOOK : 0;
        final int entry = 2 * book.instrumentId() + side - Side.BID;
        final OrderBookEvent quote = at(entry);
        if (price == quote.price() && quantity == quote.quantity() && orders == quote.orderId() &&
            suspect == (quote.flags() & EventFlags.SUSPECT_BOOK))
        {
            return;
        }
        quote.copyFrom(event).type(EventType.QUOTE).price(price).quantity(quantity).orderId(orders)
            .flags(side | suspect | (event.flags() & EventFlags.BAD_TIME));
        if (pending[entry])
        {
            unlink(entry);
        }
        else
        {
            pending[entry] = true;
            pendingCount++;
        }
        append(entry);
    }

    private static boolean changesBook(final int type)
    {
        return type <= EventType.ORDER_EXECUTE || (type >= EventType.QUOTE && type <= EventType.BOOK_CLEAR);
    }

    private OrderBookEvent at(final int entry)
    {
        return latest.moveTo(quotes, entry * OrderBookEvent.SIZE_BYTES);
    }

    // Behind the others: the list is in the order of the last changes.
    private void append(final int entry)
    {
        before[entry] = tail;
        behind[entry] = NIL;
        if (tail == NIL)
        {
            head = entry;
        }
        else
        {
            behind[tail] = entry;
        }
        tail = entry;
    }

    private void unlink(final int entry)
    {
        final int previous = before[entry];
        final int next = behind[entry];
        if (previous == NIL)
        {
            head = next;
        }
        else
        {
            behind[previous] = next;
        }
        if (next == NIL)
        {
            tail = previous;
        }
        else
        {
            before[next] = previous;
        }
    }

    private void grow()
    {
        final int known = whole.length;
        final int count = Math.max(definitions.instrumentCount(), 2 * known);
        final UnsafeBuffer larger = new UnsafeBuffer(new byte[2 * count * OrderBookEvent.SIZE_BYTES]);
        larger.putBytes(0, quotes, 0, quotes.capacity());
        quotes = larger;
        before = Arrays.copyOf(before, 2 * count);
        behind = Arrays.copyOf(behind, 2 * count);
        pending = Arrays.copyOf(pending, 2 * count);
        whole = Arrays.copyOf(whole, count);
        for (int entry = 2 * known; entry < 2 * count; entry++)
        {
            // What a side is before its first event: empty, so that nothing is told of one that stays so.
            at(entry).reset().quantity(0L);
        }
    }
}
