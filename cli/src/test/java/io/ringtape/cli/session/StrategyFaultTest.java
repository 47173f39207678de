package io.ringtape.cli.session;

import static io.ringtape.cli.session.QuietContext.context;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.book.OrderBook;
import io.ringtape.cli.capture.Capture;
import io.ringtape.cli.capture.CaptureException;
import io.ringtape.cli.demo.DemoSession;
import io.ringtape.cli.report.ReplayReport;
import io.ringtape.cli.request.GatewaySetup;
import io.ringtape.cli.request.RecordRequest.OnBadInput;
import io.ringtape.cli.request.TradingSetup;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventHandler;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeRange;
import io.ringtape.order.OrderSender;
import io.ringtape.replay.Difference;
import io.ringtape.risk.AccountLimits;
import io.ringtape.risk.LimitSet;
import io.ringtape.risk.RiskLimits;
import io.ringtape.strategy.Strategy;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A strategy that looks at what it must not is found where it first did: the replay names the sequence of the order
 * that comes out otherwise. It must be found in either layout of the recording's threads.
 */
@Timeout(60)
final class StrategyFaultTest
{
    private static final long EVENTS = 20_000;
    /** An order at every so many venue events; at the one of this number the fault strikes. */
    private static final int INTERVAL = 100;
    private static final long STRUCK = 30L * INTERVAL;
    /** What is looked at is the same twice once in a million times. */
    private static final int MASK = (1 << 20) - 1;
    private static final LimitSet WIDE = LimitSet.builder(1)
        .otherInstruments(new RiskLimits(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, 10_000,
            Long.MAX_VALUE, 1_000_000, 1_000_000, Long.MAX_VALUE))
        .otherAccounts(new AccountLimits(Long.MAX_VALUE, Long.MAX_VALUE, 1_000_000, 1_000_000)).build();

    @TempDir
    private Path directory;

    static Stream<Arguments> looks()
    {
        final LongSupplier clock = System::nanoTime;
        final LongSupplier random = () -> new SplittableRandom().nextLong();
        final LongSupplier order = StrategyFaultTest::orderOfAMap;
        return Stream.of(true, false).flatMap((inline) -> Stream.of(
            Arguments.of("a clock", inline, clock), Arguments.of("a random number without a seed", inline, random),
            Arguments.of("the order of a map", inline, order)));
    }

    @ParameterizedTest(name = "{0}, order lane inline {1}")
    @MethodSource("looks")
    void shouldNameTheOrderThatDependsOnWhatIsNoEvent(final String what, final boolean inline, final LongSupplier look)
        throws CaptureException
    {
        final Recorded recorded = record(inline, look, 1);

        final Difference difference = replay(look, 1).orElseThrow();

        assertEquals(new Difference(recorded.sequence(), "faulty", "quantity", Long.toString(recorded.quantity()),
            difference.replayed()), difference, what);
    }

    @ParameterizedTest(name = "order lane inline {0}")
    @ValueSource(booleans = {true, false})
    void shouldNameTheOrderThatIsNotMadeWhenAnEventIsLost(final boolean inline) throws CaptureException
    {
        final Recorded recorded = record(inline, () -> 0, 1);

        final Difference difference = replay(() -> 0, 0).orElseThrow();

        assertEquals(new Difference(recorded.sequence(), "faulty", "type", "own-new", "none"), difference);
    }

    @ParameterizedTest(name = "order lane inline {0}")
    @ValueSource(booleans = {true, false})
    void shouldNameTheEventThatCameTwice(final boolean inline) throws CaptureException
    {
        final Recorded recorded = record(inline, () -> 0, 1);

        final Difference difference = replay(() -> 0, 2).orElseThrow();

        // Counted twice, the event that the fault strikes is followed too early by the next order.
        assertEquals(new Difference(recorded.early(), "faulty", "type", "none", "own-new"), difference);
    }

    @ParameterizedTest(name = "order lane inline {0}")
    @ValueSource(booleans = {true, false})
    void shouldFindNoDifferenceWithoutAFault(final boolean inline) throws CaptureException
    {
        record(inline, () -> 0, 1);

        assertEquals(Optional.empty(), replay(() -> 0, 1));
    }

    /** The order in which a map of objects goes through its values, as a number. */
    private static long orderOfAMap()
    {
        final IdentityHashMap<Object, Integer> map = new IdentityHashMap<>();
        for (int i = 0; i < 64; i++)
        {
            map.put(new Object(), i);
        }
        long order = 0;
        for (final int value : map.values())
        {
            order = 31 * order + value;
        }
        return order;
    }

    private Recorded record(final boolean inline, final LongSupplier look, final int times) throws CaptureException
    {
        final Recorded recorded = new Recorded();
        final Definitions definitions = new Definitions();
        try (Capture session = DemoSession.open(EVENTS, 1, definitions))
        {
            new RecordSession(definitions, session, context(), setup(look, times), GatewaySetup.NONE)
                .run(directory.resolve("tape"), new RecordLayout(inline, Optional.empty(), Optional.of(recorded)),
                    OnBadInput.DISCARD);
        }
        assertTrue(recorded.sequence() > 0 && recorded.early() > 0, "the fault never struck");
        return recorded;
    }

    private Optional<Difference> replay(final LongSupplier look, final int times)
    {
        final ReplayReport report = new ReplaySession(context(), setup(look, times))
            .run(Tape.open(directory.resolve("tape")), TapeRange.ALL);
        return report.firstDifference();
    }

    private static TradingSetup setup(final LongSupplier look, final int times)
    {
        return new TradingSetup(
            "faulty", (definitions) -> new Faulty(definitions, look, times), Optional.of(WIDE));
    }

    private static boolean isCounted(final OrderBookEvent event)
    {
        return event.has(EventFlags.LAST) && !event.has(EventFlags.OWN) && event.type() != EventType.TIMER &&
            event.type() != EventType.CONTROL;
    }

    /** Sends an order at every hundredth venue event; once it looks where it must not, or loses or doubles an event. */
    private static final class Faulty implements Strategy
    {
        private final Definitions definitions;
        private final LongSupplier look;
        private final int times;
        private long count;
        private long seen;

        private Faulty(final Definitions definitions, final LongSupplier look, final int times)
        {
            this.definitions = definitions;
            this.look = look;
            this.times = times;
        }

        @Override
        public void onEvent(final OrderBookEvent event, final OrderBook book, final OrderSender sender)
        {
            if (isCounted(event))
            {
                seen++;
                for (int i = seen == STRUCK ? times : 1; i > 0; i--)
                {
                    decide(book, sender);
                }
            }
        }

        private void decide(final OrderBook book, final OrderSender sender)
        {
            count++;
            if (count % INTERVAL == 0)
            {
                final long lots = 1 + (count == STRUCK ? look.getAsLong() & MASK : 0);
                sender.newLimit(book.instrumentId(), Side.BID, book.bestBid(),
                    lots * definitions.instrument(book.instrumentId()).lotSize());
            }
        }
    }

    /** What the tape lane sees of the order at which the fault strikes, and of what would be an order too early. */
    private static final class Recorded implements EventHandler
    {
        private long count;
        private long cause = -1;
        private long sequence;
        private long quantity;
        private long early;

        @Override
        public void onEvent(final OrderBookEvent event)
        {
            if (isCounted(event))
            {
                count++;
                cause = count == STRUCK ? event.sequence() : cause;
                early = count == STRUCK + INTERVAL - 1 ? event.sequence() : early;
            }
            else if (event.has(EventFlags.OWN) && event.type() != EventType.DETAIL && sequence == 0 &&
                cause >= 0 && event.sourceSequence() == cause)
            {
                sequence = event.sequence();
                quantity = event.quantity();
            }
        }

        private long sequence()
        {
            return sequence;
        }

        private long early()
        {
            return early;
        }

        private long quantity()
        {
            return quantity;
        }
    }
}
