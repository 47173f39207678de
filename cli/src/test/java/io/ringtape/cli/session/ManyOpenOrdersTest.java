package io.ringtape.cli.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.book.OrderBook;
import io.ringtape.cli.capture.Capture;
import io.ringtape.cli.capture.CaptureException;
import io.ringtape.cli.demo.DemoSession;
import io.ringtape.cli.report.RecordReport;
import io.ringtape.cli.report.ReplayReport;
import io.ringtape.cli.request.GatewaySetup;
import io.ringtape.cli.request.GatewaySetup.Venue;
import io.ringtape.cli.request.GatewaySetup.WriteAhead;
import io.ringtape.cli.request.RecordRequest.OnBadInput;
import io.ringtape.cli.request.TradingSetup;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.journal.RunListener;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeRange;
import io.ringtape.journal.TapeReader;
import io.ringtape.order.Control;
import io.ringtape.order.OrderSender;
import io.ringtape.order.OwnOrders;
import io.ringtape.risk.AccountLimits;
import io.ringtape.risk.LimitSet;
import io.ringtape.risk.RiskLimits;
import io.ringtape.strategy.Strategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.agrona.IoUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A recording that ends with more open orders than its outbox takes cancels at one event. */
@Timeout(120)
final class ManyOpenOrdersTest
{
    private static final int EVENTS = 2_000;
    /** More than the outbox takes cancels, reserved room and all. */
    private static final int ORDERS = 9_000;
    private static final RiskLimits WIDE = new RiskLimits(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE,
        Long.MAX_VALUE, RiskLimits.MAX_COLLAR_BPS, Long.MAX_VALUE, RiskLimits.MAX_MESSAGES, RiskLimits.MAX_MESSAGES,
        Long.MAX_VALUE);

    private final Path directory = Path.of("target", "many-open-orders");
    private final TradingSetup trading = new TradingSetup("flood", (definitions) -> new Flood(),
        Optional.of(LimitSet.builder(1).otherInstruments(WIDE).otherAccounts(new AccountLimits(
            Long.MAX_VALUE, Long.MAX_VALUE, RiskLimits.MAX_MESSAGES, RiskLimits.MAX_MESSAGES)).build()));

    @BeforeEach
    void clear() throws IOException
    {
        IoUtil.delete(directory.toFile(), true);
        Files.createDirectories(directory);
    }

    @ParameterizedTest(name = "inline={0}")
    @ValueSource(booleans = {true, false})
    void shouldCancelAllOfThemAtAsManyEventsAsItTakesAndMatch(final boolean isInline) throws CaptureException
    {
        final RecordReport report = record(isInline);
        final ReplayReport replayed = new ReplaySession(QuietContext.context(), trading)
            .run(Tape.open(directory.resolve("tape")), TapeRange.ALL);

        assertTrue(replayed.matches(), () -> replayed.firstDifference().toString());
        assertEquals(report.run().hashes(), replayed.run().hashes());
        assertEquals(ORDERS, report.run().counts().accepted());
        assertEquals(ORDERS, report.run().counts().cancelled());
        assertEquals(0, report.orders().orElseThrow().openAtEnd());
        assertEquals(List.of(OwnOrders.MOST_CANCELS, OwnOrders.MOST_CANCELS, OwnOrders.MOST_CANCELS,
            OwnOrders.MOST_CANCELS, ORDERS - 4 * OwnOrders.MOST_CANCELS), cancelsAtEnds());
    }

    private RecordReport record(final boolean isInline) throws CaptureException
    {
        final Definitions definitions = new Definitions();
        try (Capture session = DemoSession.open(EVENTS, 1, definitions))
        {
            return new RecordSession(definitions, session, QuietContext.context(), trading,
                new GatewaySetup(Venue.LOOPBACK, WriteAhead.OFF)).run(directory.resolve("tape"),
                    new RecordLayout(isInline, Optional.empty(), Optional.empty()), OnBadInput.DISCARD);
        }
    }

    /** How many cancels each end of the run caused. */
    private List<Integer> cancelsAtEnds()
    {
        final List<Integer> counts = new ArrayList<>();
        final OrderBookEvent event = new OrderBookEvent();
        long end = Long.MAX_VALUE;
        try (TapeReader reader = Tape.open(directory.resolve("tape")).read(TapeRange.ALL, RunListener.NONE))
        {
            while (reader.nextBlock())
            {
                for (int i = 0; i < reader.count(); i++)
                {
                    reader.event(i, event);
                    if (event.type() == EventType.CONTROL && event.orderId() == Control.END)
                    {
                        end = event.sequence();
                        counts.add(0);
                    }
                    else if (event.type() == EventType.OWN_CANCEL)
                    {
                        assertEquals(end, event.sourceSequence());
                        counts.set(counts.size() - 1, counts.get(counts.size() - 1) + 1);
                    }
                }
            }
        }
        return counts;
    }

    /** Joins the bid with a few hundred orders at each venue event, until there are enough. */
    private static final class Flood implements Strategy
    {
        private static final int AT_ONCE = 500;
        /** Of the largest lot. */
        private static final long LOTS = 100_000;

        private int count;

        @Override
        public void onEvent(final OrderBookEvent event, final OrderBook book, final OrderSender sender)
        {
            if (count < ORDERS && book.isTwoSided() &&
                (event.flags() & (EventFlags.LAST | EventFlags.OWN)) == EventFlags.LAST)
            {
                for (int i = 0; i < AT_ONCE; i++)
                {
                    assertTrue(sender.newLimit(book.instrumentId(), Side.BID, book.bestBid(), LOTS) > 0, "sent");
                    count++;
                }
            }
        }
    }
}
