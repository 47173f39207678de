package io.ringtape.risk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ringtape.event.EventType;
import io.ringtape.event.Side;
import io.ringtape.event.SourceDefinition;
import io.ringtape.order.ClientOrderIds;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A gate does not take over a state that makes no sense or is of other limits, and says what is wrong with it. */
@Timeout(10)
final class RiskGateStateTest
{
    private static final RiskLimits LIMITS =
        new RiskLimits(50, Long.MAX_VALUE, 100, 100, 100, 1_000_000_000L, 1_000, 1_000, 2_000);
    private static final RiskLimits OTHER_LIMITS =
        new RiskLimits(51, Long.MAX_VALUE, 100, 100, 100, 1_000_000_000L, 1_000, 1_000, 2_000);
    private static final AccountLimits OTHER_ACCOUNT =
        new AccountLimits(1, Long.MAX_VALUE, 1_000_000, 1_000_000);
    private static final int ACCOUNT = 7;
    private static final long ORDER = ClientOrderIds.of(1, 0, 1);
    /** Of a gate that has met nothing: counts of instruments, accounts and open orders, and the bytes of the last. */
    private static final int COUNTS_BYTES = 4 * Integer.BYTES;
    private static final int EXPOSURE_BYTES = 3 * Long.BYTES + Integer.BYTES;

    private final Market market = market();
    private final int instrumentsAt = stored(market.gate()).length - COUNTS_BYTES;

    @Test
    void shouldSayWhatItIsTheStateOf()
    {
        final RiskGate answered = RiskGate.builder(market.definitions, market.books::book).venueAnswers().build();

        assertEquals("risk-gate", market.gate().state().stateName());
        assertEquals(6, market.gate().state().stateVersion());
        assertEquals(0, market.gate().state().stateParameters());
        assertEquals(1, answered.state().stateParameters());
    }

    @Test
    void shouldTakeOverWhatItStored()
    {
        trade();
        final RiskGate other = gate(LIMITS, Market.WIDE);

        restore(other, stored(market.gate()));

        assertArrayEquals(stored(market.gate()), stored(other));
    }

    @Test
    void shouldTakeOverTheInstrumentsOfAnAccountInTheOrderInWhichTheyWereMet()
    {
        market.gate(opened());
        market.touch(1, 99, 101, 1_000);
        market.touch(0, 99, 101, 1_000);
        final RiskGate other = opened();

        restore(other, stored(market.gate()));

        assertArrayEquals(stored(market.gate()), stored(other));
    }

    @Test
    void shouldRefuseAnInstrumentThatIsUnknownOrStandsTwice()
    {
        market.touch(0, 99, 101, 1_000);
        market.touch(1, 99, 101, 1_000);
        final byte[] good = stored(market.gate());
        final int instrumentBytes = (good.length - instrumentsAt - COUNTS_BYTES) / 2;
        final int second = instrumentsAt + Integer.BYTES + instrumentBytes;

        requireRefused("state of a risk gate makes no sense: instrumentId=9",
            changed(good, instrumentsAt + Integer.BYTES, 9));
        requireRefused("state of a risk gate makes no sense: instrumentId=-1",
            changed(good, instrumentsAt + Integer.BYTES, -1));
        requireRefused("state of a risk gate makes no sense: instrumentId=0", changed(good, second, 0));
    }

    @Test
    void shouldRefuseAnUnknownInstrumentOfAnAccount()
    {
        trade();
        market.own(EventType.OWN_CANCELLED, ORDER, 0, Side.BID, 0);
        final byte[] good = stored(market.gate());
        final int traded = good.length - 2 * Integer.BYTES - AccountInstrument.STATE_BYTES - Integer.BYTES;

        requireRefused("state of a risk gate makes no sense: instrumentId=9", changed(good, traded, 9));
    }

    @Test
    void shouldRefuseAStateOfOtherLimits()
    {
        trade();
        final byte[] good = stored(market.gate());

        requireRefused("state is of a risk gate with other limits: instrumentId=0",
            gate(OTHER_LIMITS, Market.WIDE), good);
        requireRefused("state is of a risk gate with other limits: account=7", gate(LIMITS, OTHER_ACCOUNT), good);
    }

    @Test
    void shouldRefuseOpenOrdersThatAreNotThoseOfItsState()
    {
        final byte[] none = stored(market.gate());
        trade();
        final byte[] one = stored(market.gate());

        requireRefused("state of a risk gate makes no sense: openOrderBytes=-1",
            changed(none, none.length - Integer.BYTES, -1));
        requireRefused("state of a risk gate makes no sense: openOrderBytes=1",
            changed(none, none.length - Integer.BYTES, 1));
        requireRefused("state of a risk gate makes no sense: openOrders=3",
            changed(none, none.length - 2 * Integer.BYTES, 3));
        requireRefused("state of a risk gate makes no sense: clientOrderId=" + ClientOrderIds.of(1, 0, 5),
            changed(one, one.length - EXPOSURE_BYTES, 5));
    }

    @Test
    void shouldRefuseAStateThatGoesOn()
    {
        final byte[] good = stored(market.gate());

        requireRefused("state of a risk gate goes on: bytes=3", Arrays.copyOf(good, good.length + 3));
    }

    /** One order, filled in part. */
    private void trade()
    {
        market.touch(0, 99, 101, 1_000);
        market.own(EventType.OWN_NEW, ORDER, 0, Side.BID, 10);
        market.fill(ORDER, 0, Side.BID, 100, 4);
        market.detail(0);
    }

    private static Market market()
    {
        final Market made = new Market(LIMITS);
        made.definitions.add(
            new SourceDefinition(0, SourceDefinition.Kind.STRATEGY, "test", ACCOUNT, 0, 0));
        made.gate(gate(made, LIMITS, Market.WIDE));
        return made;
    }

    private static RiskGate gate(final RiskLimits limits, final AccountLimits accounts)
    {
        return gate(market(), limits, accounts);
    }

    private static RiskGate gate(final Market of, final RiskLimits limits, final AccountLimits accounts)
    {
        return RiskGate.builder(of.definitions, of.books::book).otherLimits((definition) -> limits)
            .otherAccounts(accounts).build();
    }

    /** A gate whose account starts with a position in each instrument. */
    private RiskGate opened()
    {
        final OpeningPosition held =
            new OpeningPosition(BigDecimal.TEN, Optional.of(BigDecimal.ONE), Optional.empty(), 0);
        return RiskGate.builder(market.definitions, market.books::book).otherLimits((definition) -> LIMITS)
            .otherAccounts(Market.WIDE)
            .opening(OpeningPositions.ofDay(0).add(ACCOUNT, "A", held).add(ACCOUNT, "B", held).build()).build();
    }

    private static byte[] stored(final RiskGate gate)
    {
        final ByteBuffer bytes =
            ByteBuffer.allocate((int)gate.state().stateBytes()).order(ByteOrder.LITTLE_ENDIAN);
        gate.state().writeState(bytes);
        return bytes.array();
    }

    private static byte[] changed(final byte[] good, final int at, final int value)
    {
        final byte[] bad = good.clone();
        ByteBuffer.wrap(bad).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
        return bad;
    }

    private static void restore(final RiskGate gate, final byte[] stored)
    {
        gate.state().readState(ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN));
    }

    private static void requireRefused(final String text, final byte[] stored)
    {
        requireRefused(text, gate(LIMITS, Market.WIDE), stored);
    }

    private static void requireRefused(final String text, final RiskGate gate, final byte[] stored)
    {
        assertEquals(text,
            assertThrows(IllegalArgumentException.class, () -> restore(gate, stored)).getMessage());
    }
}
