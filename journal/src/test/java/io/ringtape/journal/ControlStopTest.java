package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.bus.Fault;
import io.ringtape.bus.FaultPhase;
import io.ringtape.bus.FaultPolicy;
import io.ringtape.event.Definitions;
import io.ringtape.gateway.KillGuard;
import io.ringtape.journal.ControlFile.Scope;
import io.ringtape.order.KillReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import org.agrona.IoUtil;
import org.agrona.concurrent.EpochNanoClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Everybody is stopped though somebody else is at the file, or what stands there cannot be read. */
@Timeout(30)
final class ControlStopTest
{
    private static final long TIME_NS = 77;
    private static final EpochNanoClock CLOCK = () -> TIME_NS;
    private static final int STOP_AT = 48;
    private static final int SECOND_LINE = ControlLines.ALL_AT + ControlLines.LINE_BYTES;
    private static final KillScope EXAMPLE = KillScope.strategy("example");
    private static final Scope STOP = new Scope(KillScope.ALL, true, KillReason.FAULT, 1, TIME_NS);

    private final Path directory = Path.of("target", "control-stop");
    private final Path file = directory.resolve(ControlFile.NAME);

    @BeforeEach
    void clear() throws IOException
    {
        IoUtil.delete(directory.toFile(), true);
        Files.createDirectories(directory);
    }

    @Test
    void shouldStopEverybodyAtAFaultWhileAnotherHasTheLock() throws IOException
    {
        final ControlFile writer = ControlFile.open(directory);
        final KillGuard guard = writer.killGuard(new Definitions());
        assertTrue(guard.maySend(1, 1));
        assertEquals(List.of(), writer.take(CLOCK));
        try (FileChannel other = FileChannel.open(file, StandardOpenOption.WRITE); FileLock lock = other.lock())
        {
            trouble(writer).onFault(fault());

            assertFalse(guard.maySend(1, 1));
            assertEquals(List.of(STOP), ControlFile.read(directory).scopes());
            assertTrue(writer.hasChanged());
            assertEquals(List.of(STOP), writer.take(CLOCK));
            writer.acknowledge();
            assertFalse(writer.hasChanged());
            writer.close();
            assertTrue(lock.isValid());
        }

        assertEquals(new ControlFile.Reading(List.of(STOP), 1, 0, 0), ControlFile.read(directory));
        assertEquals(KillReason.FAULT.code(), stopWord());
    }

    @Test
    void shouldMakeAStopALineWhenTheFileIsClosed() throws IOException
    {
        try (ControlFile writer = ControlFile.open(directory))
        {
            trouble(writer).onFault(fault());
            trouble(writer).onFault(fault());
            assertEquals(KillReason.FAULT.code(), stopWord());
        }

        assertEquals(0, stopWord());
        assertEquals(List.of(STOP), ControlFile.read(directory).scopes());
    }

    @Test
    void shouldTakeTheChangeBehindAStopThatIsJustBecomingALine() throws IOException
    {
        try (ControlFile writer = ControlFile.open(directory); ControlFile command = ControlFile.open(directory))
        {
            assertEquals(List.of(), writer.take(CLOCK));
            writer.stopAll(KillReason.FAULT, TIME_NS);
            final long word = stopWord();
            command.latch();
            // The line is written, and the word still stands there.
            putStopWord(word);
            assertEquals(List.of(STOP), writer.take(CLOCK));
            putStopWord(0);

            command.change(true, EXAMPLE, KillReason.HAND, 8);

            assertTrue(writer.hasChanged());
            assertEquals(List.of(new Scope(EXAMPLE, true, KillReason.HAND, 2, 8)), writer.take(CLOCK));
            assertFalse(writer.hasChanged());
        }
    }

    @Test
    void shouldKeepAStopAheadOfTheNextChangeUntilEverybodyIsArmed()
    {
        try (ControlFile writer = ControlFile.open(directory); ControlFile command = ControlFile.open(directory))
        {
            assertEquals(List.of(), writer.take(CLOCK));
            writer.stopAll(KillReason.FAULT, TIME_NS);
            assertEquals(List.of(STOP), writer.take(CLOCK));

            command.change(true, EXAMPLE, KillReason.HAND, 8);
            final Scope killed = new Scope(EXAMPLE, true, KillReason.HAND, 2, 8);
            assertEquals(List.of(STOP, killed), command.reading().scopes());
            assertEquals(List.of(killed), writer.take(CLOCK));

            writer.stopAll(KillReason.STALL, 9);
            command.change(false, KillScope.ALL, KillReason.HAND, 10);
            final Scope armed = new Scope(KillScope.ALL, false, KillReason.HAND, 4, 10);
            assertEquals(List.of(killed, armed), command.reading().scopes());
            assertEquals(List.of(armed), writer.take(CLOCK));
            assertFalse(writer.hasChanged());
        }
    }

    @Test
    void shouldStopEverybodyFromALaneThatOutlivesTheClose()
    {
        final ControlFile writer = ControlFile.open(directory);
        final KillOnTrouble trouble = trouble(writer);
        writer.close();

        trouble.onFault(fault());

        assertEquals(List.of(STOP), ControlFile.read(directory).scopes());
    }

    @Test
    void shouldReadAgainWithTheLockWhatAnotherWasWriting() throws IOException
    {
        final byte[] good = killedByHand();
        damage(good);
        try (FileChannel real = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE))
        {
            final int[] tries = new int[1];
            final ControlFile writer = new ControlFile(FileIdentity.of(file), new BrokenChannel(() ->
            {
                if (++tries[0] == 1)
                {
                    throw new IOException("no lock yet");
                }
                real.write(ByteBuffer.wrap(good), 0);
                return real.tryLock(0, ControlFormat.BYTES, false);
            }), mapped(real));

            assertEquals(List.of(EXAMPLE), writer.take(CLOCK).stream().map(Scope::whom).toList());
            assertEquals(2, tries[0]);
            assertFalse(writer.hasChanged());
        }
        assertEquals(List.of(EXAMPLE), ControlFile.read(directory).scopes().stream().map(Scope::whom).toList());
    }

    @Test
    void shouldSayInTheFileThatItCannotBeRead() throws IOException
    {
        damage(killedByHand());
        try (ControlFile writer = ControlFile.open(directory))
        {
            final Scope unreadable = new Scope(KillScope.ALL, true, KillReason.UNREADABLE, 2, TIME_NS);

            assertEquals(List.of(unreadable), writer.take(CLOCK));
            assertFalse(writer.hasChanged());
            assertTrue(ControlFile.read(directory).scopes().contains(unreadable));
        }
    }

    @Test
    void shouldSayInTheFileWhyEverybodyWasStoppedWhereTheLockCannotBeHad() throws IOException
    {
        final byte[] good = killedByHand();
        damage(good);
        final Scope unreadable = new Scope(KillScope.ALL, true, KillReason.UNREADABLE, 2, TIME_NS);
        try (FileChannel real = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE))
        {
            final ControlFile writer = new ControlFile(FileIdentity.of(file), new BrokenChannel(), mapped(real));

            assertEquals(List.of(unreadable), writer.take(CLOCK));
            real.write(ByteBuffer.wrap(good, SECOND_LINE, ControlLines.LINE_BYTES), SECOND_LINE);

            // The change that was under way has come to its end, and what was published stands in the file.
            assertFalse(writer.hasChanged());
        }
        assertEquals(List.of(new Scope(EXAMPLE, true, KillReason.HAND, 1, 1), unreadable),
            ControlFile.read(directory).scopes());
    }

    private byte[] killedByHand() throws IOException
    {
        try (ControlFile command = ControlFile.open(directory))
        {
            command.change(true, EXAMPLE, KillReason.HAND, 1);
        }
        return Files.readAllBytes(file);
    }

    private void damage(final byte[] good) throws IOException
    {
        final byte[] bad = good.clone();
        bad[SECOND_LINE + 8] ^= 1;
        Files.write(file, bad);
    }

    private static MappedByteBuffer mapped(final FileChannel channel) throws IOException
    {
        return channel.map(FileChannel.MapMode.READ_WRITE, 0, ControlFormat.BYTES);
    }

    private long stopWord() throws IOException
    {
        return ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN).getLong(STOP_AT);
    }

    private void putStopWord(final long word) throws IOException
    {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE))
        {
            channel.write(ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(0, word), STOP_AT);
        }
    }

    private static KillOnTrouble trouble(final ControlFile file)
    {
        return new KillOnTrouble(file, Set.of("gateway"), CLOCK);
    }

    private static Fault fault()
    {
        return new Fault(
            "gateway", "handler", FaultPhase.EVENT, 5, FaultPolicy.HALT, new IllegalStateException("gone"));
    }
}
