package io.ringtape.cli.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(10)
final class TimeValueTest
{
    private static final String ALLOWED = ", give a time with a zone such as 2012-06-21T13:30:00Z, ns since the " +
        "epoch, or 13:30:00 for UTC on the tape's only day";

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-5, -5",
        "1340285400017459617, 1340285400017459617",
        "1970-01-01T00:00:00Z, 0",
        "1969-12-31T23:59:59.999999999Z, -1",
        "2012-06-21T13:30:00.017459617Z, 1340285400017459617",
        "2012-06-21T09:30:00.017459617-04:00, 1340285400017459617",
        "2012-06-21T09:30-04:00[America/New_York], 1340285400000000000",
        "1677-09-21T00:12:43.145224192Z, -9223372036854775808",
        "2262-04-11T23:47:16.854775807Z, 9223372036854775807"})
    void shouldReadTimesThatStandForThemselves(final String text, final long timeNs)
    {
        final TimeValue value = TimeValue.parse("--from-time", text);

        assertEquals(timeNs, value.valueNs());
        assertFalse(value.isTimeOfDay());
        assertEquals(text, value.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "10:15, 36900000000000", "10:15:00, 36900000000000", "00:00:00.000000001, 1",
        "23:59:59.999999999, 86399999999999"})
    void shouldReadTimesOfDay(final String text, final long ofDayNs)
    {
        final TimeValue value = TimeValue.parse("--from-time", text);

        assertEquals(ofDayNs, value.valueNs());
        assertTrue(value.isTimeOfDay());
    }

    @ParameterizedTest
    @CsvSource({"2012-06-21T10:15:00", "2012-06-21T10:15:00.5", "2012-06-21"})
    void shouldRefuseADateWithoutAZone(final String text)
    {
        final CommandException e = assertThrows(
            CommandException.class, () -> TimeValue.parse("--from-time", text));

        assertEquals("--from-time has no zone: --from-time=" + text + ALLOWED, e.getMessage());
        assertEquals(ExitCode.USAGE, e.exitCode());
    }

    @ParameterizedTest
    @CsvSource({"noon", "''", "25:00:00", "10:15:00.0000000001", "2012-13-01T00:00:00Z", "1e9", "10:15:00Z"})
    void shouldRefuseWhatIsNoTime(final String text)
    {
        final CommandException e = assertThrows(
            CommandException.class, () -> TimeValue.parse("--from-time", text));

        assertEquals("--from-time is no time: --from-time=" + text + ALLOWED, e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"9223372036854775808", "2262-04-11T23:47:16.854775808Z", "1677-09-21T00:12:43.145224191Z",
        "+999999999-01-01T00:00:00Z"})
    void shouldRefuseATimeThatDoesNotFit(final String text)
    {
        final CommandException e = assertThrows(
            CommandException.class, () -> TimeValue.parse("--from-time", text));

        assertEquals("--from-time does not fit into 64 bits of ns since the epoch: --from-time=" + text,
            e.getMessage());
    }
}
