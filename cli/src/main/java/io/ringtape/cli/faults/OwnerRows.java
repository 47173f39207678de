package io.ringtape.cli.faults;

import io.ringtape.cli.platform.InjectedPause;
import io.ringtape.journal.TapeException;
import io.ringtape.journal.TapeWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Who may write: F4 to F6, and F33, in which the writer stands still.
 */
final class OwnerRows
{
    private static final long AT_ONCE_MS = 1_000;
    private static final long OPEN_MS = 2_000;
    private static final long SECOND_NS = 1_000_000_000L;
    /** One in so many stands still for long. */
    private static final int LONG_SHARE = 8;
    private static final long LONG_S = 20;
    private static final String OWNER = "owner";

    private final Limits limits;

    OwnerRows(final Limits limits)
    {
        this.limits = limits;
    }

    List<FaultRow> rows()
    {
        return List.of(
            new Row("F4", "SIGSTOP for 1 or 20 s, CONT, second opener meanwhile", 50, this::stopped),
            new Row("F5", "second writer on the directory", 100, this::second),
            new Row("F6", "stale lock, pid reused", 50, this::stale));
    }

    List<FaultRow> starved()
    {
        return List.of(new Row("F33", "writer starved: all its threads, or one of them, stand still for 2 s", 50,
            this::starved));
    }

    private void second(final long seed, final Path scratch) throws IOException, InterruptedException
    {
        final Path tape = FaultTapes.fresh(scratch);
        final long acknowledged;
        try (RecordingProcess child = RecordingProcess.start(limits, FaultChild.RECORD, tape, seed))
        {
            child.readUntil(100);
            requireRefused(tape, child);
            acknowledged = child.quit();
        }
        ReadBack.requireWhole(tape, acknowledged + 1);
    }

    private void requireRefused(final Path tape, final RecordingProcess child)
    {
        final String named = "pid=" + child.pid() + " ";
        final String started =
            "started=" + child.process().info().startInstant().map((instant) -> instant.toString()).orElse("");
        final long startNs = limits.start();
        try (TapeWriter writer = FaultTapes.open(tape))
        {
            throw new FaultFailure("a second writer got the tape: run=" + writer.runId());
        }
        catch (final TapeException e)
        {
            limits.require("refusing a second writer", startNs, AT_ONCE_MS);
            final String message = String.valueOf(e.getMessage());
            FaultFailure.require(e.kind() == TapeException.Kind.IN_USE && (message + " ").contains(named) &&
                message.contains(started), "refused in other words: " + message + " expected " + named + started);
        }
    }

    private void stopped(final long seed, final Path scratch) throws IOException, InterruptedException
    {
        final SplittableRandom random = new SplittableRandom(seed);
        final Path tape = FaultTapes.fresh(scratch);
        final long acknowledged;
        try (RecordingProcess child = RecordingProcess.start(limits, FaultChild.RECORD, tape, seed))
        {
            child.readUntil(random.nextInt(50_000));
            Children.signal("STOP", child.pid());
            try
            {
                requireRefused(tape, child);
                InjectedPause.ofNs((random.nextInt(LONG_SHARE) == 0 ? LONG_S : 1) * SECOND_NS);
                requireRefused(tape, child);
            }
            finally
            {
                Children.signal("CONT", child.pid());
            }
            child.readUntil(100_000);
            acknowledged = child.quit();
        }
        ReadBack.requireWhole(tape, acknowledged + 1);
    }

    private void stale(final long seed, final Path scratch) throws IOException, InterruptedException
    {
        final SplittableRandom random = new SplittableRandom(seed);
        final Path tape = FaultTapes.fresh(scratch);
        final long events = FaultTapes.Shape.OPEN.events();
        FaultTapes.copy(FaultTapes.good(scratch, FaultTapes.Shape.OPEN), tape);
        final String dead = deadOwner(scratch);
        final String text = switch (random.nextInt(4))
        {
            case 0 -> dead;
            // The pid lives, but it is another process.
            case 1 -> dead.replaceFirst("pid=\\d+", "pid=1");
            case 2 -> dead.replaceFirst("pid=\\d+", "pid=" + ProcessHandle.current().pid());
            default -> dead.substring(0, random.nextInt(dead.length()));
        };
        Files.writeString(tape.resolve(OWNER), text, StandardCharsets.UTF_8);

        final long startNs = limits.start();
        try (TapeWriter writer = FaultTapes.open(tape))
        {
            limits.require("opening", startNs, OPEN_MS);
            FaultTapes.write(writer, 1, 16);
            writer.close(FaultTapes.SUMMARY);
        }
        ReadBack.requireWhole(tape, events + 16);
    }

    /** What a killed process left, made once for the row. */
    private String deadOwner(final Path scratch) throws IOException, InterruptedException
    {
        final Path kept = scratch.resolve("dead-owner");
        if (!Files.exists(kept))
        {
            final Path directory = scratch.resolve("dead");
            Files.createDirectories(directory);
            final Path tape = directory.resolve("tape");
            try (RecordingProcess child = RecordingProcess.start(limits, FaultChild.RECORD, tape, 1))
            {
                child.readUntil(1);
                child.kill();
            }
            Files.copy(tape.resolve(OWNER), kept);
        }
        return Children.text(kept);
    }

    private void starved(final long seed, final Path scratch) throws IOException, InterruptedException
    {
        if (new SplittableRandom(seed).nextInt(3) == 0)
        {
            allPaused(seed, scratch);
        }
        else
        {
            onePaused(seed, scratch);
        }
    }

    private void onePaused(final long seed, final Path scratch) throws IOException, InterruptedException
    {
        final StandStill still = new StandStill(seed);
        final Path tape = FaultTapes.fresh(scratch);
        final long acknowledged;
        try (RecordingProcess child = RecordingProcess.start(limits, FaultChild.STAND_STILL, tape, seed))
        {
            // What is acknowledged trails what is published by a ring.
            child.readUntil(still.at() / 2);
            for (int looks = 4; looks > 0; looks--)
            {
                requireRefused(tape, child);
                InjectedPause.ofNs(StandStill.NS / 4);
            }
            child.readUntil(60_000);
            acknowledged = child.quit();
        }
        ReadBack.requireWhole(tape, acknowledged + 1);
    }

    private void allPaused(final long seed, final Path scratch) throws IOException, InterruptedException
    {
        final SplittableRandom random = new SplittableRandom(seed);
        final Path tape = FaultTapes.fresh(scratch);
        final long acknowledged;
        try (RecordingProcess child = RecordingProcess.start(limits, FaultChild.BUS, tape, seed))
        {
            child.readUntil(random.nextInt(20_000));
            Children.signal("STOP", child.pid());
            try
            {
                InjectedPause.ofNs(StandStill.NS);
                requireRefused(tape, child);
            }
            finally
            {
                Children.signal("CONT", child.pid());
            }
            child.readUntil(60_000);
            acknowledged = child.quit();
        }
        ReadBack.requireWhole(tape, acknowledged + 1);
    }
}
