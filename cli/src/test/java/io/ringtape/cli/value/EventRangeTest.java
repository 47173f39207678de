package io.ringtape.cli.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ringtape.cli.TestTapes;
import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeRange;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class EventRangeTest
{
    private static final long HOUR_NS = 3_600_000_000_000L;

    private final TestTapes tapes = new TestTapes(EventRangeTest.class);

    @Test
    void shouldBeTheWholeTapeWithoutLimits()
    {
        assertEquals(TapeRange.ALL, EventRange.ALL.on(tapes.empty()));
    }

    @Test
    void shouldTakeSequencesAndTimesThatStandForThemselves()
    {
        final EventRange range = new EventRange(5, 9, time("--from-time", "1500"), time("--to-time", "1600"));

        assertEquals(new TapeRange(5, 9, 1_500, 1_600), range.on(tapes.empty()));
    }

    @Test
    void shouldPutATimeOfDayOnTheOnlyDay()
    {
        final long dayNs = 15_512 * 24 * HOUR_NS;
        final Tape tape = tapes.withTimes(dayNs, dayNs + 5 * HOUR_NS, dayNs + 24 * HOUR_NS - 1);

        final TapeRange range = times("01:00:00", "02:00:00.000000001").on(tape);

        assertEquals(TapeRange.times(dayNs + HOUR_NS, dayNs + 2 * HOUR_NS + 1), range);
    }

    @Test
    void shouldRefuseATimeOfDayOnATapeOfSeveralDays()
    {
        final long dayNs = 19_905 * 24 * HOUR_NS;
        final Tape later = tapes.withTimes(dayNs + HOUR_NS, dayNs + 24 * HOUR_NS);

        assertRefused(ExitCode.USAGE, "--to-time needs a date, because the tape holds several days, 2024-07-01 and" +
            " 2024-07-02 among them: --to-time=10:15:00", () -> times("0", "10:15:00").on(later));
    }

    @Test
    void shouldRefuseATimeOfDayWhenALaterRunHoldsAnEarlierDay()
    {
        final long dayNs = 19_905 * 24 * HOUR_NS;
        final Tape tape = tapes.withTimes(dayNs + HOUR_NS);
        tapes.addRun(dayNs - HOUR_NS);

        assertRefused(ExitCode.USAGE, "--from-time needs a date, because the tape holds several days, 2024-06-30 and" +
            " 2024-07-01 among them: --from-time=10:15", () -> times("10:15", "9223372036854775807").on(tape));
    }

    @Test
    void shouldRefuseATimeOfDayOnAnEmptyTape()
    {
        final Tape tape = tapes.empty();

        assertRefused(ExitCode.BAD_INPUT, "--from-time needs a date, because the tape holds no event:" +
            " --from-time=10:15:00", () -> times("10:15:00", "11:00:00").on(tape));
    }

    @Test
    void shouldRefuseSequencesInTheWrongOrder()
    {
        assertRefused(ExitCode.USAGE, "--from-sequence is behind --to-sequence: --from-sequence=7 --to-sequence=6",
            () -> new EventRange(7, 6, Optional.empty(), Optional.empty()));
    }

    @Test
    void shouldRefuseTimesInTheWrongOrder()
    {
        assertRefused(ExitCode.USAGE, "--from-time is after --to-time: --from-time=7 --to-time=6",
            () -> times("7", "6"));
        assertRefused(ExitCode.USAGE, "--from-time is after --to-time: --from-time=10:00:00 --to-time=09:00:00",
            () -> times("10:00:00", "09:00:00"));
    }

    @Test
    void shouldRefuseTimesThatAreInTheWrongOrderOnTheTape()
    {
        final Tape tape = tapes.withTimes(HOUR_NS);
        final EventRange range = times("00:00:00.000001700", "1500");

        assertRefused(ExitCode.USAGE, "--from-time is after --to-time: --from-time=00:00:00.000001700 --to-time=1500",
            () -> range.on(tape));
    }

    private static EventRange times(final String from, final String to)
    {
        return new EventRange(EventRange.FIRST, EventRange.LAST, time("--from-time", from), time("--to-time", to));
    }

    private static Optional<TimeValue> time(final String option, final String text)
    {
        return Optional.of(TimeValue.parse(option, text));
    }

    private static void assertRefused(final ExitCode exitCode, final String message, final Runnable action)
    {
        final CommandException e = assertThrows(CommandException.class, action::run);
        assertEquals(message, e.getMessage());
        assertEquals(exitCode, e.exitCode());
    }
}
