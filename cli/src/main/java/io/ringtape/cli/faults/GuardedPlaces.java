package io.ringtape.cli.faults;

import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.faults.FaultTapes.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Places that the system keeps a writer out of: another user's tape, a read-only mount, directory or file. A child
 * tries them that is nobody special: root would be let in. It is one by a user namespace, in which root's files are an
 * ordinary user's; the host sees none of it.
 *
 * @param plain words that start a process without root's rights, if that can be done here; none for a plain user.
 * @param mount words that start one that may mount, if that can be done here.
 * @param root  whether this process may give files to others.
 */
record GuardedPlaces(Optional<List<String>> plain, Optional<List<String>> mount, boolean root)
{
    private static final List<String> AS_USER = List.of("unshare", "-U", "--map-user=1000", "--map-group=1000");
    private static final String DENIED = "permission denied: path=";
    private static final String SOMEBODY = "65534";
    private static final String MOUNT = "mount -t tmpfs -o size=256m none \"$1\" && cp -a \"$2\" \"$1/tape\" && " +
        "mount -o remount,ro \"$1\" || exit 90; shift 2; exec \"$@\"";
    private static final Set<PosixFilePermission> READ_ONLY = PosixFilePermissions.fromString("r-x------");
    private static final Set<PosixFilePermission> READ_ONLY_FILE = PosixFilePermissions.fromString("r--------");
    private static final List<String> WRITTEN = List.of("lock", "mark-journaled", "mark-durable");

    /** Those that can be tried here. */
    static GuardedPlaces find(final boolean isRoot)
    {
        final List<String> probe = new ArrayList<>(AS_USER);
        probe.add("true");
        final boolean canBeUser = !isRoot || SmallDisk.works(probe);
        return new GuardedPlaces(canBeUser ? Optional.of(isRoot ? AS_USER : List.of()) : Optional.empty(),
            SmallDisk.find().map(SmallDisk::unshare), isRoot);
    }

    /** What cannot be tried, or empty. */
    String note()
    {
        final List<String> left = new ArrayList<>();
        if (plain.isEmpty())
        {
            left.add("read-only directories and files are not tried: root may write all the same");
        }
        if (!root || plain.isEmpty())
        {
            left.add("foreign owners are not tried: root can");
        }
        if (mount.isEmpty())
        {
            left.add("read-only mounts are not tried: none can be made here, root can");
        }
        return String.join("; ", left);
    }

    /** Tries one of them on a copy of a good tape; one that cannot be tried here is passed over. */
    void round(final long seed, final Path scratch, final Path tape) throws IOException, InterruptedException
    {
        final SplittableRandom random = new SplittableRandom(seed);
        final int kind = (int)Math.floorMod(seed, 5L);
        if (kind == 4)
        {
            readOnlyMount(FaultTapes.good(scratch, Shape.CLOSED), tape);
            return;
        }
        if (plain.isEmpty())
        {
            return;
        }
        if (kind == 3)
        {
            foreignParent(tape);
            return;
        }
        FaultTapes.copy(FaultTapes.good(scratch, Shape.CLOSED), tape);
        switch (kind)
        {
            case 0 -> foreignOwner(tape, random.nextBoolean());
            case 1 -> closed(tape, tape, READ_ONLY);
            default ->
            {
                final String name = TapeFiles.any(WRITTEN, random);
                closed(tape, tape.resolve(name), READ_ONLY_FILE);
            }
        }
    }

    private void foreignOwner(final Path tape, final boolean isReadable) throws IOException, InterruptedException
    {
        if (!root)
        {
            return;
        }
        final UserPrincipal somebody =
            tape.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(SOMEBODY);
        for (final Path path : tree(tape).keySet())
        {
            Files.setOwner(path, somebody);
            if (isReadable)
            {
                Files.setPosixFilePermissions(
                    path, PosixFilePermissions.fromString(Files.isDirectory(path) ? "rwxr-xr-x" : "rw-r--r--"));
            }
        }
        requireRefused(plain.orElseThrow(), tape, tape, ExitCode.CANNOT_CREATE,
            "tape must be owned by the user that writes it: directory=" + tape + " owner=");
        if (isReadable)
        {
            requireRead(run(plain.orElseThrow(), tape, "verify", "--journal", tape.toString()));
            return;
        }
        final Children.Ended read = run(plain.orElseThrow(), tape, "verify", "--journal", tape.toString());
        FaultFailure.require(read.code() == ExitCode.INPUT_MISSING.code() && read.saidOneLine() &&
            read.err().startsWith("ringtape: " + DENIED + tape), "another user's tape is read: " + read);
    }

    /** No room for a new tape: the directory above belongs to nobody here. */
    private void foreignParent(final Path tape) throws IOException, InterruptedException
    {
        final Path parent = Files.createDirectory(tape.resolveSibling("closed"));
        Files.setPosixFilePermissions(parent, READ_ONLY);
        try
        {
            requireRefused(plain.orElseThrow(), tape, parent.resolve("tape"), ExitCode.CANNOT_CREATE,
                "tape cannot be written, permission denied: directory=" + parent);
            FaultFailure.require(tree(parent).size() == 1, "something was made: " + tree(parent));
        }
        finally
        {
            Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwx------"));
        }
    }

    /** What the writer needs is read-only for its own user; who reads does not need it. */
    private void closed(final Path tape, final Path path, final Set<PosixFilePermission> permissions)
        throws IOException, InterruptedException
    {
        final Set<PosixFilePermission> before = Files.getPosixFilePermissions(path);
        Files.setPosixFilePermissions(path, permissions);
        try
        {
            requireRefused(plain.orElseThrow(), tape, tape, ExitCode.INPUT_MISSING, DENIED + path);
            requireRead(run(plain.orElseThrow(), tape, "verify", "--journal", tape.toString()));
        }
        finally
        {
            Files.setPosixFilePermissions(path, before);
        }
    }

    private void readOnlyMount(final Path good, final Path tape) throws IOException, InterruptedException
    {
        if (mount.isEmpty())
        {
            return;
        }
        final Path disk = Files.createDirectory(tape.resolveSibling("mounted"));
        final List<String> before = new ArrayList<>(mount.get());
        before.addAll(List.of("sh", "-c", MOUNT, "sh", disk.toString(), good.toString()));
        for (final Path place : List.of(disk.resolve("tape"), disk.resolve("other")))
        {
            requireRefused(before, tape, place, ExitCode.CANNOT_CREATE,
                "tape cannot be written, file system is read-only: directory=" +
                    (place.endsWith("other") ? disk : place));
        }
        requireRead(run(before, tape, "verify", "--journal", disk.resolve("tape").toString()));
    }

    private static void requireRead(final Children.Ended read)
    {
        FaultFailure.require(read.code() == 0, "a reader does not work: " + read);
    }

    /** In one line, and the place is as it was. */
    private static void requireRefused(
        final List<String> before, final Path tape, final Path place, final ExitCode code, final String words)
        throws IOException, InterruptedException
    {
        final Map<Path, String> was = tree(tape);
        final Children.Ended ended = run(before, tape, "demo", "--events", "1000", "--journal", place.toString(),
            "--json");
        FaultFailure.require(ended.code() == code.code() && ended.saidOneLine() &&
            ended.err().startsWith("ringtape: " + words), "not refused, or in other words: " + ended);
        FaultFailure.require(was.equals(tree(tape)), "something was changed: was=" + was + " is=" + tree(tape));
    }

    private static Children.Ended run(final List<String> before, final Path tape, final String... arguments)
        throws IOException, InterruptedException
    {
        final List<String> command = new ArrayList<>(before);
        command.addAll(Children.ringtape(arguments));
        return Children.run(command, tape.getParent());
    }

    /** Each path below a place with what would show that it was touched; an owner's name may come and go. */
    private static Map<Path, String> tree(final Path place) throws IOException
    {
        final Map<Path, String> tree = new TreeMap<>();
        if (Files.exists(place))
        {
            try (Stream<Path> walk = Files.walk(place))
            {
                for (final Path path : walk.toList())
                {
                    tree.put(path, Files.getOwner(path) + (Files.isDirectory(path) ? "" :
                        " " + Files.getLastModifiedTime(path) + " " + Files.size(path)));
                }
            }
        }
        return tree;
    }
}
