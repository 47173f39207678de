package io.ringtape.cli.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.cli.capture.CaptureException;
import io.ringtape.cli.output.Formats;
import io.ringtape.cli.report.DemoReport;
import io.ringtape.cli.request.DemoRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class DemoRunTest
{
    private static final long LEAST_BYTES = 180L << 10;

    private final List<String> notes = new ArrayList<>();

    @TempDir
    private Path directory;

    @Test
    void shouldAnnounceTheSizeOfATinyTape() throws IOException, CaptureException
    {
        final DemoReport report = run(1);

        assertEquals("A generated session, not market data: 1 event, seed 1, of several instruments: adds, partial" +
            " executions, cancels, replaces, in bursts.", notes.get(0));
        assertEquals("Its tape takes about 184.4 KB, kept in " + directory.resolve("tape") + ".", notes.get(1));
        assertEquals(2, notes.size(), notes::toString);
        final long actualBytes = report.record().run().cost().tapeBytes();
        assertTrue(Math.abs(actualBytes - LEAST_BYTES) < LEAST_BYTES / 10, "actualBytes=" + actualBytes);
    }

    @Test
    void shouldSayBehindWhichSequenceItGoesOnWithATape() throws IOException, CaptureException
    {
        final long last = run(2_000).record().run().span().lastSequence();
        notes.clear();

        final DemoReport report = run(10);

        assertEquals("Goes on behind sequence " + Formats.count(last) + " of the tape that is there.", notes.get(2));
        assertEquals(last + 1, report.record().run().span().firstSequence());
        assertEquals(report.record().run().cost().journalBytes(), report.replay().run().cost().journalBytes());
    }

    private DemoReport run(final long events) throws IOException, CaptureException
    {
        return new DemoRun(new DemoRequest(events, 1, Optional.of(directory.resolve("tape"))),
            QuietContext.context(notes::add)).run();
    }
}
