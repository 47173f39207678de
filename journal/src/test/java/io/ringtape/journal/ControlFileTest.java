package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.journal.ControlFile.Scope;
import io.ringtape.order.Control;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.agrona.IoUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class ControlFileTest
{
    private static final int SCOPES = 126;

    private final Path directory = Path.of("target", "control-file");
    private final Path file = directory.resolve(ControlFile.NAME);

    @BeforeEach
    void clear() throws IOException
    {
        IoUtil.delete(directory.toFile(), true);
        Files.createDirectories(directory);
    }

    @Test
    void shouldGiveEachChangeOnce()
    {
        try (ControlFile writer = ControlFile.open(directory); ControlFile command = ControlFile.open(directory))
        {
            assertEquals(List.of(), writer.take());
            assertFalse(writer.hasChanged());
            command.change(true, Control.STRATEGY, 3, 1_000);
            command.change(true, Control.ALL, 0, 2_000);

            assertTrue(writer.hasChanged());
            assertEquals(List.of(new Scope(Control.STRATEGY, 3, true, 1, 1_000),
                new Scope(Control.ALL, 0, true, 2, 2_000)), writer.take());
            assertFalse(writer.hasChanged());
            assertEquals(0, command.takenNumber());
            writer.acknowledge();
            assertEquals(2, command.takenNumber());
            assertEquals(Optional.of(new Scope(Control.STRATEGY, 3, false, 3, 3_000)),
                command.change(false, Control.STRATEGY, 3, 3_000));
            assertEquals(List.of(new Scope(Control.STRATEGY, 3, false, 3, 3_000)), writer.take());
            assertEquals(List.of(), writer.take());
        }
    }

    @Test
    void shouldGiveANewWriterAllThatIsStopped()
    {
        try (ControlFile command = ControlFile.open(directory))
        {
            command.change(true, Control.ACCOUNT, 1, 1);
            command.change(true, Control.ACCOUNT, 2, 2);
            command.change(false, Control.ACCOUNT, 1, 3);
        }

        try (ControlFile writer = ControlFile.open(directory))
        {
            assertTrue(writer.hasChanged());
            assertEquals(List.of(new Scope(Control.ACCOUNT, 2, true, 2, 2)), writer.take());
            writer.acknowledge();
            assertEquals(3, writer.takenNumber());
        }
    }

    @Test
    void shouldReadWithoutMakingAnything()
    {
        assertEquals(new ControlFile.Reading(List.of(), 0), ControlFile.read(directory));
        assertFalse(Files.exists(file));

        try (ControlFile command = ControlFile.open(directory))
        {
            command.change(true, Control.ACCOUNT, 1, 1);
        }

        assertEquals(new ControlFile.Reading(List.of(new Scope(Control.ACCOUNT, 1, true, 1, 1)), 0),
            ControlFile.read(directory));
    }

    @Test
    void shouldNotArmWhatWasNeverStopped()
    {
        try (ControlFile command = ControlFile.open(directory))
        {
            assertEquals(Optional.empty(), command.change(false, Control.STRATEGY, 3, 1));
            assertEquals(Optional.of(new Scope(Control.ALL, 0, false, 1, 1)), command.change(false, Control.ALL, 0, 1));
            assertEquals(1, command.scopes().size());
        }
    }

    @Test
    void shouldStopEverybodyWhereThereIsNoRoom()
    {
        try (ControlFile command = ControlFile.open(directory))
        {
            for (int id = 1; id < SCOPES; id++)
            {
                assertEquals(Optional.of(new Scope(Control.ACCOUNT, id, true, id, 5)),
                    command.change(true, Control.ACCOUNT, id, 5));
            }

            assertEquals(Optional.of(new Scope(Control.ALL, 0, true, SCOPES, 6)),
                command.change(true, Control.ACCOUNT, SCOPES, 6));
        }
    }

    @Test
    void shouldTakeAScopeThatMakesNoSenseForEverybody() throws IOException
    {
        try (ControlFile command = ControlFile.open(directory))
        {
            command.change(true, Control.STRATEGY, 3, 1);
        }
        final byte[] bytes = Files.readAllBytes(file);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(64 + 32 + 4, 77);
        Files.write(file, bytes);

        try (ControlFile writer = ControlFile.open(directory))
        {
            assertEquals(List.of(new Scope(Control.ALL, 0, true, 1, 1)), writer.take());
        }
    }

    @Test
    void shouldTakeAKillWhoseNumbersAreDamagedForEverybody() throws IOException
    {
        try (ControlFile command = ControlFile.open(directory))
        {
            command.change(true, Control.STRATEGY, 3, 1);
        }
        final byte[] bytes = Files.readAllBytes(file);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(8, 0).putLong(64 + 32 + 16, -5);
        Files.write(file, bytes);

        try (ControlFile writer = ControlFile.open(directory))
        {
            assertTrue(writer.hasChanged());
            assertEquals(List.of(new Scope(Control.ALL, 0, true, 1, 1)), writer.take());
        }
    }

    @Test
    void shouldSayThatItIsClosed()
    {
        final ControlFile closed = ControlFile.open(directory);
        closed.close();
        closed.close();

        assertFalse(closed.hasChanged());
        assertEquals("kill switch is closed: file=" + file,
            assertThrows(IllegalStateException.class, closed::scopes).getMessage());
    }

    @Test
    void shouldRefuseAFileThatIsNone() throws IOException
    {
        Files.write(file, new byte[12]);
        assertRefused("file is no kill switch: file=" + file + " bytes=12");

        Files.write(file, new byte[4096]);
        assertRefused("file is no kill switch, its start is another: file=" + file);
    }

    private void assertRefused(final String message)
    {
        final TapeException refusal = assertThrows(TapeException.class, () -> ControlFile.open(directory));

        assertEquals(message, refusal.getMessage());
        assertEquals(TapeException.Kind.UNREADABLE, refusal.kind());
    }
}
