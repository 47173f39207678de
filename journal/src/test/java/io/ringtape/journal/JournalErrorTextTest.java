package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** What a user reads where the device, or somebody at its files, comes in between: each text as a whole. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class JournalErrorTextTest
{
    private static final TapeConfig SMALL = TapeConfig.defaults().withReserveBytes(0)
        .withRollBytes(TapeConfig.MIN_ROLL_BYTES);
    private static final Durability NEVER = Durability.everyNs(TimeUnit.DAYS.toNanos(1));
    /** So long is a file that has an index. */
    private static final long INDEXED_BYTES = 3 * TapeConfig.MIN_ROLL_BYTES;
    private static final int CUT_BYTES = 1 << 20;
    private static final int BATCH = 128;
    /** Some files of the least length. */
    private static final int BATCHES = 500;

    private final Path tape = Tapes.fresh("texts");
    private final Path run = tape.resolve("run-000001");

    @AfterEach
    void clean()
    {
        Tapes.delete(tape);
    }

    @Test
    void shouldSayWhichSequencesAreMissingWithTheLastFile() throws IOException
    {
        Tapes.record(tape, SMALL, BATCHES, BATCH);
        final int files = Tape.open(tape).runs().get(0).files().size();
        final String missing = RollFiles.name(files - 1);
        Files.delete(run.resolve(missing));

        final TapeReport report = TapeVerifier.verify(tape);

        final long next = report.lastSequence() + 1;
        assertEquals(new TapeReport(TapeStatus.GAP, next, 0, next - 1, 1,
            "sequences are missing: run=1 file=" + missing + " sequences=" + next + "..63999"), report);
    }

    @Test
    void shouldSayWhichSequencesAreMissingWhereFilesAreToBeRemoved() throws IOException
    {
        Tapes.record(tape, SMALL, BATCHES, BATCH);
        final Manifest manifest = Manifest.read(Tape.open(tape).runs().get(0));
        final Manifest.Entry missing = manifest.seal(1).orElseThrow();
        Files.delete(run.resolve(RollFiles.name(1)));

        requireThrown(Kind.GAP, "sequences are missing: run=1 before file=" + RollFiles.name(2) + " sequences=" +
            missing.firstSequence() + ".." + missing.lastSequence(),
            () -> TapeRetention.keepBytes(Tape.open(tape), 0, true));
    }

    @Test
    void shouldSayThatAFinishedFileEndsEarly() throws IOException
    {
        writeUntilTheFirstFileIsNotSealed();
        final Path file = run.resolve(RollFiles.name(0));
        final Manifest.Entry end = Manifest.read(Tape.open(tape).runs().get(0)).ends().get(0);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        TapeBytes.overwrite(file, Arrays.copyOf(Files.readAllBytes(file), CUT_BYTES));

        final List<TapeInfo.Problem> problems = Tape.open(tape).info().problems();

        assertEquals(new TapeInfo.Problem(Kind.DAMAGED, "tape is damaged, a file ends early: run=1 file=" +
            RollFiles.name(0) + " length=" + CUT_BYTES + " end=" + end.endOffset() + " sequences=0.." +
            end.lastSequence()), problems.get(0));
    }

    @Test
    void shouldSayWhichFileCannotBeSealed()
    {
        final TapeException e = writeUntilTheFirstFileIsNotSealed();

        assertEquals(Kind.IO, e.kind());
        assertEquals("file cannot be sealed: file=" + RollFiles.name(0) + ": run=run-000001 durableSequence=-1: " +
            "IOException device is broken", e.getMessage());
    }

    @Test
    void shouldSayThatTheEndOfATapeTakesTooLong()
    {
        requireThrown(Kind.IO, "tape cannot be sealed in time: limitSeconds=600",
            () -> Threads.awaitEnd(new Endless()));
    }

    @Test
    void shouldSayWhichFileCannotBeMade() throws IOException
    {
        try (TapeWriter writer = Tapes.open(tape, SMALL))
        {
            final Path next = run.resolve(RollFiles.name(1));
            final Path ready = run.resolve(RollFiles.name(1) + SpaceGuard.NEXT_SUFFIX);
            Files.delete(ready);

            requireThrown(Kind.IO, "cannot make a file path=" + next + ": no such file " + ready + " -> " + next,
                () -> Tapes.write(writer, BATCHES, BATCH));
        }
    }

    @Test
    void shouldSayWhichFileCannotBeFinishedAtARoll() throws IOException
    {
        final Path inTheWay = run.resolve(RollFiles.name(2) + SpaceGuard.NEXT_SUFFIX);
        try (TapeWriter writer = Tapes.open(tape, SMALL))
        {
            Files.createFile(inTheWay);

            requireThrown(Kind.IO, "cannot finish a file path=" + run.resolve(RollFiles.name(0)) +
                ": FileAlreadyExistsException " + inTheWay, () -> Tapes.write(writer, BATCHES, BATCH));
        }
    }

    @Test
    void shouldSayWhichFileCannotBeFinishedAtTheEnd() throws IOException
    {
        final Path ready = run.resolve(RollFiles.name(1) + SpaceGuard.NEXT_SUFFIX);
        final TapeWriter writer = Tapes.open(tape, SMALL);
        Tapes.write(writer, 1, BATCH);
        fillInPlaceOf(ready);

        requireThrown(Kind.IO, "cannot finish a file path=" + run.resolve(RollFiles.name(0)) +
            ": DirectoryNotEmptyException " + ready, writer::close);
    }

    @Test
    void shouldSayThatATapeCannotBeRecovered() throws IOException
    {
        Tapes.record(tape, 1, BATCH);
        final Path left = run.resolve(RollFiles.name(1) + SpaceGuard.NEXT_SUFFIX);
        fillInPlaceOf(left);

        requireThrown(Kind.IO, "cannot recover the tape path=" + tape + ": DirectoryNotEmptyException " + left,
            () -> Tapes.open(tape, SMALL).close());
    }

    @Test
    void shouldSayThatFilesCannotBeRemoved() throws IOException
    {
        Tapes.record(tape, SMALL, BATCHES, BATCH);
        final Path index = FileIndex.path(run, 0);
        fillInPlaceOf(index);
        final String text = "cannot remove files of the tape path=" + tape + ": DirectoryNotEmptyException " + index;

        requireThrown(Kind.IO, text, () -> TapeRetention.keepBytes(Tape.open(tape), 0, true));
        // Now it is what an earlier removal left.
        requireThrown(Kind.IO, text, () -> TapeRetention.keepBytes(Tape.open(tape), 0, true));
    }

    @Test
    void shouldSayThatATapeCannotBeUnlocked() throws IOException
    {
        final TapeWriter writer = Tapes.open(tape, SMALL);
        final Path owner = tape.resolve(TapeOwner.NAME);
        fillInPlaceOf(owner);

        requireThrown(Kind.IO, "cannot unlock path=" + tape.toAbsolutePath() + ": DirectoryNotEmptyException " +
            owner.toAbsolutePath(), writer::close);
    }

    @Test
    void shouldSayThatCountersCannotBeMade() throws IOException
    {
        try (TapeWriter writer = Tapes.open(tape, SMALL))
        {
            final Path counters = tape.resolve(CountersFile.NAME);
            fillInPlaceOf(counters);

            requireThrown(Kind.CANNOT_CREATE, "cannot make the counters: directory=" + tape + ": FileSystemException " +
                counters + RunDirectory.TEMPORARY_SUFFIX + " -> " + counters + ": Is a directory",
                () -> CountersFile.create(tape, writer.runId(), () -> Tapes.START_NS).close());
        }
    }

    @Test
    void shouldSayThatLimitsAreBeingChangedOrCannotBeLocked() throws IOException
    {
        Tapes.record(tape, 1, BATCH);
        final Path file = tape.resolve(ControlFile.NAME);
        try (ControlFile control = ControlFile.open(tape);
            FileChannel other = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE))
        {
            final MappedByteBuffer mapped = other.map(FileChannel.MapMode.READ_WRITE, 0, ControlFormat.BYTES);
            // The place behind the file that a change of limits holds.
            try (FileLock held = other.lock(1L << 20, 1, false))
            {
                requireThrown(Kind.IN_USE, "limits are being changed: file=" + file,
                    () -> control.announceLimits(Markets::ignore));
                assertTrue(held.isValid());
            }

            requireThrown(Kind.IO, "limits cannot be locked: file=" + file,
                () -> new LimitsNumber(new UnsafeBuffer(mapped),
                    ControlLock.ofLimits(FileIdentity.of(file), new BrokenChannel(), mapped))
                    .announce(Markets::ignore));
            assertEquals(0, control.limitsNumber());
        }
    }

    @Test
    void shouldSayThatTheKillSwitchCannotBeOpened() throws IOException
    {
        Tapes.record(tape, 1, BATCH);
        final Path file = tape.resolve(ControlFile.NAME);
        fillInPlaceOf(file);

        requireThrown(Kind.IO, "cannot open path=" + file + ": FileSystemException " + file + ": Is a directory",
            () -> ControlFile.open(tape).close());
    }

    @Test
    void shouldSayThatTheSideFileOfAGatewayCannotBeOpenedOrForced() throws IOException
    {
        final Path file = tape.resolve(GatewaySideFile.NAME);
        try (TapeWriter writer = Tapes.open(tape, SMALL))
        {
            final GatewaySideFile side = GatewaySideFile.open(tape, writer, Tapes.definitions(), true);
            side.close();
            requireThrown(Kind.IO, "cannot force path=" + file + ": ClosedChannelException", side::force);
            fillInPlaceOf(file);

            requireThrown(Kind.IO, "cannot open path=" + file + ": FileSystemException " + file + ": Is a directory",
                () -> GatewaySideFile.open(tape, writer, Tapes.definitions(), true).close());
        }
    }

    @Test
    void shouldSayThatTheSideFileOfAGatewayCannotBeClosed()
    {
        final Path file = tape.resolve(GatewaySideFile.NAME);
        final GatewaySideFile side = new GatewaySideFile(
            file, Tapes.definitions(), new RunInfo(1, 0, Tapes.START_NS, -1, 1), 1, new BrokenChannel());

        requireThrown(Kind.IO, "cannot close path=" + file + ": IOException Input/output error", side::close);
    }

    @Test
    void shouldSayWhichRunGetsNoIndex() throws IOException
    {
        Tapes.record(tape, SMALL.withRollBytes(INDEXED_BYTES), 100 * BATCHES, BATCH);
        Files.delete(FileIndex.path(run, 0));
        final Path temporary = run.resolve(RollFiles.name(0) + FileIndex.SUFFIX + ".tmp");
        fillInPlaceOf(temporary);

        requireThrown(Kind.IO, "cannot make an index of run path=" + run + ": DirectoryNotEmptyException " + temporary,
            () -> TapeIndexes.rebuild(Tape.open(tape), Markets::ignore));
    }

    @Test
    void shouldSayOfWhichCopiedRunAFileCannotBeRemoved()
    {
        Tapes.record(tape, SMALL, BATCHES, BATCH);
        final DeviceFaults broken = new DeviceFaults()
        {
            @Override
            public void onForce(final Path path) throws IOException
            {
                throw new IOException("device is broken");
            }
        };

        requireThrown(Kind.IO, "cannot remove a file of path=" + run + ": IOException device is broken",
            () -> new CopiedRun(1, true, 0, 0, 0).end(run, new FaultyDevice(tape, broken)));
    }

    @Test
    void shouldSayThatASnapshotCannotBeWritten() throws IOException
    {
        Markets.record(tape, TapeConfig.defaults(), 1, 60);
        try (SnapshotMaker maker = SnapshotMaker.open(Tape.open(tape), 100, 0, (text) ->
        {
        }))
        {
            final Path directory = SnapshotFile.directory(tape);
            TapeDirectory.deleteTree(directory);

            requireThrown(Kind.IO, "cannot write a snapshot path=" + directory + ": no such file " +
                directory.resolve("snapshot-0000000000000000109.rts.tmp"), () -> maker.advance(Markets::ignore));
        }
    }

    @Test
    void shouldSayThatTheDirectoryOfNoSnapshotCannotBeRemoved() throws IOException
    {
        Markets.record(tape, TapeConfig.defaults(), 1, 1);
        final SnapshotMaker maker = SnapshotMaker.open(Tape.open(tape), 1_000, 0, (text) ->
        {
        });
        final Path lock = SnapshotFile.directory(tape).resolve(TapeLock.NAME);
        fillInPlaceOf(lock);

        requireThrown(Kind.IO, "cannot remove path=" + SnapshotFile.directory(tape) +
            ": DirectoryNotEmptyException " + lock, maker::close);
    }

    @Test
    void shouldSayThatATapeMayNotBeRead() throws IOException
    {
        Tapes.record(tape, 1, BATCH);
        Files.setPosixFilePermissions(tape, PosixFilePermissions.fromString("---------"));
        try
        {
            Assumptions.assumeFalse(Files.isReadable(tape), "this user may read everything");

            requireThrown(Kind.IO, "tape cannot be read, permission denied: directory=" + tape,
                () -> Tape.open(tape));
        }
        finally
        {
            Files.setPosixFilePermissions(tape, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private TapeException writeUntilTheFirstFileIsNotSealed()
    {
        final DeviceFaults broken = new DeviceFaults()
        {
            @Override
            public void onForce(final Path path) throws IOException
            {
                if (path.endsWith(FileIndex.path(run, 0).getFileName()))
                {
                    throw new IOException("device is broken");
                }
            }
        };
        final TapeConfig config = SMALL.withRollBytes(INDEXED_BYTES).withDurability(NEVER);
        final TapeWriter writer =
            DeviceFaults.open(tape, config, Tapes.definitions(), () -> Tapes.START_NS, broken);
        // The file is sealed behind the recorder: a later batch tells.
        return assertThrows(TapeException.class, () ->
        {
            try (writer)
            {
                Tapes.write(writer, 100 * BATCHES, BATCH);
            }
        });
    }

    /** Puts what cannot be removed in the place of a file. */
    private static void fillInPlaceOf(final Path file) throws IOException
    {
        Files.deleteIfExists(file);
        Files.createDirectory(file);
        Files.createFile(file.resolve("full"));
    }

    private static void requireThrown(final Kind kind, final String text, final Executable call)
    {
        final TapeException e = assertThrows(TapeException.class, call);

        assertEquals(text, e.getMessage());
        assertEquals(kind, e.kind());
    }

    /** Has always something to do. */
    private static final class Endless extends AbstractExecutorService
    {
        @Override
        public void shutdown()
        {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Runnable> shutdownNow()
        {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isShutdown()
        {
            return true;
        }

        @Override
        public boolean isTerminated()
        {
            return false;
        }

        @Override
        public boolean awaitTermination(final long timeout, final TimeUnit unit)
        {
            return false;
        }

        @Override
        public void execute(final Runnable command)
        {
            throw new UnsupportedOperationException();
        }
    }
}
