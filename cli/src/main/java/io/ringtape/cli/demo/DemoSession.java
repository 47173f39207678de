package io.ringtape.cli.demo;

import io.ringtape.cli.capture.Capture;
import io.ringtape.event.BookKind;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.SourceDefinition;

/**
 * A generated session of exactly as many events as asked for: four instruments by order and one by price, with adds,
 * partial and whole executions, trades, reductions, cancels, modifies, replaces (delete and add in one venue event) and
 * sweeps, in bursts of time. Hot path.
 * <p>
 * It is made, not captured: the names of its instruments and its source say so. The same count and seed give the same
 * events on every JDK: integers only, a generator of its own, and times that start at 2024-01-02T14:30:00Z. No book is
 * ever crossed, no event names an order that is not there, and a book holds about 1,000 orders. A session with a higher
 * count starts with the same events as one with a lower count, but for the last few of the shorter one.
 * <p>
 * Thread safety: none; one thread reads a session.
 * Allocation: none after construction, but for growth of the caller's batch.
 */
public final class DemoSession implements Capture
{
    /** The name of the format, as reports print it. */
    public static final String FORMAT = "demo";
    /** The event time before the first event: 2024-01-02T14:30:00Z, in ns since the epoch. */
    public static final long START_TIME_NS = 1_704_205_800_000_000_000L;

    /** The most events that a session can have. */
    public static final long MAX_EVENTS = 1_000_000_000_000L;

    private static final String SOURCE = "demo (generated)";
    private static final int INSTRUMENTS = 5;
    private static final int NANOS = InstrumentDefinition.DEFAULT_PRICE_EXPONENT;
    private static final long CENT = 10_000_000L;
    private static final long QUIET_MASK_NS = (1 << 24) - 1;
    private static final long BURST_MASK_NS = (1 << 11) - 1;
    private static final int BURST_MASK = 15;
    private static final long LINE_DELAY_NS = 1_500;
    private static final long LINE_JITTER_MASK_NS = 1023;

    private final DemoMarket[] markets = new DemoMarket[INSTRUMENTS];
    private final DemoRandom random;
    private final DemoEvents events;
    private final long eventCount;
    private long made;
    private long timeNs = START_TIME_NS;
    private int burst;
    private int inBurst;

    private DemoSession(final long eventCount, final long seed, final Definitions definitions)
    {
        this.eventCount = eventCount;
        random = new DemoRandom(seed);
        events = new DemoEvents(definitions.sourceCount());
        definitions.add(new SourceDefinition(
            definitions.sourceCount(), SourceDefinition.Kind.FEED, SOURCE, 0, 0, 0));
        final int first = definitions.instrumentCount();
        final InstrumentDefinition[] made = {
            new InstrumentDefinition(first, "DEMO-STOCK-A", 1001, NANOS, 0, BookKind.MBO, 0, CENT, 1, 1),
            new InstrumentDefinition(first + 1, "DEMO-STOCK-B", 1002, NANOS, 0, BookKind.MBO, 0, CENT, 1, 1),
            new InstrumentDefinition(first + 2, "DEMO-FUTURE", 1003, NANOS, 0, BookKind.MBO, 0, 25 * CENT, 1, 10),
            new InstrumentDefinition(first + 3, "DEMO-COIN", 1004, NANOS, -8, BookKind.MBO, 0, 10 * CENT, 100_000, 1),
            new InstrumentDefinition(first + 4, "DEMO-LEVELS", 1005, NANOS, 0, BookKind.MBP, 0, CENT, 1, 1),
        };
        for (final InstrumentDefinition definition : made)
        {
            definitions.add(definition);
        }
        markets[0] = new DemoOrders(made[0], 10_000 * CENT, 5, random);
        markets[1] = new DemoOrders(made[1], 2_500 * CENT, 5, random);
        markets[2] = new DemoOrders(made[2], 500_000 * CENT, 1, random);
        markets[3] = new DemoOrders(made[3], 6_000_000 * CENT, 100_000, random);
        markets[4] = new DemoLevels(made[4], 4_000 * CENT, 5, random);
    }

    /**
     * Opens a session and adds its instruments and its source.
     *
     * @param eventCount  how many events it has, 1 to {@link #MAX_EVENTS}.
     * @param seed        any.
     * @param definitions to add to.
     * @return a session before its first event.
     * @throws IllegalArgumentException if the count is out of its range.
     */
    public static DemoSession open(final long eventCount, final long seed, final Definitions definitions)
    {
        if (eventCount < 1 || eventCount > MAX_EVENTS)
        {
            throw new IllegalArgumentException(
                "eventCount must be 1 to " + MAX_EVENTS + ": eventCount=" + eventCount);
        }
        return new DemoSession(eventCount, seed, definitions);
    }

    @Override
    public String format()
    {
        return FORMAT;
    }

    /**
     * Makes the next venue event.
     *
     * @param batch cleared, and filled with the events, at most 512.
     * @return false at the end of the session; the batch is empty then.
     */
    @Override
    public boolean next(final EventBatch batch)
    {
        batch.clear();
        final long room = eventCount - made;
        if (room == 0)
        {
            return false;
        }
        final long bits = random.next();
        if (burst == 0)
        {
            burst = (int)(bits >>> 24) & BURST_MASK;
            inBurst = DemoRandom.below(bits, INSTRUMENTS);
            timeNs += bits & QUIET_MASK_NS;
        }
        else
        {
            burst--;
            timeNs += bits & BURST_MASK_NS;
        }
        // One in four events of a burst is another instrument's.
        final int market = (bits & 0x3000_0000) == 0 ? DemoRandom.below(bits, INSTRUMENTS) : inBurst;
        events.begin(batch, timeNs, timeNs + LINE_DELAY_NS + ((bits >>> 12) & LINE_JITTER_MASK_NS));
        markets[market].step(events, room);
        events.end();
        made += batch.count();
        return true;
    }

    @Override
    public String file()
    {
        return format();
    }

    /**
     * How much was made so far.
     *
     * @return bytes of events.
     */
    @Override
    public long bytesRead()
    {
        return made * OrderBookEvent.SIZE_BYTES;
    }

    /**
     * How much the whole session is.
     *
     * @return bytes of events.
     */
    @Override
    public long totalBytes()
    {
        return eventCount * OrderBookEvent.SIZE_BYTES;
    }

    @Override
    public long skippedRecords()
    {
        return 0;
    }

    @Override
    public void close()
    {
        // Nothing is held.
    }
}
