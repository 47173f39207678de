package io.ringtape.risk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtape.event.Side;
import io.ringtape.event.SourceDefinition;
import io.ringtape.event.SourceDefinition.Kind;
import io.ringtape.order.ClientOrderIds;
import io.ringtape.order.NewOrder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What a position is valued at that comes while the book cannot be believed: the last price that could, whether there
 * was a position then or not. The loss is seen from another instrument of the account. Times in ns.
 */
@Timeout(10)
final class MarkTest
{
    private static final int FEED = 0;
    private static final int OTHER_CHANNEL = 1;
    private static final long NOW_NS = 1_000_000;
    private static final RiskLimits LIMITS = new RiskLimits(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE,
        Long.MAX_VALUE, 10_000, Long.MAX_VALUE, 1_000, 1_000, Long.MAX_VALUE);

    private static final long ORDER = ClientOrderIds.of(1, 0, 1);

    private final Market market = new Market(LIMITS);

    @BeforeEach
    void trade()
    {
        market.definitions.add(new SourceDefinition(FEED, Kind.FEED, "venue", 5, 6, 0));
        market.definitions.add(new SourceDefinition(OTHER_CHANNEL, Kind.FEED, "venue", 5, 7, 0));
        market.gate(RiskGate.builder(market.definitions, market.books::book).otherLimits((definition) -> LIMITS)
            .otherAccounts(new AccountLimits(Long.MAX_VALUE, 0, 1_000, 1_000)).build());
        market.from(OTHER_CHANNEL);
        market.touch(1, 99, 101, NOW_NS);
        market.from(FEED);
        market.trade(0, 100, NOW_NS, 0);
        market.touch(0, 199, 201, NOW_NS);
        market.gate().onAccepted(bid());
    }

    @Test
    void shouldValueAFillBehindAGapAtTheLastMiddleBeforeIt()
    {
        market.gap(FEED, NOW_NS + 1);
        rise(NOW_NS + 2);

        buyAt(207);

        assertLost(7);
    }

    @Test
    void shouldValueAFillAtTheLastMiddleWhereTheBookIsGone()
    {
        market.clear(0, NOW_NS + 1, 0);

        buyAt(207);

        assertLost(7);
    }

    @Test
    void shouldValueAFillAtATradeThatCameBehindTheLastMiddle()
    {
        market.clear(0, NOW_NS + 1, 0);
        market.trade(0, 205, NOW_NS + 2, 0);

        buyAt(207);

        assertLost(2);
    }

    @Test
    void shouldNotValueAFillAtATradeOfNothing()
    {
        market.clear(0, NOW_NS + 1, 0);
        market.tradeOfNothing(0, 0, NOW_NS + 2);

        buyAt(207);

        assertLost(7);
    }

    @Test
    void shouldValueAFillAtTheMiddleBetweenTwoGaps()
    {
        market.gap(FEED, NOW_NS + 1);
        rise(NOW_NS + 2);
        market.recovered(FEED, NOW_NS + 3);
        market.gap(FEED, NOW_NS + 4);

        buyAt(207);

        assertLost(3);
    }

    @Test
    void shouldNotBelieveTheEventThatBringsAChannelWithAGap()
    {
        market.gap(OTHER_CHANNEL, NOW_NS + 1);
        market.from(OTHER_CHANNEL);
        market.level(0, Side.BID, 200, 10, NOW_NS + 2);
        market.from(FEED);

        buyAt(207);

        market.recovered(OTHER_CHANNEL, NOW_NS + 3);
        market.clear(0, NOW_NS + 4, 0);
        assertLost(7);
    }

    /** The middle is 204 from here on. */
    private void rise(final long timeNs)
    {
        market.level(0, Side.ASK, 201, 0, timeNs);
        market.touch(0, 203, 205, timeNs);
    }

    private void buyAt(final long price)
    {
        market.fill(ORDER, 0, Side.BID, price, 1);
    }

    private static NewOrder bid()
    {
        return new NewOrder().limit(0, Side.BID, 207, 1).from(ORDER, 0, 0);
    }

    private void assertLost(final long lost)
    {
        assertEquals(RiskCheck.ACCOUNT_DAILY_LOSS.code(), market.gate().check(
            new NewOrder().limit(1, Side.BID, 100, 1).from(ClientOrderIds.of(1, 0, 1_000), 0, 0)));
        assertEquals(lost, market.gate().failedValue());
    }
}
