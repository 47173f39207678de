package io.ringtape.cli.session;

import io.ringtape.cli.capture.CaptureException;
import io.ringtape.cli.demo.DemoSession;
import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.output.Formats;
import io.ringtape.cli.platform.FreeSpace;
import io.ringtape.cli.platform.TemporaryDirectory;
import io.ringtape.cli.report.DemoReport;
import io.ringtape.cli.report.RecordReport;
import io.ringtape.cli.report.ReplayReport;
import io.ringtape.cli.request.DemoRequest;
import io.ringtape.cli.request.RecordRequest.OnBadInput;
import io.ringtape.cli.request.SessionContext;
import io.ringtape.cli.tape.TapeCheck;
import io.ringtape.event.Definitions;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeRange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The demo: a generated session is recorded, replayed and verified, in a temporary directory that is removed unless the
 * user names one.
 */
final class DemoRun
{
    // A session's own events, block headers and the rest of the last file stay well below.
    private static final long TAPE_BYTES_PER_EVENT = 80;
    private static final long TAPE_BYTES_FIXED = 64L << 20;
    // What a sealed tape of one event takes: Chronicle's headers and indexes, and the run's own files.
    private static final long TAPE_BYTES_LEAST = 180L << 10;

    private final DemoRequest request;
    private final SessionContext context;

    DemoRun(final DemoRequest request, final SessionContext context)
    {
        this.request = request;
        this.context = context;
    }

    DemoReport run() throws IOException, CaptureException
    {
        context.note().accept("A generated session, not market data: " + Formats.count(request.events(), "event") +
            ", seed " + request.seed() + ", of several instruments: adds, partial executions, cancels, " +
            "replaces, in bursts.");
        if (request.journal().isPresent())
        {
            final Path journal = request.journal().get();
            announce(journal.toAbsolutePath(), "kept in " + journal);
            return run(journal, true);
        }
        try (TemporaryDirectory temporary = TemporaryDirectory.create(Optional.empty(), "ringtape-demo-"))
        {
            announce(temporary.path(), "in a temporary directory, removed at the end");
            return run(temporary.path().resolve("tape"), false);
        }
    }

    private DemoReport run(final Path journal, final boolean kept) throws CaptureException
    {
        final Definitions definitions = new Definitions();
        final RecordReport recorded;
        try (DemoSession session = DemoSession.open(request.events(), request.seed(), definitions))
        {
            recorded = new RecordSession(definitions, session, context)
                .run(journal, RecordLayout.INLINE, OnBadInput.DISCARD);
        }
        final Tape tape = Tape.open(journal);
        final TapeRange range = recorded.run().events() == 0 ? TapeRange.ALL :
            TapeRange.sequences(recorded.run().span().firstSequence(), recorded.run().span().lastSequence());
        final ReplayReport replayed = new ReplaySession(context).run(tape, range);
        return new DemoReport(recorded, replayed, TapeCheck.run(journal, context.progress()), kept);
    }

    private void announce(final Path place, final String where) throws IOException
    {
        final long neededBytes = TAPE_BYTES_FIXED + request.events() * TAPE_BYTES_PER_EVENT;
        final long freeBytes = FreeSpace.bytes(place);
        if (neededBytes > freeBytes)
        {
            throw new CommandException(ExitCode.IO_ERROR, "not enough space for the tape: directory=" + place +
                " neededBytes=" + neededBytes + " freeBytes=" + freeBytes);
        }
        context.note().accept("Its tape takes about " +
            Formats.bytes(TAPE_BYTES_LEAST + request.events() * OrderBookEvent.SIZE_BYTES) + ", " + where + ".");
    }
}
