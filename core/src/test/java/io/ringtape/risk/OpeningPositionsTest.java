package io.ringtape.risk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.event.BookKind;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.order.ClientOrderIds;
import io.ringtape.order.NewOrder;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a gate starts with counts in its checks like what its own orders made, and ends with its day. */
@Timeout(10)
final class OpeningPositionsTest
{
    private static final long DAY_NS = 86_400_000_000_000L;
    private static final long DAY = 100;
    private static final long NOON_NS = DAY * DAY_NS + DAY_NS / 2;
    private static final long NEXT_NS = (DAY + 1) * DAY_NS;
    private static final int ACCOUNT = 7;
    private static final int OTHER = 8;
    private static final RiskLimits LIMITS = new RiskLimits(1_000, Long.MAX_VALUE, 50, 40, 10_000, Long.MAX_VALUE,
        1_000, 1_000, 100);
    private static final AccountLimits ACCOUNTS = new AccountLimits(Long.MAX_VALUE, 200, 1_000, 1_000);

    private final Market market = new Market(LIMITS);
    private final NewOrder order = new NewOrder();
    private long lastId = ClientOrderIds.of(1, 0, 0);

    @Test
    void shouldCountThePositionOfAllAndOfEachAccount()
    {
        start(ofDay().add(ACCOUNT, "A", held("30", "100", "100", 0)).add(OTHER, "A", held("-5", "100", "100", 0)));
        market.touch(0, 99, 101, NOON_NS);

        assertEquals(25, market.gate().position(0));
        assertPasses(0, Side.BID, ACCOUNT, 10);
        assertRejected(RiskCheck.ACCOUNT_POSITION, 41, 40, 0, Side.BID, ACCOUNT, 11);
        assertRejected(RiskCheck.MAX_POSITION, 51, 50, 0, Side.BID, OTHER, 26);
        assertRejected(RiskCheck.ACCOUNT_POSITION, -41, -40, 0, Side.ASK, OTHER, 36);
    }

    @Test
    void shouldKnowAPositionBeforeTheFirstEventOfItsInstrument()
    {
        start(ofDay().add(ACCOUNT, "B", held("0.30", "0.0100", "0.0100", 0)));

        assertEquals(30, market.gate().position(1));
        assertEquals(0, market.gate().position(0));
    }

    @Test
    void shouldCountTheLossOfTheDayWithWhatThePositionLosesFromThere()
    {
        start(ofDay().add(ACCOUNT, "A", held("10", "100", "100", -60)));
        market.touch(0, 95, 97, NOON_NS);

        assertPasses(0, Side.BID, ACCOUNT, 1);
        market.level(0, Side.BID, 95, 0, NOON_NS + 1);
        market.touch(0, 94, 97, NOON_NS + 1);

        assertRejected(RiskCheck.DAILY_LOSS, 110, 100, 0, Side.BID, ACCOUNT, 1);
        assertEquals(-110, holding(0).dayNano());
        assertEquals(-50, holding(0).unrealisedNano());
        assertEquals(0, holding(0).realisedNano());
    }

    @Test
    void shouldForgetTheLossAndStartAtTheMarkWhenTheDayIsOver()
    {
        start(ofDay().add(ACCOUNT, "A", held("10", "100", "95", -100)).add(ACCOUNT, "B", held("0", "", "", -300)));
        market.touch(0, 93, 95, NEXT_NS);
        market.touch(1, 99, 101, NEXT_NS + 1);

        assertEquals(-10, holding(0).dayNano());
        assertEquals(-60, holding(0).unrealisedNano());
        assertEquals(0, holding(1).dayNano());
        assertEquals(NEXT_NS + DAY_NS, market.gate().holdings().dayEndNs());
        assertPasses(0, Side.BID, ACCOUNT, 1);
    }

    @Test
    void shouldStartADayThatBeginsInTheRunAtTheMarkToo()
    {
        start(ofDay().add(ACCOUNT, "A", held("10", "100", "95", -30)));
        market.trade(0, 96, NOON_NS, 0);
        assertEquals(-20, holding(0).dayNano());

        market.touch(0, 93, 95, NEXT_NS);

        assertEquals(-20, holding(0).dayNano());
        assertEquals(-60, holding(0).unrealisedNano());
    }

    @Test
    void shouldCountTheLossInAnInstrumentThatHasNotComeForItsAccount()
    {
        start(ofDay().add(ACCOUNT, "A", held("0", "", "", -201)).add(OTHER, "A", held("0", "", "", -200)));
        market.touch(1, 99, 101, NOON_NS);

        assertRejected(RiskCheck.ACCOUNT_DAILY_LOSS, 201, 200, 1, Side.BID, ACCOUNT, 1);
        assertPasses(1, Side.BID, OTHER, 1);
        market.touch(0, 99, 101, NOON_NS + 1);
        assertRejected(RiskCheck.ACCOUNT_DAILY_LOSS, 201, 200, 1, Side.BID, ACCOUNT, 1);
        assertPasses(1, Side.BID, OTHER, 1);
        market.time(NEXT_NS, 0);
        assertPasses(1, Side.BID, ACCOUNT, 1);
    }

    @Test
    void shouldForgetThatLossToo()
    {
        start(ofDay().add(ACCOUNT, "A", held("0", "", "", -201)));
        market.touch(1, 99, 101, NEXT_NS);

        assertPasses(1, Side.BID, ACCOUNT, 1);
    }

    @Test
    void shouldValueAPositionAtItsAveragePriceWithoutAMark()
    {
        start(ofDay().add(ACCOUNT, "A", held("-10", "100", "", 0)).add(ACCOUNT, "B", held("0", "", "0.5", -1)));

        assertEquals(-10, market.gate().position(0));
        assertEquals(100, holding(0).mark());
        assertEquals(100, holding(0).averagePrice());
        market.touch(1, 99, 101, NOON_NS);
        assertEquals(100, holding(1).mark());
        assertEquals(OrderBookEvent.NULL_PRICE, holding(1).averagePrice());
    }

    @Test
    void shouldRejectWhereAQuantityIsNoneOfTheInstrument()
    {
        start(ofDay().add(ACCOUNT, "A", held("-10.5", "100", "100", 0)).add(ACCOUNT, "B", held("0.01", "9", "9", 0)));
        market.touch(0, 99, 101, NOON_NS);
        market.touch(1, 99, 101, NOON_NS);

        assertEquals(-11, market.gate().position(0));
        assertFalse(holding(0).isKnown());
        assertTrue(holding(1).isKnown());
        assertRejected(RiskCheck.DAILY_LOSS, Long.MAX_VALUE, 100, 0, Side.BID, ACCOUNT, 1);
        assertRejected(RiskCheck.DAILY_LOSS, Long.MAX_VALUE, 100, 0, Side.BID, OTHER, 1);
        assertEquals(RiskCheck.ACCOUNT_DAILY_LOSS.code(), check(1, Side.BID, ACCOUNT, 1));
        assertPasses(1, Side.BID, OTHER, 1);
    }

    @Test
    void shouldSayExactlyWhatIsHeldWhereTheGateCountsARoundedQuantity()
    {
        final OpeningPositions.Builder opening = ofDay().add(ACCOUNT, "A", held("0.5", "100", "100", 0))
            .add(OTHER, "A", held("-10.5", "100", "100", 0)).add(ACCOUNT, "B", held("-0.005", "1", "1", 0))
            .add(OTHER, "B", new OpeningPosition(new BigDecimal("3e20"), Optional.of(BigDecimal.ONE),
                Optional.empty(), 0));
        start(opening);
        market.touch(0, 99, 101, NOON_NS);
        market.touch(1, 99, 101, NOON_NS);
        market.fill(ClientOrderIds.of(1, 0, 1), 1, Side.BID, 100, 3);

        assertEquals(List.of("0.03", "0.5", "-0.005", "-10.5", "300000000000000000000"),
            market.gate().holdings().held().stream().map((one) ->
                opening.build().exactQuantity(one, market.definitions).stripTrailingZeros().toPlainString()).toList());
    }

    @Test
    void shouldSayThatAnotherInstrumentOfASymbolHasNoneOfItsPosition()
    {
        market.definitions.add(new InstrumentDefinition(2, "A", 0, -9, -1, BookKind.MBP, 0, 0, 0, 1));
        final OpeningPositions.Builder opening = ofDay().add(0, "A", held("0.5", "100", "100", 0));
        start(opening);
        market.touch(2, 99, 101, NOON_NS);
        market.fill(ClientOrderIds.of(1, 0, 1), 2, Side.BID, 100, 3);

        final Holding second = market.gate().holdings().held().stream()
            .filter((one) -> one.instrument().instrumentId() == 2).findFirst().orElseThrow();

        assertEquals(new BigDecimal("0.3"), opening.build().exactQuantity(second, market.definitions));
    }

    @Test
    void shouldSayWhichAccountsItCannotCount()
    {
        final OpeningPositions opening = ofDay().add(ACCOUNT, "A", held("-10.5", "100", "100", 0))
            .add(OTHER, "A", held("10", "100", "100", 0)).add(ACCOUNT, "B", held("0.01", "0.9", "0.9", 0))
            .add(OTHER, "B", held("1", "0.9", "0.9", Long.MAX_VALUE)).build();

        assertEquals(List.of(ACCOUNT), opening.uncounted(market.definitions.instrument(0)));
        assertEquals(List.of(OTHER), opening.uncounted(market.definitions.instrument(1)));
        assertEquals(List.of(), OpeningPositions.NONE.uncounted(market.definitions.instrument(0)));
    }

    @Test
    void shouldCountTheWholeLossOfAPositionWhoseInstrumentHasNotCome()
    {
        start(ofDay().add(ACCOUNT, "A", held("10", "100", "79", -201)));
        market.touch(1, 99, 101, NOON_NS);

        assertRejected(RiskCheck.ACCOUNT_DAILY_LOSS, 201, 200, 1, Side.BID, ACCOUNT, 1);
        market.trade(0, 79, NOON_NS, 0);
        assertRejected(RiskCheck.ACCOUNT_DAILY_LOSS, 201, 200, 1, Side.BID, ACCOUNT, 1);
        assertEquals(-210, holding(0).unrealisedNano());
        market.trade(0, 80, NOON_NS, 0);
        assertEquals(-191, holding(0).dayNano());
        assertPasses(1, Side.BID, ACCOUNT, 1);
    }

    @Test
    void shouldCountAPositionThatWaitedOverMidnightFromItsMark()
    {
        start(ofDay().add(ACCOUNT, "A", held("-10", "100", "130", 0)));
        market.touch(1, 99, 101, NEXT_NS);

        market.trade(0, 130, NEXT_NS, 0);

        assertEquals(0, holding(0).dayNano());
        assertEquals(-300, holding(0).unrealisedNano());
        market.trade(0, 131, NEXT_NS, 0);
        assertEquals(-10, holding(0).dayNano());
    }

    @Test
    void shouldValueASymbolAtTheOneMarkThatIsGivenWithIt()
    {
        start(ofDay().add(ACCOUNT, "A", held("10", "100", "90", 0)).add(OTHER, "A", held("10", "50", "", -3)));

        assertEquals(20, market.gate().position(0));
        assertEquals(List.of(90L, 90L), market.gate().holdings().held().stream().map(Holding::mark).toList());
        market.trade(0, 91, NOON_NS, 0);
        assertEquals(List.of(10L, 7L), days());
    }

    @Test
    void shouldTakeTheDifferenceOfARoundedPriceIntoTheDay()
    {
        start(ofDay().add(ACCOUNT, "A", held("100", "1.0000000997e-7", "1.0125e-7", -40)));
        assertEquals(100, market.gate().position(0));

        assertEquals(100, holding(0).averagePrice());
        assertEquals(101, holding(0).mark());
        assertEquals(-65, holding(0).dayNano());
        market.trade(0, 102, NOON_NS, 0);
        assertEquals(35, holding(0).dayNano());
    }

    @Test
    void shouldLeaveOutWhatIsFlatAndWonNothing()
    {
        final OpeningPositions opening = ofDay().add(ACCOUNT, "A", held("0", "", "9", 0))
            .add(ACCOUNT, "B", held("0", "", "", 1)).add(OTHER, "B", held("0", "", "", 0)).build();

        assertEquals("{B=[7]}", opening.positions().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, (entry) -> entry.getValue().keySet())).toString());
    }

    @Test
    void shouldRejectWhereAPositionDoesNotFit()
    {
        start(ofDay().add(ACCOUNT, "A", new OpeningPosition(new BigDecimal("1e18").multiply(BigDecimal.TEN),
            Optional.of(BigDecimal.ONE), Optional.empty(), 0)).add(OTHER, "B", new OpeningPosition(
                BigDecimal.ONE.negate(), Optional.of(new BigDecimal("-1e17")), Optional.empty(), 0)));
        market.touch(0, 99, 101, NOON_NS);
        market.touch(1, 99, 101, NOON_NS);

        assertEquals(Long.MAX_VALUE, market.gate().position(0));
        assertFalse(holding(0).isKnown());
        assertFalse(holding(1).isKnown());
        assertEquals(-100, market.gate().position(1));
    }

    @Test
    void shouldGiveThePositionToTheFirstInstrumentOfItsSymbol()
    {
        market.definitions.add(new InstrumentDefinition(2, "A", 0, -9, 0, BookKind.MBP, 0, 0, 0, 1));
        start(ofDay().add(ACCOUNT, "A", held("10", "100", "100", 0)));

        assertEquals(0, market.gate().position(2));
        assertEquals(10, market.gate().position(0));
        assertEquals(1, market.gate().holdings().held().size());
        market.touch(0, 99, 101, NOON_NS);
        market.touch(2, 99, 101, NOON_NS);
        assertPasses(0, Side.BID, ACCOUNT, 1);
        assertRejected(RiskCheck.DAILY_LOSS, Long.MAX_VALUE, 100, 2, Side.BID, ACCOUNT, 1);
    }

    @Test
    void shouldStartLikeTheGateThatItsPositionsAreOf()
    {
        start(ofDay());
        market.touch(0, 99, 101, NOON_NS);
        market.fill(ClientOrderIds.of(1, 0, 1), 0, Side.BID, 100, 3);
        market.detail(7);
        market.fill(ClientOrderIds.of(1, 0, 1), 0, Side.BID, 101, 4);
        market.fill(ClientOrderIds.of(1, 0, 1), 0, Side.ASK, 95, 2);
        final Holding first = holding(0);

        start(ofDay().add(0, "A", new OpeningPosition(BigDecimal.valueOf(first.quantity()),
            Optional.of(BigDecimal.valueOf(first.averagePrice(), 9)), Optional.of(BigDecimal.valueOf(first.mark(), 9)),
            first.dayNano())));
        assertEquals(5, market.gate().position(0));

        assertEquals(new Holding(0, market.definitions.instrument(0), 5, 100, 100, -11, 7, -3, -21, true), first);
        assertEquals(new Holding(0, market.definitions.instrument(0), 5, 100, 100, 0, 0, 0, -21, true),
            holding(0));
    }

    @Test
    void shouldTakeOverAStateBehindTheOpening()
    {
        final OpeningPositions opening =
            ofDay().add(ACCOUNT, "A", held("10", "100", "100", -5)).add(ACCOUNT, "B", held("0", "", "", -7)).build();
        market.gate(gate(opening));
        market.touch(0, 95, 97, NOON_NS);
        market.fill(ClientOrderIds.of(1, 0, 1), 0, Side.ASK, 96, 4);
        final byte[] stored = stored(market.gate());
        final RiskGate other = gate(opening);

        other.state().readState(ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN));

        assertArrayEquals(stored, stored(other));
        assertEquals(market.gate().holdings(), other.holdings());
    }

    @Test
    void shouldKeepTheMarkWhileAccountsHoldWhatCancelsOut()
    {
        start(ofDay().add(ACCOUNT, "A", held("10", "100", "100", 0))
            .add(OTHER, "A", held("-10", "100", "100", 0)));
        market.touch(0, 109, 111, NOON_NS);
        market.clear(0, NOON_NS, 0);

        assertEquals(List.of(100L, -100L), days());
    }

    @Test
    void shouldKeepTheMarkBehindAStateThatItTookOver()
    {
        start(ofDay());
        market.fill(ClientOrderIds.of(1, 0, 1), 0, Side.BID, 100, 3);
        final byte[] stored = stored(market.gate());
        start(ofDay());
        market.gate().state().readState(ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN));

        market.touch(0, 119, 121, NOON_NS);
        market.clear(0, NOON_NS, 0);

        assertEquals(120, holding(0).mark());
    }

    @Test
    void shouldKeepNoMarkWhenNobodyHoldsAnyMore()
    {
        start(ofDay().add(0, "A", held("10", "100", "100", 0)));
        market.fill(ClientOrderIds.of(1, 0, 1), 0, Side.ASK, 100, 4);
        market.touch(0, 109, 111, NOON_NS);
        market.fill(ClientOrderIds.of(1, 0, 1), 0, Side.ASK, 100, 6);
        market.clear(0, NOON_NS, 0);
        market.touch(0, 119, 121, NOON_NS);
        market.clear(0, NOON_NS, 0);

        assertEquals(110, holding(0).mark());
    }

    @Test
    void shouldGiveItsPositionsInOrder()
    {
        final OpeningPosition position = held("10", "100", "100", -5);
        final OpeningPositions opening = ofDay().add(OTHER, "B", position).add(ACCOUNT, "B", position)
            .add(ACCOUNT, "A", position).build();

        assertEquals(List.of("A", "B"), List.copyOf(opening.positions().keySet()));
        assertEquals("[7, 8]", opening.positions().get("B").keySet().toString());
        assertEquals(NEXT_NS, opening.dayEndNs());
        assertEquals(0, OpeningPositions.NONE.dayEndNs());
        opening.positions().get("B").clear();
        opening.positions().clear();
        assertEquals(position, opening.positions().get("B").get(OTHER));
    }

    @Test
    void shouldRefuseWhatMakesNoSense()
    {
        assertRefused("position must have an average-price", () -> held("1", "", "", 0));
        assertRefused("no position must have no average-price", () -> held("0", "100", "", 0));
        assertRefused("position stands twice",
            () -> ofDay().add(1, "A", held("0", "", "", 0)).add(1, "A", held("0", "", "", 0)));
        assertRefused("mark must be the same in all accounts",
            () -> ofDay().add(1, "A", held("1", "9", "8", 0)).add(2, "A", held("1", "9", "9", 0)));
        assertRefused("several accounts hold A and none has a mark",
            () -> ofDay().add(1, "A", held("1", "9", "", 0)).add(2, "A", held("1", "9", "", 0)).build());
        assertRefused("day-profit of the account does not fit", () -> ofDay()
            .add(1, "A", held("0", "", "", Long.MAX_VALUE)).add(1, "B", held("0", "", "", 1)));
        ofDay().add(1, "A", held("1", "9", "8", Long.MAX_VALUE)).add(2, "A", held("1", "9", "8", 1))
            .add(3, "A", held("1", "9", "", 0)).build();
    }

    private static void assertRefused(final String message, final Runnable made)
    {
        assertEquals(message, assertThrows(IllegalArgumentException.class, made::run).getMessage());
    }

    private void start(final OpeningPositions.Builder opening)
    {
        market.gate(gate(opening.build()));
    }

    private RiskGate gate(final OpeningPositions opening)
    {
        return RiskGate.builder(market.definitions, market.books::book).otherLimits((definition) -> LIMITS)
            .otherAccounts(ACCOUNTS).opening(opening).build();
    }

    private static OpeningPositions.Builder ofDay()
    {
        return OpeningPositions.ofDay(DAY);
    }

    /** Prices in 10^-9 where they are whole numbers. */
    private static OpeningPosition held(
        final String quantity, final String price, final String mark, final long dayNano)
    {
        return new OpeningPosition(new BigDecimal(quantity), price(price), price(mark), dayNano);
    }

    private static Optional<BigDecimal> price(final String text)
    {
        return text.isEmpty() ? Optional.empty() :
            Optional.of(new BigDecimal(text).scaleByPowerOfTen(text.contains(".") ? 0 : -9));
    }

    private Holding holding(final int instrumentId)
    {
        return market.gate().holdings().held().stream()
            .filter((one) -> one.instrument().instrumentId() == instrumentId).findFirst().orElseThrow();
    }

    private List<Long> days()
    {
        return market.gate().holdings().held().stream().map(Holding::dayNano).toList();
    }

    private int check(final int instrumentId, final int side, final int account, final long quantity)
    {
        lastId++;
        return market.gate().check(order.limit(instrumentId, side, 100, quantity).from(lastId, 0, account));
    }

    private void assertPasses(final int instrumentId, final int side, final int account, final long quantity)
    {
        assertEquals(0, check(instrumentId, side, account, quantity), () ->
            market.gate().failedValue() + " limit " + market.gate().failedLimit());
    }

    private void assertRejected(
        final RiskCheck reason, final long value, final long limit, final int instrumentId, final int side,
        final int account, final long quantity)
    {
        assertEquals(reason.code(), check(instrumentId, side, account, quantity));
        assertEquals(value, market.gate().failedValue());
        assertEquals(limit, market.gate().failedLimit());
    }

    private static byte[] stored(final RiskGate gate)
    {
        final ByteBuffer bytes =
            ByteBuffer.allocate((int)gate.state().stateBytes()).order(ByteOrder.LITTLE_ENDIAN);
        gate.state().writeState(bytes);
        return bytes.array();
    }
}
