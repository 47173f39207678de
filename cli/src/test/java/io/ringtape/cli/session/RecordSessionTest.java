package io.ringtape.cli.session;

import static io.ringtape.cli.session.QuietContext.context;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.cli.capture.Capture;
import io.ringtape.cli.capture.CaptureException;
import io.ringtape.cli.capture.Captures;
import io.ringtape.cli.demo.DemoSession;
import io.ringtape.cli.report.RecordReport;
import io.ringtape.cli.request.RecordRequest.OnBadInput;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeEnd;
import io.ringtape.journal.TapeStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
                .run(journal, RecordLayout.INLINE, OnBadInput.DISCARD));

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
            new RecordSession(first, new FailingCapture(first, 1_000), context())
                .run(journal, RecordLayout.INLINE, OnBadInput.DISCARD));
        final long lastSequence = Tape.open(journal).verify().lastSequence();

        final Definitions second = new Definitions();
        final RecordReport report;
        try (DemoSession session = DemoSession.open(500, 1, second))
        {
            report = new RecordSession(second, session, context())
                .run(journal, RecordLayout.INLINE, OnBadInput.DISCARD);
        }

        assertEquals(lastSequence + 1, report.run().span().firstSequence());
        assertEquals("run was not closed", report.notice().split(":", 2)[0]);
        assertEquals(TapeStatus.OK, Tape.open(journal).verify().status());
    }

    @Test
    void shouldLeaveNothingBehindWhenTheFirstCaptureOfATapeIsBad()
    {
        final Path journal = directory.resolve("tape");

        final CaptureException thrown = assertThrows(CaptureException.class,
            () -> recordBad(journal, OnBadInput.DISCARD));

        assertEquals("no such file: file=gone.csv", thrown.getMessage());
        assertFalse(Files.exists(journal));
    }

    @Test
    void shouldLeaveTheTapeAsItWasWhenALaterCaptureIsBad() throws CaptureException
    {
        final Path journal = directory.resolve("tape");
        final long before = recordGood(journal).run().span().lastSequence();

        assertThrows(CaptureException.class, () -> recordBad(journal, OnBadInput.DISCARD));

        assertEquals(before, Tape.open(journal).verify().lastSequence());
        assertEquals(TapeEnd.Kind.CLOSED, Tape.open(journal).end().kind());
        assertEquals(before + 1, recordGood(journal).run().span().firstSequence());
        assertEquals(TapeStatus.OK, Tape.open(journal).verify().status());
    }

    @Test
    void shouldKeepWhatCameBeforeTheBadRowWhenAskedTo() throws CaptureException
    {
        final Path journal = directory.resolve("tape");
        final long before = recordGood(journal).run().span().lastSequence();

        final CaptureException thrown =
            assertThrows(CaptureException.class, () -> recordBad(journal, OnBadInput.KEEP));

        final long last = Tape.open(journal).verify().lastSequence();
        assertEquals("no such file: file=gone.csv; kept events=" + (last - before) + " sequences=" + (before + 1) +
            ".." + last, thrown.getMessage());
        assertEquals(CaptureException.Kind.MISSING, thrown.kind());
        assertTrue(before + 1_000 <= Tape.open(journal).verify().lastSequence());
        assertEquals(TapeEnd.Kind.CLOSED, Tape.open(journal).end().kind());
    }

    private static RecordReport recordGood(final Path journal) throws CaptureException
    {
        final Definitions definitions = new Definitions();
        try (DemoSession session = DemoSession.open(500, 1, definitions))
        {
            return new RecordSession(definitions, session, context())
                .run(journal, RecordLayout.INLINE, OnBadInput.DISCARD);
        }
    }

    private static void recordBad(final Path journal, final OnBadInput onBadInput) throws CaptureException
    {
        final Definitions definitions = new Definitions();
        new RecordSession(definitions, new BadCapture(definitions, 1_000), context())
            .run(journal, RecordLayout.INLINE, onBadInput);
    }

    /**
     * A capture that ends in the middle; how is for its kinds to say.
     */
    private abstract static class BrokenCapture implements Capture
    {
        private final DemoSession session;
        private int left;

        BrokenCapture(final Definitions definitions, final int venueEvents)
        {
            session = DemoSession.open(1_000_000, 1, definitions);
            left = venueEvents;
        }

        abstract void fail() throws CaptureException;

        @Override
        public String format()
        {
            return session.format();
        }

        @Override
        public boolean next(final EventBatch batch) throws CaptureException
        {
            if (left-- == 0)
            {
                fail();
            }
            return session.next(batch);
        }

        @Override
        public long bytesRead()
        {
            return session.bytesRead();
        }

        @Override
        public String file()
        {
            return session.file();
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

    /**
     * Fails as only a programming error does.
     */
    private static final class FailingCapture extends BrokenCapture
    {
        FailingCapture(final Definitions definitions, final int venueEvents)
        {
            super(definitions, venueEvents);
        }

        @Override
        void fail()
        {
            throw new IllegalStateException("capture failed");
        }
    }

    /**
     * Fails as a file that cannot be read to its end does.
     */
    private static final class BadCapture extends BrokenCapture
    {
        BadCapture(final Definitions definitions, final int venueEvents)
        {
            super(definitions, venueEvents);
        }

        @Override
        void fail() throws CaptureException
        {
            Captures.open(List.of(Path.of("gone.csv")), Optional.empty(), new Definitions()).close();
        }
    }
}
