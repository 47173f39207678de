package io.ringtape.cli;

import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.output.Formats;
import io.ringtape.cli.output.Progress;
import io.ringtape.cli.platform.StopSignal;
import io.ringtape.cli.report.SnapshotReport;
import io.ringtape.cli.request.SessionContext;
import io.ringtape.cli.tape.TapeProgress;
import io.ringtape.journal.SnapshotHandlers;
import io.ringtape.journal.SnapshotInfo;
import io.ringtape.journal.SnapshotMaker;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeConfig;
import io.ringtape.journal.TapeException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingIdleStrategy;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Makes snapshots of a tape: of its books, and of what the handlers know that replay it.
 */
@CommandLine.Command(name = "snapshot",
    description = "Make snapshots of a tape, of its books and of what its handlers know, from the newest one on; " +
        "book and replay start with them.",
    footerHeading = "%nExample:%n", footer = {
        "  ringtape snapshot --journal tape --every 1000000 --follow",
        "",
        "The tape may be written at the same time; its writer notices nothing. What is damaged or not of this tape",
        "and newer than what is of use is removed. With --follow it stays with the tape, over the ends of runs, and",
        "tells each snapshot in a line, until SIGTERM or Ctrl-C ends it with code 0; what ends it otherwise, such as",
        "damage, ends it with the code below. While nobody writes, files may be removed."})
final class SnapshotCommand extends Command
{
    private static final long IDLE_NS = TimeUnit.MILLISECONDS.toNanos(50);

    private final CommandRunner runner;

    @Mixin
    private TapeOptions options;

    @Option(names = "--every", paramLabel = "EVENTS", converter = Counts.Positive.class, defaultValue = "1000000",
        description = "Events of a run from one snapshot to the next, at least; ${DEFAULT-VALUE} by default.")
    private long everyEvents;

    @Option(names = "--keep", paramLabel = "N", converter = Counts.Kept.class, defaultValue = "0",
        description = "How many snapshots stay, the newest; 0, the default, for all.")
    private int keep;

    @Option(names = "--follow", description = "Go on as the tape grows, until SIGTERM or Ctrl-C.")
    private boolean follow;

    @Option(names = "--any-file-system", description = "Write to a network or FUSE file system too.")
    private boolean anyFileSystem;

    SnapshotCommand(final CommandRunner runner)
    {
        this.runner = runner;
    }

    @Override
    ExitCode run()
    {
        final Tape tape = Tape.open(options.journal());
        if (follow)
        {
            return runner.session(
                options.json(), (sessions, context) -> follow(tape, sessions.snapshotHandlers(), context));
        }
        final List<String> removed = new ArrayList<>();
        final ExitCode exitCode = runner.readingSession(options.json(),
            (sessions, context) -> make(tape, removed, sessions.snapshotHandlers(), context.progress()));
        runner.warn(String.join("; ", removed));
        return exitCode;
    }

    private SnapshotReport make(
        final Tape tape, final List<String> removed, final SnapshotHandlers.Factory handlers, final Progress progress)
    {
        try (SnapshotMaker maker = open(tape, removed::add, handlers))
        {
            final int made = maker.advance(TapeProgress.ofSnapshots(progress, tape));
            return new SnapshotReport(options.journal(), made, tape.snapshots().list());
        }
    }

    private SnapshotReport follow(
        final Tape tape, final SnapshotHandlers.Factory handlers, final SessionContext context)
    {
        final StopSignal stop = context.stop();
        final IdleStrategy idle = new SleepingIdleStrategy(IDLE_NS);
        final AtomicInteger made = new AtomicInteger();
        try (SnapshotMaker maker = open(tape, runner::warn, handlers))
        {
            while (!stop.isRequested())
            {
                advance(maker, stop, (snapshot) ->
                {
                    made.incrementAndGet();
                    context.note().accept("Made a snapshot: sequence " + Formats.count(snapshot.sequence()) + ", " +
                        Formats.bytes(snapshot.lengthBytes()));
                });
                idle.idle();
            }
            return new SnapshotReport(options.journal(), made.get(), tape.snapshots().list());
        }
    }

    private static void advance(final SnapshotMaker maker, final StopSignal stop, final Consumer<SnapshotInfo> made)
    {
        try
        {
            maker.advance((sequence) -> !stop.isRequested(), made);
        }
        catch (final TapeException e)
        {
            // Files are being removed, or the run was taken back: the next look finds what is left.
            if (e.kind() != TapeException.Kind.IN_USE)
            {
                throw e;
            }
        }
    }

    private SnapshotMaker open(
        final Tape tape, final Consumer<String> said, final SnapshotHandlers.Factory handlers)
    {
        final TapeConfig config = TapeConfig.defaults().withAnyFileSystem(anyFileSystem);
        return SnapshotMaker.open(tape, everyEvents, keep, said, config, handlers);
    }
}
