package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.journal.TapeException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** Whoever writes beside a tape on a file system that has to be allowed is refused without that, and works with it. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class AnyFileSystemTest
{
    private final Path tape = Tapes.fresh("any");

    @AfterEach
    void clean()
    {
        Tapes.delete(tape);
    }

    @Test
    void shouldMakeSnapshotsWhenAllowed()
    {
        Markets.record(tape, TapeConfig.defaults(), 1, 40);
        final Tape opened = Tape.open(tape);

        requireRefused(tape, () -> snapshots(opened, false));

        assertFalse(Files.exists(SnapshotFile.directory(tape)));
        final int made = snapshots(opened, true);
        assertEquals(opened.snapshots().list().size(), made);
        assertTrue(made > 0, "nothing was made");
    }

    @Test
    void shouldMakeIndexesWhenAllowed()
    {
        Tapes.record(tape, 2, 10);
        final Tape opened = Tape.open(tape);

        requireRefused(tape, () -> TapeIndexes.rebuild(opened, AnyFileSystemTest::ignore, parts(false)));

        assertEquals(1, TapeIndexes.rebuild(opened, AnyFileSystemTest::ignore, parts(true)).files());
    }

    @Test
    void shouldCopyToWhereItIsAllowed()
    {
        Tapes.record(tape, 2, 10);
        final Tape opened = Tape.open(tape);
        final Path to = tape.resolveSibling("copy");

        requireRefused(to.toAbsolutePath(),
            () -> TapeRepair.repair(opened, to, NfsMachine::with, AnyFileSystemTest::ignore));

        assertFalse(Files.exists(to));
        assertEquals(20, TapeRepair.repair(opened, to, (parts) -> NfsMachine.with(
            parts.with(parts.config().withAnyFileSystem(true))), AnyFileSystemTest::ignore).events());
    }

    private TapeParts parts(final boolean anyFileSystem)
    {
        return NfsMachine.parts(tape, anyFileSystem);
    }

    private int snapshots(final Tape opened, final boolean anyFileSystem)
    {
        try (SnapshotMaker maker = SnapshotMaker.open(
            opened, 100, 0, (text) -> ignore(text.length()), parts(anyFileSystem)))
        {
            return maker.advance(AnyFileSystemTest::ignore);
        }
    }

    private static void requireRefused(final Path directory, final Executable work)
    {
        final TapeException refused = assertThrows(TapeException.class, work);

        assertEquals("file system is not supported for a tape: directory=" + directory + " type=nfs4" +
            "; allow it with TapeConfig.withAnyFileSystem(true)", refused.getMessage());
        assertEquals(Kind.CANNOT_CREATE, refused.kind());
    }

    private static void ignore(final long number)
    {
    }
}
