package io.ringtape.bench.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.ringtape.bench.peer.Latencies;
import io.ringtape.bench.peer.Measure;
import io.ringtape.bench.peer.Row;
import io.ringtape.bench.peer.Scratch;
import io.ringtape.bench.peer.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class HistogramLogTest
{
    private static final Row ROW = new Row("X1", "nothing", Measure.COST, 1, Work.BLOCK_EVENTS, List.of(
        new Row.Entrant("ours", Row.NO_GOAL, (directory) -> new Fixtures.FixedPeer(0)),
        new Row.Entrant("No bus, the CLOCK (alone)", Row.NO_GOAL, (directory) -> new Fixtures.FixedPeer(0))));

    @Test
    void shouldKeepAnIntervalForEachFork() throws IOException
    {
        final Path out = Files.createTempDirectory(Path.of("target"), "hlog");

        HistogramLog.append(out, ROW, 1, latencies(100, 3));
        HistogramLog.append(out, ROW, 1, latencies(200, 5));

        try (HistogramLogReader log = new HistogramLogReader(
            out.resolve("histograms/X1-1-no-bus-the-clock-alone.hlog").toFile()))
        {
            final Histogram first = (Histogram)log.nextIntervalHistogram();
            final Histogram second = (Histogram)log.nextIntervalHistogram();
            assertEquals(List.of("no-bus-the-clock-alone", "no-bus-the-clock-alone"),
                List.of(first.getTag(), second.getTag()));
            assertEquals(3, first.getCountAtValue(100));
            assertEquals(5, second.getCountAtValue(200));
            assertNull(log.nextIntervalHistogram());
        }
        Scratch.remove(out);
    }

    @Test
    void shouldWriteNothingForAPeerWithoutLatencies() throws IOException
    {
        final Path out = Files.createTempDirectory(Path.of("target"), "hlog");

        HistogramLog.append(out, ROW, 0, latencies(100, 0));

        assertFalse(Files.exists(HistogramLog.file(out, ROW, 0)));
        Scratch.remove(out);
    }

    private static Histogram latencies(final long ns, final int count)
    {
        final Histogram latencies = Latencies.histogram();
        for (int i = 0; i < count; i++)
        {
            latencies.recordValue(ns);
        }
        latencies.setStartTimeStamp(1_000);
        latencies.setEndTimeStamp(2_000);
        return latencies;
    }
}
