package io.ringtape.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a parameter is said with its name, its value and what is expected. */
@Timeout(10)
final class StrategyParametersTest
{
    @Test
    void shouldReadWhatIsThereAndOtherwiseTheDefault()
    {
        final StrategyParameters parameters = new StrategyParameters(Map.of("lots", "9"));

        assertEquals(9, parameters.number("lots", 1, 9, 5));
        assertEquals(5, parameters.number("max-lots", 1, 9, 5));
        parameters.requireAllRead();
        assertEquals(Map.of("lots", "9", "max-lots", "5"), parameters.inForce());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "10", "2.5", "1e1", "two", "", "99999999999999999999"})
    void shouldSayWhichNumbersMakeSense(final String value)
    {
        final StrategyParameters parameters = new StrategyParameters(Map.of("lots", value));

        assertEquals("lots must be a whole number from 1 to 9: lots=" + value, assertThrows(
            IllegalArgumentException.class, () -> parameters.number("lots", 1, 9, 5)).getMessage());
    }

    @Test
    void shouldNameTheFirstThatNobodyReadAndThoseThatAreKnown()
    {
        final StrategyParameters parameters = new StrategyParameters(Map.of("lot", "3", "lots", "2", "slots", "4"));
        parameters.number("max-lots", 1, 9, 5);
        parameters.number("lots", 1, 9, 5);

        assertEquals("unknown parameter: lot=3 known=lots,max-lots",
            assertThrows(IllegalArgumentException.class, parameters::requireAllRead).getMessage());
    }

    @Test
    void shouldSayThatNoneIsKnown()
    {
        final StrategyParameters parameters = new StrategyParameters(Map.of("lot", "3"));

        assertEquals("unknown parameter: lot=3 known=none",
            assertThrows(IllegalArgumentException.class, parameters::requireAllRead).getMessage());
    }
}
