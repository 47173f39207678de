package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who holds a tape is told from who held it once, whatever has become of its pid, its machine or its file. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class TapeOwnerTest
{
    private static final BootId NOW = new BootId(1, 2);
    private static final BootId BEFORE = new BootId(1, 3);

    private final Path tape = Tapes.fresh("owner");
    private final Path file = tape.resolve(TapeOwner.NAME);

    @BeforeEach
    void make() throws IOException
    {
        Tapes.record(tape, 1, 10);
    }

    @AfterEach
    void clean()
    {
        Tapes.delete(tape);
    }

    @Test
    void shouldWriteOneLine() throws IOException
    {
        final TapeOwner self = TapeOwner.self(NOW);

        self.write(tape);

        assertEquals("pid=" + ProcessHandle.current().pid() + " started=" + self.startedAt() +
            " boot=00000000-0000-0001-0000-000000000002 host=" + HostName.current() + "\n", Files.readString(file));
        assertEquals(Optional.of(self), TapeOwner.read(tape));
    }

    @Test
    void shouldFindAProcessOfThisBoot() throws IOException
    {
        final TapeOwner self = TapeOwner.self(NOW);
        self.write(tape);

        assertEquals(Optional.of(self), TapeOwner.find(tape, NOW));
        assertEquals(Optional.empty(), TapeOwner.find(tape, BEFORE));
    }

    @Test
    void shouldTrustPidAndStartWhereTheBootIsUnknown() throws IOException
    {
        final TapeOwner self = TapeOwner.self(NOW);
        self.write(tape);
        assertEquals(Optional.of(self), TapeOwner.find(tape, BootId.UNKNOWN));

        final TapeOwner unknown = TapeOwner.self(BootId.UNKNOWN);
        unknown.write(tape);
        assertEquals(Optional.of(unknown), TapeOwner.find(tape, NOW));
    }

    @Test
    void shouldNotTakeAReusedPidForTheOwner() throws IOException
    {
        final TapeOwner self = TapeOwner.self(NOW);

        new TapeOwner(self.pid(), self.startedAt().plusMillis(10), self.bootId(), self.host()).write(tape);

        assertEquals(Optional.empty(), TapeOwner.find(tape, NOW));
    }

    @Test
    void shouldNotFindADeadProcess() throws IOException, InterruptedException
    {
        final Process process = new ProcessBuilder("true").start();
        final TapeOwner dead = new TapeOwner(process.pid(), TapeOwner.self(NOW).startedAt(), new UUID(1, 2), "h");
        process.waitFor();

        dead.write(tape);

        assertEquals(Optional.empty(), TapeOwner.find(tape, NOW));
    }

    @Test
    void shouldReadNothingFromWhatIsNoOwner() throws IOException
    {
        final String boot = " boot=00000000-0000-0001-0000-000000000002";
        for (final String text : List.of("", "\n", "hello\n", "pid=1 started=1999-01-01T00:00:00Z\n",
            "pid=1 started=yesterday" + boot + " host=h\n", "pid=x started=1999-01-01T00:00:00Z" + boot + " host=h\n",
            "pid=1 started=1999-01-01T00:00:00Z boot=1-2-3-4-5 host=h\n",
            "pid=1 started=1999-01-01T00:00:00Z" + boot + " host=\n",
            "pid=1 started=1999-01-01T00:00:00Z" + boot + " host=a b\n",
            "pid=1 started=1999-01-01T00:00:00Z" + boot + " host=h",
            "pid=1 started=1999-01-01T00:00:00Z" + boot + " host=" + "h".repeat(300) + "\n"))
        {
            Files.writeString(file, text);

            assertEquals(Optional.empty(), TapeOwner.read(tape), text);
        }
    }

    @Test
    void shouldReadNothingThroughALink() throws IOException
    {
        final Path elsewhere = Files.createDirectory(tape.resolveSibling("elsewhere"));
        TapeOwner.self(NOW).write(elsewhere);
        Files.createSymbolicLink(file, elsewhere.resolve(TapeOwner.NAME).toAbsolutePath());

        assertEquals(Optional.empty(), TapeOwner.read(tape));
    }

    @Test
    void shouldRecoverFromAnOwnerOfABootBefore() throws IOException
    {
        final ProcessHandle parent = ProcessHandle.current().parent().orElseThrow();
        TapeOwner.of(parent, BEFORE).write(tape);

        try (TapeWriter writer = open(NOW))
        {
            Tapes.write(writer, 1, 10);
            assertEquals(Optional.of(TapeOwner.self(NOW)), TapeOwner.read(tape));
        }

        assertEquals(20, TapeVerifier.verify(tape).events());
    }

    @Test
    void shouldRecoverFromAPidThatWasReused() throws IOException
    {
        final TapeOwner parent = TapeOwner.of(ProcessHandle.current().parent().orElseThrow(), NOW);
        new TapeOwner(parent.pid(), parent.startedAt().minusSeconds(1), parent.bootId(), parent.host()).write(tape);

        open(NOW).close();

        assertEquals(TapeStatus.OK, TapeVerifier.verify(tape).status());
    }

    @Test
    void shouldRecoverFromAnOwnerFileOfAnyContent() throws IOException
    {
        Files.write(file, new byte[] {0, -1, 10, 65});

        open(NOW).close();

        assertEquals(TapeStatus.OK, TapeVerifier.verify(tape).status());
    }

    @Test
    void shouldLetTheLockDecideAboutAnotherMachine() throws IOException
    {
        final TapeOwner self = TapeOwner.self(NOW);
        final TapeOwner remote = new TapeOwner(self.pid(), self.startedAt(), new UUID(1, 3), "elsewhere");
        remote.write(tape);
        assertNotEquals("elsewhere", HostName.current());

        try (TapeWriter writer = open(NOW))
        {
            remote.write(tape);
            final TapeException e = assertThrows(TapeException.class, () -> open(NOW));

            assertEquals(Kind.IN_USE, e.kind());
            assertEquals("tape is in use: directory=" + tape + " pid=" + remote.pid() + " started=" +
                remote.startedAt() + " host=elsewhere", e.getMessage());
            Tapes.write(writer, 1, 10);
        }
        assertEquals(20, TapeVerifier.verify(tape).events());
    }

    @Test
    void shouldSayThatATapeIsInUseByWhoCannotBeTold() throws IOException
    {
        try (TapeWriter writer = open(NOW))
        {
            Files.writeString(file, "hello\n");
            final TapeException e = assertThrows(TapeException.class, () -> open(NOW));

            assertEquals(Kind.IN_USE, e.kind());
            assertEquals("tape is in use: directory=" + tape + " pid=unknown", e.getMessage());
            Tapes.write(writer, 1, 10);
        }
    }

    @Test
    void shouldGiveTheLockBackWhenTheOwnerCannotBeWritten() throws IOException
    {
        Files.createDirectory(file);
        final Path realFile = file.toRealPath();

        final TapeException e = assertThrows(TapeException.class, () -> open(NOW));
        Files.delete(file);

        assertEquals(Kind.CANNOT_CREATE, e.kind());
        assertEquals("cannot lock the tape: directory=" + tape + ": FileSystemException " + realFile +
            ": Is a directory", e.getMessage());
        open(NOW).close();
    }

    @Test
    void shouldAskTheKernelForTheNameOfTheHost() throws IOException
    {
        final Path source = tape.resolveSibling("hostname");
        assertEquals(HostName.UNKNOWN, HostName.read(source));
        Files.writeString(source, "desk-7.example\n");
        assertEquals("desk-7.example", HostName.read(source));
        Files.writeString(source, "desk 7\n");
        assertEquals(HostName.UNKNOWN, HostName.read(source));
    }

    private TapeWriter open(final BootId bootId)
    {
        return TapeWriter.open(tape, Tapes.definitions(), TapeParts.of(
            tape, TapeConfig.defaults().withReserveBytes(0), () -> Tapes.START_NS).with(bootId));
    }
}
