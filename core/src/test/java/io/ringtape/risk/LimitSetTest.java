package io.ringtape.risk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ringtape.event.BookKind;
import io.ringtape.event.InstrumentDefinition;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

@Timeout(10)
final class LimitSetTest
{
    private static final RiskLimits LIMITS =
        new RiskLimits(2_500_000_000L, 1_999_999_999L, 7_000_000_000L, 6_500_000_000L, 1, 2, 3, 4, 5);
    private static final AccountLimits ACCOUNT = new AccountLimits(1, 2, 3, 4);

    @Test
    void shouldScaleAmountsToTheInstrumentAndRoundDown()
    {
        final LimitSet set = LimitSet.builder(1).instrument("A", LIMITS).build();

        assertEquals(Optional.of(new RiskLimits(2, 19_999, 7, 6, 1, 2, 3, 4, 5)), set.of(instrument("A", -4, 0)));
        assertEquals(Optional.of(LIMITS), set.of(instrument("A", -9, -9)));
        assertEquals(Optional.of(new RiskLimits(2_500_000_000_000L, 1_999_999_999_000L, 7_000_000_000_000L,
            6_500_000_000_000L, 1, 2, 3, 4, 5)), set.of(instrument("A", -12, -12)));
        assertEquals(Optional.of(new RiskLimits(2_500_000_000_000_000_000L, 1, 7_000_000_000_000_000_000L,
            6_500_000_000_000_000_000L, 1, 2, 3, 4, 5)), set.of(instrument("A", 0, -18)));
    }

    @Test
    void shouldHoldAnAmountThatDoesNotFitAtTheEnd()
    {
        final LimitSet set = LimitSet.builder(1)
            .instrument("A", LIMITS.toBuilder().maxPosition(Long.MAX_VALUE).build()).build();

        assertEquals(Long.MAX_VALUE, set.of(instrument("A", -9, -10)).orElseThrow().maxPosition());
    }

    @Test
    void shouldKillByItselfOnlyWhereToldTo()
    {
        final KillRules rules = new KillRules(true, 7);

        assertEquals(KillRules.OFF, LimitSet.builder(1).build().killRules());
        assertEquals(rules, LimitSet.builder(1).killRules(rules).build().killRules());
        assertEquals("staleNs must not be negative: staleNs=-1",
            assertThrows(IllegalArgumentException.class, () -> new KillRules(true, -1)).getMessage());
    }

    @Test
    void shouldHaveNoLimitsForWhatIsNotNamed()
    {
        final LimitSet set = LimitSet.builder(1).instrument("A", LIMITS).account(7, ACCOUNT).build();

        assertEquals(Optional.empty(), set.of(instrument("B", -9, 0)));
        assertEquals(Optional.empty(), set.of(8));
        assertEquals(Optional.of(ACCOUNT), set.of(7));
    }

    @Test
    void shouldTakeTheLimitsOfTheOthersForWhatIsNotNamed()
    {
        final LimitSet set =
            LimitSet.builder(3).instrument("A", LIMITS).otherInstruments(LIMITS).otherAccounts(ACCOUNT).build();

        assertEquals(Optional.of(LIMITS), set.of(instrument("B", -9, -9)));
        assertEquals(Optional.of(ACCOUNT), set.of(8));
        assertEquals(3, set.version());
        assertEquals(Map.of("A", LIMITS), set.instruments());
        assertEquals(Map.of(), set.accounts());
        assertEquals(Optional.of(LIMITS), set.otherInstruments());
        assertEquals(Optional.of(ACCOUNT), set.otherAccounts());
    }

    @Test
    void shouldRefuseWhatIsSetTwiceOrHasNoVersion()
    {
        final LimitSet.Builder builder = LimitSet.builder(1).instrument("A", LIMITS).account(7, ACCOUNT);

        assertMessage("limits are set already: symbol=A", () -> builder.instrument("A", LIMITS));
        assertMessage("limits are set already: account=7", () -> builder.account(7, ACCOUNT));
        assertMessage("version must be 1 or more: version=0", () -> LimitSet.builder(0));
    }

    @Test
    void shouldRefuseLimitsOfAnAccountThatAreOutOfRange()
    {
        assertMessage("maxOpenNotional must be 0 to 9223372036854775807: maxOpenNotional=-1",
            () -> new AccountLimits(-1, 0, 0, 0));
        assertMessage("maxDailyLoss must be 0 to 9223372036854775807: maxDailyLoss=-1",
            () -> new AccountLimits(0, -1, 0, 0));
        assertMessage("messagesPerSecond must be 0 to 1000000: messagesPerSecond=1000001",
            () -> new AccountLimits(0, 0, 1_000_001, 0));
        assertMessage("messageBurst must be 0 to 1000000: messageBurst=-1", () -> new AccountLimits(0, 0, 0, -1));
        assertEquals(new AccountLimits(10_000_000_000_000_000L, 100_000_000_000_000L, 100, 200),
            AccountLimits.defaults());
    }

    private static InstrumentDefinition instrument(
        final String symbol, final int priceExponent, final int quantityExponent)
    {
        return new InstrumentDefinition(0, symbol, 0, priceExponent, quantityExponent, BookKind.MBP, 0, 0, 0, 1);
    }

    private static void assertMessage(final String message, final Executable call)
    {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
