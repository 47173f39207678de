package io.ringtape.bench.jmh;

import io.ringtape.book.Books;
import io.ringtape.event.BookKind;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.event.SourceDefinition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One update of a book: live orders are deleted and added again in random order, so that the book stays as it is.
 * <p>
 * Thread safety: a state a thread. Allocation: none in a call once warm.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
public class BookBenchmark
{
    private static final long SEED = 1;
    private static final long TICK = 10_000_000L;
    private static final long MIDDLE = 100_000_000_000L;
    private static final int LEVELS = 50;

    /** Orders in the book. */
    @Param({"10", "1000", "100000"})
    private int liveOrders;

    private final OrderBookEvent event = new OrderBookEvent();
    private Books books;
    private EventBatch updates;
    private int next;

    /** Fills the book and makes the updates. */
    @Setup
    public void fill()
    {
        final Definitions definitions = new Definitions();
        definitions.add(new InstrumentDefinition(
            0, "BENCH", 1, InstrumentDefinition.DEFAULT_PRICE_EXPONENT, 0, BookKind.MBO, 0, 1, 1, 1));
        definitions.add(new SourceDefinition(0, SourceDefinition.Kind.FEED, "bench", 0, 0, 0));
        books = new Books(definitions);
        updates = new EventBatch(2 * liveOrders);
        next = 0;

        final List<Integer> orders = new ArrayList<>();
        for (int order = 0; order < liveOrders; order++)
        {
            orders.add(order);
            add(updates.append(), order);
            books.onEvent(updates.event(order));
        }
        updates.clear();
        Collections.shuffle(orders, new Random(SEED));
        for (final int order : orders)
        {
            order(updates.append(), order).type(EventType.ORDER_DELETE);
            add(updates.append(), order);
        }
    }

    /**
     * Checks that the book was what the benchmark says.
     *
     * @throws IllegalStateException if it was not.
     */
    @TearDown
    public void check()
    {
        if (books.unknownOrders() != 0 || books.refusedEvents() != 0 || books.liveOrders() < liveOrders - 1)
        {
            throw new IllegalStateException("not the book that was asked for: unknownOrders=" +
                books.unknownOrders() + " refusedEvents=" + books.refusedEvents() +
                " liveOrders=" + books.liveOrders());
        }
    }

    /**
     * Applies the next delete or add.
     *
     * @return the books, so that the update is kept.
     */
    @Benchmark
    public Books update()
    {
        final int at = next;
        next = at + 1 == updates.count() ? 0 : at + 1;
        books.onEvent(event.wrap(updates.buffer(), at * OrderBookEvent.SIZE_BYTES));
        return books;
    }

    private static void add(final OrderBookEvent event, final int order)
    {
        order(event, order).type(EventType.ORDER_ADD);
    }

    private static OrderBookEvent order(final OrderBookEvent event, final int order)
    {
        final boolean isBid = (order & 1) == 0;
        final long away = TICK * (1 + order / 2 % LEVELS);
        return event
            .orderId(1 + order)
            .price(isBid ? MIDDLE - away : MIDDLE + away)
            .quantity(100 + order % 7)
            .flags((isBid ? Side.BID : Side.ASK) | EventFlags.LAST);
    }
}
