package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.event.Definitions;
import io.ringtape.journal.ControlFile.Reading;
import io.ringtape.journal.ControlFile.Scope;
import io.ringtape.order.Control;
import io.ringtape.order.KillReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.agrona.IoUtil;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class ControlFileTest
{
    private static final int SCOPES = 31;
    private static final int SECOND_LINE = ControlLines.ALL_AT + ControlLines.LINE_BYTES;
    private static final EpochNanoClock CLOCK = () -> 5;
    private static final KillScope EXAMPLE = KillScope.strategy("example");

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
            assertEquals(List.of(), writer.take(CLOCK));
            assertFalse(writer.hasChanged());
            kill(command, EXAMPLE, 1_000);
            kill(command, KillScope.ALL, 2_000);

            assertTrue(writer.hasChanged());
            assertEquals(List.of(killed(EXAMPLE, 1, 1_000), killed(KillScope.ALL, 2, 2_000)), writer.take(CLOCK));
            assertFalse(writer.hasChanged());
            assertEquals(0, command.reading().takenNumber());
            writer.acknowledge();
            assertEquals(2, command.reading().takenNumber());
            assertEquals(Optional.of(armed(EXAMPLE, 3, 3_000)), arm(command, EXAMPLE, 3_000));
            assertEquals(List.of(armed(EXAMPLE, 3, 3_000)), writer.take(CLOCK));
            assertEquals(List.of(), writer.take(CLOCK));
        }
    }

    @Test
    void shouldGiveANewWriterAllThatIsStopped()
    {
        final KillScope second = KillScope.account(2);
        try (ControlFile command = ControlFile.open(directory))
        {
            kill(command, KillScope.account(1), 1);
            kill(command, second, 2);
            arm(command, KillScope.account(1), 3);
        }

        try (ControlFile writer = ControlFile.open(directory))
        {
            assertTrue(writer.hasChanged());
            assertEquals(List.of(killed(second, 2, 2)), writer.take(CLOCK));
            writer.acknowledge();
            assertEquals(3, writer.reading().takenNumber());
        }
    }

    @Test
    void shouldKeepWhyEachScopeIsStopped()
    {
        try (ControlFile command = ControlFile.open(directory))
        {
            for (final KillReason reason : KillReason.values())
            {
                command.change(true, KillScope.account(reason.code() + 1), reason, 7);
            }
        }

        final List<Scope> scopes = ControlFile.read(directory).scopes();
        for (final KillReason reason : KillReason.values())
        {
            assertEquals(new Scope(KillScope.account(reason.code() + 1), true, reason, reason.code() + 1, 7),
                scopes.get(reason.code()));
        }
    }

    @Test
    void shouldTellStrategiesApartByNamesOfAnyLength()
    {
        final KillScope longest = KillScope.strategy("é".repeat(KillScope.MAX_NAME_BYTES / 2) + "x");
        try (ControlFile command = ControlFile.open(directory))
        {
            kill(command, EXAMPLE, 1);
            kill(command, longest, 2);
            kill(command, KillScope.strategy("example2"), 3);
            arm(command, EXAMPLE, 4);
        }

        assertEquals(List.of(killed(longest, 2, 2), killed(KillScope.strategy("example2"), 3, 3), armed(EXAMPLE, 4, 4)),
            ControlFile.read(directory).scopes());
    }

    @Test
    void shouldReadWithoutMakingAnything()
    {
        assertEquals(Reading.NOTHING, ControlFile.read(directory));
        assertFalse(Files.exists(file));

        try (ControlFile command = ControlFile.open(directory))
        {
            kill(command, EXAMPLE, 1);
        }

        assertEquals(new Reading(List.of(killed(EXAMPLE, 1, 1)), 0, 0, 0), ControlFile.read(directory));
    }

    @Test
    void shouldNotArmWhatWasNeverStopped()
    {
        try (ControlFile command = ControlFile.open(directory))
        {
            assertEquals(Optional.empty(), arm(command, EXAMPLE, 1));
            assertEquals(Optional.empty(), arm(command, KillScope.ALL, 1));
            assertEquals(List.of(), command.reading().scopes());
            kill(command, KillScope.ALL, 2);
            assertEquals(Optional.of(armed(KillScope.ALL, 2, 3)), arm(command, KillScope.ALL, 3));
            assertEquals(Optional.of(armed(KillScope.ALL, 3, 4)), arm(command, KillScope.ALL, 4));
        }
    }

    @Test
    void shouldStopEverybodyWhereThereIsNoRoom()
    {
        try (ControlFile command = ControlFile.open(directory))
        {
            for (int id = 1; id < SCOPES; id++)
            {
                final KillScope account = KillScope.account(id);
                assertEquals(Optional.of(killed(account, id, 5)), kill(command, account, 5));
            }

            assertEquals(Optional.of(killed(KillScope.ALL, SCOPES, 6)), kill(command, KillScope.account(SCOPES), 6));
        }
    }

    @Test
    void shouldTakeEachChangedBitOfAScopeForEverybody() throws IOException
    {
        final byte[] good = killedByHand();
        for (int bit = 0; bit < ControlLines.LINE_BYTES * Byte.SIZE; bit++)
        {
            final byte[] bad = good.clone();
            bad[SECOND_LINE + bit / Byte.SIZE] ^= (byte)(1 << bit % Byte.SIZE);
            assertTrue(ControlLines.read(new UnsafeBuffer(bad)).stream()
                .anyMatch((scope) -> scope.isKilled() && scope.whom().equals(KillScope.ALL)), "bit=" + bit);
            // Each makes a line of what it is, forced: a few of them.
            if (bit % 37 == 0)
            {
                Files.write(file, bad);
                assertStopsEverybody("bit=" + bit);
            }
        }
    }

    @Test
    void shouldTakeALineThatIsGoneForEverybody() throws IOException
    {
        final byte[] good = killedByHand();
        final byte[] first = good.clone();
        System.arraycopy(new byte[ControlLines.LINE_BYTES], 0, first, SECOND_LINE, ControlLines.LINE_BYTES);
        Files.write(file, first);
        assertStopsEverybody("first");

        final byte[] last = good.clone();
        System.arraycopy(
            new byte[ControlLines.LINE_BYTES], 0, last, SECOND_LINE + ControlLines.LINE_BYTES, ControlLines.LINE_BYTES);
        Files.write(file, last);
        assertStopsEverybody("last");
    }

    @Test
    void shouldTakeAChangeThatWasNotFinishedForEverybody() throws IOException
    {
        final byte[] bytes = killedByHand();
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(ControlFile.NUMBER_AT, 1);
        Files.write(file, bytes);

        assertStopsEverybody("number");
    }

    @Test
    void shouldKeepStoppingEverybodyUntilEverybodyIsArmed() throws IOException
    {
        final byte[] bytes = killedByHand();
        bytes[SECOND_LINE] ^= 1;
        Files.write(file, bytes);

        try (ControlFile writer = ControlFile.open(directory); ControlFile command = ControlFile.open(directory))
        {
            assertEquals(List.of(KillScope.ALL), writer.take(CLOCK).stream().map(Scope::whom)
                .filter(KillScope.ALL::equals).distinct().toList());
            kill(command, KillScope.account(9), 5);
            assertTrue(command.reading().scopes().stream()
                .anyMatch((scope) -> scope.isKilled() && scope.whom().equals(KillScope.ALL)));

            arm(command, KillScope.ALL, 6);

            // The account that could still be read stays stopped, and so does the new one.
            assertEquals(List.of(KillScope.account(8), KillScope.account(9)), command.reading().scopes().stream()
                .filter(Scope::isKilled).map(Scope::whom).toList());
        }
    }

    @Test
    void shouldRefuseScopesThatMakeNoSense()
    {
        assertEquals("scope is unknown: scope=3",
            assertThrows(IllegalArgumentException.class, () -> new KillScope(3, 0, "")).getMessage());
        assertEquals("account must be 0 or more, and 0 in another scope: scope=1 account=-1",
            assertThrows(IllegalArgumentException.class, () -> KillScope.account(-1)).getMessage());
        assertEquals("account must be 0 or more, and 0 in another scope: scope=0 account=4",
            assertThrows(IllegalArgumentException.class, () -> new KillScope(Control.ALL, 4, "")).getMessage());
        assertEquals("strategy must have a name of 1 to 87 bytes, and none in another scope: scope=2 strategy=",
            assertThrows(IllegalArgumentException.class, () -> KillScope.strategy("")).getMessage());
        assertEquals("strategy must have a name of 1 to 87 bytes, and none in another scope: scope=1 strategy=x",
            assertThrows(IllegalArgumentException.class, () -> new KillScope(1, 0, "x")).getMessage());
        assertEquals("strategy must have a name of 1 to 87 bytes, and none in another scope: scope=2 strategy=" +
            "x".repeat(88),
            assertThrows(IllegalArgumentException.class, () -> KillScope.strategy("x".repeat(88))).getMessage());
    }

    @Test
    void shouldSayThatItIsClosed()
    {
        final ControlFile closed = ControlFile.open(directory);
        closed.close();
        closed.close();

        assertFalse(closed.hasChanged());
        assertEquals("kill switch is closed: file=" + file,
            assertThrows(IllegalStateException.class, closed::reading).getMessage());
        assertEquals("kill switch is closed: file=" + file,
            assertThrows(IllegalStateException.class, () -> kill(closed, EXAMPLE, 1)).getMessage());
    }

    @Test
    void shouldSayThatAnotherThreadChangesIt() throws IOException
    {
        try (ControlFile command = ControlFile.open(directory);
            FileChannel other = FileChannel.open(file, StandardOpenOption.WRITE); FileLock lock = other.lock())
        {
            final TapeException refusal = assertThrows(TapeException.class, () -> kill(command, EXAMPLE, 1));

            assertEquals("kill switch is being changed: file=" + file, refusal.getMessage());
            assertEquals(TapeException.Kind.IN_USE, refusal.kind());
            assertTrue(lock.isValid());
        }
    }

    @Test
    void shouldSayThatItCannotBeLockedOrClosed() throws IOException
    {
        ControlFile.open(directory).close();
        final ControlFile broken;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE))
        {
            broken = new ControlFile(FileIdentity.of(file), new BrokenChannel(),
                channel.map(FileChannel.MapMode.READ_WRITE, 0, ControlFormat.BYTES));
        }

        final TapeException lock = assertThrows(TapeException.class, () -> kill(broken, EXAMPLE, 1));
        final TapeException close = assertThrows(TapeException.class, broken::close);

        assertEquals("kill switch cannot be locked: file=" + file, lock.getMessage());
        assertEquals(TapeException.Kind.IO, lock.kind());
        assertEquals("kill switch cannot be closed: file=" + file, close.getMessage());
        assertEquals(TapeException.Kind.IO, close.kind());
    }

    @Test
    void shouldStopEverybodyFromAThreadThatWasInterrupted()
    {
        try (ControlFile command = ControlFile.open(directory))
        {
            Thread.currentThread().interrupt();

            kill(command, KillScope.ALL, 1);

            assertTrue(Thread.interrupted());
            kill(command, EXAMPLE, 2);
            assertEquals(2, command.reading().scopes().size());
        }
    }

    @Test
    void shouldRefuseAFileThatIsNone() throws IOException
    {
        Files.write(file, new byte[12]);
        assertRefused("file is no kill switch: file=" + file + " bytes=12");

        Files.write(file, new byte[4096]);
        assertRefused("file is no kill switch, its start is another: file=" + file);
    }

    @Test
    void shouldCopyWhoIsStoppedAndNotWhoLooked() throws IOException
    {
        final Path copy = Files.createDirectory(directory.resolve("copy"));
        killedByHand();
        try (ControlFile command = ControlFile.open(directory))
        {
            command.killGuard(new Definitions()).beat(77);
            kill(command, KillScope.ALL, 8);
            arm(command, KillScope.ALL, 9);
        }

        ControlFile.copy(directory, copy, 5);

        assertEquals(ControlFile.read(directory).scopes(), ControlFile.read(copy).scopes());
        assertEquals(0, ControlFile.read(copy).beatNs());
        assertTrue(ControlFile.isInForce(copy));
    }

    @Test
    void shouldStopEverybodyInACopyOfWhatCannotBeRead() throws IOException
    {
        final Path copy = Files.createDirectory(directory.resolve("copy"));
        ControlFile.copy(directory, copy, 5);
        assertArrayEquals(new String[0], copy.toFile().list());

        Files.write(file, new byte[12]);
        assertTrue(ControlFile.isInForce(directory));
        ControlFile.copy(directory, copy, 5);

        assertEquals(List.of(new Scope(KillScope.ALL, true, KillReason.UNREADABLE, 1, 5)),
            ControlFile.read(copy).scopes().stream().limit(1).toList());
    }

    /** A strategy, and then an account. */
    private byte[] killedByHand() throws IOException
    {
        try (ControlFile command = ControlFile.open(directory))
        {
            kill(command, EXAMPLE, 1);
            kill(command, KillScope.account(8), 2);
        }
        return Files.readAllBytes(file);
    }

    private void assertStopsEverybody(final String what)
    {
        try (ControlFile writer = ControlFile.open(directory))
        {
            assertTrue(writer.hasChanged(), what);
            assertTrue(writer.take(CLOCK).stream().anyMatch((scope) -> scope.whom().equals(KillScope.ALL)), what);
            assertFalse(writer.killGuard(new Definitions()).maySend(200, 77), what);
        }
        assertTrue(ControlFile.isInForce(directory), what);
    }

    private static Optional<Scope> kill(final ControlFile command, final KillScope whom, final long timeNs)
    {
        return command.change(true, whom, KillReason.HAND, timeNs);
    }

    private static Optional<Scope> arm(final ControlFile command, final KillScope whom, final long timeNs)
    {
        return command.change(false, whom, KillReason.HAND, timeNs);
    }

    private static Scope killed(final KillScope whom, final long number, final long timeNs)
    {
        return new Scope(whom, true, KillReason.HAND, number, timeNs);
    }

    private static Scope armed(final KillScope whom, final long number, final long timeNs)
    {
        return new Scope(whom, false, KillReason.HAND, number, timeNs);
    }

    private void assertRefused(final String message)
    {
        final TapeException refusal = assertThrows(TapeException.class, () -> ControlFile.open(directory));

        assertEquals(message, refusal.getMessage());
        assertEquals(TapeException.Kind.UNREADABLE, refusal.kind());
    }
}
