package io.ringtape.cli.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ringtape.cli.capture.Capture;
import io.ringtape.cli.capture.CaptureException;
import io.ringtape.cli.demo.DemoSession;
import io.ringtape.cli.output.Progress;
import io.ringtape.cli.platform.StopSignal;
import io.ringtape.cli.report.RecordReport;
import io.ringtape.cli.request.SessionContext;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeEnd;
import io.ringtape.journal.TapeStatus;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class RecordSessionTest
{
    @TempDir
    private Path directory;

    @Test
    void shouldLeaveAWholeTapeWithoutATrailerWhenTheCaptureFailsWithAnException() throws CaptureException
    {
        final Path journal = directory.resolve("tape");
        final Definitions definitions = new Definitions();

        final IllegalStateException thrown = assertThrows(IllegalStateException.class,
            () -> new RecordSession(definitions, new FailingCapture(definitions, 1_000), context())
                .run(journal, RecordLayout.INLINE));

        assertEquals("capture failed", thrown.getMessage());
        final Tape tape = Tape.open(journal);
        assertEquals(TapeStatus.OK, tape.verify().status());
        assertEquals(TapeEnd.Kind.NOT_CLOSED, tape.end().kind());
    }

    @Test
    void shouldGoOnBehindARunThatWasNotClosedAndSaySo() throws CaptureException
    {
        final Path journal = directory.resolve("tape");
        final Definitions first = new Definitions();
        assertThrows(IllegalStateException.class, () ->
            new RecordSession(first, new FailingCapture(first, 1_000), context()).run(journal, RecordLayout.INLINE));
        final long lastSequence = Tape.open(journal).verify().lastSequence();

        final Definitions second = new Definitions();
        final RecordReport report;
        try (DemoSession session = DemoSession.open(500, 1, second))
        {
            report = new RecordSession(second, session, context()).run(journal, RecordLayout.INLINE);
        }

        assertEquals(lastSequence + 1, report.run().firstSequence());
        assertEquals("run was not closed", report.notice().split(":", 2)[0]);
        assertEquals(TapeStatus.OK, Tape.open(journal).verify().status());
    }

    private static SessionContext context()
    {
        final PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        final Progress quiet = new Progress(nowhere, false, SystemNanoClock.INSTANCE);
        return new SessionContext(new StopSignal(), quiet, (line) ->
        {
        }, SystemNanoClock.INSTANCE);
    }

    /**
     * Fails as only a programming error does.
     */
    private static final class FailingCapture implements Capture
    {
        private final DemoSession session;
        private int left;

        FailingCapture(final Definitions definitions, final int venueEvents)
        {
            session = DemoSession.open(1_000_000, 1, definitions);
            left = venueEvents;
        }

        @Override
        public String format()
        {
            return session.format();
        }

        @Override
        public boolean next(final EventBatch batch)
        {
            if (left-- == 0)
            {
                throw new IllegalStateException("capture failed");
            }
            return session.next(batch);
        }

        @Override
        public long bytesRead()
        {
            return session.bytesRead();
        }

        @Override
        public long totalBytes()
        {
            return session.totalBytes();
        }

        @Override
        public long skippedRecords()
        {
            return 0;
        }

        @Override
        public void close()
        {
            session.close();
        }
    }
}
