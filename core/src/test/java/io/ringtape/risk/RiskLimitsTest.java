package io.ringtape.risk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ringtape.event.BookKind;
import io.ringtape.event.InstrumentDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

@Timeout(10)
final class RiskLimitsTest
{
    private static final RiskLimits LIMITS = new RiskLimits(1, 2, 3, 9, 4, 5, 6, 7, 8);

    @Test
    void shouldBuildWhatWasSet()
    {
        final RiskLimits built = RiskLimits.builder().maxOrderQuantity(1).maxNotional(2).maxPosition(3)
            .maxAccountPosition(9).collarBps(4).maxReferenceAgeNs(5).messagesPerSecond(6).messageBurst(7)
            .maxDailyLoss(8).build();

        assertEquals(LIMITS, built);
        assertEquals(LIMITS, LIMITS.toBuilder().build());
    }

    @Test
    void shouldNameAFieldThatIsOutOfRange()
    {
        assertRefused("maxOrderQuantity must be 0 to 9223372036854775807: maxOrderQuantity=-1",
            () -> LIMITS.toBuilder().maxOrderQuantity(-1).build());
        assertRefused("maxNotional must be 0 to 9223372036854775807: maxNotional=-2",
            () -> LIMITS.toBuilder().maxNotional(-2).build());
        assertRefused("maxPosition must be 0 to 9223372036854775807: maxPosition=-3",
            () -> LIMITS.toBuilder().maxPosition(-3).build());
        assertRefused("maxAccountPosition must be 0 to 9223372036854775807: maxAccountPosition=-4",
            () -> LIMITS.toBuilder().maxAccountPosition(-4).build());
        assertRefused("collarBps must be 0 to 10000: collarBps=10001",
            () -> LIMITS.toBuilder().collarBps(10_001).build());
        assertRefused("maxReferenceAgeNs must be 0 to 9223372036854775807: maxReferenceAgeNs=-5",
            () -> LIMITS.toBuilder().maxReferenceAgeNs(-5).build());
        assertRefused("messagesPerSecond must be 0 to 1000000: messagesPerSecond=1000001",
            () -> LIMITS.toBuilder().messagesPerSecond(1_000_001).build());
        assertRefused("messageBurst must be 0 to 1000000: messageBurst=-7",
            () -> LIMITS.toBuilder().messageBurst(-7).build());
        assertRefused("maxDailyLoss must be 0 to 9223372036854775807: maxDailyLoss=-8",
            () -> LIMITS.toBuilder().maxDailyLoss(-8).build());
    }

    @Test
    void shouldNameAFieldThatIsNotSet()
    {
        final RiskLimits.Builder builder = RiskLimits.builder();

        assertRefused("maxOrderQuantity must be set", builder::build);
        builder.maxOrderQuantity(0);
        assertRefused("maxNotional must be set", builder::build);
        builder.maxNotional(0);
        assertRefused("maxPosition must be set", builder::build);
        builder.maxPosition(0);
        assertRefused("collarBps must be set", builder::build);
        builder.collarBps(0);
        assertRefused("maxReferenceAgeNs must be set", builder::build);
        builder.maxReferenceAgeNs(0);
        assertRefused("messagesPerSecond must be set", builder::build);
        builder.messagesPerSecond(0);
        assertRefused("messageBurst must be set", builder::build);
        builder.messageBurst(0);
        assertRefused("maxDailyLoss must be set", builder::build);
        builder.maxDailyLoss(0);
        assertEquals(new RiskLimits(0, 0, 0, 0, 0, 0, 0, 0, 0), builder.build());
    }

    @Test
    void shouldLetAnAccountHaveAllWhereItsPositionIsNotSet()
    {
        final RiskLimits built = RiskLimits.builder().maxOrderQuantity(1).maxNotional(2).maxPosition(3).collarBps(4)
            .maxReferenceAgeNs(5).messagesPerSecond(6).messageBurst(7).maxDailyLoss(8).build();

        assertEquals(new RiskLimits(1, 2, 3, 3, 4, 5, 6, 7, 8), built);
    }

    @Test
    void shouldMakeDefaultsFromTheDefinitionAlone()
    {
        assertEquals(
            new RiskLimits(
                100, 1_000_000_000_000_000L, 500, 500, 500, 5_000_000_000L, 10, 20, 50_000_000_000_000L),
            RiskLimits.defaultsFor(definition(-9, 0, 0)));
        assertEquals(
            new RiskLimits(
                10_000_000, 100_000_000L, 50_000_000, 50_000_000, 500, 5_000_000_000L, 10, 20, 50_000_000_000_000L),
            RiskLimits.defaultsFor(definition(-2, -8, 100_000)));
        assertEquals(
            new RiskLimits(
                10_000_000_000L, 1_000_000L, 50_000_000_000L, 50_000_000_000L, 500, 5_000_000_000L, 10, 20,
                50_000_000_000_000L),
            RiskLimits.defaultsFor(definition(0, -8, 0)));
    }

    @Test
    void shouldHoldDefaultsAtTheEndOf64Bits()
    {
        final RiskLimits limits = RiskLimits.defaultsFor(definition(-18, -18, 0));

        assertEquals(Long.MAX_VALUE, limits.maxOrderQuantity());
        assertEquals(Long.MAX_VALUE, limits.maxNotional());
        assertEquals(Long.MAX_VALUE, limits.maxPosition());
    }

    private static InstrumentDefinition definition(
        final int priceExponent, final int quantityExponent, final long lotSize)
    {
        return new InstrumentDefinition(0, "A", 0, priceExponent, quantityExponent, BookKind.MBO, 0, 0, lotSize, 1);
    }

    private static void assertRefused(final String message, final Executable build)
    {
        assertEquals(message, assertThrows(IllegalArgumentException.class, build).getMessage());
    }
}
