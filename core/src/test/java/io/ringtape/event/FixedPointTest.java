package io.ringtape.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
final class FixedPointTest
{
    @ParameterizedTest
    @CsvSource({
        "0, -9, 0", "-0, -9, 0", "12.5, -9, 12500000000", "-12.50, -2, -1250", "12.50, -1, 125", "1.000, 0, 1",
        "0007, 0, 7", ".5, -1, 5", "5., -1, 50", "-.5, -9, -500000000", "0.000000000000000001, -18, 1",
        "9223372036854775807, 0, 9223372036854775807", "-9223372036854775807, 0, -9223372036854775807",
        "9223372036.854775807, -9, 9223372036854775807", "9.223372036854775807, -18, 9223372036854775807",
        "9.2233720368547758070000, -18, 9223372036854775807", "00000000000000000000000000001, 0, 1"})
    void shouldReadDecimals(final String text, final int exponent, final long expected)
    {
        assertEquals(expected, parse(text, exponent));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "-", ".", "-.", "1.2.3", "1,5", "+1", "1e5", " 1", "1 ", "--1", "1-", "NaN", "0x1", "1/0"})
    void shouldNameTextThatIsNoNumber(final String text)
    {
        final NumberFormatException error = assertThrows(NumberFormatException.class, () -> parse(text, -9));

        assertEquals("not a decimal number: value=" + text, error.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "9223372036854775808, 0", "-9223372036854775808, 0", "9223372036.854775808, -9", "9.223372036854775808, -18",
        "10, -18", "99999999999999999999999, 0", "922337203685477580.8, -1", "92233720368547758070, 0",
        "1.01, -1", "0.0000000001, -9", "0.5, 0", "9223372036854775807, -1"})
    void shouldNameANumberThatDoesNotFit(final String text, final int exponent)
    {
        final ArithmeticException error = assertThrows(ArithmeticException.class, () -> parse(text, exponent));

        assertEquals("number does not fit: value=" + text + " exponent=" + exponent, error.getMessage());
    }

    @Test
    void shouldReadOnlyItsPartOfTheBuffer()
    {
        final UnsafeBuffer buffer = new UnsafeBuffer("9,-12.5,7".getBytes(StandardCharsets.US_ASCII));

        assertEquals(-125, FixedPoint.parse(buffer, 2, 5, -1));
        assertEquals(9, FixedPoint.parse(buffer, 0, 1, 0));
        assertEquals(7, FixedPoint.parse(buffer, 8, 1, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "223950000000, -9, 223.95", "0, -9, 0", "-1, -9, -0.000000001", "-12500000000, -9, -12.5", "7, 0, 7",
        "100, -2, 1", "9223372036854775807, -18, 9.223372036854775807",
        "-9223372036854775807, -9, -9223372036.854775807", "-9223372036854775808, 0, -9223372036854775808",
        "-9223372036854775808, -18, -9.223372036854775808"})
    void shouldWriteDecimals(final long value, final int exponent, final String expected)
    {
        assertEquals(expected, FixedPoint.format(value, exponent));
    }

    @ParameterizedTest
    @CsvSource({
        "5, 0, -9, 5000000000", "5000000000, -9, 0, 5", "-5, -2, -4, -500", "0, -18, 0, 0", "0, 0, -18, 0",
        "9, 0, -18, 9000000000000000000", "9223372036854775807, -9, -9, 9223372036854775807",
        "-9223372036854775807, -9, -9, -9223372036854775807"})
    void shouldChangeTheUnit(final long value, final int from, final int to, final long expected)
    {
        assertEquals(expected, FixedPoint.rescale(value, from, to));
    }

    @ParameterizedTest
    @CsvSource({
        "10, 0, -18", "-10, 0, -18", "9223372036854775807, 0, -1", "1, -1, 0", "-15, -1, 0",
        "9223372036854775807, -18, -17", "-9223372036854775808, 0, 0", "-9223372036854775808, -1, 0",
        "-922337203685477581, 0, -1"})
    void shouldNameAChangeOfUnitThatDoesNotFit(final long value, final int from, final int to)
    {
        final ArithmeticException error =
            assertThrows(ArithmeticException.class, () -> FixedPoint.rescale(value, from, to));

        assertEquals(
            "number does not fit: value=" + value + " fromExponent=" + from + " toExponent=" + to, error.getMessage());
    }

    @Test
    void shouldGivePowersOfTen()
    {
        assertEquals(1, FixedPoint.powerOfTen(0));
        assertEquals(1_000_000_000L, FixedPoint.powerOfTen(9));
        assertEquals(1_000_000_000_000_000_000L, FixedPoint.powerOfTen(-FixedPoint.MIN_EXPONENT));
    }

    @Test
    void shouldAllocateNothingToRead()
    {
        final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
        final UnsafeBuffer buffer = new UnsafeBuffer("-223.950000000000".getBytes(StandardCharsets.US_ASCII));
        long sum = 0;
        long least = Long.MAX_VALUE;

        for (int round = 0; round < 20; round++)
        {
            final long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            for (int i = 0; i < 5_000; i++)
            {
                sum += FixedPoint.parse(buffer, 0, buffer.capacity(), -9);
                sum += FixedPoint.rescale(i, 0, -9);
            }
            least = Math.min(least, threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
        }

        assertEquals(0, least);
        assertEquals(20 * (5_000 * -223_950_000_000L + 4_999L * 2_500 * 1_000_000_000), sum);
    }

    private static long parse(final String text, final int exponent)
    {
        final byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return FixedPoint.parse(new UnsafeBuffer(bytes), 0, bytes.length, exponent);
    }
}
