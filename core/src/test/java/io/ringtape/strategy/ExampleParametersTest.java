package io.ringtape.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class ExampleParametersTest
{
    @Test
    void shouldTakeTheEndsOfEachRange()
    {
        assertEquals(0, new ExampleParameters(0, 100, 1, 1).restEvents());
        assertEquals(1_000_000,
            new ExampleParameters(1_000_000, 100_000, 1_000_000, Long.MAX_VALUE).touchShare());
        assertEquals(new ExampleParameters(32, 150, 10, 500_000_000L), ExampleParameters.defaults());
    }

    @Test
    void shouldNameAFieldThatIsOutOfRange()
    {
        assertRefused("restEvents must be 0 to 1000000: restEvents=-1", -1, 150, 10, 1);
        assertRefused("imbalancePercent must be 100 to 100000: imbalancePercent=99", 1, 99, 10, 1);
        assertRefused("touchShare must be 1 to 1000000: touchShare=0", 1, 150, 0, 1);
        assertRefused("maxOrderAgeNs must be 1 to 9223372036854775807: maxOrderAgeNs=0", 1, 150, 10, 0);
    }

    private static void assertRefused(
        final String message, final int rest, final int imbalance, final int share, final long ageNs)
    {
        final IllegalArgumentException refusal = assertThrows(
            IllegalArgumentException.class, () -> new ExampleParameters(rest, imbalance, share, ageNs));
        assertEquals(message, refusal.getMessage());
    }
}
