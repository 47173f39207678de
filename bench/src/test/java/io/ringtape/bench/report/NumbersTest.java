package io.ringtape.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class NumbersTest
{
    @Test
    void shouldKeepDigitsOfWhatIsSmall()
    {
        assertEquals("0.012 (0.000 to 0.10)", Numbers.interval(0.0117, 0.0001, 0.1));
        assertEquals("<= 0.010", Numbers.goal("<=", 0.01));
        assertEquals("0.00", Numbers.ratio(0));
        assertEquals("-0.050", Numbers.ratio(-0.05));
        assertEquals("0.012", Numbers.amount(0.0117));
        assertEquals("0.0", Numbers.amount(0));
        assertEquals("21.7", Numbers.amount(21.71));
        assertEquals("-", Numbers.ratio(Double.NaN));
        assertEquals("-", Numbers.goal(">=", Double.NaN));
    }
}
