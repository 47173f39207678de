package io.ringtape.bench.peer;

import io.ringtape.cli.capture.Capture;
import io.ringtape.cli.capture.CaptureException;
import io.ringtape.cli.capture.Captures;
import io.ringtape.cli.demo.DemoSession;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.OrderBookEvent;
import java.util.List;
import java.util.Optional;

/**
 * Events that books are made of, in flat memory, as a ring or a mapped tape hands them over.
 * <p>
 * Thread safety: none. Allocation: all of it when made.
 *
 * @param definitions of the instruments.
 * @param start       brings empty books to where the events start; not timed.
 * @param events      that are timed.
 */
record BookStream(Definitions definitions, EventBatch start, EventBatch events)
{
    /** Of the generated session. */
    static final long SEED = 1;

    /** The first order of a level of a book by price. */
    static final long NO_ORDER = -1;

    /** Makes streams of as many events as are asked for. */
    @FunctionalInterface
    interface Source
    {
        BookStream load(int count);
    }

    /** The first events of a real capture, which starts with a clear of its books. */
    static Source of(final CaptureFile file)
    {
        return (count) ->
        {
            final Definitions definitions = new Definitions();
            try (Capture capture = Captures.open(List.of(file.path()), Optional.empty(), definitions))
            {
                return of(capture, definitions, count);
            }
            catch (final CaptureException e)
            {
                throw new IllegalStateException(e.getMessage(), e);
            }
        };
    }

    /** The generated session of the demo: five instruments, one of them by price. */
    static BookStream demo(final int count)
    {
        final Definitions definitions = new Definitions();
        try (DemoSession session = DemoSession.open(count, SEED, definitions))
        {
            return of(session, definitions, count);
        }
        catch (final CaptureException e)
        {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private static BookStream of(final Capture capture, final Definitions definitions, final int count)
        throws CaptureException
    {
        final EventBatch events = new EventBatch(count);
        final EventBatch batch = new EventBatch(Capture.MAX_EVENTS);
        while (events.count() < count && capture.next(batch))
        {
            for (int i = 0; i < batch.count() && events.count() < count; i++)
            {
                final OrderBookEvent to = events.append();
                to.buffer().putBytes(to.offset(), batch.buffer(), i * Work.EVENT_BYTES, Work.EVENT_BYTES);
            }
        }
        if (events.count() < count)
        {
            throw new IllegalStateException(
                "capture has too few events: format=" + capture.format() + " events=" + events.count() +
                " needed=" + count);
        }
        return new BookStream(definitions, new EventBatch(1), events);
    }

    /** What the best prices after an event add to a sum. */
    static long top(final long bestBid, final long bestAsk, final long position)
    {
        return Tally.weighted(bestBid + Long.rotateLeft(bestAsk, 32), position);
    }

    /**
     * What a level adds to a sum.
     *
     * @param side     of the book.
     * @param level    0 for the best.
     * @param price    of the level.
     * @param quantity of the level.
     * @param orders   that stand there, 0 in a book by price.
     * @param first    the order that is first in the queue, or {@link #NO_ORDER}.
     */
    static long level(
        final int side, final int level, final long price, final long quantity, final int orders, final long first)
    {
        return Tally.weighted(Work.fold(Work.fold(side, price, quantity, orders), first), level);
    }
}
