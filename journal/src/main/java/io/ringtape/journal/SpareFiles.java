package io.ringtape.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Open files that a process holds while it makes a tape, to have them for the way back: where it has no more of them,
 * what was made could not even be listed to be removed.
 */
final class SpareFiles implements AutoCloseable
{
    /** A directory that is listed takes two, and so does the lock with the name of its owner. */
    private static final int LEAST = 2;
    /** Everybody may open it; the directory above a tape not everybody may read. */
    private static final Path ANY = Path.of("/dev/null");

    private final Deque<FileChannel> held = new ArrayDeque<>();

    private SpareFiles()
    {
    }

    /**
     * Opens as many as the lock and the way back need.
     *
     * @return to be closed.
     * @throws IOException if there are no more.
     */
    static SpareFiles open() throws IOException
    {
        final SpareFiles spare = new SpareFiles();
        boolean isOpen = false;
        try
        {
            while (spare.held.size() < 2 * LEAST && Files.exists(ANY))
            {
                spare.held.push(FileChannel.open(ANY, StandardOpenOption.READ));
            }
            isOpen = true;
            return spare;
        }
        finally
        {
            if (!isOpen)
            {
                spare.close();
            }
        }
    }

    /** Lets go of those for the lock. */
    void release()
    {
        while (held.size() > LEAST)
        {
            close(held.pop());
        }
    }

    @Override
    public void close()
    {
        while (!held.isEmpty())
        {
            close(held.pop());
        }
    }

    private static void close(final FileChannel channel)
    {
        try
        {
            channel.close();
        }
        catch (final IOException e)
        {
            throw new UncheckedIOException(e);
        }
    }
}
