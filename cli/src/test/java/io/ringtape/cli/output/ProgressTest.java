package io.ringtape.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class ProgressTest
{
    private static final long MS = 1_000_000L;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private long nowNs = -500 * MS;

    @Test
    void shouldDrawNothingInTheFirstSecond()
    {
        final Progress progress = new Progress(err, true, () -> nowNs);
        progress.start("recording", 100);

        nowNs += 999 * MS;
        progress.update(10, 1_000);
        progress.finish();

        assertEquals("", drawn());
    }

    @Test
    void shouldDrawBarRateAndTimeLeft()
    {
        final Progress progress = new Progress(err, true, () -> nowNs);
        progress.start("recording", 100);

        nowNs += 2_000 * MS;
        progress.update(50, 6_000_000);

        assertEquals("\rrecording [############............] 50 %  6,000,000 events  3.0 M/s  2.0 s left", drawn());
    }

    @Test
    void shouldDrawWithoutABarWhenTheTotalIsUnknown()
    {
        final Progress progress = new Progress(err, true, () -> nowNs);
        progress.start("scanning", Progress.UNKNOWN);

        nowNs += 1_000 * MS;
        progress.update(0, 500);

        assertEquals("\rscanning  500 events  500/s", drawn());
    }

    @Test
    void shouldDrawTenTimesASecondAtMost()
    {
        final Progress progress = new Progress(err, true, () -> nowNs);
        progress.start("recording", 100);

        for (int i = 0; i < 3_000; i++)
        {
            nowNs += MS;
            progress.update(i / 30, i);
        }

        assertEquals(21, drawn().chars().filter((c) -> c == '\r').count());
    }

    @Test
    void shouldWipeTheBarAway()
    {
        final Progress progress = new Progress(err, true, () -> nowNs);
        progress.start("scanning", Progress.UNKNOWN);
        nowNs += 1_000 * MS;
        progress.update(0, 500);
        final int length = drawn().length() - 1;
        bytes.reset();

        progress.finish();
        progress.finish();

        assertEquals("\r" + " ".repeat(length) + "\r", drawn());
    }

    @Test
    void shouldOverwriteALongerLine()
    {
        final Progress progress = new Progress(err, true, () -> nowNs);
        progress.start("scanning", 100);
        nowNs += 1_000 * MS;
        progress.update(1, 10);
        bytes.reset();

        nowNs += 100 * MS;
        progress.update(100, 10);

        assertTrue(drawn().endsWith(" left     "), drawn());
    }

    @Test
    void shouldDrawNothingWhereNobodyLooks()
    {
        final Progress progress = new Progress(err, false, () -> nowNs);
        progress.start("recording", 100);

        nowNs += 5_000 * MS;
        progress.update(50, 1);
        progress.finish();

        assertEquals("", drawn());
    }

    private String drawn()
    {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
