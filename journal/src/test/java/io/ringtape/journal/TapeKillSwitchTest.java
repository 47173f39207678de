package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.journal.ControlFile.Scope;
import io.ringtape.journal.TapeException.Kind;
import io.ringtape.order.KillReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A kill is lost neither with a recording that is taken back nor in the copy of a tape. */
@Timeout(60)
final class TapeKillSwitchTest
{
    private static final int TAKEN_BACK = 200;
    private static final List<Scope> KILLED = List.of(new Scope(KillScope.ALL, true, KillReason.HAND, 1, 5));

    private final Path tape = Tapes.fresh("kill-switch");

    @AfterEach
    void clean()
    {
        Tapes.delete(tape);
    }

    @Test
    void shouldKeepTheDirectoryOfAFirstRunThatIsTakenBackWhileSomebodyIsStopped() throws IOException
    {
        discard(true);

        assertEquals(List.of(ControlFile.NAME, TapeMarker.NAME), names());
        assertEquals(KILLED, ControlFile.read(tape).scopes());
        assertEquals(List.of(), TapeRetention.keepBytes(Tape.open(tape), 0, true).files());
        Tapes.record(tape, 2, 10);
        assertEquals(TapeStatus.OK, TapeVerifier.verify(tape).status());
        assertEquals(KILLED, ControlFile.read(tape).scopes());
    }

    @Test
    void shouldKeepItInADirectoryThatWasThere() throws IOException
    {
        Permissions.createDirectory(tape);

        discard(true);

        assertEquals(List.of(ControlFile.NAME, TapeMarker.NAME), names());
        assertEquals(KILLED, ControlFile.read(tape).scopes());
    }

    @Test
    void shouldKeepWhatCannotBeRead() throws IOException
    {
        final TapeWriter writer = Tapes.open(tape, TapeConfig.defaults());
        Files.write(tape.resolve(ControlFile.NAME), new byte[12]);

        writer.discard();

        assertEquals(List.of(ControlFile.NAME, TapeMarker.NAME), names());
    }

    @Test
    void shouldTakeTheDirectoryAwayWhereEverybodyIsArmed()
    {
        discard(false);

        assertFalse(Files.exists(tape));
    }

    @Test
    void shouldRefuseAKillOfATapeThatWasTakenBackMeanwhile()
    {
        final TapeWriter writer = Tapes.open(tape, TapeConfig.defaults());
        try (ControlFile control = ControlFile.open(tape))
        {
            writer.discard();

            final TapeException gone = assertThrows(TapeException.class,
                () -> control.change(true, KillScope.ALL, KillReason.HAND, 5));

            assertEquals("tape was taken back, with its kill switch: file=" + tape.resolve(ControlFile.NAME),
                gone.getMessage());
            assertEquals(Kind.MISSING, gone.kind());
        }
        assertFalse(Files.exists(tape));
    }

    @Test
    void shouldObeyAKillThatCameJustWhenTheDirectoryWasUnmarked() throws IOException
    {
        Permissions.createDirectory(tape);
        discard(false);
        assertEquals(List.of(), names());

        change(true);
        final TapeWriter writer = Tapes.open(tape, TapeConfig.defaults());
        writer.discard();

        assertEquals(KILLED, ControlFile.read(tape).scopes());
        assertEquals(List.of(ControlFile.NAME, TapeMarker.NAME), names());
    }

    @Test
    void shouldTakeNoOtherFileOfThatNameForAKillSwitch() throws IOException
    {
        Permissions.createDirectory(tape);
        Files.write(tape.resolve(ControlFile.NAME), new byte[ControlFormat.BYTES]);

        final TapeException refused =
            assertThrows(TapeException.class, () -> Tapes.open(tape, TapeConfig.defaults()));

        assertEquals("directory is neither empty nor a tape: directory=" + tape + " holds=control",
            refused.getMessage());
        assertEquals(List.of(ControlFile.NAME), names());
    }

    @Test
    void shouldSayThatTheTapeWasTakenBackWhereItsDirectoryIsGone()
    {
        final TapeException gone = assertThrows(TapeException.class, () -> ControlFile.open(tape));

        assertEquals("tape was taken back, with its kill switch: file=" + tape.resolve(ControlFile.NAME),
            gone.getMessage());
        assertEquals(Kind.MISSING, gone.kind());
    }

    @Test
    void shouldRefuseAKillInAFileThatAnotherHasTakenThePlaceOf() throws IOException
    {
        final TapeWriter writer = Tapes.open(tape, TapeConfig.defaults());
        try (ControlFile control = ControlFile.open(tape))
        {
            Files.delete(tape.resolve(ControlFile.NAME));
            change(true);

            assertEquals(Kind.MISSING, assertThrows(TapeException.class,
                () -> control.change(false, KillScope.ALL, KillReason.HAND, 5)).kind());
        }
        assertEquals(KILLED, ControlFile.read(tape).scopes());
        writer.close(Tapes.SUMMARY);
    }

    @Test
    void shouldLeaveTheOwnerOfTheNextTapeInItsPlace() throws IOException
    {
        Tapes.record(tape, 1, 10);
        final BootId boot = Tape.open(tape).bootId();
        final TapeOwner next = TapeOwner.of(ProcessHandle.current().parent().orElseThrow(), boot);
        try (TapeLock lock = TapeLock.acquire(tape, boot))
        {
            assertEquals(TapeOwner.self(boot), TapeOwner.read(tape).orElseThrow(), lock::toString);
            next.write(tape);
        }

        assertEquals(next, TapeOwner.read(tape).orElseThrow());
    }

    @Test
    void shouldLoseNoKillThatComesWhileATapeIsTakenBack() throws Exception
    {
        for (int i = 0; i < TAKEN_BACK; i++)
        {
            final TapeWriter writer = Tapes.open(tape, TapeConfig.defaults().withReserveBytes(0));
            final FutureTask<Boolean> kill = new FutureTask<>(this::kill);
            new Thread(kill, "kill").start();

            writer.discard();

            assertEquals(kill.get(), Files.exists(tape) && ControlFile.read(tape).isAnybodyStopped());
            TapeDirectory.deleteTree(tape);
        }
    }

    /** Whether it says that it stopped everybody. */
    private boolean kill()
    {
        try
        {
            change(true);
            return true;
        }
        catch (final TapeException e)
        {
            return false;
        }
    }

    @Test
    void shouldStopInTheRepairedTapeWhomItStops()
    {
        final Path copy = tape.resolveSibling("copy");
        final Path none = tape.resolveSibling("none");
        Tapes.record(tape, 5, 10);
        TapeRepair.repair(Tape.open(tape), none, (events) ->
        {
            // Nobody looks.
        });
        change(true);

        TapeRepair.repair(Tape.open(tape), copy, (events) ->
        {
            // Nobody looks.
        });

        assertEquals(KILLED, ControlFile.read(copy).scopes());
        assertTrue(ControlFile.isInForce(copy));
        assertFalse(Files.exists(none.resolve(ControlFile.NAME)));
        assertEquals(TapeStatus.OK, TapeVerifier.verify(copy).status());
    }

    private void discard(final boolean isKilled)
    {
        try (TapeWriter writer = Tapes.open(tape, TapeConfig.defaults()))
        {
            change(true);
            if (!isKilled)
            {
                change(false);
            }
            Tapes.write(writer, 2, 10);

            writer.discard();
        }
    }

    private void change(final boolean isKilled)
    {
        try (ControlFile file = ControlFile.open(tape))
        {
            file.change(isKilled, KillScope.ALL, KillReason.HAND, 5);
        }
    }

    private List<String> names() throws IOException
    {
        try (Stream<Path> found = Files.list(tape))
        {
            return found.map((path) -> String.valueOf(path.getFileName())).sorted().toList();
        }
    }
}
