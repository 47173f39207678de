package io.ringtape.cli.faults;

import io.ringtape.cli.platform.InjectedPause;
import io.ringtape.event.EventHashes;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.journal.RunInfo;
import io.ringtape.journal.RunListener;
import io.ringtape.journal.RunTrailer;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeRange;
import io.ringtape.journal.TapeReader;
import io.ringtape.journal.TapeReport;
import io.ringtape.journal.TapeStatus;
import io.ringtape.journal.TapeVerifier;
import io.ringtape.journal.TapeWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Processes that are killed or told to end while they record: F1 to F3.
 */
final class KillRows
{
    private static final long OPEN_MS = 2_000;
    private static final long NANOS_PER_MS = 1_000_000;
    private static final String RUN = "run-000001";

    private final Limits limits;

    KillRows(final Limits limits)
    {
        this.limits = limits;
    }

    List<FaultRow> rows()
    {
        return List.of(
            new Row("F1", "kill -9 while writing", 1_000, this::kill),
            new StepRows(limits, this).row(),
            new Row("F3", "SIGTERM under load", 200, this::terminate));
    }

    private void kill(final long seed, final Path scratch) throws IOException, InterruptedException
    {
        final SplittableRandom random = new SplittableRandom(seed);
        final Path tape = FaultTapes.fresh(scratch);
        final long acknowledged;
        try (RecordingProcess child = RecordingProcess.start(limits, FaultChild.RECORD, tape, seed))
        {
            child.readUntil(random.nextInt(random.nextInt(4) == 0 ? 200 : 60_000));
            acknowledged = child.kill();
        }
        requireKept(tape, acknowledged);
    }

    private static int count(final Path run)
    {
        final String[] names = run.toFile().list((directory, name) -> name.endsWith(TapeFiles.ROLL_SUFFIX));
        return names == null ? 0 : names.length;
    }

    /**
     * What a kill must leave.
     *
     * @param acknowledged last sequence that must be there, or below 0 if none must.
     * @throws FaultFailure if an event is missing, the tape is damaged, or it cannot go on.
     */
    void requireKept(final Path tape, final long acknowledged) throws IOException
    {
        long found = 0;
        if (acknowledged >= 0)
        {
            final TapeReport report = TapeVerifier.verify(tape);
            final ReadBack read = ReadBack.of(tape);
            found = read.events();
            FaultFailure.require(report.status() == TapeStatus.OK || report.status() == TapeStatus.TORN_TAIL,
                "a kill damaged the tape: acknowledged=" + acknowledged + " " + report);
            FaultFailure.require(read.refusal() == null && found > acknowledged && report.events() == found,
                "acknowledged events are missing: acknowledged=" + acknowledged + " events=" + found + " " + report);
        }
        final long first = goOn(tape);
        FaultFailure.require(first >= found && (acknowledged < 0 || first == found),
            "tape goes on elsewhere: firstSequence=" + first + " expected=" + found);
        ReadBack.requireWhole(tape, first + 16);
        for (final Path file : TapeFiles.rollFiles(tape))
        {
            FaultFailure.require(Files.size(file) > 0, "an empty roll file is left: file=" + file.getFileName());
        }
    }

    private long goOn(final Path tape)
    {
        final long startNs = limits.start();
        try (TapeWriter writer = FaultTapes.open(tape))
        {
            limits.require("opening", startNs, OPEN_MS);
            FaultTapes.write(writer, 1, 16);
            writer.close(FaultTapes.SUMMARY);
            return writer.firstSequence();
        }
    }

    private void terminate(final long seed, final Path scratch) throws IOException, InterruptedException
    {
        final SplittableRandom random = new SplittableRandom(seed);
        final Path tape = FaultTapes.fresh(scratch);
        final Path directory = tape.resolveSibling("child");
        Files.createDirectories(directory);
        final Process process = Children.start(Children.ringtape("demo", "--events", "1500000", "--seed",
            Long.toString(seed), "--journal", tape.toString(), "--json"), directory);
        limits.await("a child's start", 3 * Limits.HANG_MS,
            () -> count(tape.resolve(RUN)) > 0 || !process.isAlive());
        InjectedPause.ofNs(random.nextInt(400) * NANOS_PER_MS);
        process.toHandle().destroy();

        final Children.Ended ended = Children.end(process, directory);
        FaultFailure.require(ended.code() == 0 && ended.err().isEmpty(),
            "did not end in order: code=" + ended.code() + " err=" + ended.err());
        requireClosed(tape);
    }

    private static void requireClosed(final Path tape)
    {
        final TapeReport report = TapeVerifier.verify(tape);
        final List<RunTrailer> trailers = new ArrayList<>();
        final EventHashes hashes = new EventHashes();
        final OrderBookEvent event = new OrderBookEvent();
        try (TapeReader reader = Tape.open(tape).read(TapeRange.ALL, new RunListener()
        {
            @Override
            public void onRunEnd(final RunInfo run, final Optional<RunTrailer> trailer)
            {
                trailer.ifPresent(trailers::add);
            }
        }))
        {
            while (reader.nextBlock())
            {
                for (int i = 0; i < reader.count(); i++)
                {
                    hashes.onEvent(reader.event(i, event));
                }
            }
        }
        FaultFailure.require(report.status() == TapeStatus.OK && trailers.size() == 1,
            "tape was not closed: " + report);
        FaultFailure.require(trailers.get(0).summary().eventHash() == hashes.eventHash() &&
            trailers.get(0).summary().outputHash() == hashes.outputHash(),
            "tape is not what was published: " + report);
    }
}
