package io.ringtape.cli.platform;

import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A new directory that is removed with all that is in it, also where a signal ends the process.
 * <p>
 * Thread safety: one thread opens and closes; the JVM's shutdown may remove it meanwhile.
 * Allocation: on opening and closing only.
 */
public final class TemporaryDirectory implements AutoCloseable
{
    /** Other threads may still write there while the process ends. */
    private static final int ATTEMPTS = 100;

    private final Path path;
    private final Thread cleaner;

    private TemporaryDirectory(final Path path)
    {
        this.path = path;
        cleaner = new Thread(this::removeQuietly, "ringtape-cleaner");
        Runtime.getRuntime().addShutdownHook(cleaner);
    }

    /**
     * Makes a directory.
     *
     * @param parent to make it in; empty for the system's temporary directory.
     * @param prefix of its name.
     * @return the directory, which is to be closed.
     * @throws IOException if it cannot be made.
     */
    public static TemporaryDirectory create(final Optional<Path> parent, final String prefix) throws IOException
    {
        final Path made = parent.isPresent() ?
            Files.createTempDirectory(Files.createDirectories(parent.get()), prefix) :
            Files.createTempDirectory(prefix);
        return new TemporaryDirectory(made.toRealPath());
    }

    /**
     * Where it is.
     *
     * @return its path, without links.
     */
    public Path path()
    {
        return path;
    }

    /**
     * Removes it.
     *
     * @throws CommandException if it cannot be removed.
     */
    @Override
    public void close()
    {
        try
        {
            delete(path);
            Runtime.getRuntime().removeShutdownHook(cleaner);
        }
        catch (final IllegalStateException e)
        {
            // The JVM is ending, and what the hook does is done.
            return;
        }
        catch (final IOException e)
        {
            throw new CommandException(
                ExitCode.IO_ERROR, "temporary directory cannot be removed: directory=" + path, e);
        }
    }

    /**
     * Removes a directory with all that is in it.
     *
     * @param root which need not be there; a link is removed, not what it leads to.
     * @throws IOException if it cannot be removed.
     */
    public static void delete(final Path root) throws IOException
    {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS))
        {
            return;
        }
        final List<Path> deepestFirst;
        try (Stream<Path> walk = Files.walk(root))
        {
            deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (final Path path : deepestFirst)
        {
            Files.deleteIfExists(path);
        }
    }

    private void removeQuietly()
    {
        boolean isGone = false;
        for (int attempt = 0; attempt < ATTEMPTS && !isGone; attempt++)
        {
            isGone = isRemoved();
        }
    }

    private boolean isRemoved()
    {
        try
        {
            delete(path);
            return true;
        }
        catch (final IOException | UncheckedIOException e)
        {
            // Something was made or removed there in between.
            return false;
        }
    }
}
