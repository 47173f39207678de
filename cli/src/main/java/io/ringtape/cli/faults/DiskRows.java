package io.ringtape.cli.faults;

import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.platform.InjectedPause;
import io.ringtape.journal.DeviceFaults;
import io.ringtape.journal.TapeConfig;
import io.ringtape.journal.TapeException;
import io.ringtape.journal.TapeReport;
import io.ringtape.journal.TapeStatus;
import io.ringtape.journal.TapeVerifier;
import io.ringtape.journal.TapeWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A device that is full: F7, and F8, in which another process fills it. On a tmpfs of a namespace where that can be
 * made, else with a device that says it is full.
 */
final class DiskRows
{
    private static final long PAGE_BYTES = 4096;
    private static final int MIB = 1 << 20;
    /** What the writer wants free before it takes more: two stretches. */
    private static final int WANTED_BYTES = 32 * MIB;
    private static final int MAX_DISK_BYTES = 80 * MIB;
    /** What the demo asks for a million events, and some more. */
    private static final int DEMO_DISK_BYTES = 160 * MIB;
    /** More than any of the disks holds. */
    private static final int MORE_EVENTS = 4_000_000;
    /** They are recorded on the largest disk in any case. */
    private static final int MAX_FREE_EVENTS = 240_000;
    private static final int MAX_STRETCHES = 6;
    private static final int MAX_PAUSE_NS = 500_000_000;
    private static final List<Integer> ROLL_MIB = List.of(1, 1, 24, 64);

    private final Limits limits;
    private final Optional<SmallDisk> disk;

    DiskRows(final Limits limits, final Optional<SmallDisk> disk)
    {
        this.limits = limits;
        this.disk = disk;
    }

    List<FaultRow> rows()
    {
        final String note = disk.map((found) -> "on a tmpfs, by " + String.join(" ", found.unshare()))
            .orElse("space source and refusals are injected: no tmpfs can be mounted here, root can");
        return List.of(
            new Row("F7", "disk full", 200, note, disk.isPresent() ? this::full : this::injected),
            new Row("F8", "another process eats the space", 100, note,
                disk.isPresent() ? this::eaten : this::injected));
    }

    private void full(final long seed, final Path scratch) throws IOException, InterruptedException
    {
        final SplittableRandom random = new SplittableRandom(seed);
        final Path tape = FaultTapes.fresh(scratch);
        final String mode = random.nextInt(4) == 0 ? FaultChild.BUS : FaultChild.RECORD;
        final int bytes = size(random);
        final boolean isNames = random.nextInt(6) == 0;
        final String options = "size=" + bytes + (isNames ? ",nr_inodes=" + (4 + random.nextInt(30)) : "");
        final long acknowledged;
        try (RecordingProcess child = recording(mode, tape, options, seed, TapeFiles.any(ROLL_MIB, random)))
        {
            acknowledged = child.drain();
            requireTyped(new Children.Ended(child.process().exitValue(), "",
                Children.text(RecordingProcess.errors(tape))), tape, options);
        }
        requireKept(tape, acknowledged, options);
    }

    /** Too small to open a tape, about as large as opening takes, or larger: it ends in a file, or at a roll. */
    private static int size(final SplittableRandom random)
    {
        final long pages = switch (random.nextInt(6))
        {
            case 0 -> 1 + random.nextInt(64);
            case 1 -> (WANTED_BYTES - MIB + random.nextInt(3 * MIB)) / PAGE_BYTES;
            default -> (WANTED_BYTES + random.nextInt(MAX_DISK_BYTES - WANTED_BYTES)) / PAGE_BYTES;
        };
        return (int)(pages * PAGE_BYTES);
    }

    private RecordingProcess recording(
        final String mode, final Path tape, final String options, final long seed, final int rollMib)
        throws IOException
    {
        final Path round = tape.getParent();
        return RecordingProcess.start(limits, made().before(options, round), tape,
            List.of(mode, SmallDisk.tape(round).toString(), Long.toString(seed), Integer.toString(rollMib * MIB),
                Integer.toString(MORE_EVENTS)));
    }

    private SmallDisk made()
    {
        return disk.orElseThrow();
    }

    /** One line, and the exit code of a device that fails; that of a tape that cannot be made only if there is none. */
    private static void requireTyped(final Children.Ended ended, final Path tape, final String options)
    {
        FaultFailure.require(ended.saidOneLine() && (ended.code() == ExitCode.IO_ERROR.code() ||
            (ended.code() == ExitCode.CANNOT_CREATE.code() && !Files.exists(tape))),
            "did not stop with a typed error: " + options + " " + ended);
    }

    private static void requireReadable(final TapeReport report, final String options)
    {
        FaultFailure.require(report.status() == TapeStatus.OK || report.status() == TapeStatus.TORN_TAIL,
            "a full device damaged the tape: " + options + " " + report);
    }

    /** What was acknowledged is there, nothing is reserved any more, and with room again the tape goes on. */
    private static void requireKept(final Path tape, final long acknowledged, final String options)
        throws IOException
    {
        SmallDisk.requireGivenBack(tape.getParent());
        if (acknowledged == RecordingProcess.NOTHING)
        {
            FaultFailure.require(!Files.exists(tape), "something is left of a tape that was not opened: " + options);
            return;
        }
        requireReadable(TapeVerifier.verify(tape), options);
        final ReadBack read = ReadBack.of(tape);
        FaultFailure.require(read.refusal() == null && read.events() > acknowledged,
            "acknowledged events are missing: acknowledged=" + acknowledged + " events=" + read.events());
        FaultTapes.record(tape, 1, 16, true);
        ReadBack.requireWhole(tape, read.events() + 16);
    }

    private void eaten(final long seed, final Path scratch) throws IOException, InterruptedException
    {
        final SplittableRandom random = new SplittableRandom(seed);
        final boolean isStopped = random.nextInt(4) != 0;
        if (random.nextInt(4) == 0)
        {
            eatenDemo(random, scratch, isStopped);
            return;
        }
        final Path tape = FaultTapes.fresh(scratch);
        final String options = "size=" + MAX_DISK_BYTES;
        final String mode = random.nextInt(4) == 0 ? FaultChild.BUS : FaultChild.RECORD;
        final long acknowledged;
        try (RecordingProcess child = recording(mode, tape, options, seed, TapeFiles.any(ROLL_MIB, random)))
        {
            child.readUntil(random.nextInt(4) == 0 ? -1 : random.nextInt(MAX_FREE_EVENTS));
            SmallDisk.eat(child.process().toHandle(), tape.getParent(), MAX_DISK_BYTES, isStopped);
            acknowledged = child.drain();
            requireTyped(new Children.Ended(child.process().exitValue(), "",
                Children.text(RecordingProcess.errors(tape))), tape, options);
        }
        requireKept(tape, acknowledged, options);
    }

    /** The command itself, whose bus has to halt; it looks for the space of the whole session before it starts. */
    private void eatenDemo(final SplittableRandom random, final Path scratch, final boolean isStopped)
        throws IOException, InterruptedException
    {
        final Path tape = FaultTapes.fresh(scratch);
        final Path round = tape.getParent();
        final String options = "size=" + DEMO_DISK_BYTES;
        final List<String> command = made().before(options, round);
        command.addAll(Children.ringtape("demo", "--events", "1000000", "--journal",
            SmallDisk.tape(round).toString(), "--json"));
        final Process process = Children.start(command, round);
        final Path run = SmallDisk.seen(process.toHandle(), SmallDisk.tape(round).resolve("run-000001"));
        limits.await("a child's start", 3 * Limits.HANG_MS, () -> Files.exists(run) || !process.isAlive());
        InjectedPause.ofNs(random.nextInt(MAX_PAUSE_NS));
        SmallDisk.eat(process.toHandle(), round, DEMO_DISK_BYTES, isStopped);
        final Children.Ended ended = Children.end(process, round);

        // The last events may have had their space already.
        if (ended.code() != ExitCode.FINE.code())
        {
            requireTyped(ended, tape, options);
        }
        SmallDisk.requireGivenBack(round);
        if (Files.exists(tape))
        {
            requireReadable(TapeVerifier.verify(tape), options);
        }
    }

    private void injected(final long seed, final Path scratch) throws IOException
    {
        final SplittableRandom random = new SplittableRandom(seed);
        final Path tape = FaultTapes.fresh(scratch);
        final FullDevice device = new FullDevice(random.nextInt(MAX_STRETCHES), random.nextBoolean());
        final TapeConfig config = FaultTapes.CONFIG.withRollBytes(TapeFiles.any(ROLL_MIB, random) * (long)MIB);
        final String words = "injected device " + device;
        long journaled = -1;
        try (TapeWriter writer =
            DeviceFaults.open(tape, config, FaultTapes.definitions(), () -> FaultTapes.START_NS, device))
        {
            while (true)
            {
                FaultTapes.write(writer, 16, 1 + random.nextInt(2048));
                journaled = writer.journaledSequence();
            }
        }
        catch (final TapeException e)
        {
            FaultFailure.require(e.kind() == TapeException.Kind.IO || e.kind() == TapeException.Kind.CANNOT_CREATE,
                "refused in other words: " + words + " " + e.getMessage());
        }
        if (Files.exists(tape))
        {
            requireReadable(TapeVerifier.verify(tape), words);
            FaultFailure.require(ReadBack.of(tape).events() > journaled, "acknowledged events are missing: " + words);
            FaultTapes.record(tape, 1, 16, true);
        }
        FaultFailure.require(Files.exists(tape) || journaled < 0, "the tape is gone: " + words);
    }

    /** Has room for so many stretches; then it says that it is full, or only refuses to give any. */
    private static final class FullDevice implements DeviceFaults
    {
        private final boolean isSaying;
        private int left;

        FullDevice(final int stretches, final boolean isSaying)
        {
            this.left = stretches;
            this.isSaying = isSaying;
        }

        @Override
        public void onReserve(final Path file, final long from, final long length) throws IOException
        {
            if (left == 0)
            {
                throw new IOException("no space left on device");
            }
            left--;
        }

        @Override
        public long usableBytes(final long found)
        {
            return isSaying && left == 0 ? 0 : found;
        }

        @Override
        public String toString()
        {
            return "isSaying=" + isSaying;
        }
    }
}
