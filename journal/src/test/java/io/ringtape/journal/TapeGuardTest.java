package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.ringtape.event.Definitions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is refused, in which words, and that nothing is left behind. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class TapeGuardTest
{
    private final Path tape = Tapes.fresh("guard");

    @AfterEach
    void clean() throws IOException
    {
        if (Files.isDirectory(tape))
        {
            Files.setPosixFilePermissions(tape, PosixFilePermissions.fromString("rwx------"));
        }
        Tapes.delete(tape);
    }

    @Test
    void shouldRefuseToReadAMissingTape()
    {
        final TapeException e = assertThrows(TapeException.class, () -> Tape.open(tape));

        assertEquals(TapeException.Kind.MISSING, e.kind());
        assertEquals("tape is missing: directory=" + tape, e.getMessage());
        assertEquals(new TapeReport(TapeStatus.UNREADABLE, 0, -1, -1, 0, e.getMessage()), TapeVerifier.verify(tape));
    }

    @Test
    void shouldRefuseADirectoryWithForeignContent() throws IOException
    {
        Permissions.createDirectory(tape);
        Files.writeString(tape.resolve("letter.txt"), "hello");

        final TapeException write = assertThrows(TapeException.class, this::open);
        final TapeException read = assertThrows(TapeException.class, () -> Tape.open(tape));

        assertEquals(TapeException.Kind.UNREADABLE, write.kind());
        assertEquals("directory is neither empty nor a tape: directory=" + tape + " holds=letter.txt",
            write.getMessage());
        assertEquals(TapeException.Kind.UNREADABLE, read.kind());
        assertEquals("directory is not a tape, it has no file ringtape: directory=" + tape, read.getMessage());
        assertEquals(List.of("letter.txt"), names(tape));
    }

    @Test
    void shouldRefuseAFileInPlaceOfADirectory() throws IOException
    {
        Files.writeString(tape, "hello");

        final TapeException write = assertThrows(TapeException.class, this::open);
        final TapeException read = assertThrows(TapeException.class, () -> Tape.open(tape));

        assertEquals("tape is not a directory: path=" + tape, write.getMessage());
        assertEquals("tape is not a directory: path=" + tape, read.getMessage());
        Files.delete(tape);
    }

    @Test
    void shouldRefuseAnotherFormat() throws IOException
    {
        Tapes.record(tape, 1, 1);
        final Path marker = tape.resolve(TapeMarker.NAME);
        final ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(marker)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(8, 99);
        final CRC32C crc = new CRC32C();
        crc.update(bytes.array(), 0, 12);
        bytes.putInt(12, (int)crc.getValue());
        Files.write(marker, bytes.array());

        final TapeException read = assertThrows(TapeException.class, () -> Tape.open(tape));
        final TapeException write = assertThrows(TapeException.class, this::open);

        assertEquals(TapeException.Kind.UNREADABLE, read.kind());
        assertEquals("tape is of another format: format=99 readable=2 directory=" + tape, read.getMessage());
        assertEquals(read.getMessage(), write.getMessage());
        assertEquals(TapeStatus.UNREADABLE, TapeVerifier.verify(tape).status());
    }

    @Test
    void shouldRefuseADamagedMarker() throws IOException
    {
        Tapes.record(tape, 1, 1);
        final Path marker = tape.resolve(TapeMarker.NAME);
        final byte[] bytes = Files.readAllBytes(marker);
        bytes[13] ^= 1;
        Files.write(marker, bytes);
        final TapeException damaged = assertThrows(TapeException.class, () -> Tape.open(tape));
        Files.write(marker, new byte[3]);
        final TapeException foreign = assertThrows(TapeException.class, () -> Tape.open(tape));

        assertEquals("marker of the tape is damaged: file=" + marker, damaged.getMessage());
        assertEquals("file is not a tape's marker: file=" + marker, foreign.getMessage());
    }

    @Test
    void shouldRefuseASecondWriterOfTheSameProcess() throws IOException
    {
        try (TapeWriter writer = open())
        {
            final TapeException e = assertThrows(TapeException.class, this::open);

            assertEquals(TapeException.Kind.IN_USE, e.kind());
            final TapeOwner self = TapeOwner.self(BootId.current());
            assertEquals("tape is in use: directory=" + tape + " pid=" + self.pid() + " started=" + self.startedAt(),
                e.getMessage());
            assertEquals(self, Tape.open(tape).owner().orElseThrow());
            Tapes.write(writer, 1, 1);
        }
        assertTrue(Tape.open(tape).owner().isEmpty());
        open().close();
    }

    @Test
    void shouldTakeOverFromADeadOwner() throws IOException
    {
        Tapes.record(tape, 1, 1);
        Files.writeString(tape.resolve(TapeOwner.NAME),
            "pid=1 started=1999-01-01T00:00:00Z boot=" + BootId.current() + " host=" + HostName.current() + "\n");

        assertTrue(Tape.open(tape).owner().isEmpty(), "the pid lives, but it is another process");
        Tapes.record(tape, 1, 1);

        assertEquals(2, TapeVerifier.verify(tape).events());
    }

    @Test
    void shouldSayThatATapeIsBeingWritten()
    {
        try (TapeWriter writer = open())
        {
            Tapes.write(writer, 3, 10);

            final TapeReport report = TapeVerifier.verify(tape);

            assertEquals(TapeStatus.OK, report.status());
            assertEquals(30, report.events());
            assertTrue(report.detail().startsWith("tape is being written: run=1 file=19700101-00LX.cq4 offset="));
            assertTrue(report.detail().endsWith(" lastSequence=29 pid=" + ProcessHandle.current().pid()),
                report::detail);
        }
    }

    @Test
    void shouldLetOneOfTwoWritersMakeATape() throws InterruptedException
    {
        for (int round = 0; round < 30; round++)
        {
            final AtomicInteger won = new AtomicInteger();
            final Runnable opening = () ->
            {
                try (TapeWriter writer = open())
                {
                    Tapes.write(writer, 2, 10);
                    writer.close(Tapes.SUMMARY);
                    won.incrementAndGet();
                }
                catch (final TapeException e)
                {
                    assertEquals(TapeException.Kind.IN_USE, e.kind(), e::getMessage);
                }
            };
            final Thread other = new Thread(opening);
            other.start();
            opening.run();
            other.join();

            final TapeReport report = TapeVerifier.verify(tape);
            assertTrue(won.get() > 0);
            assertEquals(new TapeReport(TapeStatus.OK, 20L * won.get(), 0, 20L * won.get() - 1, won.get(),
                "all runs are whole: runs=" + won.get()), report);
            try
            {
                TapeDirectory.deleteTree(tape);
            }
            catch (final IOException e)
            {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void shouldLeaveADirectoryThatWasThereWhenARunIsTakenBack() throws IOException
    {
        Permissions.createDirectory(tape);
        try (TapeWriter writer = open())
        {
            Tapes.write(writer, 2, 10);

            writer.discard();
        }

        assertEquals(List.of(), names(tape));
        assertTrue(Files.isDirectory(tape));
    }

    @Test
    void shouldTakeARunBackAsIfItHadNeverBeen()
    {
        Tapes.record(tape, 2, 10);
        final TapeReport before = TapeVerifier.verify(tape);
        try (TapeWriter writer = open())
        {
            Tapes.write(writer, 200, 10);

            writer.discard();
        }

        assertEquals(before, TapeVerifier.verify(tape));
        try (TapeWriter writer = open())
        {
            assertEquals(20, writer.firstSequence());
        }
    }

    @Test
    void shouldKeepASecondWriterOutWhoTookTheLockFileAway() throws IOException
    {
        final TapeOwner parent = TapeOwner.of(ProcessHandle.current().parent().orElseThrow(), BootId.current());
        Tapes.record(tape, 2, 10);
        parent.write(tape);

        final TapeException e = assertThrows(TapeException.class, this::open);

        assertEquals(TapeException.Kind.IN_USE, e.kind());
        assertEquals("tape is in use: directory=" + tape + " pid=" + parent.pid() + " started=" + parent.startedAt(),
            e.getMessage());
    }

    @Test
    void shouldNotMakeParents()
    {
        final Path deep = tape.resolve("a").resolve("b");

        final TapeException e = assertThrows(TapeException.class,
            () -> TapeWriter.open(deep, TapeConfig.defaults(), new Definitions(), () -> 1L));

        assertEquals(TapeException.Kind.CANNOT_CREATE, e.kind());
        assertFalse(Files.exists(tape));
    }

    @Test
    void shouldLeaveNothingBehindWhenTheDeviceIsFull()
    {
        final TapeException e = assertThrows(TapeException.class, () -> TapeWriter.open(tape,
            new Definitions(), TapeParts.of(tape, TapeConfig.defaults(), () -> 1L).with(() -> 5L)));

        assertEquals(TapeException.Kind.IO, e.kind());
        assertEquals("device is full: usableBytes=5 wantedBytes=100663296", e.getMessage());
        assertFalse(Files.exists(tape));
    }

    @Test
    void shouldLeaveATapeAloneWhenTheDeviceIsFull() throws IOException
    {
        Tapes.record(tape, 2, 10);
        final List<String> before = names(tape);

        assertThrows(TapeException.class, () -> TapeWriter.open(tape, new Definitions(),
            TapeParts.of(tape, TapeConfig.defaults(), () -> 1L).with(() -> 5L)));

        assertEquals(before, names(tape));
        assertEquals(20, TapeVerifier.verify(tape).events());
    }

    @Test
    void shouldRefuseADirectoryThatCannotBeWritten() throws IOException
    {
        Tapes.record(tape, 2, 10);
        Files.setPosixFilePermissions(tape, PosixFilePermissions.fromString("r-x------"));
        assumeFalse(Files.isWritable(tape), "skipped: this user may write where the permission bits say no (root)");

        final TapeException e = assertThrows(TapeException.class, this::open);

        assertEquals(TapeException.Kind.CANNOT_CREATE, e.kind());
        assertEquals(20, TapeVerifier.verify(tape).events());
    }

    @Test
    void shouldKeepOthersOut() throws IOException
    {
        Tapes.record(tape, TapeConfig.defaults().withRollBytes(TapeConfig.MIN_ROLL_BYTES), 200, 128);

        try (Stream<Path> paths = Files.walk(tape))
        {
            for (final Path path : paths.toList())
            {
                final boolean isSealed = path.toString().endsWith(RollFiles.SUFFIX);
                assertEquals(Files.isDirectory(path) ? "rwx------" : isSealed ? "r--------" : "rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(path)), path.toString());
            }
        }
    }

    @Test
    void shouldClearAwayAHalfMadeRun() throws IOException
    {
        Tapes.record(tape, 1, 10);
        Files.createDirectory(tape.resolve("run-000002.tmp"));
        Files.createDirectory(tape.resolve("run-000007"));
        Files.write(tape.resolve("run-000007").resolve(RollFiles.name(0)), new byte[0]);
        final TapeReport before = TapeVerifier.verify(tape);

        Tapes.record(tape, 1, 10);

        assertEquals(10, before.events());
        assertEquals(TapeStatus.OK, before.status());
        assertFalse(Files.exists(tape.resolve("run-000002.tmp")));
        assertEquals(new TapeReport(TapeStatus.OK, 20, 0, 19, 2, "all runs are whole: runs=2"),
            TapeVerifier.verify(tape));
    }

    @Test
    void shouldRefuseWhatIsNotTheNextRange()
    {
        try (TapeWriter writer = open())
        {
            final IllegalArgumentException e = assertThrows(IllegalArgumentException.class,
                () -> writer.onRange(Tapes.room(1), 0, 7, 1));

            assertEquals("range is not the next one: firstSequence=7 nextSequence=0", e.getMessage());
            Tapes.write(writer, 1, 1);
            writer.close(Tapes.SUMMARY);
            final TapeException closed =
                assertThrows(TapeException.class, () -> writer.onRange(Tapes.room(1), 0, 1, 1));
            assertEquals("tape is closed: run=1", closed.getMessage());
        }
    }

    private TapeWriter open()
    {
        return TapeWriter.open(tape, TapeConfig.defaults(), Tapes.definitions(), () -> Tapes.START_NS);
    }

    private static List<String> names(final Path directory) throws IOException
    {
        try (Stream<Path> entries = Files.list(directory))
        {
            return entries.map((path) -> path.getFileName().toString()).sorted().toList();
        }
    }
}
