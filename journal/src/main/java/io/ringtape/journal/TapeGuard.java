package io.ringtape.journal;

import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a writer may go to work in a directory, before anything is written there and before Chronicle sees
 * it. In this order: it is no symbolic link; it is this user's; nobody else can write to it; this process can; its file
 * system keeps what a tape relies on (locks, mappings, forces); no entry of it leads out of it.
 * <p>
 * A tape that is still to be made is asked for in its parent: that this process can write there, and the file system.
 * A link further up in the path is its owner's affair. Readers are not asked: they may read what they can.
 */
final class TapeGuard
{
    /** As the table of mounts names them. Their locks, shared mappings and forces do what a tape relies on. */
    private static final Set<String> FILE_SYSTEMS = Set.of("ext4", "xfs", "btrfs", "zfs", "overlay", "tmpfs");
    private static final Set<PosixFilePermission> OTHERS_WRITE =
        Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
    /** The second is what root is called where there is no table of users. */
    private static final Set<String> ROOT = Set.of("root", "0");
    private static final Set<String> OWN_ENTRIES =
        Set.of(TapeMarker.NAME, TapeLock.NAME, TapeOwner.NAME, MarkFile.JOURNALED, MarkFile.DURABLE,
            SnapshotFile.DIRECTORY, CountersFile.NAME, TapeReaders.NAME, ControlFile.NAME,
            GatewaySideFile.NAME, LimitsExchange.REQUEST, LimitsExchange.ANSWER);
    private static final String RUN_PREFIX = "run-";

    private TapeGuard()
    {
    }

    /**
     * Refuses what no tape may be written to.
     *
     * @param directory of the tape, or where it is to be made.
     * @param parts     that the writer is made with.
     * @return whether there is such a directory or file; if not, it can be made.
     * @throws TapeException if it is refused; nothing was changed.
     */
    static boolean check(final Path directory, final TapeParts parts)
    {
        if (Files.isSymbolicLink(directory))
        {
            throw refused("tape must not be a symbolic link: directory=" + directory);
        }
        try
        {
            if (!Files.exists(directory))
            {
                checkParent(directory, parts);
                return false;
            }
            if (Files.isDirectory(directory))
            {
                checkOwner(directory, parts.machine());
                checkPermissions(directory);
                if (!parts.machine().isWritable(directory))
                {
                    throw notWritable(directory, parts.machine(), new AccessDeniedException(directory.toString()));
                }
                checkFileSystem(directory, directory, parts);
                checkEntries(directory);
            }
            return true;
        }
        catch (final IOException e)
        {
            throw new TapeException(Kind.CANNOT_CREATE,
                "cannot check the tape: directory=" + directory + ": " + Tape.reason(e), e);
        }
    }

    private static void checkParent(final Path directory, final TapeParts parts) throws IOException
    {
        final Path parent = directory.toAbsolutePath().getParent();
        if (parent == null || !Files.exists(parent))
        {
            throw refused("parent of the tape is missing: directory=" + directory);
        }
        if (!Files.isDirectory(parent))
        {
            throw refused("parent of the tape is not a directory: directory=" + directory);
        }
        if (!parts.machine().isWritable(parent))
        {
            throw notWritable(parent, parts.machine(), null);
        }
        checkFileSystem(directory, parent, parts);
    }

    private static void checkOwner(final Path directory, final Machine machine) throws IOException
    {
        final UserPrincipal user = machine.user();
        final UserPrincipal owner = Files.getOwner(directory);
        if (!owner.equals(user) && !ROOT.contains(user.getName()))
        {
            throw refused("tape must be owned by the user that writes it: directory=" + directory + " owner=" +
                owner.getName() + " user=" + user.getName());
        }
    }

    private static void checkPermissions(final Path directory) throws IOException
    {
        final Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(directory);
        if (permissions.stream().anyMatch(OTHERS_WRITE::contains))
        {
            throw refused("tape must not be writable by others: directory=" + directory + " permissions=" +
                PosixFilePermissions.toString(permissions));
        }
    }

    /** What is there and may not be written has a cause that says so; a place that nothing can be made in has none. */
    private static TapeException notWritable(
        final Path place, final Machine machine, final @Nullable AccessDeniedException denied) throws IOException
    {
        final boolean isReadOnly = machine.isReadOnly(place);
        return new TapeException(Kind.CANNOT_CREATE, "tape cannot be written, " +
            (isReadOnly ? "file system is read-only" : "permission denied") + ": directory=" + place,
            isReadOnly ? null : denied);
    }

    private static void checkFileSystem(final Path directory, final Path place, final TapeParts parts)
        throws IOException
    {
        if (parts.config().anyFileSystem())
        {
            return;
        }
        final String type = parts.machine().fileSystemType(place);
        if (!FILE_SYSTEMS.contains(type))
        {
            throw refused("file system is not supported for a tape: directory=" + directory + " type=" + type +
                "; allow it with TapeConfig.withAnyFileSystem(true)");
        }
    }

    private static void checkEntries(final Path directory) throws IOException
    {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory))
        {
            for (final Path entry : entries)
            {
                final String name = entry.getFileName().toString();
                if (name.startsWith(RUN_PREFIX))
                {
                    checkRun(entry);
                }
                else if (OWN_ENTRIES.contains(name))
                {
                    TapeFiles.requireNoLink(entry, Kind.CANNOT_CREATE);
                }
            }
        }
    }

    private static void checkRun(final Path run) throws IOException
    {
        TapeFiles.requireNoLink(run, Kind.CANNOT_CREATE);
        if (!Files.isDirectory(run))
        {
            return;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(run))
        {
            for (final Path entry : entries)
            {
                TapeFiles.requireNoLink(entry, Kind.CANNOT_CREATE);
            }
        }
        catch (final NoSuchFileException e)
        {
            // The tape's writer was faster and renamed it: who that is, the lock says.
            return;
        }
    }

    private static TapeException refused(final String message)
    {
        return new TapeException(Kind.CANNOT_CREATE, message);
    }
}
