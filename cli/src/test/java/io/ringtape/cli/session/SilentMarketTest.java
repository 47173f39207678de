package io.ringtape.cli.session;

import static io.ringtape.cli.session.QuietContext.context;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.book.OrderBook;
import io.ringtape.cli.capture.Capture;
import io.ringtape.cli.capture.CaptureException;
import io.ringtape.cli.demo.DemoSession;
import io.ringtape.cli.request.GatewaySetup;
import io.ringtape.cli.request.RecordRequest.OnBadInput;
import io.ringtape.cli.request.TradingSetup;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.order.OrderSender;
import io.ringtape.order.OwnOrders;
import io.ringtape.order.Timers;
import io.ringtape.strategy.Strategy;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a strategy does at the timers of one silence of the market is no answering of itself without end. */
@Timeout(60)
final class SilentMarketTest
{
    @TempDir
    private Path directory;

    @ParameterizedTest(name = "order lane inline {0}")
    @ValueSource(booleans = {true, false})
    void shouldRecordMoreOwnEventsInASilenceThanMayComeOfOneInput(final boolean inline) throws CaptureException
    {
        final Definitions definitions = new Definitions();
        final Busy busy = new Busy();
        try (Capture session = DemoSession.open(1_000, 1, definitions))
        {
            new RecordSession(definitions, session, context(),
                new TradingSetup("busy", (defined) -> busy, Optional.empty()), GatewaySetup.NONE)
                .run(directory.resolve("tape"), new RecordLayout(inline, Optional.empty(), Optional.empty()),
                    OnBadInput.DISCARD);
        }

        assertTrue(busy.mostInSilence > OwnOrders.MOST_AT_ONE_INPUT, "own events=" + busy.mostInSilence);
    }

    /** Asks for a timer at each one, and for orders that the gate rejects. */
    private static final class Busy implements Strategy
    {
        private static final int TIMERS = 300;
        private static final int ORDERS = 2_000;

        private @Nullable Timers timers;
        private int left = TIMERS;
        private long inSilence;
        private long mostInSilence;

        @Override
        public void useTimers(final Timers mine)
        {
            timers = mine;
        }

        @Override
        public void onEvent(final OrderBookEvent event, final OrderBook book, final OrderSender sender)
        {
            if (event.has(EventFlags.OWN))
            {
                inSilence++;
                mostInSilence = Math.max(mostInSilence, inSilence);
            }
            else if (event.type() != EventType.TIMER)
            {
                inSilence = 0;
                if (left == TIMERS)
                {
                    schedule(event);
                }
            }
            else if (left > 0)
            {
                for (int i = 0; i < ORDERS; i++)
                {
                    sender.newLimit(0, Side.BID, OrderBookEvent.NULL_PRICE, 1);
                }
                schedule(event);
            }
        }

        private void schedule(final OrderBookEvent event)
        {
            left--;
            if (timers != null)
            {
                timers.schedule(1, event.receiveTimeNs() + 1);
            }
        }
    }
}
