package io.ringtape.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtape.event.OrderBookEvent;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(10)
final class FormatsTest
{
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"0|0", "999|999", "1234567|1,234,567", "-1234|-1,234"})
    void shouldSeparateThousands(final long value, final String text)
    {
        assertEquals(text, Formats.count(value));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.00", "-1234500000000, '-1,234.50'", "100000000, 0.10", "99600000, 0.10", "-34900000, -0.035",
        "50000000, 0.05", "9990000, 0.01", "-12340, -0.000012", "1, 0.000000001", "4990000, 0.005"})
    void shouldWriteMoneyWithTwoDigitsThatAreNoLeadingZeros(final long nano, final String text)
    {
        assertEquals(text, Formats.money(nano));
    }

    @Test
    void shouldCountThings()
    {
        assertEquals("1 instrument", Formats.count(1, "instrument"));
        assertEquals("0 events", Formats.count(0, "event"));
        assertEquals("1,234 events", Formats.count(1_234, "event"));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1970-01-01T00:00:00.000000000Z",
        "1340285400017459617, 2012-06-21T13:30:00.017459617Z",
        "-1, 1969-12-31T23:59:59.999999999Z",
        "-9223372036854775808, 1677-09-21T00:12:43.145224192Z",
        "9223372036854775807, 2262-04-11T23:47:16.854775807Z"})
    void shouldWriteTimesInUtcWithNineDecimals(final long timeNs, final String text)
    {
        assertEquals(text, Formats.time(timeNs));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 ns", "999, 999 ns", "1500, 1.5 us", "3200000, 3.2 ms", "999949999, 999.9 ms", "1000000000, 1.0 s",
        "59960000000, 1 m 0.0 s", "12400000000, 12.4 s", "90000000000, 1 m 30.0 s", "23399900000000, 6 h 29 m 59.9 s",
        "86399900000000, 23 h 59 m 59.9 s", "86399960000000, 1 d 0 h 0 m", "374839320000000000, '4,338 d 10 h 2 m'",
        "9223372036854775807, '106,751 d 23 h 47 m'"})
    void shouldWriteDurations(final long durationNs, final String text)
    {
        assertEquals(text, Formats.duration(durationNs));
    }

    @ParameterizedTest
    @CsvSource({"0, 0/s", "9999, 9999/s", "12000, 12.0 k/s", "3400000, 3.4 M/s", "999960, 1.0 M/s",
        "2500000000, 2.5 G/s"})
    void shouldWriteRates(final long perSecond, final String text)
    {
        assertEquals(text, Formats.rate(perSecond));
    }

    @ParameterizedTest
    @CsvSource({"0, 0 B", "999, 999 B", "1000, 1.0 KB", "66300000, 66.3 MB", "999960, 1.0 MB",
        "9223372036854775807, 9.2 EB"})
    void shouldWriteSizes(final long sizeBytes, final String text)
    {
        assertEquals(text, Formats.bytes(sizeBytes));
    }

    @ParameterizedTest
    @CsvSource({"0.00, 0", "-0.50, -0.5", "300, 300", "3E+2, 300", "1E-18, 0.000000000000000001"})
    void shouldWriteNumbersExactlyWithoutZerosAtTheirEnd(final BigDecimal value, final String text)
    {
        assertEquals(text, Formats.plain(value));
    }

    @Test
    void shouldWriteHashesWithSixteenDigits()
    {
        assertEquals("00000000000000ff", Formats.hash(255));
        assertEquals("ffffffffffffffff", Formats.hash(-1));
    }

    @Test
    void shouldWriteSharesOfNothing()
    {
        assertEquals("0.0 %", Formats.percent(0, 0));
        assertEquals("33.3 %", Formats.percent(1, 3));
    }

    @Test
    void shouldCountPerSecond()
    {
        assertEquals(0, Formats.perSecond(5, 0));
        assertEquals(2_000_000, Formats.perSecond(1_000_000, 500_000_000));
    }

    @Test
    void shouldWritePricesAndQuantitiesThatAreNotThere()
    {
        assertEquals("223.95", Formats.price(223_950_000_000L, -9));
        assertEquals("-", Formats.price(OrderBookEvent.NULL_PRICE, -9));
        assertEquals("100", Formats.quantity(100, 0));
        assertEquals("-", Formats.quantity(OrderBookEvent.NULL_QUANTITY, 0));
    }
}
