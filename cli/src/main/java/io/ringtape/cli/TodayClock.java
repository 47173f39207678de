package io.ringtape.cli;

import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * The date that a report is of.
 */
final class TodayClock
{
    private TodayClock()
    {
    }

    static LocalDate utc()
    {
        return LocalDate.now(ZoneOffset.UTC);
    }
}
