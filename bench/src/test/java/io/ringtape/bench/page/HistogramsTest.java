package io.ringtape.bench.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(10)
final class HistogramsTest
{
    @TempDir
    private Path folder;

    @Test
    void shouldAddTheIntervalsOfAPeer() throws IOException
    {
        write("L2-0-ringtape.hlog", 100, 200);
        write("L2-10-aeron-ipc.hlog", 5_000_000_000L);
        write("L2-2-bare-hop.hlog", 50);

        final List<Curve> curves = Histograms.read(folder);

        assertEquals(List.of("L2 0 ringtape", "L2 2 bare-hop", "L2 10 aeron-ipc"), curves.stream()
            .map((curve) -> curve.row() + " " + curve.peer() + " " + curve.slug()).toList());
        assertEquals(2, curves.get(0).latencies().getTotalCount());
        assertEquals(200, curves.get(0).latencies().getMaxValue());
        assertEquals(5e9, (double)curves.get(2).latencies().getMaxValue(), 5e6);
    }

    @Test
    void shouldLeaveOutAPeerThatRecordedNothing() throws IOException
    {
        write("L2-0-ringtape.hlog");

        assertEquals(List.of(), Histograms.read(folder));
    }

    @Test
    void shouldNameAFileThatHasAnotherName() throws IOException
    {
        final Path file = Files.writeString(folder.resolve("notes.txt"), "");

        assertRefused("file name is not ROW-peer-slug.hlog: file=" + file);
    }

    @Test
    void shouldNameAFileThatIsNoHistogramLog() throws IOException
    {
        final Path file = Files.writeString(folder.resolve("L2-0-ringtape.hlog"), "1.0,2.0,3.0,nonsense\n");

        assertRefused("file is not a histogram log: file=" + file);
    }

    private void assertRefused(final String message)
    {
        final CommandException refusal = assertThrows(CommandException.class, () -> Histograms.read(folder));

        assertEquals(message, refusal.getMessage());
        assertEquals(ExitCode.BAD_INPUT, refusal.exitCode());
    }

    private void write(final String name, final long... values) throws FileNotFoundException
    {
        final HistogramLogWriter writer = new HistogramLogWriter(folder.resolve(name).toFile());
        writer.outputLogFormatVersion();
        writer.outputLegend();
        for (final long value : values)
        {
            final Histogram interval = new Histogram(3);
            interval.setTag("peer");
            interval.recordValue(value);
            writer.outputIntervalHistogram(interval);
        }
        writer.close();
    }
}
