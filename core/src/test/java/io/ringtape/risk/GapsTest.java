package io.ringtape.risk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtape.event.EventFlags;
import io.ringtape.event.Side;
import io.ringtape.event.SourceDefinition;
import io.ringtape.event.SourceDefinition.Kind;
import io.ringtape.event.TradingStatus;
import io.ringtape.order.ClientOrderIds;
import io.ringtape.order.NewOrder;
import io.ringtape.order.OrderGate;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whose orders a gap holds back, and until when. Times in ns. */
@Timeout(10)
final class GapsTest
{
    private static final int FEED = 0;
    private static final int SECOND_LINE = 1;
    private static final int OTHER_CHANNEL = 2;
    private static final int OTHER_PUBLISHER = 3;
    private static final int OTHER_NAME = 4;
    private static final int UNDEFINED = 5;
    private static final int LAST_SOURCE = 255;
    private static final long NOW_NS = 1_000_000;
    private static final RiskLimits LIMITS = new RiskLimits(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE,
        Long.MAX_VALUE, 10_000, Long.MAX_VALUE, 1_000, 1_000, Long.MAX_VALUE);

    private final Market market = new Market(LIMITS);

    @BeforeEach
    void define()
    {
        market.definitions.add(new SourceDefinition(FEED, Kind.FEED, "venue", 5, 6, 0));
        market.definitions.add(new SourceDefinition(SECOND_LINE, Kind.FEED, "venue", 5, 6, 1));
        market.definitions.add(new SourceDefinition(OTHER_CHANNEL, Kind.FEED, "venue", 5, 7, 0));
        market.definitions.add(new SourceDefinition(OTHER_PUBLISHER, Kind.FEED, "venue", 4, 6, 0));
        market.definitions.add(new SourceDefinition(OTHER_NAME, Kind.FEED, "other", 5, 6, 0));
        market.from(FEED);
        market.touch(0, 99, 101, NOW_NS);
        market.from(OTHER_CHANNEL);
        market.touch(1, 99, 101, NOW_NS);
        market.from(FEED);
    }

    @Test
    void shouldHoldOrdersOfItsChannelUntilItIsWholeAgain()
    {
        market.gap(FEED, NOW_NS);
        assertSuspect(0);
        assertPassed(1);
        market.touch(0, 99, 101, NOW_NS + 1);
        assertSuspect(0);

        market.recovered(OTHER_CHANNEL, NOW_NS + 2);
        assertSuspect(0);
        market.recovered(FEED, NOW_NS + 2);
        assertPassed(0);
    }

    @Test
    void shouldKnowAChannelByEachOfItsLines()
    {
        market.gap(SECOND_LINE, NOW_NS);
        assertSuspect(0);
        assertPassed(1);
        market.recovered(FEED, NOW_NS);
        assertPassed(0);

        market.gap(FEED, NOW_NS);
        assertSuspect(0);
        market.recovered(SECOND_LINE, NOW_NS);
        assertPassed(0);
    }

    @Test
    void shouldTellChannelsApartByNameAndPublisherToo()
    {
        market.gap(OTHER_PUBLISHER, NOW_NS);
        market.gap(OTHER_NAME, NOW_NS);

        assertPassed(0);
        assertPassed(1);
    }

    @Test
    void shouldHoldOrdersUntilTheBookIsMadeAnew()
    {
        market.gap(FEED, NOW_NS);

        market.clear(0, NOW_NS, Side.BID);
        market.touch(0, 99, 101, NOW_NS);
        assertSuspect(0);
        market.clear(0, NOW_NS, EventFlags.SUSPECT_BOOK);
        market.touch(0, 99, 101, NOW_NS);
        assertSuspect(0);
        market.clear(0, NOW_NS, 0);
        market.touch(0, 99, 101, NOW_NS);
        assertPassed(0);

        market.gap(FEED, NOW_NS);
        assertSuspect(0);
    }

    @Test
    void shouldNotHoldAnOrderAgainForAnotherLineOfAChannel()
    {
        market.gap(FEED, NOW_NS);
        market.clear(0, NOW_NS, 0);

        market.from(SECOND_LINE);
        market.touch(0, 99, 101, NOW_NS);

        assertPassed(0);
    }

    @Test
    void shouldHoldOrdersOfAnInstrumentThatComesBehindTheGap()
    {
        market.gap(SECOND_LINE, NOW_NS);
        market.from(FEED);
        market.touch(1, 99, 101, NOW_NS + 1);
        assertSuspect(1);

        market.recovered(FEED, NOW_NS + 2);
        assertPassed(1);
    }

    @Test
    void shouldWaitForEachChannelOfAnInstrument()
    {
        market.from(OTHER_CHANNEL);
        market.status(0, TradingStatus.TRADING, NOW_NS);
        market.gap(FEED, NOW_NS);
        market.gap(OTHER_CHANNEL, NOW_NS);

        market.recovered(FEED, NOW_NS);
        assertSuspect(0);
        market.recovered(OTHER_CHANNEL, NOW_NS);
        assertPassed(0);
        assertPassed(1);
    }

    @Test
    void shouldNotMindGapsOfSeveralOtherChannels()
    {
        market.gap(OTHER_PUBLISHER, NOW_NS);
        market.gap(OTHER_NAME, NOW_NS);

        market.touch(1, 99, 101, NOW_NS);
        assertPassed(1);
        market.gap(FEED, NOW_NS);
        market.gap(OTHER_CHANNEL, NOW_NS);
        market.clear(1, NOW_NS, 0);
        market.touch(1, 99, 101, NOW_NS);
        market.recovered(FEED, NOW_NS);

        assertPassed(0);
        assertPassed(1);
    }

    @Test
    void shouldTakeAGapOfASourceThatNobodyDefinedForOneOfAny()
    {
        market.gap(UNDEFINED, NOW_NS);
        assertSuspect(0);
        assertSuspect(1);
        market.recovered(FEED, NOW_NS);
        assertSuspect(0);
        market.recovered(UNDEFINED, NOW_NS);
        assertPassed(0);
        assertPassed(1);

        market.from(LAST_SOURCE);
        market.touch(0, 99, 101, NOW_NS);
        market.gap(OTHER_NAME, NOW_NS);
        assertSuspect(0);
        assertPassed(1);
    }

    @Test
    void shouldNotValueAPositionAtABookWithAGap()
    {
        market.gate(RiskGate.builder(market.definitions, market.books::book).otherLimits((definition) -> LIMITS)
            .otherAccounts(new AccountLimits(Long.MAX_VALUE, 500, 1_000, 1_000)).build());
        market.touch(0, 99, 101, NOW_NS);
        market.from(OTHER_CHANNEL);
        market.touch(1, 99, 101, NOW_NS);
        market.from(FEED);
        market.fill(ClientOrderIds.of(1, 0, 1), 0, Side.BID, 100, 10);
        market.gap(FEED, NOW_NS);

        market.level(0, Side.BID, 99, 0, NOW_NS);
        market.level(0, Side.ASK, 2, 10, NOW_NS);
        market.level(0, Side.BID, 1, 10, NOW_NS);
        assertPassed(1);

        market.recovered(FEED, NOW_NS);
        assertEquals(RiskCheck.ACCOUNT_DAILY_LOSS.code(), check(1));
        assertEquals(990, market.gate().failedValue());
    }

    @Test
    void shouldGoOnBehindAStoredState()
    {
        market.gap(SECOND_LINE, NOW_NS);
        market.clear(0, NOW_NS, 0);
        market.touch(0, 99, 101, NOW_NS);
        market.from(LAST_SOURCE);
        market.touch(1, 99, 101, NOW_NS);
        final byte[] stored = stored(market.gate());

        market.gate(RiskGate.builder(market.definitions, market.books::book)
            .otherLimits((definition) -> LIMITS).otherAccounts(Market.WIDE).build());
        market.gate().state().readState(ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN));

        assertArrayEquals(stored, stored(market.gate()));
        assertPassed(0);
        assertSuspect(1);
        market.recovered(FEED, NOW_NS);
        assertPassed(1);
        market.gap(FEED, NOW_NS);
        assertSuspect(0);
    }

    private static byte[] stored(final RiskGate gate)
    {
        final ByteBuffer bytes = ByteBuffer.allocate((int)gate.state().stateBytes()).order(ByteOrder.LITTLE_ENDIAN);
        gate.state().writeState(bytes);
        assertEquals(0, bytes.remaining());
        return bytes.array();
    }

    private void assertPassed(final int instrumentId)
    {
        assertEquals(OrderGate.PASSED, check(instrumentId));
    }

    private void assertSuspect(final int instrumentId)
    {
        assertEquals(RiskCheck.SUSPECT_BOOK.code(), check(instrumentId));
        assertEquals(instrumentId, market.gate().failedValue());
        assertEquals(0, market.gate().failedLimit());
    }

    private int check(final int instrumentId)
    {
        return market.gate().check(
            new NewOrder().limit(instrumentId, Side.BID, 100, 1).from(ClientOrderIds.of(1, 0, 1_000), 0, 0));
    }
}
