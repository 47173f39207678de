package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.journal.ControlFile.Scope;
import io.ringtape.order.KillReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A kill is lost neither with a recording that is taken back nor in the copy of a tape. */
@Timeout(60)
final class TapeKillSwitchTest
{
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
