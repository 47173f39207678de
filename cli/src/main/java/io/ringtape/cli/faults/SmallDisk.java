package io.ringtape.cli.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A device of a few megabytes that is there for one process and its children only: a tmpfs in a mount namespace of
 * their own. When the process has ended, the tape is copied out, and the blocks that its files take are listed.
 *
 * @param unshare words that make the namespace here.
 */
record SmallDisk(List<String> unshare)
{
    /** Where the tape stands on it. */
    private static final String TAPE = "tape";
    private static final int BLOCK_BYTES = 512;
    private static final int PAGE_BYTES = 4096;
    private static final int CHUNK_BYTES = 1 << 20;
    private static final int CANNOT_MOUNT = 90;
    private static final String MOUNT = "mount -t tmpfs -o \"$1\" none \"$2\" || exit " + CANNOT_MOUNT + "; ";
    private static final String SCRIPT = MOUNT + "disk=$2; out=$3; shift 3; \"$@\"; code=$?; rm -f \"$disk/eaten\"; " +
        "find \"$disk\" -type f -exec stat -c '%b %s %n' {} + >\"$out/blocks\"; " +
        "[ ! -e \"$disk/tape\" ] || cp -a \"$disk/tape\" \"$out/tape\" || exit 91; exit $code";
    /** For a user who may make namespaces, and for root where nobody else may. */
    private static final List<List<String>> WAYS = List.of(List.of("unshare", "-Urm"), List.of("unshare", "-m"));

    /** One that can be made here, if any. */
    static Optional<SmallDisk> find()
    {
        for (final List<String> way : WAYS)
        {
            final List<String> command = new ArrayList<>(way);
            command.addAll(List.of("sh", "-c", "mount -t tmpfs -o size=4k none /tmp"));
            if (works(command))
            {
                return Optional.of(new SmallDisk(way));
            }
        }
        return Optional.empty();
    }

    /** Whether a command can be run here. */
    static boolean works(final List<String> command)
    {
        try
        {
            return new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        }
        catch (final IOException e)
        {
            // There is no such program: not Linux.
            return false;
        }
        catch (final InterruptedException e)
        {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * The words before a command that is to have the disk.
     *
     * @param options of the mount, its size among them.
     * @param round   directory that the disk's tape is copied into.
     */
    List<String> before(final String options, final Path round) throws IOException
    {
        final List<String> words = new ArrayList<>(unshare);
        words.addAll(List.of("sh", "-c", SCRIPT, "sh", options,
            Files.createDirectories(place(round)).toString(), round.toString()));
        return words;
    }

    /** Where the tape stands for the processes that have the disk. */
    static Path tape(final Path round)
    {
        return place(round).resolve(TAPE);
    }

    private static Path place(final Path round)
    {
        return round.resolve("disk");
    }

    /** A path on the disk, as it is reached from outside while the process that has the disk is there. */
    static Path seen(final ProcessHandle owner, final Path path)
    {
        return Path.of("/proc", Long.toString(owner.pid()), "root", path.toString());
    }

    /**
     * Takes the space that is left, as another process.
     *
     * @param owner   of the disk.
     * @param bytes   of the disk: the most that is taken, whatever disk it turns out to be.
     * @param stopped whether who writes to the disk stands still meanwhile, and so meets it full at once.
     */
    static void eat(final ProcessHandle owner, final Path round, final long bytes, final boolean stopped)
        throws IOException, InterruptedException
    {
        final List<Long> writers = stopped ? owner.descendants().map(ProcessHandle::pid).toList() : List.of();
        for (final long pid : writers)
        {
            Children.signalIfThere("STOP", pid);
        }
        try
        {
            fill(seen(owner, place(round).resolve("eaten")), bytes);
        }
        finally
        {
            for (final long pid : writers)
            {
                Children.signalIfThere("CONT", pid);
            }
        }
    }

    private static void fill(final Path file, final long bytes)
    {
        final byte[] zeros = new byte[CHUNK_BYTES];
        long left = bytes;
        for (final int step : List.of(CHUNK_BYTES, PAGE_BYTES))
        {
            try (OutputStream out =
                Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND))
            {
                for (; left >= step; left -= step)
                {
                    out.write(zeros, 0, step);
                }
            }
            catch (final IOException e)
            {
                // It is full up to less than a step, or its owner has ended.
                left = Math.min(left, CHUNK_BYTES);
            }
        }
    }

    /**
     * Nothing may be left of what was reserved and not used.
     *
     * @throws FaultFailure if a file takes more of the disk than its length.
     */
    static void requireGivenBack(final Path round) throws IOException
    {
        for (final String line : Files.readAllLines(round.resolve("blocks")))
        {
            final String[] words = line.split(" ", 3);
            final long taken = Long.parseLong(words[0]) * BLOCK_BYTES;
            final long length = Long.parseLong(words[1]);
            FaultFailure.require(taken < length + PAGE_BYTES,
                "space is not given back: file=" + words[2] + " takenBytes=" + taken + " lengthBytes=" + length);
        }
    }
}
