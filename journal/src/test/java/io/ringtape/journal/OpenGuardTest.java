package io.ringtape.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where no writer goes to work, in which words, and that each refusal changes nothing at all. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class OpenGuardTest
{
    private static final String NO_WRITING = "r-x------";

    private final Path tape = Tapes.fresh("open-guard");
    private final Path parent = tape.getParent();

    @AfterEach
    void clean() throws IOException
    {
        for (final Path directory : List.of(parent, tape))
        {
            if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS))
            {
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
            }
        }
        Tapes.delete(tape);
    }

    @Test
    void shouldRefuseASymbolicLink() throws IOException
    {
        final Path real = parent.resolve("real");
        Tapes.record(real, 1, 1);
        Files.createSymbolicLink(tape, real.getFileName());

        final TapeException e = refused(parts());

        assertEquals("tape must not be a symbolic link: directory=" + tape, e.getMessage());
        assertEquals(TapeStatus.OK, TapeVerifier.verify(tape).status(), "a reader may come by a link");
    }

    @Test
    void shouldRefuseASymbolicLinkThatLeadsNowhere() throws IOException
    {
        Files.createSymbolicLink(tape, Path.of("nowhere"));

        final TapeException e = refused(parts());

        assertEquals("tape must not be a symbolic link: directory=" + tape, e.getMessage());
    }

    @Test
    void shouldFollowALinkInThePathToTheTape() throws IOException
    {
        final Path real = Files.createDirectory(parent.resolve("real"));
        final Path byLink = Files.createSymbolicLink(parent.resolve("link"), real.getFileName()).resolve("tape");

        Tapes.record(byLink, 1, 10);
        Tapes.record(byLink, 1, 10);

        assertEquals(20, TapeVerifier.verify(real.resolve("tape")).events());
    }

    @Test
    void shouldRefuseATapeOfAnotherUser() throws IOException
    {
        Tapes.record(tape, 1, 1);
        final FakeMachine machine = new FakeMachine();
        machine.user(() -> "somebody");

        final TapeException e = refused(parts().with(machine));

        assertEquals("tape must be owned by the user that writes it: directory=" + tape + " owner=" +
            Files.getOwner(tape).getName() + " user=somebody", e.getMessage());
    }

    @Test
    void shouldLetRootWriteTheTapeOfAnybody()
    {
        Tapes.record(tape, 1, 1);
        for (final String name : List.of("root", "0"))
        {
            final FakeMachine machine = new FakeMachine();
            machine.user(() -> name);

            TapeWriter.open(tape, Tapes.definitions(), parts().with(machine)).close();
        }
    }

    @Test
    void shouldKnowTheUserOfThisProcess() throws IOException
    {
        assertEquals(Files.getOwner(Files.createFile(parent.resolve("mine"))), Machine.REAL.user());
    }

    @Test
    void shouldRefuseATapeThatOthersMayWrite() throws IOException
    {
        Tapes.record(tape, 1, 1);
        for (final String permissions : List.of("rwxrwxr-x", "rwx-w----", "rwx----w-", "rwxrwxrwx"))
        {
            Files.setPosixFilePermissions(tape, PosixFilePermissions.fromString(permissions));

            final TapeException e = refused(parts());

            assertEquals("tape must not be writable by others: directory=" + tape + " permissions=" + permissions,
                e.getMessage());
        }
        assertEquals(TapeStatus.OK, TapeVerifier.verify(tape).status(), "a reader is not asked");
        Files.setPosixFilePermissions(tape, PosixFilePermissions.fromString("rwxr-xr-x"));
        TapeWriter.open(tape, Tapes.definitions(), parts()).close();
    }

    @Test
    void shouldRefuseAnEmptyDirectoryThatOthersMayWrite() throws IOException
    {
        Files.createDirectory(tape);
        Files.setPosixFilePermissions(tape, PosixFilePermissions.fromString("rwxrwxr-x"));

        final TapeException e = refused(parts());

        assertEquals("tape must not be writable by others: directory=" + tape + " permissions=rwxrwxr-x",
            e.getMessage());
    }

    @Test
    void shouldRefuseWhereTheSystemForbidsWriting() throws IOException
    {
        final FakeMachine machine = new FakeMachine();
        machine.isWritable(false);

        final TapeException missing = refused(parts().with(machine));
        Tapes.record(tape, 1, 1);
        final TapeException there = refused(parts().with(machine));

        assertEquals("tape cannot be written, permission denied: directory=" + parent.toAbsolutePath(),
            missing.getMessage());
        assertEquals("tape cannot be written, permission denied: directory=" + tape, there.getMessage());
    }

    @Test
    void shouldRefuseWhereTheFileSystemIsReadOnly() throws IOException
    {
        final FakeMachine machine = new FakeMachine();
        machine.isWritable(false);
        machine.isReadOnly(true);

        final TapeException missing = refused(parts().with(machine));
        Tapes.record(tape, 1, 1);
        final TapeException there = refused(parts().with(machine));

        assertEquals("tape cannot be written, file system is read-only: directory=" + parent.toAbsolutePath(),
            missing.getMessage());
        assertEquals("tape cannot be written, file system is read-only: directory=" + tape, there.getMessage());
    }

    @Test
    void shouldRefuseWhereTheBitsForbidWriting() throws IOException
    {
        Tapes.record(tape, 1, 1);
        Files.setPosixFilePermissions(tape, PosixFilePermissions.fromString(NO_WRITING));
        assumeFalse(Files.isWritable(tape), "skipped: root may write where the permission bits say no");

        final TapeException there = refused(parts());
        Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString(NO_WRITING));
        final Path other = parent.resolve("other");
        final TapeException missing = assertThrows(TapeException.class,
            () -> TapeWriter.open(other, Tapes.definitions(), parts()));

        assertEquals("tape cannot be written, permission denied: directory=" + tape, there.getMessage());
        assertEquals("tape cannot be written, permission denied: directory=" + parent.toAbsolutePath(),
            missing.getMessage());
        assertEquals(TapeStatus.OK, TapeVerifier.verify(tape).status());
    }

    @Test
    void shouldRefuseWithoutAParent() throws IOException
    {
        Files.writeString(parent.resolve("file"), "hello");
        final Map<String, String> before = content();

        final Path orphan = parent.resolve("none").resolve("tape");
        final TapeException missing = assertThrows(TapeException.class,
            () -> Tapes.open(orphan, TapeConfig.defaults()));
        final Path child = parent.resolve("file").resolve("tape");
        final TapeException file = assertThrows(TapeException.class, () -> Tapes.open(child, TapeConfig.defaults()));

        assertEquals("parent of the tape is missing: directory=" + orphan, missing.getMessage());
        assertEquals(Kind.CANNOT_CREATE, missing.kind());
        assertEquals("parent of the tape is not a directory: directory=" + child, file.getMessage());
        assertEquals(Kind.CANNOT_CREATE, file.kind());
        assertEquals(before, content());
    }

    @Test
    void shouldRefuseFileSystemsThatMayNotKeepThePromises() throws IOException
    {
        for (final String type : List.of(
            "nfs", "nfs4", "cifs", "smb3", "fuse.sshfs", "fuseblk", "9p", "vfat", "ext", "ext2", "ext3", "apfs", "hfs",
            ""))
        {
            final FakeMachine machine = new FakeMachine();
            machine.fileSystemType(type);

            final TapeException e = refused(parts().with(machine));

            assertEquals("file system is not supported for a tape: directory=" + tape + " type=" + type +
                "; allow it with TapeConfig.withAnyFileSystem(true)", e.getMessage());
        }
    }

    @Test
    void shouldRefuseATapeThatWasMovedToSuchAFileSystem() throws IOException
    {
        Tapes.record(tape, 1, 1);
        final FakeMachine machine = new FakeMachine();
        machine.fileSystemType("nfs4");

        final TapeException e = refused(parts().with(machine));

        assertEquals("file system is not supported for a tape: directory=" + tape + " type=nfs4" +
            "; allow it with TapeConfig.withAnyFileSystem(true)", e.getMessage());
        assertEquals(TapeStatus.OK, TapeVerifier.verify(tape).status());
    }

    @Test
    void shouldAllowAnyFileSystemWhenAskedTo()
    {
        final FakeMachine machine = new FakeMachine();
        machine.fileSystemType("nfs4");
        final TapeConfig config = config().withAnyFileSystem(true);

        TapeWriter.open(tape, Tapes.definitions(),
            TapeParts.of(tape, config, () -> Tapes.START_NS).with(machine)).close();

        assertEquals(TapeStatus.OK, TapeVerifier.verify(tape).status());
    }

    @Test
    void shouldAllowTheFileSystemsThatAreKnown()
    {
        for (final String type : List.of("ext4", "xfs", "btrfs", "zfs", "overlay", "tmpfs"))
        {
            final FakeMachine machine = new FakeMachine();
            machine.fileSystemType(type);

            TapeWriter.open(tape, Tapes.definitions(), parts().with(machine)).close();
        }
    }

    @Test
    void shouldRefuseWhatCannotBeTold() throws IOException
    {
        final FakeMachine machine = new FakeMachine();
        machine.failure("Mount point not found");

        final TapeException e = refused(parts().with(machine));

        assertEquals("cannot check the tape: directory=" + tape + ": IOException Mount point not found",
            e.getMessage());
    }

    @Test
    void shouldNameTheFirstOfSeveralReasons() throws IOException
    {
        Tapes.record(tape, 1, 1);
        link(tape.resolve(TapeMarker.NAME));
        Files.setPosixFilePermissions(tape, PosixFilePermissions.fromString("rwxrwx---"));
        final FakeMachine machine = new FakeMachine();
        machine.user(() -> "somebody");
        machine.isWritable(false);
        machine.fileSystemType("nfs4");

        final String owner = refused(parts().with(machine)).getMessage();
        machine.user(Files.getOwner(tape));
        final String permissions = refused(parts().with(machine)).getMessage();
        Files.setPosixFilePermissions(tape, PosixFilePermissions.fromString("rwx------"));
        final String writable = refused(parts().with(machine)).getMessage();
        machine.isWritable(true);
        final String fileSystem = refused(parts().with(machine)).getMessage();
        machine.fileSystemType("xfs");
        final String entry = refused(parts().with(machine)).getMessage();

        assertEquals("tape must be owned by the user that writes it: directory=" + tape + " owner=" +
            Files.getOwner(tape).getName() + " user=somebody", owner);
        assertEquals("tape must not be writable by others: directory=" + tape + " permissions=rwxrwx---", permissions);
        assertEquals("tape cannot be written, permission denied: directory=" + tape, writable);
        assertEquals("file system is not supported for a tape: directory=" + tape + " type=nfs4" +
            "; allow it with TapeConfig.withAnyFileSystem(true)", fileSystem);
        assertEquals("tape must not hold a symbolic link: path=" + tape.resolve(TapeMarker.NAME), entry);
    }

    @Test
    void shouldRefuseToWriteThroughALinkInsideTheTape() throws IOException
    {
        for (final String name : List.of(TapeMarker.NAME, TapeLock.NAME, TapeOwner.NAME, MarkFile.JOURNALED,
            MarkFile.DURABLE, "run-000001", "run-000001/" + RollFiles.name(0), "run-000001/" + Manifest.NAME))
        {
            Tapes.record(tape, 1, 10);
            final Path entry = tape.resolve(name);
            link(entry);

            final TapeException e = refused(parts());

            assertEquals("tape must not hold a symbolic link: path=" + entry, e.getMessage());
            Files.delete(entry);
            TapeDirectory.deleteTree(tape);
            TapeDirectory.deleteTree(parent.resolve("elsewhere"));
        }
    }

    @Test
    void shouldRefuseALinkInPlaceOfARunThatWasHalfMade() throws IOException
    {
        Tapes.record(tape, 1, 10);
        final Path entry = Files.createSymbolicLink(tape.resolve("run-000002.tmp"), Path.of("nowhere"));

        final TapeException e = refused(parts());

        assertEquals("tape must not hold a symbolic link: path=" + entry, e.getMessage());
    }

    @Test
    void shouldRefuseToReadThroughALinkInsideTheTape() throws IOException
    {
        for (final String name : List.of(TapeMarker.NAME, MarkFile.JOURNALED, MarkFile.DURABLE, "run-000001",
            "run-000001/" + RollFiles.name(0), "run-000001/" + Manifest.NAME))
        {
            Tapes.record(tape, 1, 10);
            final Path entry = tape.resolve(name);
            link(entry);

            final TapeReport report = TapeVerifier.verify(tape);

            assertEquals(TapeStatus.UNREADABLE, report.status(), name);
            assertEquals("tape must not hold a symbolic link: path=" + entry, report.detail());
            Files.delete(entry);
            TapeDirectory.deleteTree(tape);
            TapeDirectory.deleteTree(parent.resolve("elsewhere"));
        }
    }

    @Test
    void shouldRefuseToReadThroughALinkThatLeadsNowhere() throws IOException
    {
        for (final String name : List.of(TapeMarker.NAME, MarkFile.JOURNALED, MarkFile.DURABLE,
            "run-000001/" + RollFiles.name(0), "run-000001/" + Manifest.NAME))
        {
            Tapes.record(tape, 1, 10);
            final Path entry = tape.resolve(name);
            Files.delete(entry);
            Files.createSymbolicLink(entry, Path.of("nowhere"));

            final TapeReport report = TapeVerifier.verify(tape);

            assertEquals(TapeStatus.UNREADABLE, report.status(), name);
            assertEquals("tape must not hold a symbolic link: path=" + entry, report.detail());
            TapeDirectory.deleteTree(tape);
        }
    }

    @Test
    void shouldKeepTheOtherValuesOfAConfiguration()
    {
        final TapeConfig config = TapeConfig.defaults().withAnyFileSystem(true).withReserveBytes(7)
            .withRollBytes(TapeConfig.MIN_ROLL_BYTES).withDurability(Durability.PAGE_CACHE);

        assertEquals(new TapeConfig(
            TapeConfig.MIN_ROLL_BYTES, 7, Durability.PAGE_CACHE, true, TapeFailurePolicy.HALT), config);
        assertEquals(new TapeConfig(TapeConfig.MIN_ROLL_BYTES, 7, Durability.PAGE_CACHE, false, TapeFailurePolicy.HALT),
            config.withAnyFileSystem(false));
    }

    private static TapeConfig config()
    {
        return TapeConfig.defaults().withReserveBytes(0);
    }

    private TapeParts parts()
    {
        return TapeParts.of(tape, config(), () -> Tapes.START_NS);
    }

    /** Opens for writing in vain, and holds all that is there against what was there before. */
    private TapeException refused(final TapeParts parts) throws IOException
    {
        final Map<String, String> before = content();

        final TapeException e = assertThrows(TapeException.class,
            () -> TapeWriter.open(tape, Tapes.definitions(), parts));

        assertEquals(Kind.CANNOT_CREATE, e.kind(), e::getMessage);
        assertEquals(before, content());
        return e;
    }

    private Map<String, String> content() throws IOException
    {
        final Map<String, String> content = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(parent))
        {
            for (final Path path : paths.toList())
            {
                final String bytes = Files.isSymbolicLink(path) ? "to " + Files.readSymbolicLink(path) :
                    Files.isDirectory(path) ? "" : Integer.toString(Arrays.hashCode(Files.readAllBytes(path)));
                content.put(path.toString(), bytes + " " +
                    Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
            }
        }
        assertTrue(content.containsKey(parent.toString()));
        return content;
    }

    /** Puts an entry of the tape elsewhere, and a link in its place. */
    private void link(final Path entry) throws IOException
    {
        final Path elsewhere = parent.resolve("elsewhere").toAbsolutePath();
        if (Files.exists(entry))
        {
            Files.move(entry, elsewhere);
        }
        else
        {
            Files.createFile(elsewhere);
        }
        Files.createSymbolicLink(entry, elsewhere);
    }
}
