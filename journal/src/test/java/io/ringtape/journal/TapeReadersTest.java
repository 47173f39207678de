package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** While a tape is read nothing of it is removed, and the other way around. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class TapeReadersTest
{
    private final Path tape = Tapes.fresh("readers");
    private final Path file = tape.resolve(TapeReaders.NAME);

    @BeforeEach
    void make()
    {
        Tapes.record(tape, 2, 16);
        Tapes.record(tape, 3, 16);
    }

    @AfterEach
    void clean() throws IOException
    {
        Files.setPosixFilePermissions(tape, PosixFilePermissions.fromString("rwx------"));
        Tapes.delete(tape);
    }

    @Test
    void shouldRemoveNothingWhileAReaderOfThisProcessIsOpen()
    {
        final Tape opened = Tape.open(tape);
        final TapeReader first = opened.read(TapeRange.ALL, RunListener.NONE);
        final TapeReader second = Tape.open(tape.toAbsolutePath()).read(TapeRange.ALL, RunListener.NONE);

        assertRefused();
        first.close();
        first.close();
        assertRefused();
        assertEquals(1, TapeRetention.keepBytes(opened, 0, false).files().size());
        assertTrue(second.nextBlock());
        assertEquals(0, second.firstSequence());
        second.close();

        assertEquals(32, TapeRetention.keepBytes(opened, 0, true).firstSequence());
    }

    @Test
    void shouldRemoveNothingWhileAReaderOfAnotherProcessIsOpen() throws IOException, InterruptedException
    {
        final Process child = RecordingChild.start(ReadingChild.class, tape);
        assertEquals(1, child.getInputStream().read());

        assertRefused();
        Tapes.sequences(tape, TapeRange.ALL);
        assertRefused();
        RecordingChild.go(child);

        assertEquals("80", new String(child.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
        assertEquals(0, child.waitFor());
        assertEquals(32, TapeRetention.keepBytes(Tape.open(tape), 0, true).firstSequence());
    }

    @Test
    void shouldForgetAReaderWhoseProcessWasKilled() throws IOException, InterruptedException
    {
        final Process child = RecordingChild.start(ReadingChild.class, tape);
        assertEquals(1, child.getInputStream().read());
        assertRefused();

        child.destroyForcibly().waitFor();

        assertEquals(32, TapeRetention.keepBytes(Tape.open(tape), 0, true).firstSequence());
    }

    @Test
    void shouldForgetAReaderThatCouldNotBeOpened()
    {
        final TapeRange outside = TapeRange.sequences(1000, 1001);

        assertThrows(TapeException.class, () -> Tape.open(tape).read(outside, RunListener.NONE));

        assertEquals(32, TapeRetention.keepBytes(Tape.open(tape), 0, true).firstSequence());
    }

    @Test
    void shouldHoldATapeThatCameIntoThePlaceOfOneThatIsRead() throws IOException
    {
        try (TapeReader old = Tape.open(tape).read(TapeRange.ALL, RunListener.NONE))
        {
            Files.move(tape, tape.resolveSibling("moved"));
            make();

            try (TapeReader fresh = Tape.open(tape).read(TapeRange.ALL, RunListener.NONE);
                FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE))
            {
                // Of this process: it has the lock.
                assertThrows(OverlappingFileLockException.class, channel::tryLock);
                assertTrue(fresh.nextBlock());
            }
            assertTrue(old.nextBlock());
        }
    }

    @Test
    void shouldOpenNoReaderWhileFilesAreRemoved() throws IOException
    {
        final Tape opened = Tape.open(tape);
        final String refusal = "files of the tape are being removed: directory=" + tape;
        final TapeReaders.Hold removal = TapeReaders.keepOff(tape);
        final TapeException reader =
            assertThrows(TapeException.class, () -> opened.read(TapeRange.ALL, RunListener.NONE));
        final TapeException verifier = assertThrows(TapeException.class, () -> TapeVerifier.verify(tape));
        final TapeException second = assertThrows(TapeException.class, () -> TapeReaders.keepOff(tape));
        final Process child = RecordingChild.start(ReadingChild.class, tape);
        assertEquals(-1, child.getInputStream().read());
        removal.close();

        assertEquals(Kind.IN_USE, reader.kind());
        assertEquals(refusal, reader.getMessage());
        assertEquals(refusal, verifier.getMessage());
        assertEquals("tape is being read: directory=" + tape, second.getMessage());
        assertTrue(Files.readString(tape.resolveSibling("errors")).contains(refusal));
        assertEquals(80, Tapes.sequences(tape, TapeRange.ALL).size());
    }

    @Test
    void shouldMakeTheFileThatAnOlderWriterDidNot() throws IOException
    {
        Files.delete(file);

        try (TapeReader reader = Tape.open(tape).read(TapeRange.ALL, RunListener.NONE))
        {
            assertTrue(reader.nextBlock());
            assertEquals(0, Files.size(file));
            assertRefused();
        }
        Files.delete(file);
        assertEquals(32, TapeRetention.keepBytes(Tape.open(tape), 0, true).firstSequence());
        assertEquals(TapeStatus.OK, TapeVerifier.verify(tape).status());
    }

    @Test
    void shouldReadWhereNothingCanBeMade() throws IOException
    {
        Files.delete(file);
        Files.setPosixFilePermissions(tape, PosixFilePermissions.fromString("r-x------"));
        assumeFalse(Files.isWritable(tape), "root may write everywhere");

        assertEquals(80, Tapes.sequences(tape, TapeRange.ALL).size());
        assertFalse(Files.exists(file));
        assertThrows(TapeException.class, () -> TapeRetention.keepBytes(Tape.open(tape), 0, true));
    }

    private void assertRefused()
    {
        final TapeException refused =
            assertThrows(TapeException.class, () -> TapeRetention.keepBytes(Tape.open(tape), 0, true));

        assertEquals(Kind.IN_USE, refused.kind());
        assertEquals("tape is being read: directory=" + tape, refused.getMessage());
        assertEquals(2, Tape.open(tape).runs().stream().filter((run) -> !run.files().isEmpty()).count());
    }
}
